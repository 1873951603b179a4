import { square } from "../elementary.ts";
import { SoftfieldError } from "../errors.ts";
import {
  energy,
  hessian,
  type PairArrays,
  PairSpread,
  pairsOf,
  pressureOf,
  stress,
} from "../interactions/index.ts";
import { type Minimum, onAllParticles } from "../minimum/index.ts";
import type { WorkControl } from "../progress.ts";
import { wrapPositions } from "../space/index.ts";
import {
  type Arithmetic,
  type BlockSymmetric,
  fluctuations,
  ScaledMatrix,
  softPart,
  solveIteratively,
  withoutMean,
} from "../sparse/index.ts";
import type { WindowedAccuracy } from "./accuracy.ts";
import type { GlassResponse } from "./lte.ts";
import { sumRuleError, type TermEnergies } from "./response.ts";
import { blockRows, CORE, type WindowInput, windowSpread, windowsOf } from "./windows.ts";

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

/** Batches of samples that standard errors are made of. */
const BATCHES = 8;
const TOLERANCE = 1e-9;

/**
 * Local thermal energies of a glass too large for an exact inverse, with their standard errors. The glass is cut into
 * cores, each in a window that reaches `reach` further. A window's fluctuations with all else held are exact, and it
 * follows the fluctuations of the whole glass (`windowSpread`): those in a few soft directions exactly, the rest by
 * samples. No error but that of a mean over samples is left, which is the smaller the larger the window is. X by conjugate gradients on the whole glass.
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
  const parts = allWindows(windows, matrix, { pairs, batches, directions, arithmetic }, control);
  const invert = clock();
  const { lte, errors, displacement } = energiesOf(minimum, scaled, parts, control);
  const checked = checkedBonds({ scaled, pairs, parts, lte: lte.lte, checks, seed }, control);
  const { system, interactions } = minimum;
  const respond = clock();
  const sum = (x: Float64Array) => x.reduce((all, value) => all + square(value), 0);
  return {
    system,
    interactions,
    energies: [{ ...lte, sites: interactions.families[0].sites() }],
    displacement: onAllParticles(backbone, displacement, interactions.dimension, Number.NaN),
    rattlers: minimum.rattlers,
    energy: energy(interactions),
    pressure: pressureOf(stress(interactions, system.box)),
    residual: minimum.residual,
    residualGiven: minimum.residualGiven,
    typicalForce: backbone.typicalForce,
    refineSteps: minimum.refineSteps,
    moved: minimum.moved,
    sumRuleError: sumRuleError(backbone.interactions, { energies: [lte], displacement }),
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
      relativeError: Math.sqrt(sum(errors) / sum(lte.lte)),
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

/** Sums over all windows: of each batch, H of the bonds and U‴:G. */
interface WindowSums {
  readonly harmonic: readonly Float64Array[];
  readonly third: readonly Float64Array[];
}

function allWindows(
  windows: ReturnType<typeof windowsOf>,
  matrix: BlockSymmetric,
  shared: Pick<WindowInput, "pairs" | "batches" | "directions"> & { readonly arithmetic: Arithmetic },
  control: WorkControl,
): WindowSums {
  const { pairs, batches, directions, arithmetic } = shared;
  const input: WindowInput = {
    pairs,
    batches,
    directions,
    byRow: blockRows(matrix),
    place: new Int32Array(matrix.size).fill(-1),
    firstBonds: bondsByFirst(pairs),
  };
  const harmonic = batches.map(() => new Float64Array(pairs.i.length));
  const third = batches.map(() => new Float64Array(matrix.size * pairs.dimension));
  windows.forEach((window, w) => {
    const { bonds, held, followed } = windowSpread(
      window,
      matrix,
      input,
      arithmetic,
      withoutProgress(control),
    );
    const own = some(pairs, bonds);
    followed.forEach((mean, k) => {
      const spread = new PairSpread(
        own,
        mean.map((x, e) => x + held[e]),
      );
      spread.addThird(third[k]);
      spread.harmonic().forEach((h, m) => {
        harmonic[k][bonds[m]] = h;
      });
    });
    control.onProgress?.({ stage: "windows", done: w + 1, total: windows.length });
  });
  return { harmonic, third };
}

function withoutProgress({ signal }: WorkControl): WorkControl {
  return signal ? { signal } : {};
}

/** Bonds by their first particle. */
function bondsByFirst({ i, particleCount }: PairArrays): WindowInput["firstBonds"] {
  const starts = new Int32Array(particleCount + 1);
  for (const p of i) starts[p + 1]++;
  for (let p = 0; p < particleCount; p++) starts[p + 1] += starts[p];
  const fill = starts.slice();
  const bonds = new Int32Array(i.length);
  i.forEach((p, m) => {
    bonds[fill[p]++] = m;
  });
  return { starts, bonds };
}

/** Some of the pairs, as arrays of their own. */
function some(pairs: PairArrays, bonds: Int32Array): PairArrays {
  const { dimension: d, particleCount, du } = pairs;
  const pick = (values: Float64Array) => Float64Array.from(bonds, (m) => values[m]);
  return {
    dimension: d,
    particleCount,
    i: bonds.map((m) => pairs.i[m]),
    j: bonds.map((m) => pairs.j[m]),
    du: Float64Array.from({ length: bonds.length * d }, (_, e) => du[bonds[Math.floor(e / d)] * d + (e % d)]),
    r: pick(pairs.r),
    phi0: pick(pairs.phi0),
    phi1: pick(pairs.phi1),
    phi2: pick(pairs.phi2),
    phi3: pick(pairs.phi3),
  };
}

/** E of every bond as the mean over the batches, which it is linear in, and its standard error. */
function energiesOf(
  { backbone }: Minimum,
  scaled: ScaledMatrix,
  { harmonic: parts, third }: WindowSums,
  control: WorkControl,
): { lte: TermEnergies; errors: Float64Array; displacement: Float64Array } {
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
  const errors = lte.map((e, m) => {
    let sum = 0;
    for (let k = 0; k < BATCHES; k++) sum += square(parts[k][m] + follow[k][m] - e);
    return Math.sqrt(sum / (BATCHES * (BATCHES - 1)));
  });
  return {
    lte: { kind: family.kind, sites: family.sites(), harmonic, anharmonic, lte },
    errors,
    displacement,
  };
}

/** H of some bonds, the softest and others, by exact columns of M⁻¹. */
function checkedBonds(
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
  const exact = new PairSpread(some(pairs, bonds), covariances).harmonic();
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

/** Seconds since the last call. */
function stopwatch(): () => number {
  let last = performance.now();
  return () => {
    const now = performance.now();
    const seconds = (now - last) / 1000;
    last = now;
    return seconds;
  };
}
