import { power } from "../../elementary.ts";
import type { Mixing, PairPlace, PairTermOf, PairwiseStyle, Smoothing, Values } from "./style.ts";

const mixing: Mixing = {
  rule: "geometric",
  energies: ["epsilon"],
  lengths: ["sigma", "cutoff", "inner"],
  size: "sigma",
};
const arithmetic: Mixing = { ...mixing, rule: "arithmetic" };
const lengths = "epsilon sigma cutoff?";

/** Lennard-Jones of a pair up to a length, as the form has it. */
export function lennardJones(
  { epsilon, sigma }: Readonly<Record<string, number>>,
  cutoff: number,
  smoothing: Smoothing,
  inner?: number,
): PairTermOf[] {
  if (epsilon === 0 || sigma === 0) return [];
  return [
    {
      form: "lennard-jones",
      pair: { epsilon, lambda: sigma, cutoff: cutoff / sigma },
      smoothing,
      ...(inner !== undefined && { from: inner / sigma }),
    },
  ];
}

const cut = ({ numbers }: Values, { shift }: PairPlace) =>
  lennardJones(numbers, numbers.cutoff, shift ? 0 : "none");

/** A window from an inner radius; where that is the cutoff itself, none. */
function windowed(window: string, { numbers }: Values, ends: Smoothing): PairTermOf[] {
  const { inner, cutoff } = numbers;
  if (inner >= cutoff) return lennardJones(numbers, cutoff, ends);
  return lennardJones(numbers, cutoff, { window }, inner);
}

/** c (a x⁻ⁿ − b x⁻ᵐ) as n/(n − m) (n/m)^{m/(n − m)} ε (x⁻ⁿ − x⁻ᵐ) of another ε and λ. */
function twoPowers(
  [a, n]: readonly [number, number],
  [b, m]: readonly [number, number],
  cutoff: number,
  smoothing: Smoothing,
): PairTermOf[] {
  if (a === 0 && b === 0) return [];
  // a r⁻ⁿ − b r⁻ᵐ with λ^{n − m} = a/b: both prefactors are b λ⁻ᵐ
  const lambda = power(a / b, 1 / (n - m));
  const depth = (n / (n - m)) * power(n / m, m / (n - m));
  return [
    {
      form: "lennard-jones",
      pair: { epsilon: (b * power(lambda, -m)) / depth, lambda, cutoff: cutoff / lambda },
      shared: { exponents: [n, m] },
      smoothing,
    },
  ];
}

const ending = ({ shift }: PairPlace) => (shift ? 0 : "none");

type Terms = PairwiseStyle["terms"];

export const gromacs: Terms = (values) => windowed("gromacs", values, "shifted");

/** 9–6 with its minimum at σ. */
export const class2: Terms = ({ numbers: { epsilon, sigma, cutoff } }, place) =>
  twoPowers([2 * epsilon * power(sigma, 9), 9], [3 * epsilon * power(sigma, 6), 6], cutoff, ending(place));

/** n–m by its depth and its minimum. */
export const nm: Terms = ({ numbers: { depth, minimum, n, m, cutoff } }, place) =>
  twoPowers(
    [(depth * m * power(minimum, n)) / (n - m), n],
    [(depth * n * power(minimum, m)) / (n - m), m],
    cutoff,
    ending(place),
  );
export const nmMixing: Mixing = {
  rule: "geometric",
  energies: ["depth"],
  lengths: ["minimum", "cutoff", "n", "m"],
  size: "minimum",
};

/** Lennard-Jones and its relatives, without charges. */
export const lennardJonesStyles: readonly PairwiseStyle[] = [
  { names: ["lj/cut"], settings: "cutoff", coefficients: lengths, mixing, terms: cut },
  {
    names: ["lj/smooth/linear", "lj/sf"],
    settings: "cutoff",
    coefficients: lengths,
    mixing,
    terms: ({ numbers }) => lennardJones(numbers, numbers.cutoff, "force-shifted"),
  },
  {
    names: ["lj/smooth"],
    settings: "inner cutoff",
    coefficients: "epsilon sigma inner? cutoff?",
    mixing,
    terms: (values, place) => {
      const { inner, cutoff } = values.numbers;
      if (inner >= cutoff) return cut(values, place);
      const window = place.shift ? { window: "smooth" } : { window: "smooth", shift: false };
      return lennardJones(values.numbers, cutoff, window, inner);
    },
  },
  {
    names: ["lj/gromacs"],
    settings: "inner cutoff",
    coefficients: "epsilon sigma inner? cutoff?",
    mixing,
    terms: gromacs,
  },
  {
    names: ["lj/mdf"],
    settings: "inner cutoff",
    coefficients: "epsilon sigma inner? cutoff?",
    mixing,
    terms: (values) => windowed("quintic", values, "none"),
  },
  {
    names: ["lj/expand"],
    settings: "cutoff",
    coefficients: "epsilon sigma delta cutoff?",
    mixing: { ...mixing, means: ["delta"] },
    terms: ({ numbers }, place) => {
      const { epsilon, sigma, delta, cutoff } = numbers;
      if (delta === 0) return lennardJones(numbers, cutoff, ending(place));
      if (epsilon === 0) return [];
      return [
        {
          form: "expanded-lennard-jones",
          pair: { epsilon, lambda: sigma, shift: delta / sigma, cutoff: (cutoff + delta) / sigma },
          smoothing: ending(place),
        },
      ];
    },
  },
  {
    names: ["mie/cut"],
    settings: "cutoff",
    coefficients: "epsilon sigma repulsive attractive cutoff?",
    mixing: { ...mixing, lengths: ["sigma", "cutoff", "repulsive", "attractive"] },
    terms: ({ numbers }, place) => {
      const { repulsive, attractive, cutoff } = numbers;
      return lennardJones(numbers, cutoff, ending(place)).map((term) => ({
        ...term,
        shared: { exponents: [repulsive, attractive] },
      }));
    },
  },
  {
    names: ["lj96/cut"],
    settings: "cutoff",
    coefficients: lengths,
    mixing,
    terms: ({ numbers: { epsilon, sigma, cutoff } }, place) =>
      twoPowers(
        [4 * epsilon * power(sigma, 9), 9],
        [4 * epsilon * power(sigma, 6), 6],
        cutoff,
        ending(place),
      ),
  },
  {
    names: ["lj/class2"],
    settings: "cutoff",
    coefficients: lengths,
    mixing: { ...mixing, rule: "sixthpower" },
    terms: class2,
  },
  {
    names: ["nm/cut"],
    settings: "cutoff",
    coefficients: "depth minimum n m cutoff?",
    mixing: nmMixing,
    terms: nm,
  },
  {
    names: ["lennard/mdf"],
    settings: "inner cutoff",
    coefficients: "A B inner? cutoff?",
    terms: ({ numbers: { A, B, inner, cutoff } }) =>
      twoPowers([A, 12], [B, 6], cutoff, { window: "quintic" }).map((term) => ({
        ...term,
        from: inner / term.pair.lambda,
      })),
  },
];

export { arithmetic as charmmMixing, mixing as lennardJonesMixing };
