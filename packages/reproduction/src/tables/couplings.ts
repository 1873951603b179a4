import { ESTIMATE, estimateCells, type ReportTable } from "@softfield/campaign";
import { grouped } from "@softfield/node";
import { decimalLogarithm, powerOfTen, scalingExponent, square } from "softfield/internal";
import type { SampleCouplings, VibrationData } from "../vibrations.ts";

/** Bins of ω a decade. */
const PER_DECADE = 10;
/** A median of fewer modes or samples says nothing. */
const MIN_COUNT = 10;

/** What is measured of each mode. */
const QUANTITIES = [
  { quantity: "self_coupling", of: ({ selfCoupling }: SampleCouplings) => selfCoupling },
  { quantity: "cross_coupling", of: ({ crossCoupling }: SampleCouplings) => crossCoupling },
  { quantity: "projection", of: ({ projection }: SampleCouplings) => projection },
] as const;

/** Couplings of the lowest modes in bins of ω. */
export function modeCouplingTable(ensembles: readonly VibrationData[]): ReportTable {
  const many = ensembles.filter(({ vibrations }) => vibrations.couplings.length >= MIN_COUNT);
  const rows = many.flatMap(({ name, vibrations: { couplings } }) =>
    QUANTITIES.flatMap(({ quantity, of }) => {
      const points = couplings.flatMap((sample) =>
        sample.frequency.map((omega, k) => ({ omega, value: of(sample)[k] })),
      );
      const bins = grouped(points, ({ omega }) => Math.floor(PER_DECADE * decimalLogarithm(omega)));
      return [...bins]
        .filter(([, own]) => own.length >= MIN_COUNT)
        .sort(([a], [b]) => a - b)
        .map(([bin, own]) => {
          const x = powerOfTen((bin + 0.5) / PER_DECADE);
          return [name, quantity, x, own.length, ...quartiles(own.map(({ value }) => value))];
        });
    }),
  );
  return {
    name: "mode_couplings",
    title:
      "Couplings of the lowest modes by omega: |c_iii|, rms c_ijj, largest |f.Psi|; median and quartiles",
    columns: ["ensemble", "quantity", "x", "count", "low", "median", "high"],
    rows,
  };
}

/** Lower quartile, median and upper quartile. */
function quartiles(values: readonly number[]): [number, number, number] {
  const sorted = Float64Array.from(values).sort();
  const at = (p: number) => sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))];
  return [at(0.25), at(0.5), at(0.75)];
}

/** The softest mode of one sample, and the largest |E_α| there. */
interface Softest {
  readonly seed: number;
  readonly frequency: number;
  readonly participation: number;
  readonly self_coupling: number;
  readonly projection: number;
  readonly lte_largest: number;
  /** |f·Ψ||c_iii|/ω⁴ */
  readonly estimate: number;
}

function softestOf({ seeds, maxima, vibrations: { couplings } }: VibrationData): Softest[] {
  const largest = new Map(seeds.map((seed, k) => [seed, maxima[k]]));
  return couplings.flatMap(({ seed, frequency, participation, selfCoupling, projection }) => {
    const energy = largest.get(seed);
    const [omega, c, f] = [frequency[0], selfCoupling[0], projection[0]];
    if (energy === undefined || omega === undefined) return [];
    return [
      {
        seed,
        frequency: omega,
        participation: participation[0],
        self_coupling: c!,
        projection: f!,
        lte_largest: energy,
        estimate: (f! * c!) / square(square(omega)),
      },
    ];
  });
}

const COLUMNS = [
  "seed",
  "frequency",
  "participation",
  "self_coupling",
  "projection",
  "lte_largest",
  "estimate",
] as const;

/** The softest mode of every sample (Eq. 5). */
export function softestTable(ensembles: readonly VibrationData[]): ReportTable {
  return {
    name: "softest",
    title:
      "The softest mode of each sample, its largest |E|, and |f.Psi||c_iii|/omega^4 of that mode (Eq. 5)",
    columns: ["ensemble", ...COLUMNS],
    rows: ensembles.flatMap((data) =>
      softestOf(data).map((row) => [data.name, ...COLUMNS.map((name) => row[name])]),
    ),
  };
}

/** Powers of ω by Eqs. 4 and 5. */
const POWERS = [
  { quantity: "lte_largest", power: -4 },
  { quantity: "self_coupling", power: 0 },
  { quantity: "projection", power: 0 },
] as const;

/** Of the samples, those with the softest modes. */
const FRACTIONS = [0.02, 0.05, 0.1, 0.2, 0.5, 1];

/** The samples with the softest modes, and up to which ω they go. */
function softParts(data: VibrationData): { readonly upTo: number; readonly rows: readonly Softest[] }[] {
  const sorted = softestOf(data).sort((a, b) => a.frequency - b.frequency);
  return FRACTIONS.map((fraction) => sorted.slice(0, Math.round(fraction * sorted.length)))
    .filter(({ length }) => length >= MIN_COUNT)
    .map((rows) => ({ upTo: rows.at(-1)!.frequency, rows }));
}

/** Exponents of the softest modes' energies and couplings against ω. */
export function softestExponentTable(ensembles: readonly VibrationData[]): ReportTable {
  const rows = ensembles.flatMap((data) =>
    softParts(data).flatMap(({ upTo, rows: part }) =>
      POWERS.flatMap(({ quantity, power }) => {
        const found = scalingExponent(part.map((row) => ({ x: [row.frequency], y: [row[quantity]] })));
        if (found.status !== "ok") return [];
        return [[data.name, quantity, power, upTo, part.length, ...estimateCells(found)]];
      }),
    ),
  );
  return {
    name: "softest_exponents",
    title:
      "Powers of omega of the softest modes of the samples, up to a limit (Eq. 5: -4 of the largest |E|)",
    columns: ["ensemble", "quantity", "paper", "upto", "samples", ...ESTIMATE],
    rows,
  };
}

/** Eq. 5 with its prefactor: how much of the largest energy the softest mode alone makes. */
export function softestShareTable(ensembles: readonly VibrationData[]): ReportTable {
  const rows = ensembles.flatMap((data) =>
    softParts(data).map(({ upTo, rows: part }) => {
      const shares = part.map(({ lte_largest, estimate }) => estimate / lte_largest);
      return [data.name, upTo, part.length, ...quartiles(shares)];
    }),
  );
  return {
    name: "softest_share",
    title:
      "|f.Psi||c_iii|/omega^4 of the softest mode over the sample's largest |E|: 1 where Eq. 5 holds with its prefactor",
    columns: ["ensemble", "upto", "samples", "low", "median", "high"],
    rows,
  };
}
