import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { needs, tool } from "../../../testing/needs.ts";
import { runCli } from "./run-cli.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const COLLECTION = "/usr/share/lammps/potentials";

/** The blocks of docs/lammps.md that are commands, by the script that they run. */
const blocks = Array.from(
  readFileSync(join(root, "docs/lammps.md"), "utf8").matchAll(/```sh\n([\s\S]*?)```/g),
  ([, text]) => text.trim().split("\n"),
).map((lines): [string, string[]] => [lines[0].split(" ")[2], lines]);

const before = { folder: process.cwd(), potentials: process.env.LAMMPS_POTENTIALS };
let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "softfield-tutorial-"));
  for (const file of readdirSync(join(root, "examples/lammps")))
    copyFileSync(join(root, "examples/lammps", file), join(folder, file));
  process.env.LAMMPS_POTENTIALS ??= COLLECTION;
  process.chdir(folder);
});
afterAll(() => {
  process.chdir(before.folder);
  if (before.potentials === undefined) delete process.env.LAMMPS_POTENTIALS;
  rmSync(folder, { recursive: true, force: true });
});

test("the tutorial has the six glasses", () => {
  expect(blocks.map(([script]) => script)).toEqual(
    ["lj2d", "ka", "grains", "silicon", "cuzr", "silica"].map((name) => `in.${name}`),
  );
});

describe("docs/lammps.md, as it stands there", needs("lmp"), () => {
  test.each(blocks)("%s", async (_, lines) => {
    for (const line of lines) {
      const [program, ...words] = line.split(/\s+/);
      if (program === "lmp") {
        execFileSync(tool("lmp"), [...words, "-log", "none", "-screen", "none"], { stdio: "pipe" });
        continue;
      }
      expect(program).toBe("softfield");
      const { code, stdout, stderr } = await runCli(...words, "--force");
      expect([line, code, code === 0 ? "" : stderr]).toEqual([line, 0, ""]);
      if (words[0] === "lte")
        expect(stdout).toMatch(/sum rule {2}Σ E = Nd − d holds to (0\.0e\+0|\d\.\de-1[3-9])/);
      for (const [k, word] of words.entries())
        if (["-o", "--figure"].includes(word))
          expect([words[k + 1], existsSync(words[k + 1])]).toEqual([words[k + 1], true]);
    }
  });
});
