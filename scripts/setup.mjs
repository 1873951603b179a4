// Makes a checkout ready: installs the locked packages when package-lock.json changed, builds what is stale.
// Uses nothing but Node and npm. `--tests` also looks for the browser that the browser tests drive.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const stamp = join(root, "node_modules", ".setup-stamp");

function run(command, args) {
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (result.status !== 0) {
    process.stderr.write(`setup: '${command} ${args.join(" ")}' failed\n`);
    process.exit(result.status ?? 1);
  }
}

const lock = createHash("sha256")
  .update(readFileSync(join(root, "package-lock.json")))
  .digest("hex");
const installed = existsSync(stamp) && readFileSync(stamp, "utf8") === lock;
if (!installed) {
  run("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"]);
  writeFileSync(stamp, lock);
}
// The locked Node, where the platform has one, compiles and runs everything that follows.
const local = join(root, "node_modules", ".bin", "node");
run(existsSync(local) ? local : process.execPath, [join(root, "scripts", "build.mjs")]);
