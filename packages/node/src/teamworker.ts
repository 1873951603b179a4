import { parentPort } from "node:worker_threads";
import { serveTeam, trades } from "softfield/internal";

const leave = serveTeam((hear) => parentPort?.on("message", hear), trades);
process.on("exit", () => leave("it ended"));
