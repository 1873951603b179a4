#!/usr/bin/env node
// Launches the built command. Written in plain JavaScript that any Node parses, so that an old one is told what it lacks.
import { existsSync } from "node:fs";
import module from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const dist = join(dirname(fileURLToPath(import.meta.url)), "..", "dist", "main.js");
const major = Number(process.versions.node.split(".")[0]);
if (major < 20) {
  process.stderr.write(
    `softfield: needs Node 22 or later (20 without fast kernels), this is ${process.version}\n`,
  );
  process.exitCode = 2;
} else if (!existsSync(dist)) {
  process.stderr.write(
    "softfield: not built yet; run 'npm ci' (or 'npm run build') in the repository first\n",
  );
  process.exitCode = 2;
} else {
  // a reader that closes the pipe early (| head) has had what it wanted
  process.stdout.on("error", (error) => process.exit(error.code === "EPIPE" ? 0 : 1));
  // compiled code is kept from one call to the next, where this Node can (NODE_DISABLE_COMPILE_CACHE=1 forbids it)
  module.enableCompileCache?.();
  const { main } = await import(dist);
  process.exitCode = await main(process.argv);
}
