import type { TermFamily } from "../interactions/index.ts";
import type { Minimum } from "../minimum/index.ts";
import type { MakePieces } from "../pieces.ts";
import type { WorkControl } from "../progress.ts";
import { type BlockSymmetric, type CholeskyWorkspace, multiply } from "../sparse/index.ts";
import type { Window } from "./windows.ts";
import {
  degreesOf,
  type Motion,
  type TermsByRoot,
  termsOf,
  type WindowInput,
  windowSpread,
} from "./windowspread.ts";

/** Batches of samples that standard errors are made of. */
export const BATCHES = 8;

/** Sums over all windows, of each batch of samples. */
export interface WindowSums {
  /** batches × families: H of the terms */
  readonly harmonic: readonly (readonly Float64Array[])[];
  /** batches: U‴:M⁻¹, N×d */
  readonly third: readonly Float64Array[];
}

/** What the windows are made with: fluctuations of the whole glass (N×d each) in soft directions, and samples of the rest. */
export interface WholeMotions {
  readonly directions: readonly Float64Array[];
  readonly batches: readonly (readonly Float64Array[])[];
}

/** What windows give: H of the terms by the core that their root is in, and U‴:M⁻¹. */
export function windowSums(
  windows: readonly Window[],
  glass: Pick<Minimum, "backbone" | "arithmetic"> & { readonly matrix: BlockSymmetric },
  motions: WholeMotions,
  pieces: MakePieces,
  { signal }: WorkControl,
): WindowSums {
  const { families, particleCount, dimension: d } = glass.backbone.interactions;
  const roots = families.map((family) => byRoot(family, particleCount));
  const harmonic = motions.batches.map(() => families.map((family) => new Float64Array(family.count)));
  const third = motions.batches.map(() => new Float64Array(particleCount * d));
  let input: WindowInput | undefined;
  let workspace: CholeskyWorkspace | undefined;
  const make = (w: number) => {
    input ??= inputOf(glass, roots, motions);
    const made = windowSpread(windows[w], input, workspace, signal ? { signal } : {});
    workspace = made.workspace;
    return made.spreads.flatMap((spreads) => {
      const force = new Float64Array(windows[w].particles.length * d);
      for (const spread of spreads) spread.addThird(force);
      return [...spreads.map((spread) => spread.harmonic()), force];
    });
  };
  pieces("windows", windows.length, make, (piece, w) => {
    const { core, particles } = windows[w];
    const terms = roots.map((own) => termsOf(own, core));
    third.forEach((sum, k) => {
      const own = piece.slice(k * (families.length + 1), (k + 1) * (families.length + 1));
      terms.forEach((which, f) => {
        which.forEach((t, at) => {
          harmonic[k][f][t] = own[f][at];
        });
      });
      const force = own[families.length];
      particles.forEach((p, q) => {
        for (let a = 0; a < d; a++) sum[p * d + a] += force[q * d + a];
      });
    });
  });
  return { harmonic, third };
}

function inputOf(
  {
    backbone: { interactions },
    arithmetic,
    matrix,
  }: Pick<Minimum, "backbone" | "arithmetic"> & { readonly matrix: BlockSymmetric },
  roots: readonly TermsByRoot[],
  { directions, batches }: WholeMotions,
): WindowInput {
  const motion = (u: Float64Array): Motion => ({ u, force: multiply(matrix, u) });
  return {
    ...{ interactions, matrix, arithmetic, roots },
    directions: directions.map(motion),
    batches: batches.map((samples) => samples.map(motion)),
    degrees: degreesOf(matrix),
    place: new Int32Array(matrix.size).fill(-1),
  };
}

function byRoot(family: TermFamily, particleCount: number): TermsByRoot {
  const roots = Int32Array.from({ length: family.count }, (_, t) => family.members(t).root);
  const starts = new Int32Array(particleCount + 1);
  for (const root of roots) starts[root + 1]++;
  for (let p = 0; p < particleCount; p++) starts[p + 1] += starts[p];
  const fill = starts.slice();
  const terms = new Int32Array(family.count);
  roots.forEach((root, t) => {
    terms[fill[root]++] = t;
  });
  return { starts, terms };
}
