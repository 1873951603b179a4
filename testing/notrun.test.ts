import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

test("a run without LAMMPS passes and ends with what was not run, for want of what, and how to get it", () => {
  const { status, stdout } = spawnSync(
    process.execPath,
    ["node_modules/vitest/vitest.mjs", "run", "validation/lammps.test.ts"],
    { cwd: root, encoding: "utf8", env: { ...process.env, LMP: "/nowhere/lmp", NO_COLOR: "1" } },
  );
  expect(status).toBe(0);
  expect(stdout).toMatch(
    /\n\nNot run on this machine: (\d+) tests\n {2}for want of LAMMPS: apt-get install lammps.*LMP\n +\1 of validation\/lammps\.test\.ts\n\n$/,
  );
});

test("every test of a file that launches the browser says that it needs one", () => {
  const folder = join(root, "packages/lab/test");
  const texts = readdirSync(folder)
    .filter((file) => file.endsWith(".test.ts"))
    .map((file) => [file, readFileSync(join(folder, file), "utf8")])
    .filter(([, text]) => text.includes("launch()"));
  expect(texts.length).toBeGreaterThan(0);
  for (const [file, text] of texts) {
    const count = (pattern: RegExp) => [...text.matchAll(pattern)].length;
    expect([file, count(/needs\("chromium"\)/g)]).toEqual([file, count(/^(?:test|describe)\b/gm)]);
  }
});
