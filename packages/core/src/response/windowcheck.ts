import { square } from "../elementary.ts";
import { type Interactions, PairSpread, pairsOf } from "../interactions/index.ts";
import { allPieces, type MakePieces } from "../pieces.ts";
import type { WorkControl } from "../progress.ts";
import { type ScaledMatrix, solveIteratively } from "../sparse/index.ts";
import type { WindowedAccuracy } from "./accuracy.ts";
import { BATCHES, type WindowSums } from "./windowsums.ts";

/** Residual of the columns over that of nothing: far below what they are compared for. */
const TOLERANCE = 1e-6;

/** H of some bonds, the softest and others, by exact columns of M⁻¹. */
export function checkedBonds(
  {
    scaled,
    interactions,
    parts,
    lte,
    checks,
    seed,
  }: {
    readonly scaled: ScaledMatrix;
    readonly interactions: Interactions;
    readonly parts: WindowSums;
    readonly lte: Float64Array;
    readonly checks: number;
    readonly seed: number;
  },
  pieces: MakePieces,
  control: WorkControl,
): WindowedAccuracy["checked"] {
  const pairs = pairsOf(interactions);
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
  // of each column, what its own bond moves by
  allPieces(pieces, "check", Math.ceil(columns.length / 4), (k) =>
    solveIteratively(scaled, columns.slice(4 * k, 4 * (k + 1)), TOLERANCE, control).map((x, r) => {
      const m = bonds[Math.floor((4 * k + r) / d)];
      return Float64Array.from({ length: d }, (_, a) => x[pairs.j[m] * d + a] - x[pairs.i[m] * d + a]);
    }),
  )
    .flat()
    .forEach((own, column) => {
      covariances.set(own, column * d);
    });
  const names = Int32Array.from({ length: pairs.particleCount }, (_, p) => p);
  const exact = new PairSpread(pairs.some(bonds, names, names.length), covariances).harmonic();
  let [found, expected, size] = [0, 0, 0];
  bonds.forEach((m, k) => {
    const own = parts.harmonic.map(([h]) => h[m]);
    const mean = own.reduce((sum, h) => sum + h / BATCHES, 0);
    found += square(mean - exact[k]);
    for (const h of own) expected += square(h - mean) / (BATCHES * (BATCHES - 1));
    size += square(exact[k]);
  });
  return { bonds: bonds.length, found: Math.sqrt(found / size), expected: Math.sqrt(expected / size) };
}
