import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCli } from "./run-cli.ts";
import { glasses, type, x } from "./strangers/glass.ts";
import { dump } from "./strangers/lammps-text.ts";
import { OF_LAMMPS } from "./strangers/of-lammps.ts";
import { OF_OTHERS } from "./strangers/of-others.ts";
import { REFUSED } from "./strangers/refused.ts";

/** A glass in the files of other programs, as their users hand them over: to local thermal energies within two commands. */
let folder = "";
const expected = new Map<string, Summary>();

interface Summary {
  readonly bonds: number;
  readonly lowest: { readonly i: number; readonly j: number; readonly lte: number };
  readonly highest: { readonly lte: number };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "softfield-strangers-"));
  for (const [model, { source }] of Object.entries(glasses)) {
    expect(source).toBeTruthy();
    const file = new URL(`../../../examples/reference/${model}_400.extxyz`, import.meta.url).pathname;
    expected.set(model, JSON.parse((await runCli("lte", file, "-m", model, "--json")).stdout));
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

function put(file: string, content: string | Uint8Array): string {
  const path = join(folder, file);
  writeFileSync(path, content);
  return path;
}

describe("read", () => {
  test.each([...OF_LAMMPS, ...OF_OTHERS].map((stranger) => [stranger.name, stranger] as const))(
    "%s",
    async (_, stranger) => {
      const { file, content, model, way, said } = stranger;
      const path = put(file, content);
      const words = ["lte", path, "-m", model, "--json"];
      let run = await runCli(...words);
      if (way !== undefined) {
        expect(run.code).not.toBe(0);
        expect(run.stderr).toContain(way.refusal);
        expect(run.stderr).not.toContain("50000");
        run = await runCli(...words, ...way.options);
      }
      // where types are taken in the model's order, that is said
      const beside = run.stderr.replace(/^.*took type 1 as A, type 2 as B, in the model's order; .*\n/, "");
      if (said === undefined) expect(beside).toBe("");
      else expect(beside).toContain(said);
      const { bonds, lowest, highest } = JSON.parse(run.stdout) as Summary;
      const wanted = expected.get(model)!;
      expect(bonds).toBe(wanted.bonds);
      // files of six digits are polished to the minimum close by
      expect(lowest.lte / wanted.lowest.lte).toBeCloseTo(1, 6);
      expect(highest.lte / wanted.highest.lte).toBeCloseTo(1, 6);
    },
  );
});

describe("refused", () => {
  test.each(REFUSED.map((refused) => [refused.name, refused] as const))(
    "%s",
    async (_, { file, content, message }) => {
      const path = put(file, content);
      const run = await runCli("lte", path, "-m", "3dkablj");
      expect([run.code === 0, run.stdout]).toEqual([false, ""]);
      expect(run.stderr).toContain(message);
      expect(run.stderr).toContain(path);
    },
  );
});

describe("the command that a refusal prints, pasted", () => {
  const source = fileURLToPath(new URL("./source-cli.ts", import.meta.url));
  const shell = (line: string) => {
    const command = `softfield() { '${process.execPath}' --conditions=softfield-source '${source}' "$@"; }; ${line}`;
    return spawnSync("sh", ["-c", command], { cwd: folder, encoding: "utf8" });
  };

  test("of lte on a liquid, types mapped, a quote and blanks in the name", () => {
    const shaken = (p: number) => x(p).map((v, c) => v + 0.15 * Math.sin(p * (c + 1)));
    put(
      "it's a liquid.dump",
      dump("id type x y z", (p) => [p + 1, type(p), ...shaken(p)]),
    );
    const run = shell(`softfield lte "it's a liquid.dump" -m 3dkablj --species 1=A,2=B`);
    const [, pasted] = /^ {2}(softfield minimize .*)$/m.exec(run.stderr)!;
    expect([run.status === 0, run.stdout]).toEqual([false, ""]);
    expect(shell(`${pasted} --force`)).toMatchObject({ status: 0, stderr: "" });
    expect(shell("softfield lte minimum.extxyz -m 3dkablj").stdout).toContain("sum rule");
  }, 120_000);
});
