import { parentPort } from "node:worker_threads";
import { serveTeam } from "softfield/internal";

const leave = serveTeam((hear) => parentPort?.on("message", hear));
process.on("exit", () => leave("it ended"));
