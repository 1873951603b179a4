import { type PairModel, parseModel, preset } from "../src/models/index.ts";

const lj = (x: number) => 4 * (x ** -12 - x ** -6);

/** Rows of a reduced Lennard-Jones potential, r from `from` to `to`. */
export function lennardJonesColumns(from: number, to: number, rows: number) {
  const r = Array.from({ length: rows }, (_, k) => from + ((to - from) * k) / (rows - 1));
  return { r, phi: r.map(lj) };
}

const binary = {
  species: ["A", "B"],
  epsilon: { "A A": 1, "A B": 1.5, "B B": 0.5 },
  lambda: { "A A": 1, "A B": 0.8, "B B": 0.88 },
};

/** A model of every form, with two or three species where that matters. */
export const models: readonly PairModel[] = [
  preset("2dipl"),
  preset("3dkablj"),
  ...[1, 2.5, 7, 12, 40, 80].map((exponent) =>
    parseModel({ ...binary, name: `x^-${exponent}`, form: "inverse-power-law", exponent, cutoff: 1.6 }),
  ),
  parseModel({
    ...binary,
    name: "yukawa",
    form: "yukawa",
    kappa: [[1.3, 2], [4]],
    cutoff: 2.2,
    smoothing: 5,
  }),
  parseModel({ ...binary, name: "unscreened", form: "yukawa", kappa: 0, cutoff: 2.2, smoothing: "none" }),
  parseModel({
    ...binary,
    name: "morse",
    form: "morse",
    steepness: [[3, 4], [5]],
    minimum: { "A A": 1, "A B": 1.1, "B B": 0.9 },
    cutoff: [[2, 2.1], [1.9]],
    smoothing: 4,
  }),
  parseModel({ ...binary, name: "harmonic", form: "harmonic" }),
  parseModel({ ...binary, name: "hertzian", form: "hertzian" }),
  ...(["quintic", "septic"] as const).map((interpolation) =>
    parseModel({
      ...binary,
      name: interpolation,
      form: "table",
      interpolation,
      tables: {
        "A A": lennardJonesColumns(0.7, 2.5, 181),
        "A B": lennardJonesColumns(0.6, 2, 141),
        "B B": lennardJonesColumns(0.7, 2.2, 151),
      },
    }),
  ),
];
