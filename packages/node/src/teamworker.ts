import { parentPort } from "node:worker_threads";
import { serveTeam } from "softfield/internal";

serveTeam((hear) => parentPort?.on("message", hear));
