import type { PairwiseStyle } from "./style.ts";

/** Soft repulsions of a finite range. */
export const softStyles: readonly PairwiseStyle[] = [
  {
    names: ["soft"],
    settings: "cutoff",
    coefficients: "A cutoff?",
    mixing: { rule: "geometric", energies: ["A"], lengths: ["cutoff"], size: "cutoff" },
    terms: ({ numbers: { A, cutoff } }) =>
      A === 0 ? [] : [{ form: "cosine", pair: { epsilon: A, lambda: cutoff } }],
  },
  {
    names: ["harmonic/cut"],
    settings: "",
    coefficients: "k cutoff",
    mixing: { rule: "geometric", energies: ["k"], lengths: ["cutoff"], size: "cutoff" },
    // k (r_c − r)²
    terms: ({ numbers: { k, cutoff } }) =>
      k === 0 ? [] : [{ form: "harmonic", pair: { epsilon: 2 * k * cutoff * cutoff, lambda: cutoff } }],
  },
  {
    names: ["dpd"],
    settings: "temperature cutoff seed",
    coefficients: "A gamma cutoff?",
    // A r_c (1 − r/r_c)²/2
    terms({ numbers: { A, cutoff } }, place) {
      place.note("of dpd the conservative force is taken; friction and noise are nothing at rest");
      return A === 0 ? [] : [{ form: "harmonic", pair: { epsilon: A * cutoff, lambda: cutoff } }];
    },
  },
  {
    names: ["zero"],
    settings: "cutoff flag:word?",
    coefficients: "cutoff?",
    mixing: { rule: "geometric", energies: [], lengths: ["cutoff"] },
    terms: () => [],
  },
];
