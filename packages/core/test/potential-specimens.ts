import type { SoftfieldError } from "../src/errors.ts";
import { readScript } from "../src/scripts/index.ts";
import { setflText } from "./eam.ts";
import type { Mutation, Specimen } from "./mutations.ts";
import { fileCases } from "./scripts/cases-files.ts";

/** A file that a pair_style reads, and the script that has it read. */
export interface PotentialSpecimen extends Specimen {
  readonly script: string;
}

const encode = (text: string) => new TextEncoder().encode(text);

/** Rows of both kinds of embedded atoms, of a size that can be read ten thousand times. */
const rows = (f: (k: number) => number, count: number) => Array.from({ length: count }, (_, k) => f(k));
const f = (k: number) => rows((n) => (24 - n) * Math.sin(0.1 * n + k), 25);
const metal = {
  elements: ["A", "B"],
  drho: 0.5,
  embedding: [f(1), f(2)],
  dr: 0.25,
  cutoff: 6,
  density: [f(3), f(4), f(5), f(6)],
  pair: [f(7), f(8), f(9)],
};
const funcfl = [
  "own",
  "29 63.55 3.615 fcc",
  "25 0.5 25 0.25 6",
  ...[1, 3, 7].map((k) => f(k).join("\n")),
  "",
];

function own(name: string, text: string, style: string, behind: string, count?: RegExp): PotentialSpecimen {
  const script = `units metal\natom_style atomic\ncreate_box 2 b\npair_style ${style}\n${behind}\n`;
  return { name, bytes: encode(text), text: true, script, ...(count && { count }) };
}

/** The one file of a case of scripts, with its lines. */
function ofCase(title: string, name: string, count?: RegExp): PotentialSpecimen {
  const one = fileCases.find((known) => known.name === title)!;
  const text = one.files![name].replace(/^((?:[^\n]*\n){60})[\s\S]*$/, "$1");
  const [style, ...behind] = one.lines;
  return own(name, text, style.replace("pair_style ", ""), behind.join("\n"), count);
}

const TABLE = [
  "# own",
  "",
  "P",
  "N 40 R 0.5 2.45",
  "",
  ...rows((k) => k, 40).map((k) => `${k + 1} ${0.5 + 0.05 * k} ${(39 - k) ** 2 / 100} ${(39 - k) / 2.5}`),
  "",
].join("\n");

/** A file of every kind of potential that is read. */
export const POTENTIAL_SPECIMENS: readonly PotentialSpecimen[] = [
  own("own.eam.fs", setflText(metal, 5), "eam/fs", "pair_coeff * * own.eam.fs A B", /\n(25) 0\.5 25/),
  own(
    "own.eam.alloy",
    setflText({ ...metal, density: [f(3), f(4), f(3), f(4)] }, 1),
    "eam/alloy",
    "pair_coeff * * own.eam.alloy B A",
    /\n(25) 0\.5 25/,
  ),
  own("own.eam", funcfl.join("\n"), "eam", "pair_coeff * * own.eam", /\n(25) 0\.5 25/),
  ofCase("sw, silicon as two types", "own.sw"),
  ofCase("vashishta, silica", "own.vashishta"),
  ofCase("tersoff, two types of one element, units real", "own.tersoff"),
  own("own.table", TABLE, "table spline 100", "pair_coeff * * own.table P 2.45", /N (40) R/),
];

/** The model that a script makes of a file's bytes, as JSON. @throws SoftfieldError for what is refused */
export function potentialOf({ name, script }: PotentialSpecimen, bytes: Uint8Array): string {
  return JSON.stringify(
    readScript(script, { file: "in.own", read: (asked) => (asked === name ? bytes : undefined) }).json,
  );
}

/** What is wrong with the model of a mutated file: undefined where nothing is. */
export function potentialComplaint(
  { verdict }: Mutation,
  good: string,
  outcome: string | undefined,
): string | undefined {
  if (outcome === undefined) return verdict === "same" ? "was refused" : undefined;
  if (outcome.includes("null")) return "gave numbers that are not finite";
  if (verdict === "any") return undefined;
  if (verdict === "refused") return "was read";
  if (outcome === good) return undefined;
  const [a, b] = [good, outcome].map((json) => json.match(/[-+.\deE]+/g) ?? []);
  const changed = new Set(a.flatMap((word, k) => (word === b[k] ? [] : [`${word} → ${b[k]}`])));
  // Where a file breaks off within its last number, that number is shorter (and told to be the last).
  const last = verdict === "nearly same or refused" && a.length === b.length && changed.size === 1;
  return last ? undefined : `gave other numbers: ${[...changed].slice(0, 3).join(", ")}`;
}

/** Whether an error says where it is. */
export const hasPlace = ({ message }: SoftfieldError, name: string): boolean =>
  message.includes(name) || message.includes("in.own");
