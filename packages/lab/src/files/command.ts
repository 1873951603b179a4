import type { LabGlass } from "../state/glass.ts";
import { PROTOCOL_NUMBERS, type RecipeChoice } from "../state/recipe.ts";

/** A word as a POSIX shell takes it. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** The command that makes the same glass, bit for bit. */
export function makeCommand({ model, particles, seed, kind, numbers }: RecipeChoice, out: string): string {
  const options = PROTOCOL_NUMBERS.flatMap(([name]) => {
    const value = numbers[name];
    const flag = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    return value === undefined ? [] : [`--${flag} ${value}`];
  });
  return [
    `softfield make --model ${shellWord(model)} -n ${particles} --seed ${seed}`,
    ...(kind === "anneal" ? [] : [`--protocol ${kind}`]),
    ...options,
    `-o ${shellWord(out)}`,
  ].join(" ");
}

/** What the page has done with the glass, as far as commands have options for it. */
export interface Done {
  readonly events: number;
  readonly angle: number;
  /** 3D. */
  readonly plane?: string;
  /** |E| that the field keeps, where it is not the usual 1.1. */
  readonly threshold?: number;
  /** Others than E whose maps were asked for. */
  readonly indicators: readonly string[];
  /** Where the page stops. */
  readonly farthest: number;
}

function fileOptions({ species, frame }: { readonly species: string; readonly frame: number }): string {
  return `${species === "" ? "" : ` --species ${shellWord(species)}`}${frame === 0 ? "" : ` --frame ${frame}`}`;
}

/** The command lines that do what the page did; the file names are those of its downloads where it has them. */
export function commands({ origin, modelName }: LabGlass, done: Done): string[] {
  const file = origin.kind === "made" ? "glass.extxyz" : origin.name;
  const options = origin.kind === "file" ? fileOptions(origin) : "";
  const place = `${shellWord(file)} --model ${shellWord(modelName)}${options}`;
  const minimized = origin.kind === "file" && origin.minimized;
  const settled = minimized ? `minimum.extxyz --model ${shellWord(modelName)}` : place;
  const field = done.threshold === undefined ? "" : ` --threshold ${done.threshold}`;
  const angle = done.angle === 0 ? "" : ` --angle ${done.angle}`;
  const direction = `--max-strain ${done.farthest}${angle}`;
  const plane = done.plane === undefined || done.plane === "xy" ? "" : ` --plane ${done.plane}`;
  return [
    ...(origin.kind === "made" ? [makeCommand(origin.recipe, file)] : []),
    ...(minimized ? [`softfield minimize ${place} -o minimum.extxyz`] : []),
    `softfield lte ${settled} -o lte.tsv --map lte.svg --displacement-map displacement.svg`,
    `softfield spots ${settled}${field}${angle}${plane} -o spots.tsv --figure field.svg`,
    ...done.indicators.map(
      (name) =>
        `softfield spots ${settled}${field}${angle}${plane} --indicator ${name} -o ${name}-spots.tsv --figure ${name}.svg`,
    ),
    `softfield shear ${settled} --events ${done.events} ${direction}${plane} -o events.json --figure stress-strain.svg`,
    // 'predict' shears in the plane of x along y only.
    ...(plane === ""
      ? [`softfield predict ${settled}${field} --events ${done.events} ${direction} -o scores.tsv`]
      : []),
  ];
}
