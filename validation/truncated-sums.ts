/**
 * Does a partial diagonalisation suffice? (the question that SI B of Zylberg 2017 leaves open)
 *
 * For each glass: the exact E_α, and the sums of B.6 and B.7 over the k lowest modes, once with X in the span of these
 * modes ("modes") and once with M·X = −b solved exactly for the truncated b ("solved", the paper's way). Against the
 * exact E_α: Pearson's correlation, the share of the 1 % largest |E_α| found, the largest one found, and, by
 * quasistatic shear, F₁ and C of the first event. Run:
 *
 *   softfield make --model 2dipl -n 400 --seeds 1..40 --out-dir glasses
 *   npx --no-install node --conditions=softfield-source validation/truncated-sums.ts glasses/*.extxyz
 *
 * Spots are drawn with the seed of the glass, which stands in its file, so that the order of files does not matter.
 */
import { readFileSync } from "node:fs";
import {
  allModes,
  type Interactions,
  indicatorCorrelation,
  localThermalEnergy,
  minimumOf,
  nearestSpot,
  pairsOf,
  preset,
  readSnapshot,
  type Snapshot,
  SoftfieldError,
  type SummedMode,
  shear,
  softnessField,
  softSpots,
  toSystem,
} from "softfield";
import { truncatedModeSums } from "softfield/internal";
import { solve } from "softfield/sparse";
import { overlap, pearson } from "./agreement.ts";
import { scriptArguments } from "./script.ts";

const files = scriptArguments(
  "truncated-sums.ts GLASS.extxyz…   (2DIPL, small, as softfield make wrote them)",
  1,
);
const KS = [10, 30, 100, 200, 400];
const model = preset("2dipl");

interface Row {
  correlation: number;
  top: number;
  largest: number;
  standardized: number;
  c: number;
}

/** Per k and way, sums over glasses. */
const rows = new Map<string, Row[]>();

for (const [sample, file] of files.entries()) {
  const snapshot = readSnapshot(readFileSync(file, "utf8"), { source: file, complete: true });
  const seed = seedOf(snapshot);
  const { system } = toSystem(snapshot, model);
  const minimum = minimumOf(system, model);
  if (minimum.rattlers.length > 0) continue;
  const { interactions } = minimum;
  const [{ lte: exact, sites }] = localThermalEnergy(minimum).energies;
  const { events } = shear(minimum.system, model, { events: 1 });
  const event = events[0];
  if (!event) continue;
  const modes = vibrations(interactions);
  const place = minimum.system.positions.subarray(2 * event.particle, 2 * event.particle + 2);
  for (const k of [...KS, modes.length]) {
    const few = modes.slice(0, k);
    const key = k === modes.length ? "all" : String(k);
    const exactly = (b: Float64Array) => solve(minimum.factor(), b);
    judge(`modes\t${key}`, truncatedModeSums(interactions, few).energies[0].lte);
    judge(`solved\t${key}`, truncatedModeSums(interactions, few, exactly).energies[0].lte);
  }
  judge("exact\t–", exact);
  process.stderr.write(`${sample + 1} ${file}\n`);

  function judge(key: string, energies: Float64Array): void {
    const spots = softSpots(
      softnessField(minimum.system.box, minimum.system.positions, [{ sites, lte: energies }]),
      seed,
    );
    const near = nearestSpot(minimum.system.box, place, spots.spots);
    const indicator = meanOverBonds(minimum.system.species.length, pairsOf(interactions), energies);
    const list = rows.get(key) ?? [];
    list.push({
      correlation: pearson(exact, energies),
      top: overlap(exact, energies, Math.ceil(exact.length / 100)),
      largest: overlap(exact, energies, 1),
      standardized: near?.standardized ?? Number.POSITIVE_INFINITY,
      c: indicatorCorrelation(indicator, event!.particle),
    });
    rows.set(key, list);
  }
}

process.stdout.write("X\tk\tglasses\tpearson\t±\tpearson_median\ttop1%\tlargest\tF1(1)\tF1(2)\tC\t±\n");
for (const [key, list] of rows) {
  const of = (pick: (row: Row) => number) => list.map(pick);
  const correlation = of((r) => r.correlation);
  const c = of((r) => r.c);
  const share = (x: number) => mean(of((r) => (r.standardized <= x ? 1 : 0)));
  const cells = [
    mean(correlation),
    error(correlation),
    median(correlation),
    mean(of((r) => r.top)),
    mean(of((r) => r.largest)),
    share(1),
    share(2),
    mean(c),
    error(c),
  ];
  process.stdout.write(`${key}\t${list.length}\t${cells.map((x) => x.toFixed(3)).join("\t")}\n`);
}

/** The seed that the glass was made from. */
function seedOf({ info, source }: Snapshot): number {
  const seed = Number(info.get("seed"));
  if (Number.isInteger(seed)) return seed;
  throw new SoftfieldError(
    "usage",
    `${source}: has no "seed=" in its second line: give glasses of softfield make`,
  );
}

/** All modes but the two translations, ascending. */
function vibrations(interactions: Interactions): SummedMode[] {
  const { values, vectors } = allModes(interactions);
  const n = values.length;
  return Array.from(values, (square, k) => ({ square, psi: vectors.subarray(k * n, (k + 1) * n) }))
    .sort((a, b) => Math.abs(a.square) - Math.abs(b.square))
    .slice(2);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, x) => sum + x, 0) / values.length;
}

/** Standard error of the mean. */
function error(values: readonly number[]): number {
  const m = mean(values);
  return Math.sqrt(mean(values.map((x) => (x - m) ** 2)) / (values.length - 1));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** A per-particle indicator from bonds: the mean |value| over the bonds of each particle, N; NaN without bonds. O(m). */
function meanOverBonds(
  particles: number,
  { i, j }: { readonly i: Int32Array; readonly j: Int32Array },
  values: Float64Array,
): Float64Array {
  const sums = new Float64Array(particles);
  const counts = new Int32Array(particles);
  for (let m = 0; m < i.length; m++) {
    const size = Math.abs(values[m]);
    for (const p of [i[m], j[m]]) {
      sums[p] = sums[p] + size;
      counts[p] = counts[p] + 1;
    }
  }
  return sums.map((sum, p) => sum / counts[p]);
}
