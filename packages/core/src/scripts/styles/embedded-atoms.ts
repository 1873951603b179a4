import { type EamFile, parseEamFile } from "../../models/index.ts";
import { scriptError } from "../commands.ts";
import { mustRead, textOf } from "../files.ts";
import { textOfFile } from "./elements.ts";
import { energyFactor } from "./parameters.ts";
import type { WholePlace, WholeStyle } from "./style.ts";

/** The potential of a file with the types of a script for its elements. */
function embedded([file]: readonly string[], place: WholePlace): Record<string, unknown> {
  const { command, elements, species } = place;
  const text = textOfFile(place, file);
  const whole = parseEamFile(text, file);
  const index = elements.map((name) => {
    const at = whole.elements.indexOf(name);
    if (at >= 0) return at;
    throw scriptError(
      command,
      name === "NULL"
        ? "embedded atoms of some types only are not read: give every type an element"
        : `${file} has no element ${name}; it has ${whole.elements.join(", ")}`,
    );
  });
  const scale = energyFactor(command, text, place.units);
  const times = (values: readonly number[]) => (scale === 1 ? values : values.map((value) => scale * value));
  const count = whole.elements.length;
  const { masses, ...grid } = whole;
  const potential = {
    ...grid,
    elements: species,
    embedding: index.map((e) => times(whole.embedding[e])),
    density: index.flatMap((host) => index.map((source) => whole.density[host * count + source])),
    pair: index.flatMap((a, s) =>
      index.slice(0, s + 1).map((b) => {
        const [high, low] = [Math.max(a, b), Math.min(a, b)];
        return times(whole.pair[(high * (high + 1)) / 2 + low]);
      }),
    ),
  };
  return { form: "eam", ...massesOf(species, masses && index.map((e) => masses[e])), potential };
}

/** Masses that a file says, which those of the script go before. */
function massesOf(
  species: readonly string[],
  masses: readonly number[] | undefined,
): Record<string, unknown> {
  return masses === undefined
    ? {}
    : { masses: Object.fromEntries(species.map((name, k) => [name, masses[k]])) };
}

function funcflOf({ command, read }: Pick<WholePlace, "command" | "read">, file: string): EamFile {
  return parseEamFile(textOf(mustRead(command, read, file)), file);
}

/** funcfl files of one grid: r·φ_ij = √(r·φ_ii r·φ_jj), since it is Z_i Z_j. */
function funcfl(files: readonly string[], place: WholePlace): Record<string, unknown> {
  const { command, species } = place;
  const read = files.map((file) => funcflOf(place, file));
  const scale = energyFactor(command, textOfFile(place, files[0]), place.units);
  const [first] = read;
  const grid = ({ drho, dr, cutoff, embedding, pair }: EamFile) =>
    [drho, dr, cutoff, embedding[0].length, pair[0].length].join(" ");
  const other = read.findIndex((one) => grid(one) !== grid(first));
  if (other >= 0)
    throw scriptError(
      command,
      `${files[0]} and ${files[other]} have different grids: merge them to one file of eam/alloy`,
    );
  const { masses: _masses, ...own } = first;
  const potential = {
    ...own,
    elements: species,
    embedding: read.map(({ embedding: [rows] }) => rows.map((value) => scale * value)),
    density: read.flatMap(() => read.map(({ density: [rows] }) => rows)),
    pair: read.flatMap((a, s) =>
      read.slice(0, s + 1).map((b) => a.pair[0].map((value, k) => scale * Math.sqrt(value * b.pair[0][k]))),
    ),
  };
  const masses = read.flatMap((one) => one.masses ?? []);
  return {
    form: "eam",
    ...massesOf(species, masses.length === species.length ? masses : undefined),
    potential,
  };
}

/** Files of embedded atoms: of all elements, or one each. */
export const embeddedStyles: readonly WholeStyle[] = [
  { names: ["eam/alloy", "eam/fs"], definition: embedded },
  {
    names: ["eam"],
    byType: true,
    definition: funcfl,
    elements: (files, place) => files.map((file) => funcflOf(place, file).elements[0]),
  },
];
