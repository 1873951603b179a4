import { exponential } from "../../elementary.ts";
import type { Numbers, PairPlace, PairwiseStyle, Smoothing, Values } from "./style.ts";

const ending = ({ shift }: PairPlace) => (shift ? 0 : "none");

function morse({ numbers }: Values, smoothing: Smoothing) {
  const { depth, alpha, minimum, cutoff } = numbers;
  if (depth === 0) return [];
  return [
    { form: "morse", pair: { epsilon: depth, lambda: 1, steepness: alpha, minimum, cutoff }, smoothing },
  ];
}

/** Widths add up, as those of a product's factors. */
function mixedGaussians(a: Numbers, b: Numbers): Numbers {
  const [si, sj] = [a, b].map(({ B }) => Math.sqrt(0.5 / Math.abs(B)));
  const sign = Math.max(Math.sign(a.A), Math.sign(b.A));
  return {
    ...a,
    A: sign * Math.sqrt(Math.abs(a.A * b.A)),
    B: (0.5 / (si * sj)) * Math.max(Math.sign(a.B), Math.sign(b.B)),
    cutoff: Math.sqrt(a.cutoff * b.cutoff),
  };
}

/** Yukawa, Morse, Gaussians, the repulsion of nuclei. */
export const exponentialStyles: readonly PairwiseStyle[] = [
  {
    names: ["yukawa"],
    settings: "kappa cutoff",
    coefficients: "A cutoff?",
    mixing: { rule: "geometric", energies: ["A"], lengths: ["cutoff"] },
    terms({ numbers: { A, kappa, cutoff } }, place) {
      if (A === 0) return [];
      if (A < 0) {
        const shared = { constant: 1, screening: kappa };
        return [{ form: "coulomb", pair: { products: A, cutoff }, shared, smoothing: ending(place) }];
      }
      // the form is exp(−κ(x − 1))/x
      const epsilon = A * exponential(-kappa);
      return [{ form: "yukawa", pair: { epsilon, lambda: 1, kappa, cutoff }, smoothing: ending(place) }];
    },
  },
  {
    names: ["morse"],
    settings: "cutoff",
    coefficients: "depth alpha minimum cutoff?",
    terms: (values, place) => morse(values, ending(place)),
  },
  {
    names: ["morse/smooth/linear"],
    settings: "cutoff",
    coefficients: "depth alpha minimum cutoff?",
    terms: (values) => morse(values, "force-shifted"),
  },
  {
    names: ["gauss"],
    settings: "cutoff",
    coefficients: "A B cutoff?",
    mixing: mixedGaussians,
    terms({ numbers: { A, B, cutoff } }, place) {
      if (A === 0) return [];
      return [
        {
          form: "gaussian",
          pair: { height: -A, lambda: 1, width: B, cutoff },
          smoothing: ending(place),
        },
      ];
    },
  },
  {
    names: ["gauss/cut"],
    settings: "cutoff",
    coefficients: "H r sigma cutoff?",
    terms({ numbers: { H, r, sigma, cutoff } }, place) {
      if (H === 0) return [];
      const height = H / (Math.sqrt(2 * Math.PI) * sigma);
      return [
        {
          form: "gaussian",
          pair: { height, lambda: 1, width: 1 / (2 * sigma * sigma), centre: r, cutoff },
          smoothing: ending(place),
        },
      ];
    },
  },
  {
    names: ["zbl"],
    settings: "inner cutoff",
    coefficients: "Zi Zj",
    mixing: (a, b) => ({ ...a, Zi: a.Zi, Zj: b.Zj }),
    terms({ numbers: { Zi, Zj, inner, cutoff } }, place) {
      const smoothing = inner >= cutoff ? "shifted" : { window: "gromacs" };
      return [
        {
          form: "zbl",
          pair: { cutoff },
          species: { numbers: [Zi, Zj] },
          shared: { constant: place.coulomb },
          smoothing,
          ...(inner < cutoff && { from: inner }),
        },
      ];
    },
  },
];
