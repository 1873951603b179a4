// Preloaded where Node does not run TypeScript by itself (before 22.18): the tests start sources in processes and threads.
import { register } from "node:module";

if (!process.features.typescript) register("./typescript-hooks.mjs", import.meta.url);
