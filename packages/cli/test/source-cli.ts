// The command from source, for tests that start it as a process of its own.
import { main } from "../src/main.ts";

process.exitCode = await main(process.argv);
