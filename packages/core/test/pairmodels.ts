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
  parseModel({
    ...binary,
    name: "mie",
    form: "lennard-jones",
    exponents: [10, 5.5],
    cutoff: 2.5,
    smoothing: { window: "smooth", from: 1.9 },
  }),
  parseModel({
    ...binary,
    name: "buckingham",
    form: "buckingham",
    A: 900,
    rho: { "A A": 0.15, "A B": 0.16, "B B": 0.17 },
    C: 2,
    cutoff: 2.2,
    smoothing: "shifted",
  }),
  parseModel({
    ...binary,
    name: "born-mayer",
    form: "born-mayer",
    A: 2,
    rho: 0.2,
    sigma: 1,
    C: 1,
    D: 0.3,
    cutoff: 2.2,
    smoothing: { window: "gromacs", from: 1.7 },
  }),
  parseModel({
    name: "zbl",
    species: ["A", "B"],
    form: "zbl",
    units: "metal",
    numbers: { A: 14, B: 8 },
    cutoff: 2.4,
    smoothing: { window: "charmm", from: 2.1 },
  }),
  parseModel({
    name: "coulomb",
    species: ["A", "B"],
    form: "coulomb",
    charges: { A: 2.4, B: -1.2 },
    damping: 0.4,
    cutoff: 3,
    smoothing: "force-shifted",
  }),
  parseModel({
    name: "sum",
    species: ["A", "B"],
    form: "sum",
    units: "metal",
    terms: [
      { form: "coulomb", charges: { A: 1, B: -1 }, damping: 0.2, cutoff: 4, smoothing: "shifted" },
      { form: "morse", pairs: ["A B"], lambda: 1, steepness: 4, minimum: 1.1, cutoff: 2, smoothing: 3 },
      {
        form: "inverse-power-law",
        lambda: [[1, 0.9], [0.8]],
        exponent: 12,
        cutoff: 2,
        smoothing: "force-shifted",
      },
      {
        form: "zbl",
        pairs: ["A A", "B A"],
        numbers: { A: 14, B: 8 },
        cutoff: 1.5,
        smoothing: { window: "quintic", from: 1.2 },
      },
    ],
  }),
];
