import { SoftfieldError } from "../errors.ts";
import { scriptError } from "./commands.ts";
import type { ReadScriptFile } from "./files.ts";
import { type PlacedTerm, pairwiseTerms } from "./pairs.ts";
import type { Settings } from "./settings.ts";
import { speciesOf } from "./species.ts";
import { isWhole, type PairTermOf } from "./styles/style.ts";
import { wholeDefinition } from "./whole.ts";

/** A model as a JSON file has it. */
export type ModelJson = Record<string, unknown>;

/** The model that a script's settings are. @throws SoftfieldError "model" naming the line that is in the way */
export function modelOf(settings: Settings, read: ReadScriptFile, name: string): ModelJson {
  const { styles, pairStyle } = settings;
  if (pairStyle === undefined || styles.length === 0) throw withoutPotential(settings, name);
  const species = speciesOf(settings, read);
  const whole = styles
    .filter(({ style }) => isWhole(style))
    .map((use) => wholeDefinition(use, settings, read, species));
  const placed = styles
    .filter(({ style }) => !isWhole(style))
    .flatMap((use) => pairwiseTerms(use, settings, read));
  const groups = grouped(placed);
  const header = headerOf(settings, name, species, placed);
  const terms = [...whole, ...groups.map((group) => termOf(group, species))];
  if (terms.length === 0) throw scriptError(pairStyle, "no pair of types interacts");
  const pairs = (species.length * (species.length + 1)) / 2;
  const plain = groups.length === 1 && whole.length === 0 ? onlyTerm(groups[0], pairs, species) : undefined;
  if (plain !== undefined) return { ...header, ...plain };
  if (terms.length === 1 && whole.length === 1) return { ...whole[0], ...header };
  const alone = whole.find(({ form }) => form === "eam" || form === "tersoff");
  if (alone !== undefined)
    throw scriptError(
      pairStyle,
      `${alone.form} beside another style is not read: a sum is of pair potentials`,
    );
  return { ...header, form: "sum", terms };
}

function withoutPotential({ restart }: Settings, name: string): SoftfieldError {
  if (restart !== undefined)
    return scriptError(
      restart,
      "the potential stands in the restart file, which is not read: write pair_style and pair_coeff into the script",
    );
  return new SoftfieldError("model", `${name}: there is no pair_style, so there is no potential`, {
    file: name,
  });
}

function headerOf(
  { units, dimension, styles, masses }: Settings,
  name: string,
  species: readonly string[],
  placed: readonly PlacedTerm[],
): ModelJson {
  const named = UNITS[units];
  if (named === undefined)
    throw scriptError(styles[0].command, `units ${units} are not read: ${Object.keys(UNITS).join(", ")} are`);
  const strengths = new Set(placed.map(({ term }) => term.diameters));
  if (strengths.size > 1)
    throw scriptError(
      styles[0].command,
      "grains beside particles without diameters of their own are not read",
    );
  const [strength] = strengths;
  return {
    name,
    ...(dimension !== undefined && { dimension }),
    species,
    units: named,
    ...massesOf(masses, species),
    ...(strength !== undefined && { diameters: { strength } }),
  };
}

const UNITS: Readonly<Record<string, unknown>> = {
  lj: "lj",
  metal: "metal",
  real: "real",
  si: "si",
  cgs: { length: "cm", energy: "erg", mass: "g", time: "s" },
  electron: { length: "bohr", energy: "hartree", mass: "u" },
  micro: { length: "µm", energy: "pg µm²/µs²", mass: "pg", time: "µs" },
  nano: { length: "nm", energy: "ag nm²/ns²", mass: "ag", time: "ns" },
};

/** Masses by species, where all have one and they are not all 1. */
function massesOf(masses: ReadonlyMap<number, number>, species: readonly string[]): ModelJson {
  const values = species.map((_, k) => masses.get(k + 1));
  if (values.some((mass) => mass === undefined) || values.every((mass) => mass === 1)) return {};
  return { masses: Object.fromEntries(species.map((name, k) => [name, values[k]])) };
}

/** Terms that are one term of a sum: of one form, with the same shared fields and truncation. */
function grouped(placed: readonly PlacedTerm[]): PlacedTerm[][] {
  const groups = new Map<string, PlacedTerm[]>();
  const count = new Map<string, number>();
  for (const one of placed) {
    const { form, shared, smoothing, pair } = one.term;
    const kind = JSON.stringify([form, shared, smoothing, Object.keys(pair).sort()]);
    // A pair that has two terms of a kind has them in two terms of the sum.
    const pairKey = `${kind} ${one.types.join(" ")}`;
    const times = count.get(pairKey) ?? 0;
    count.set(pairKey, times + 1);
    const key = `${kind} ${times}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

/** Values of pairs: one number where all are the same. */
function field(
  group: readonly PlacedTerm[],
  species: readonly string[],
  value: (term: PairTermOf) => unknown,
): unknown {
  const values = group.map(({ term }) => value(term));
  if (values.every((one) => typeof one === "number" && one === values[0])) return values[0];
  return Object.fromEntries(group.map(({ types }, k) => [keyOf(types, species), values[k]]));
}

function keyOf([i, j]: readonly [number, number], species: readonly string[]): string {
  return `${species[i - 1]} ${species[j - 1]}`;
}

function fieldsOf(group: readonly PlacedTerm[], species: readonly string[]): ModelJson {
  const [{ term }] = group;
  const { form, pair, shared, smoothing } = term;
  const own = Object.keys(pair).map((name) => [name, field(group, species, (one) => one.pair[name])]);
  const ending =
    smoothing === undefined
      ? {}
      : typeof smoothing === "object"
        ? { smoothing: { ...smoothing, from: field(group, species, (one) => one.from) } }
        : { smoothing };
  return {
    form,
    ...Object.fromEntries(own),
    ...shared,
    ...bySpecies(group, species),
    ...(term.table && {
      tables: Object.fromEntries(group.map(({ types, term: one }) => [keyOf(types, species), one.table])),
    }),
    ...ending,
  };
}

/** Fields by species: all that pairs say of one must agree; species that no pair names have 1. */
function bySpecies(group: readonly PlacedTerm[], species: readonly string[]): ModelJson {
  const fields: Record<string, Record<string, number>> = {};
  for (const { types, term, use } of group) {
    for (const [name, values] of Object.entries(term.species ?? {})) {
      fields[name] ??= Object.fromEntries(species.map((one) => [one, 1]));
      types.forEach((type, k) => {
        const key = species[type - 1];
        const before = group.find(
          (one) => one.types.includes(type) && one.term.species?.[name] !== undefined,
        );
        const told = before?.term.species?.[name][before.types.indexOf(type)];
        if (told !== values[k])
          throw scriptError(
            use.command,
            `${name} of type ${type} is ${told} in one pair and ${values[k]} in another`,
          );
        fields[name][key] = values[k];
      });
    }
  }
  return fields;
}

/** A term of a sum, for the pairs that it acts on. */
function termOf(group: readonly PlacedTerm[], species: readonly string[]): ModelJson {
  const all = group.length === (species.length * (species.length + 1)) / 2;
  return {
    ...fieldsOf(group, species),
    ...(all ? {} : { pairs: group.map(({ types }) => keyOf(types, species)) }),
  };
}

/** The only term as a model: pairs that it does not act on have no energy, where the form has a field of that. */
function onlyTerm(
  group: readonly PlacedTerm[],
  pairs: number,
  species: readonly string[],
): ModelJson | undefined {
  const [first] = group;
  if (group.length === pairs) return fieldsOf(group, species);
  if (first.term.pair.epsilon === undefined) return undefined;
  const silent = (i: number, j: number): PlacedTerm => ({
    ...first,
    types: [i, j],
    term: { ...first.term, pair: { ...first.term.pair, epsilon: 0 } },
  });
  const filled = species.flatMap((_, i) =>
    species.slice(i).map((_name, k) => {
      const types = [i + 1, i + 1 + k] as const;
      return group.find((one) => one.types[0] === types[0] && one.types[1] === types[1]) ?? silent(...types);
    }),
  );
  return fieldsOf(filled, species);
}
