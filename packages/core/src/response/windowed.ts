import { square } from "../elementary.ts";
import { SoftfieldError } from "../errors.ts";
import { hessian, type PairArrays, pairsOf } from "../interactions/index.ts";
import type { Minimum } from "../minimum/index.ts";
import type { WorkControl } from "../progress.ts";
import { wrapPositions } from "../space/index.ts";
import { fluctuations, ScaledMatrix, softPart, solveIteratively, withoutMean } from "../sparse/index.ts";
import { boundOverError, type WindowedAccuracy } from "./accuracy.ts";
import { type GlassResponse, responseAt } from "./lte.ts";
import { sumRuleError, type TermEnergies } from "./response.ts";
import { stopwatch } from "./stopwatch.ts";
import { checkedBonds } from "./windowcheck.ts";
import { CORE, windowsOf } from "./windows.ts";
import { BATCHES, TOLERANCE, type WindowSums, windowSums } from "./windowsums.ts";

/** How `windowedThermalEnergy` computes. */
export interface WindowedOptions {
  /** Distance from a core to what is held, at least; unit λ. */
  readonly reach: number;
  /** Samples of the fluctuations of the whole glass, a multiple of 16 (default 96). */
  readonly samples?: number;
  readonly seed?: number;
  /** Soft directions that are taken exactly, a multiple of 4 (default 16). */
  readonly softest?: number;
  /** Particles of a core, at most (default 2,000 in 2D, 700 in 3D, or an eighth of all). */
  readonly core?: number;
  /** Bonds that are compared with exact columns, half of them the softest (default 12). */
  readonly checks?: number;
}

/**
 * Local thermal energies of a glass too large for an exact inverse, with their standard errors. The glass is cut into
 * cores, each in a window that reaches `reach` further. A window's fluctuations with all else held are exact, and it
 * follows the fluctuations of the whole glass (`windowSpread`): those in a few soft directions exactly, the rest by
 * samples. No error but that of a mean over samples is left, which is the smaller the larger the window is. X by
 * conjugate gradients on the whole glass.
 *
 * Throws "usage" on models with more than pairs, a reach shorter than the longest bond, too few samples;
 * "not-a-minimum" where a window or the glass is none. Cost O(N): a factor, an inverse and a solve a sample of each
 * window, and √(ω²_max/ω²_min) products of M a sample.
 */
export function windowedThermalEnergy(
  minimum: Minimum,
  options: WindowedOptions,
  control: WorkControl = {},
): GlassResponse & { readonly accuracy: WindowedAccuracy } {
  const { backbone, arithmetic } = minimum;
  const { reach, samples: count = 96, seed = 1, checks = 12, softest = 16 } = options;
  const pairs = pairsOf(backbone.interactions);
  refuseUnfit(minimum, pairs, reach, count);
  const clock = stopwatch();
  const { fractional } = wrapPositions(backbone.box, backbone.positions);
  const windows = windowsOf(
    backbone.box,
    wrapped(fractional),
    reach,
    options.core ?? Math.min(CORE[pairs.dimension], Math.ceil(pairs.particleCount / 8)),
  );
  if (windows.some(({ particles }) => particles.length === fractional.length / pairs.dimension)) {
    throw new SoftfieldError(
      "usage",
      `a window of reach ${reach} holds the whole glass: leave --windows out, it is small enough to be exact`,
    );
  }
  const matrix = hessian(backbone.interactions);
  const scaled = new ScaledMatrix(matrix, arithmetic);
  const batches = sampled(scaled, count, seed, control);
  const { directions, remove } = softPart(scaled, startOf(scaled, softest, seed, control), control);
  for (const u of batches.flat()) remove(u);
  const sampling = clock();
  const parts = windowSums(windows, matrix, { pairs, batches, directions, arithmetic }, control);
  const invert = clock();
  const { lte, errors, displacement, bound } = energiesOf(minimum, scaled, parts, control);
  const checked = checkedBonds({ scaled, pairs, parts, lte: lte.lte, checks, seed }, control);
  const respond = clock();
  const sum = (x: Float64Array) => x.reduce((all, value) => all + square(value), 0);
  const found = { energies: [lte], displacement };
  const relativeError = Math.sqrt(sum(errors) / sum(lte.lte));
  return {
    ...responseAt(minimum, found),
    sumRuleError: sumRuleError(backbone.interactions, found),
    seconds: {
      interactions: minimum.seconds,
      factor: sampling,
      invert,
      respond,
      total: minimum.seconds + sampling + invert + respond,
    },
    accuracy: {
      windows: windows.length,
      samples: count,
      errors,
      relativeError,
      bound: bound * relativeError,
      checked,
    },
  };
}

function refuseUnfit({ backbone }: Minimum, pairs: PairArrays, reach: number, samples: number): void {
  if (backbone.interactions.families.length > 1) {
    throw new SoftfieldError(
      "usage",
      "windows are for models of pairs alone: this one has terms of more particles",
    );
  }
  const longest = pairs.r.reduce((most, r) => Math.max(most, r), 0);
  if (!(reach >= longest)) {
    throw new SoftfieldError(
      "usage",
      `windows must reach at least as far as the longest bond, ${longest.toPrecision(4)}; got ${reach}`,
      { field: "windows" },
    );
  }
  if (Number.isInteger(samples / (2 * BATCHES)) && samples > 0) return;
  throw new SoftfieldError("usage", `samples must be a multiple of ${2 * BATCHES}, got ${samples}`, {
    field: "samples",
  });
}

/** [0, 1) */
function wrapped(fractional: Float64Array): Float64Array {
  return fractional.map((x) => x - Math.floor(x));
}

/** Samples beside those of the batches, in which soft modes are large already. */
function startOf(scaled: ScaledMatrix, count: number, seed: number, control: WorkControl): Float64Array[] {
  const groups = Array.from({ length: Math.ceil(count / 4) }, (_, k) => k);
  return groups.flatMap((k) => fluctuations(scaled, seed + 0x5eed, k, control));
}

/** Samples of the whole glass, dealt to batches. */
function sampled(scaled: ScaledMatrix, count: number, seed: number, control: WorkControl): Float64Array[][] {
  const batches: Float64Array[][] = Array.from({ length: BATCHES }, () => []);
  for (let k = 0; k < count / 4; k++) {
    control.onProgress?.({ stage: "sample", done: 4 * k, total: count });
    fluctuations(scaled, seed, k, control).forEach((u, r) => {
      batches[(4 * k + r) % BATCHES].push(u);
    });
  }
  control.onProgress?.({ stage: "sample", done: count, total: count });
  return batches;
}

/** E of every bond as the mean over the batches, which it is linear in, and its standard error. */
function energiesOf(
  { backbone }: Minimum,
  scaled: ScaledMatrix,
  { harmonic: parts, third }: WindowSums,
  control: WorkControl,
): { lte: TermEnergies; errors: Float64Array; displacement: Float64Array; bound: number } {
  const [family] = backbone.interactions.families;
  const d = backbone.interactions.dimension;
  const moves: Float64Array[] = [];
  for (let k = 0; k < BATCHES; k += 4) {
    control.onProgress?.({ stage: "displacement", done: k, total: BATCHES });
    const b = third.slice(k, k + 4).map((force) =>
      withoutMean(
        force.map((f) => -f),
        d,
      ),
    );
    moves.push(...solveIteratively(scaled, b, TOLERANCE, control).map((x) => withoutMean(x, d)));
  }
  const mean = (values: readonly Float64Array[]) =>
    values[0].map((_, m) => values.reduce((sum, own) => sum + own[m], 0) / BATCHES);
  const displacement = mean(moves);
  const harmonic = mean(parts);
  const follow = moves.map((x) => family.project(x));
  const anharmonic = mean(follow);
  const lte = harmonic.map((h, m) => h + anharmonic[m]);
  const deviations = parts.map((own, k) => own.map((h, m) => h + follow[k][m] - lte[m]));
  const errors = lte.map((_, m) => {
    let sum = 0;
    for (const own of deviations) sum += square(own[m]);
    return Math.sqrt(sum / (BATCHES * (BATCHES - 1)));
  });
  return {
    lte: { kind: family.kind, sites: family.sites(), harmonic, anharmonic, lte },
    errors,
    displacement,
    bound: boundOverError(deviations),
  };
}
