import { square } from "../elementary.ts";
import { SoftfieldError } from "../errors.ts";
import { hessian, type Interactions, legsOf } from "../interactions/index.ts";
import type { Backbone, Minimum } from "../minimum/index.ts";
import { allPieces, type MakePieces, type PieceStore, piecesIn } from "../pieces.ts";
import type { WorkControl } from "../progress.ts";
import { wrapPositions } from "../space/index.ts";
import { fluctuations, ScaledMatrix, softPart, solveIteratively, withoutMean } from "../sparse/index.ts";
import { boundOverError, type WindowedAccuracy } from "./accuracy.ts";
import { type GlassResponse, responseAt } from "./lte.ts";
import { sumRuleError, type TermEnergies } from "./response.ts";
import { stopwatch } from "./stopwatch.ts";
import { checkedBonds } from "./windowcheck.ts";
import { CORE, type Window, windowsOf } from "./windows.ts";
import { BATCHES, type WholeMotions, type WindowSums, windowSums } from "./windowsums.ts";

/** Of X: |r|/|b|. */
const TOLERANCE = 1e-9;

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
  /** Where finished pieces are kept: the computation goes on from them, and is shared by all that have the store. */
  readonly pieces?: PieceStore;
}

/**
 * Local thermal energies of a glass too large for an exact inverse, with their standard errors. The glass is cut into
 * cores, each in a window that reaches `reach` further. A window's fluctuations with all else held are exact, and it
 * follows the fluctuations of the whole glass (`windowSpread`): those in a few soft directions exactly, the rest by
 * samples. No error but that of a mean over samples is left, which is the smaller the larger the window is. X by
 * conjugate gradients on the whole glass.
 *
 * Throws "usage" on a reach shorter than the longest leg of a term, too few samples;
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
  const { interactions } = backbone;
  refuseUnfit(interactions, reach, count);
  const clock = stopwatch();
  const windows = windowsWithin(backbone, reach, options.core);
  const matrix = hessian(interactions);
  const scaled = new ScaledMatrix(matrix, arithmetic);
  const piecesOf = (what: object) =>
    piecesIn(
      options.pieces,
      () => `${JSON.stringify(what)} ${identityOf(minimum)}`,
      (stage, done, total) => control.onProgress?.({ stage, done, total }),
    );
  const motions = motionsOf(scaled, { seed, count, softest }, piecesOf, control);
  const pieces = piecesOf({ ...options, pieces: undefined, samples: count, seed, checks, softest });
  const sampling = clock();
  const parts = windowSums(windows, { backbone, arithmetic, matrix }, motions, pieces, control);
  const invert = clock();
  const { energies, errors, displacement, bound } = energiesOf(interactions, scaled, parts, pieces, control);
  const check = { scaled, interactions, parts, lte: energies[0].lte, checks, seed };
  const checked = checkedBonds(check, pieces, control);
  const respond = clock();
  const sum = (all: readonly Float64Array[]) =>
    all.reduce((total, x) => x.reduce((own, value) => own + square(value), total), 0);
  const found = { energies, displacement };
  const relativeError = Math.sqrt(sum(errors) / sum(energies.map(({ lte }) => lte)));
  return {
    ...responseAt(minimum, found),
    sumRuleError: sumRuleError(interactions, found),
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

/** Windows of the reach; none may hold the whole glass. */
function windowsWithin({ box, positions }: Backbone, reach: number, core: number | undefined): Window[] {
  const d = box.dimension;
  const count = positions.length / d;
  const { fractional } = wrapPositions(box, positions);
  const size = core ?? Math.min(CORE[d], Math.ceil(count / 8));
  const windows = windowsOf(box, wrapped(fractional), reach, size);
  if (windows.every(({ particles }) => particles.length < count)) return windows;
  throw new SoftfieldError(
    "usage",
    `a window of reach ${reach} holds the whole glass: leave --windows out, it is small enough to be exact`,
  );
}

/** Fluctuations of the whole glass: its soft directions, and samples of what is left, batch by batch. */
function motionsOf(
  scaled: ScaledMatrix,
  { seed, count, softest }: { readonly seed: number; readonly count: number; readonly softest: number },
  piecesOf: (what: object) => MakePieces,
  control: WorkControl,
): WholeMotions {
  const drawn = (from: number, number: number) =>
    allPieces(piecesOf({ from }), "samples", Math.ceil(number / 4), (k) =>
      fluctuations(scaled, from, k, control),
    ).flat();
  const samples = drawn(seed, count);
  const start = drawn(seed + 0x5eed, softest);
  const { directions, remove } = softPart(scaled, start, control, piecesOf({ seed, softest }));
  const batches: Float64Array[][] = Array.from({ length: BATCHES }, () => []);
  samples.forEach((u, k) => {
    const own = u.slice();
    remove(own);
    batches[k % BATCHES].push(own);
  });
  return { directions, batches };
}

function refuseUnfit(interactions: Interactions, reach: number, samples: number): void {
  const { dimension: d } = interactions;
  let longest = 0;
  for (const { vectors } of legsOf(interactions)) {
    for (let l = 0; l < vectors.length; l += d) {
      let length2 = 0;
      for (let a = 0; a < d; a++) length2 += square(vectors[l + a]);
      longest = Math.max(longest, length2);
    }
  }
  longest = Math.sqrt(longest);
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

/** All of a glass that pieces depend on, and the version of how they are made. */
function identityOf({ system, model, arithmetic }: Minimum): string {
  const { box, positions, species, diameters, charges } = system;
  const own = Object.entries({ diameters, charges }).map(([name, x]) => (x ? ` ${name} ${x.join()}` : ""));
  return `windows 1 ${JSON.stringify({ box, model, arithmetic })} ${species.join()} ${positions.join()}${own.join("")}`;
}

/** E of every term as the mean over the batches, which it is linear in, and its standard error. */
function energiesOf(
  { families, dimension: d }: Interactions,
  scaled: ScaledMatrix,
  { harmonic: parts, third }: WindowSums,
  pieces: MakePieces,
  control: WorkControl,
): { energies: TermEnergies[]; errors: Float64Array[]; displacement: Float64Array; bound: number } {
  const moves = allPieces(pieces, "displacement", BATCHES / 4, (k) => {
    const b = third.slice(4 * k, 4 * (k + 1)).map((force) =>
      withoutMean(
        force.map((f) => -f),
        d,
      ),
    );
    return solveIteratively(scaled, b, TOLERANCE, control).map((x) => withoutMean(x, d));
  }).flat();
  const deviations: Float64Array[][] = Array.from({ length: BATCHES }, () => []);
  const energies = families.map((family, f): TermEnergies => {
    const harmonic = mean(parts.map((own) => own[f]));
    const follow = moves.map((x) => family.project(x));
    const anharmonic = mean(follow);
    const lte = harmonic.map((h, t) => h + anharmonic[t]);
    follow.forEach((own, k) => {
      deviations[k].push(own.map((x, t) => x + parts[k][f][t] - lte[t]));
    });
    return { kind: family.kind, sites: family.sites(), harmonic, anharmonic, lte };
  });
  const errors = energies.map(({ lte }, f) =>
    lte.map((_, t) => {
      let sum = 0;
      for (const own of deviations) sum += square(own[f][t]);
      return Math.sqrt(sum / (BATCHES * (BATCHES - 1)));
    }),
  );
  return { energies, errors, displacement: mean(moves), bound: boundOverError(deviations) };
}

function mean(values: readonly Float64Array[]): Float64Array {
  return values[0].map((_, m) => values.reduce((sum, own) => sum + own[m], 0) / values.length);
}
