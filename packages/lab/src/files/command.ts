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
    `softfield make --model ${model} -n ${particles} --seed ${seed}`,
    ...(kind === "anneal" ? [] : [`--protocol ${kind}`]),
    ...options,
    `-o ${shellWord(out)}`,
  ].join(" ");
}

export interface Commands {
  readonly events: number;
  readonly angle: number;
}

function fileOptions({ species, frame }: { readonly species: string; readonly frame: number }): string {
  return `${species === "" ? "" : ` --species ${shellWord(species)}`}${frame === 0 ? "" : ` --frame ${frame}`}`;
}

/** The command lines that do what the page did. */
export function commands({ origin, modelName }: LabGlass, { events, angle }: Commands): string[] {
  const file = origin.kind === "made" ? "glass.extxyz" : origin.name;
  const options = origin.kind === "file" ? fileOptions(origin) : "";
  const place = `${shellWord(file)} --model ${shellWord(modelName)}${options}`;
  const minimized = origin.kind === "file" && origin.minimized;
  const settled = minimized ? `minimum.extxyz --model ${shellWord(modelName)}` : place;
  return [
    ...(origin.kind === "made" ? [makeCommand(origin.recipe, file)] : []),
    ...(minimized ? [`softfield minimize ${place} -o minimum.extxyz`] : []),
    `softfield lte ${settled} -o lte.tsv --map lte.svg --displacement-map displacement.svg`,
    `softfield spots ${settled} -o spots.tsv --figure field.svg`,
    `softfield shear ${settled} --events ${events}${angle === 0 ? "" : ` --angle ${angle}`} -o events.json --figure stress-strain.svg`,
  ];
}
