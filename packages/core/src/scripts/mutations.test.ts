import { expect, test } from "vitest";
import { lehmer } from "../../test/mutations.ts";
import { dataText, type ScriptCase, scriptText, systemOf } from "../../test/scripts/case.ts";
import { scriptCases } from "../../test/scripts/cases.ts";
import { SoftfieldError } from "../errors.ts";
import { readScript } from "./index.ts";

/** Bits that break scripts, put in anywhere. */
const PIECES = [
  " ",
  "\n",
  "&\n",
  "#",
  '"',
  "'",
  '"""',
  "$",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of LAMMPS
  "${start}",
  "$(",
  ")",
  "*",
  "-1",
  "1e400",
  "nan",
  "NULL",
  "\u0000",
  "∞",
  "\nnext start\n",
  "\njump SELF\n",
  "\nlabel a\njump SELF a\n",
  "\ninclude in.case\n",
  "\nclear\n",
  '\nif "$(1+" then "pair_style none"\n',
  "\nvariable start equal v_start+1\n",
  "\npair_coeff * * 1 1\n",
  "\npair_style hybrid/overlay lj/cut 2 lj/cut 3\n",
  "\ncreate_box 5 b\n",
  "\nkspace_style pppm 1\n",
];

function broken(text: string, random: () => number): string {
  const at = () => Math.floor(random() * text.length);
  const kind = random();
  if (kind < 0.35) {
    const place = at();
    return text.slice(0, place) + PIECES[Math.floor(random() * PIECES.length)] + text.slice(place);
  }
  if (kind < 0.6) {
    const [a, b] = [at(), at()].sort((x, y) => x - y);
    return text.slice(0, a) + text.slice(Math.min(b, a + 40));
  }
  if (kind < 0.8) {
    const words = text.split(/(\s+)/);
    const [a, b] = [0, 1].map(() => Math.floor(random() * words.length));
    [words[a], words[b]] = [words[b], words[a]];
    return words.join("");
  }
  const lines = text.split("\n");
  const [a, b] = [0, 1].map(() => Math.floor(random() * lines.length));
  [lines[a], lines[b]] = [lines[b], lines[a]];
  return lines.join("\n");
}

/** Cases without large files: what is read is the script. */
const light = scriptCases.filter(
  ({ collection, name }) => collection === undefined && !/eam|table/.test(name),
);

function outcome(one: ScriptCase, text: string, data: string): string {
  const read = (name: string) =>
    name === "start.data" ? data : name === "in.case" ? text : one.files?.[name];
  try {
    const { model } = readScript(text, { file: "in.case", read });
    // What was read can be evaluated: no field is a hole.
    return model.coefficients.every((value) => !Number.isNaN(value)) ? "read" : "nan";
  } catch (error) {
    if (!(error instanceof SoftfieldError)) throw error;
    if (!/in\.case|start\.data|own\./.test(error.message)) throw new Error(`no place in "${error.message}"`);
    return "refused";
  }
}

test("broken scripts are refused with their place, or read: no crash, no hang", () => {
  const random = lehmer(7);
  const counts: Record<string, number> = {};
  for (const one of light) {
    const text = scriptText(one);
    const data = dataText(one, systemOf({ ...one, perAxis: 2 }));
    for (let k = 0; k < 40; k++) {
      let mutation = text;
      for (let n = 0; n <= k % 3; n++) mutation = broken(mutation, random);
      const start = process.cpuUsage();
      const found = outcome(one, mutation, data);
      counts[found] = (counts[found] ?? 0) + 1;
      const { user, system } = process.cpuUsage(start);
      expect([mutation, user + system < 5e6]).toEqual([mutation, true]);
    }
  }
  expect(counts.nan).toBeUndefined();
  expect(counts.refused).toBeGreaterThan(100);
  expect(counts.read).toBeGreaterThan(100);
});
