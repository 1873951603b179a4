import { dataCoefficients } from "./coefficients.ts";
import { type Command, scriptError } from "./commands.ts";
import { dataFileOf } from "./datafile.ts";
import type { ReadScriptFile } from "./files.ts";
import { pairCoeff, pairModify, pairStyle } from "./potentialcommands.ts";
import { largestType, typesIn } from "./ranges.ts";
import type { Settings } from "./settings.ts";
import { numberOf } from "./values.ts";

/** What a handler may use. */
interface Run {
  readonly settings: Settings;
  readonly read: ReadScriptFile;
}
type Handler = (run: Run, command: Command, words: readonly string[]) => void;

/** The commands that say something of the potential, of types or of the configuration; all others are passed over. */
export const handlers: Readonly<Record<string, Handler>> = {
  units({ settings }, _command, [name = "lj"]) {
    settings.units = name;
  },
  dimension({ settings }, command, [text]) {
    if (text !== "2" && text !== "3") throw scriptError(command, "the dimension is 2 or 3");
    settings.dimension = text === "2" ? 2 : 3;
  },
  atom_style({ settings }, _command, [style]) {
    settings.atomStyle = style;
  },
  boundary({ settings }, command, words) {
    if (words.some((word) => word !== "p"))
      settings.note(command, `boundary ${words.join(" ")}: softfield treats periodic boxes only`);
  },
  pair_style: ({ settings }, command, words) => pairStyle(settings, command, words),
  pair_coeff: ({ settings }, command, words) => pairCoeff(settings, command, words),
  pair_modify: ({ settings }, command, words) => pairModify(settings, command, words),
  mass({ settings }, command, [word, mass]) {
    if (mass === undefined) throw scriptError(command, "a type and its mass are expected");
    settings.leastTypes = Math.max(settings.leastTypes, largestType(word));
    for (const type of typesIn(command, word, settings.types, settings.labels))
      settings.masses.set(type, numberOf(command, mass, "the mass"));
  },
  set: ({ settings }, command, words) => setCharge(settings, command, words),
  dielectric({ settings }, command, [text = ""]) {
    settings.dielectric = numberOf(command, text, "the dielectric constant");
  },
  create_box({ settings }, command, [count = ""]) {
    settings.typeCount = numberOf(command, count, "the number of types");
    if (!(Number.isInteger(settings.typeCount) && settings.typeCount > 0 && settings.typeCount <= MAX_TYPES))
      throw scriptError(command, `the number of types is a whole number up to ${MAX_TYPES}, found ${count}`);
  },
  labelmap({ settings }, command, [kind, ...words]) {
    if (kind !== "atom") return;
    for (let k = 0; k + 1 < words.length; k += 2)
      settings.labels.set(words[k + 1], numberOf(command, words[k], "a type"));
  },
  read_data: readData,
  read_restart({ settings }, command) {
    settings.restart ??= command;
  },
  bond_style: bonded("bonds"),
  angle_style: bonded("angles"),
  dihedral_style: bonded("dihedrals"),
  improper_style: bonded("impropers"),
  kspace_style({ settings }, command, [style]) {
    if (style === "none") settings.foreign = undefined;
    else
      settings.foreign = {
        command,
        why: "an Ewald sum couples every particle with every other and all images: no term of it has an energy of its own. Take a pair style with coul/dsf or coul/wolf, and minimise the glass anew with it",
      };
  },
  clear: ({ settings }) => settings.clear(),
};

/** Commands that change the configuration. */
export const MOVES: ReadonlySet<string> = new Set([
  "replicate",
  "displace_atoms",
  "change_box",
  "delete_atoms",
  "create_atoms",
  "run",
  "minimize",
  "read_dump",
]);

/** More types than that are no glass. */
const MAX_TYPES = 10_000;

/** fix: what adds forces is told; the rest is of the dynamics. */
export function fix(settings: Settings, command: Command, style: string): void {
  if (FORCES.test(style)) settings.note(command, `fix ${style} adds forces that are not in the model`);
}

/** Fixes that push atoms about. */
const FORCES =
  /^(addforce|aveforce|efield|external|gravity|indent|spring|smd|wall|restrain|bond\/|cmap|plumed|colvars|qeq|electrode|addtorque|drag|store\/force)/;

function bonded(what: string): Handler {
  return ({ settings }, command, [style]) => {
    if (style === "none" || style === "zero") return;
    settings.foreign ??= {
      command,
      why: `${what} hold particles together that are named one by one: softfield has interactions by species`,
    };
  };
}

/** set type T charge q, set group all charge q: charges of whole types. */
function setCharge(settings: Settings, command: Command, words: readonly string[]): void {
  const at = words.indexOf("charge");
  if (at < 0) return;
  const q = numberOf(command, words[at + 1] ?? "", "the charge");
  const [kind, word = ""] = words;
  if (kind === "type") settings.leastTypes = Math.max(settings.leastTypes, largestType(word));
  if (kind === "type") {
    for (const type of typesIn(command, word, settings.types, settings.labels)) settings.charges.set(type, q);
  } else if (kind === "group" && word === "all") {
    for (let type = 1; type <= settings.types; type++) settings.charges.set(type, q);
  } else
    throw scriptError(
      command,
      "charges are read by type (set type 1 charge …) or of all (set group all charge …)",
    );
}

function readData(run: Run, command: Command, [name, ...rest]: readonly string[]): void {
  const { settings, read } = run;
  if (name === undefined) throw scriptError(command, "the file is missing");
  const extra = rest.indexOf("extra/atom/types");
  const content = read(name);
  const file = content === undefined ? undefined : dataFileOf(content, name);
  if (content !== undefined && file === undefined)
    throw scriptError(command, `${name} is no data file of LAMMPS`);
  if (file !== undefined) {
    const more = extra < 0 ? 0 : numberOf(command, rest[extra + 1] ?? "", "the number of types");
    settings.typeCount = Math.max(settings.typeCount ?? 0, file.typeCount + more);
    for (const [type, mass] of file.masses) settings.masses.set(type, mass);
    for (const [type, label] of file.labels) settings.labels.set(label, type);
    if (file.bonded !== undefined)
      settings.note(command, `${name} has ${file.bonded}, which are not in the model`);
  }
  if (settings.data === undefined) settings.data = { command, name, file };
  else settings.happened(command);
  if (file !== undefined && !rest.includes("nocoeff")) dataCoefficients(settings, command, file);
}
