import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { SOFTFIELD, softfield } from "./campaign-support.ts";

const scratch = mkdtempSync(join(tmpdir(), "softfield-plugin-"));
afterAll(() => rmSync(scratch, { recursive: true }));
const at = (...names: string[]) => join(scratch, ...names);
const example = fileURLToPath(new URL("../../../examples/plugin", import.meta.url));
cpSync(example, at("example"), { recursive: true });
const mine = at("example", "mine.ts");
const glass = fileURLToPath(new URL("../../../examples/reference/2dipl_400.extxyz", import.meta.url));

/** What a command prints as JSON; it must succeed. */
function json<T>(...words: string[]): T {
  const { status, stdout, stderr } = softfield(SOFTFIELD, [...words, "--json"]);
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as T;
}

test("the form of the worked example, without its decay, gives the energies of the built-in power law", () => {
  const definition = JSON.parse(readFileSync(at("example", "soft.json"), "utf8"));
  writeFileSync(at("power.json"), JSON.stringify({ ...definition, decay: 1e300 }));
  const energies = (...model: string[]) => {
    const { lowest, highest } = json<Record<"lowest" | "highest", { i: number; j: number; lte: number }>>(
      "lte",
      glass,
      ...model,
    );
    return { lowest, highest };
  };
  const own = energies("--model", at("power.json"), "--plugin", mine);
  const { lowest, highest } = energies("--model", "2dipl");
  for (const [found, expected] of [
    [own.lowest, lowest],
    [own.highest, highest],
  ]) {
    expect([found.i, found.j]).toEqual([expected.i, expected.j]);
    expect(Math.abs(found.lte / expected.lte - 1)).toBeLessThan(1e-8);
  }
});

test("its indicator makes a field and spots, and is listed", () => {
  const words = ["spots", glass, "--model", "2dipl", "--plugin", mine, "--indicator", "stiffness"];
  const { spots } = json<{ spots: { standardized: number }[] }>(...words);
  expect(spots[0].standardized).toBe(1);
  expect(spots.length).toBeGreaterThan(1);
  const without = softfield(SOFTFIELD, words.toSpliced(4, 2));
  expect([without.status, without.stderr]).toEqual([2, expect.stringContaining("stiffness")]);
});

/** The folders of a stage's results. */
const foldersOf = (stage: string) => readdirSync(at("example", "night", stage)).sort();

test("its stage is run by a campaign, in worker threads; the text of the plug-in is part of what results are known by", () => {
  const file = at("example", "night.yaml");
  const other =
    "  plain: {model: 2dipl, particles: 24, seeds: 1, protocol: {liquidTime: 0.1, annealTime: 0.1}}\n";
  writeFileSync(file, readFileSync(file, "utf8").replace("ensembles:\n", `ensembles:\n${other}`));
  const run = () => json<{ made: number; failed: number }>("run", file, "--quiet");
  expect(run()).toMatchObject({ made: 5, failed: 0 });
  const table = softfield(SOFTFIELD, ["query", file, "select count(*) n from contacts", "--format", "json"]);
  expect(table.stdout).toBe(`${JSON.stringify([{ n: 824 }])}\n`);
  const report = json<{ tables: string[] }>("report", file);
  expect(report.tables).toContain("contacts");
  expect(run()).toMatchObject({ made: 0, failed: 0 });
  const before = { make: foldersOf("make"), contacts: foldersOf("contacts") };
  writeFileSync(mine, `${readFileSync(mine, "utf8")}// another text\n`);
  expect(run()).toMatchObject({ made: 5, failed: 0 });
  const added = (stage: "make" | "contacts") =>
    foldersOf(stage).filter((folder) => !before[stage].includes(folder));
  // glasses of the form are others, those of a built-in form are not; the stage's results are
  expect(added("make").map((name) => name.split("-")[0])).toEqual(["soft"]);
  expect(added("contacts").map((name) => name.split("-")[0])).toEqual(["2dipl", "soft"]);
});

test("a file format is written and read like the rest", () => {
  const plugin = at("format.mjs");
  writeFileSync(
    plugin,
    `export default ({ readSnapshot, extxyzText }) => ({
      readers: [{
        name: "mine", label: "my own format",
        detect: (head, source, text) => text.startsWith("MINE"),
        read: (bytes, { source }) => ({ ...readSnapshot(bytes.subarray(5), { source }), format: "mine" }),
      }],
      writers: [{
        name: "mine", label: "my own format", endings: [".mine"], columns: true,
        write: (frame) => ["MINE\\n", ...extxyzText(frame)],
      }],
    });\n`,
  );
  const out = at("glass.mine");
  json("minimize", glass, "--model", "2dipl", "--plugin", plugin, "-o", out);
  expect(readFileSync(out, "utf8").startsWith("MINE\n400\n")).toBe(true);
  const words = softfield(SOFTFIELD, ["info", out, "--plugin", plugin]).stdout;
  expect(words).toMatch(/^format +my own format$/m);
  expect(softfield(SOFTFIELD, ["info", out]).status).toBe(1);
});

test("two things of one name in campaigns are refused", () => {
  const plugin = at("twice.mjs");
  const stage =
    '{ name: "again", inputs: [], version: 1, options: () => undefined, tables: [{ name: "bonds", columns: {} }] }';
  writeFileSync(plugin, `export default { campaign: () => ({ stages: [${stage}] }) };\n`);
  const { status, stderr } = softfield(SOFTFIELD, ["init", "--schema", "--plugin", plugin]);
  expect([status, stderr]).toEqual([
    2,
    expect.stringContaining('two tables of stages of campaigns have the name "bonds"'),
  ]);
});

test.each([
  ["is not there", undefined, "there is no such file"],
  ["exports nothing", "export const forms = [];", "has no default export"],
  ["has a field of another name", "export default { form: [] };", 'a plug-in has no field "form"'],
  ["is not JavaScript", "export default {", "can't be loaded: "],
  [
    "has a form whose name is taken",
    'export default { forms: [{ name: "morse", formula: "", phi: (x) => x }] };',
    'a form "morse" is registered already',
  ],
])("a plug-in that %s is refused in words", (_, text, words) => {
  const path = at("bad.mjs");
  rmSync(path, { force: true });
  if (text !== undefined) writeFileSync(path, text);
  const { status, stderr } = softfield(SOFTFIELD, ["models", "--plugin", path]);
  expect([status, stderr]).toEqual([1, expect.stringContaining(`plug-in ${path}: ${words}`)]);
});
