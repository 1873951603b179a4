import { ESTIMATE, estimateCells, type ReportTable } from "@softfield/campaign";
import { scalingExponent } from "softfield/internal";
import type { SamplePath, VibrationData } from "../vibrations.ts";

/** Points of a path that make an exponent at least. */
const MIN_POINTS = 3;

/** Powers by Eqs. 4 and 5, and of the saddle-node at γ_c. */
const POWERS = [
  { quantity: "frequency", against: "distance", power: 0.25 },
  { quantity: "largest", against: "distance", power: -1 },
  { quantity: "largest", against: "frequency", power: -4 },
  { quantity: "selfCoupling", against: "frequency", power: 0 },
  { quantity: "projection", against: "frequency", power: 0 },
] as const;

const LABELS: Readonly<Record<(typeof POWERS)[number]["quantity"], string>> = {
  frequency: "frequency",
  largest: "lte_largest",
  selfCoupling: "self_coupling",
  projection: "projection",
};

/** Every sample on its way to its first event. */
export function approachTable(ensembles: readonly VibrationData[]): ReportTable {
  return {
    name: "approach",
    title: "The softest mode and the largest |E| on the way to the first plastic event",
    columns: [
      ...["ensemble", "seed", "fraction", "distance", "frequency"],
      ...["self_coupling", "projection", "lte_largest"],
    ],
    rows: ensembles.flatMap(({ name, vibrations: { paths } }) =>
      paths.flatMap((path) =>
        path.fraction.map((fraction, k) => [
          ...[name, path.seed, fraction, path.distance[k], path.frequency[k]],
          ...[path.selfCoupling[k], path.projection[k], path.largest[k]],
        ]),
      ),
    ),
  };
}

/** Exponents along the paths, each with a prefactor of its own, from several γ/γ_c on. */
export function approachExponentTable(ensembles: readonly VibrationData[]): ReportTable {
  const rows = ensembles.flatMap(({ name, vibrations: { paths } }) =>
    startsOf(paths).flatMap((from) =>
      POWERS.flatMap(({ quantity, against, power }) => {
        const samples = paths.map((path) => {
          const near = (values: readonly number[]) => values.filter((_, k) => path.fraction[k] >= from);
          return { x: near(path[against]), y: near(path[quantity]) };
        });
        const found = scalingExponent(samples, { prefactor: "own" });
        if (found.status !== "ok") return [];
        const words = [name, LABELS[quantity], against, power, from, paths.length, found.points];
        return [[...words, ...estimateCells(found)]];
      }),
    ),
  );
  return {
    name: "approach_exponents",
    title: "Powers along the way to the first event, from gamma/gamma_c = from on (Eq. 5: -4 against omega)",
    columns: ["ensemble", "quantity", "against", "paper", "from", "paths", "points", ...ESTIMATE],
    rows,
  };
}

/** Fractions from which on there are enough. */
function startsOf(paths: readonly SamplePath[]): number[] {
  const all = [...new Set(paths.flatMap(({ fraction }) => fraction))].sort((a, b) => a - b);
  return all.slice(0, Math.max(0, all.length - MIN_POINTS + 1));
}
