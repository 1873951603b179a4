// Builds everything that a checkout needs to run: kernels to WebAssembly, types and JavaScript to dist/.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Runs one Node script of the repository; stops the build at the first failure. */
function run(script, ...args) {
  const result = spawnSync(process.execPath, [join(root, script), ...args], { cwd: root, stdio: "inherit" });
  if (result.status !== 0) process.exit(result.status ?? 1);
}

run("packages/core/scripts/build-kernels.mjs");
run("node_modules/typescript/bin/tsc", "-b");
run("scripts/bundle.mjs");
