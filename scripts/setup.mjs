// Makes a checkout ready: installs the locked packages when package-lock.json changed, builds what is stale.
// Uses nothing but Node and npm. `--tests` also installs, as root on Debian, the programs that some tests need;
// `--installed` is npm's own call after an installation.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { findTool, programPath, TOOLS } from "./tools.mjs";

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
if (!installed && !process.argv.includes("--installed")) {
  process.stderr.write("setup: npm ci\n");
  run("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]);
}
if (!installed) writeFileSync(stamp, lock);
// The locked Node, where the platform has one, compiles and runs everything that follows.
const local = join(root, "node_modules", ".bin", "node");
if (existsSync(local) && spawnSync(local, ["--version"]).status !== 0) {
  // a system without a library that it needs (libatomic): the user's own Node does all
  rmSync(local);
}
run(existsSync(local) ? local : process.execPath, [join(root, "scripts", "build.mjs")]);

if (process.argv.includes("--tests")) installTools();

/** What cannot be installed is named at the end of the tests (testing/notrun.ts), so failures only say that they happened. */
function installTools() {
  if (process.getuid?.() !== 0 || programPath("apt-get") === undefined) return;
  const packages = Object.values(TOOLS).flatMap((tool) =>
    tool.debian !== undefined && findTool(tool) === undefined ? tool.debian : [],
  );
  if (packages.length === 0) return;
  process.stderr.write(`setup: installing ${packages.join(" ")}, which some tests need\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const apt = (...args) =>
    spawnSync("apt-get", ["-qq", "-o", "Acquire::http::Timeout=20", "-o", "Acquire::Retries=1", ...args], {
      stdio: ["ignore", "ignore", "inherit"],
      env,
    }).status === 0;
  // one that a distribution lacks must not keep the others away
  const done =
    apt("update") &&
    (apt("install", "-y", ...packages) || packages.filter((name) => apt("install", "-y", name)).length > 0);
  if (!done) process.stderr.write("setup: apt-get failed; the tests that need these are left out\n");
}
