import { square } from "../elementary.ts";
import { type PairArrays, PairSpread } from "../interactions/index.ts";
import type { WorkControl } from "../progress.ts";
import { type ScaledMatrix, solveIteratively } from "../sparse/index.ts";
import type { WindowedAccuracy } from "./accuracy.ts";
import { BATCHES, somePairs, TOLERANCE, type WindowSums } from "./windowsums.ts";

/** H of some bonds, the softest and others, by exact columns of M⁻¹. */
export function checkedBonds(
  {
    scaled,
    pairs,
    parts,
    lte,
    checks,
    seed,
  }: {
    readonly scaled: ScaledMatrix;
    readonly pairs: PairArrays;
    readonly parts: WindowSums;
    readonly lte: Float64Array;
    readonly checks: number;
    readonly seed: number;
  },
  control: WorkControl,
): WindowedAccuracy["checked"] {
  const d = pairs.dimension;
  const softest = Array.from(lte.keys()).sort((a, b) => Math.abs(lte[b]) - Math.abs(lte[a]));
  const soft = softest.slice(0, Math.ceil(checks / 2));
  const others = Array.from({ length: checks - soft.length }, (_, k) =>
    Math.floor((((k + seed) * 0.6180339887498949) % 1) * lte.length),
  );
  const bonds = Int32Array.from([...soft, ...others]);
  const columns = Array.from(bonds).flatMap((m) =>
    Array.from({ length: d }, (_, a) => {
      const b = new Float64Array(scaled.size * d);
      b[pairs.j[m] * d + a] = 1;
      b[pairs.i[m] * d + a] = -1;
      return b;
    }),
  );
  const covariances = new Float64Array(bonds.length * d * d);
  for (let k = 0; k < columns.length; k += 4) {
    control.onProgress?.({ stage: "check", done: k, total: columns.length });
    solveIteratively(scaled, columns.slice(k, k + 4), TOLERANCE, control).forEach((x, r) => {
      const m = bonds[Math.floor((k + r) / d)];
      for (let a = 0; a < d; a++)
        covariances[(k + r) * d + a] = x[pairs.j[m] * d + a] - x[pairs.i[m] * d + a];
    });
  }
  const exact = new PairSpread(somePairs(pairs, bonds), covariances).harmonic();
  let [found, expected, size] = [0, 0, 0];
  bonds.forEach((m, k) => {
    const own = parts.harmonic.map((h) => h[m]);
    const mean = own.reduce((sum, h) => sum + h / BATCHES, 0);
    found += square(mean - exact[k]);
    for (const h of own) expected += square(h - mean) / (BATCHES * (BATCHES - 1));
    size += square(exact[k]);
  });
  return { bonds: bonds.length, found: Math.sqrt(found / size), expected: Math.sqrt(expected / size) };
}
