// Runs benchmarks: every bench/*.bench.ts, or those whose name contains one of the arguments.
// Rows for people go to the terminal, JSON lines to bench/results/ (compare two commits' files).
import { spawnSync } from "node:child_process";
import { appendFileSync, mkdirSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const wanted = process.argv.slice(2);
const files = readdirSync(here)
  .filter((name) => name.endsWith(".bench.ts"))
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
if (files.length === 0) {
  process.stderr.write(`bench: no bench/*.bench.ts matches ${wanted.join(", ")}\n`);
  process.exit(2);
}
mkdirSync(join(here, "results"), { recursive: true });
const target = join(here, "results", `${new Date().toISOString().slice(0, 19).replaceAll(":", "")}.jsonl`);
let failed = false;
for (const file of files) {
  const { status, stdout } = spawnSync(
    process.execPath,
    ["--conditions=softfield-source", join(here, file)],
    {
      cwd: join(here, ".."),
      stdio: ["ignore", "pipe", "inherit"],
      encoding: "utf8",
      maxBuffer: 2 ** 28,
    },
  );
  appendFileSync(target, stdout);
  if (status !== 0) {
    failed = true;
    process.stderr.write(`bench: ${file} failed\n`);
  }
}
process.stderr.write(`results: ${target}\n`);
process.exitCode = failed ? 1 : 0;
