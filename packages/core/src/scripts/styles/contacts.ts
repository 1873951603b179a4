import { type Command, scriptError } from "../commands.ts";
import { numberOf } from "../values.ts";
import type { PairPlace, PairTermOf, PairwiseStyle, Values } from "./style.ts";

const REST =
  "of grains the normal springs are taken: at rest without friction nothing else acts. Tangential springs, friction and damping are left out, so that a packing with friction is no minimum of the model";

function hooke(stiffness: number, place: PairPlace): PairTermOf[] {
  place.note(REST);
  return [{ form: "harmonic", pair: { epsilon: stiffness }, diameters: "square" }];
}

function hertz(stiffness: number, place: PairPlace): PairTermOf[] {
  place.note(REST);
  return [{ form: "hertzian", pair: { epsilon: stiffness }, diameters: "hertz" }];
}

const gran = "kn kt:word gamman gammat:word xmu dampflag limit:word?";
const alone = { rule: "geometric", energies: [], lengths: [] } as const;

/** Normal models of pair_style granular, and the numbers that follow the name. */
const NORMAL: Readonly<Record<string, number>> = { hooke: 2, hertz: 2, "hertz/material": 3 };

/** pair_coeff of granular: the normal model first, the others named after it. */
function granular(command: Command, words: readonly string[]): Values {
  const [model = ""] = words;
  const count = Object.hasOwn(NORMAL, model) ? NORMAL[model] : undefined;
  if (count === undefined) {
    throw scriptError(
      command,
      `the normal model "${model}" is not read: read are ${Object.keys(NORMAL).join(", ")} (spheres that do not stick)`,
    );
  }
  const of = (k: number, name: string) => numberOf(command, words[k] ?? "", name);
  const numbers: Record<string, number> =
    model === "hertz/material" ? { E: of(1, "E"), nu: of(3, "nu") } : { kn: of(1, "kn") };
  return { numbers, words: { model } };
}

/** Spheres that touch: diameters come with the atoms (atom_style sphere). */
export const contactStyles: readonly PairwiseStyle[] = [
  {
    names: ["gran/hooke", "gran/hooke/history"],
    settings: gran,
    coefficients: "",
    mixing: alone,
    terms: ({ numbers }, place) => hooke(numbers.kn, place),
  },
  {
    names: ["gran/hertz/history"],
    settings: gran,
    coefficients: "",
    mixing: alone,
    terms: ({ numbers }, place) => hertz(numbers.kn, place),
  },
  {
    names: ["granular"],
    settings: "cutoff?",
    coefficients: "",
    readCoefficients: granular,
    // Unlike pairs must be given: versions of LAMMPS differ in what they make of those that are not.
    terms({ numbers, words }, place) {
      if (words.model === "hooke") return hooke(numbers.kn, place);
      if (words.model === "hertz") return hertz(numbers.kn, place);
      const { E, nu } = numbers;
      return hertz((4 / 3) * (E / (2 * (1 - nu * nu))), place);
    },
  },
];
