import { SoftfieldError } from "../errors.ts";
import {
  type Interactions,
  interactionsOf,
  placedIn,
  type Spread,
  stretched,
} from "../interactions/index.ts";
import type { WorkControl } from "../progress.ts";
import {
  type Arithmetic,
  analyze,
  type BlockSymmetric,
  type CholeskyFactor,
  type CholeskyWorkspace,
  componentsOf,
  factorize,
  selectedInverse,
  solve,
} from "../sparse/index.ts";
import { spreadsOf } from "./response.ts";
import type { Window } from "./windows.ts";

/** A displacement u of the whole glass, and M·u; N×d each. */
export interface Motion {
  readonly u: Float64Array;
  readonly force: Float64Array;
}

/** What all windows share. */
export interface WindowInput {
  readonly interactions: Interactions;
  readonly matrix: BlockSymmetric;
  readonly arithmetic: Arithmetic;
  /** Of each family, its terms by their root. */
  readonly roots: readonly TermsByRoot[];
  /** How many others each particle is coupled to. */
  readonly degrees: Int32Array;
  /** N: −1; overwritten and put back */
  readonly place: Int32Array;
  /** Soft directions of the whole glass: their part of M⁻¹ is Σ u uᵀ. */
  readonly directions: readonly Motion[];
  /** Samples of the fluctuations of the whole glass beside these. */
  readonly batches: readonly (readonly Motion[])[];
}

/** Terms of a family by their root: those of particle p are terms[starts[p]] … terms[starts[p + 1] − 1]. */
export interface TermsByRoot {
  readonly starts: Int32Array;
  readonly terms: Int32Array;
}

/** How the terms that a core answers for spread, by batches of samples. */
export interface WindowSpread {
  /** batches × families, numbered as the particles of the window: C_α */
  readonly spreads: readonly (readonly Spread[])[];
  /** Memory for the next window. */
  readonly workspace: CholeskyWorkspace;
}

/**
 * The spread of the terms of a window's core. With F the particles of the window that move and S all others, fluctuations
 * of F are those with S held, M_FF⁻¹ exactly, and T·u with the surroundings' own u, T·u = −M_FF⁻¹ M_FS u_S = u_F − M_FF⁻¹ (M·u)_F:
 * so C_α = C_α(held) + ⟨δ δᵀ⟩, δ the legs' part of T·u, exactly over the soft directions, and the mean over samples u of the
 * rest. All particles of the window move but, where there are hidden unknowns, those next to the outside: what is hidden there
 * belongs to M_FF. Cost: factor and selected inverse of the window and a solve a sample.
 */
export function windowSpread(
  window: Window,
  input: WindowInput,
  last: CholeskyWorkspace | undefined,
  control: WorkControl,
): WindowSpread {
  const { particles, core } = window;
  const { interactions, roots, place } = input;
  particles.forEach((p, k) => {
    place[p] = k;
  });
  const { inner, pins } = innerMatrix(particles, input);
  const factor = factorOf(window, input, { inner, pins, last }, control);
  const terms = roots.map((own) => termsOf(own, core));
  const [pairs, ...others] = interactions.families;
  const own = interactionsOf(
    pairs.some(terms[0], place, particles.length),
    others.map((family, f) => family.some(terms[f + 1], place, particles.length)),
  );
  const pattern = placedIn({ ...inner, places: [] }, own);
  if (!pattern)
    throw new SoftfieldError("usage", "a term reaches beyond its window: have them reach further");
  const held = spreadsOf(own, pattern, selectedInverse(factor, control));
  const addFollowed = followers(own, particles, factor, pins);
  addFollowed(held, input.directions, 1);
  const spreads = input.batches.map((motions) =>
    addFollowed(
      held.map((spread) => spread.copy()),
      motions,
      motions.length,
    ),
  );
  for (const p of particles) place[p] = -1;
  return { spreads, workspace: factor.workspace };
}

/** The Cholesky factor of M_FF. */
function factorOf(
  { particles, fractional }: Window,
  { interactions, matrix, arithmetic }: WindowInput,
  held: { inner: BlockSymmetric; pins: Int32Array; last: CholeskyWorkspace | undefined },
  control: WorkControl,
): CholeskyFactor {
  const d = interactions.dimension;
  const symbolic = analyze(
    held.inner,
    { dimension: d, fractional },
    { blockSize: matrix.dimension, hidden: matrix.dimension - d },
  );
  const memory = held.last ? { arena: held.last.arena } : {};
  const result = factorize(symbolic, held.inner, { arithmetic, pins: held.pins, ...memory }, control);
  if (result.status === "ok") return result.factor;
  throw new SoftfieldError("not-a-minimum", "a window of the glass is no minimum", {
    particle: particles[result.particle],
  });
}

/** Adds to spreads Σ δ δᵀ/s over motions u of the whole glass, δ the legs' part of T·u = u_F − M_FF⁻¹ (M·u)_F. */
function followers(own: Interactions, particles: Int32Array, factor: CholeskyFactor, pins: Int32Array) {
  const d = own.dimension;
  const n = particles.length * d;
  const legs = own.families.map((family) => family.legs());
  const free = new Uint8Array(particles.length).fill(1);
  for (const pin of pins) free[pin] = 0;
  return (to: readonly Spread[], motions: readonly Motion[], s: number): readonly Spread[] => {
    const b = new Float64Array(motions.length * n);
    motions.forEach(({ force }, r) => {
      particles.forEach((p, k) => {
        if (free[k] === 1) b.set(force.subarray(p * d, (p + 1) * d), r * n + k * d);
      });
    });
    const x = solve(factor, b, { count: motions.length });
    motions.forEach(({ u }, r) => {
      const follow = new Float64Array(n);
      particles.forEach((p, k) => {
        for (let a = 0; a < d; a++) follow[k * d + a] = u[p * d + a] - x[r * n + k * d + a];
      });
      legs.forEach((leg, f) => {
        const by = stretched(leg, follow, d);
        to[f].add(by, by, s);
      });
    });
    return to;
  };
}

/** Terms whose root is one of some particles, one particle after the other. */
export function termsOf({ starts, terms }: TermsByRoot, particles: Int32Array): Int32Array {
  const own = new Int32Array(particles.reduce((sum, p) => sum + starts[p + 1] - starts[p], 0));
  let at = 0;
  for (const p of particles) {
    own.set(terms.subarray(starts[p], starts[p + 1]), at);
    at += starts[p + 1] - starts[p];
  }
  return own;
}

/** How many others each particle of a matrix is coupled to. O(blocks). */
export function degreesOf({ size, columnStarts, rows }: BlockSymmetric): Int32Array {
  const degrees = new Int32Array(size);
  for (let k = 0; k < size; k++) {
    degrees[k] += columnStarts[k + 1] - columnStarts[k];
    for (let p = columnStarts[k]; p < columnStarts[k + 1]; p++) degrees[rows[p]]++;
  }
  return degrees;
}

/** The part of a matrix within a window, and the particles of it that are held with the outside. */
function innerMatrix(
  particles: Int32Array,
  { matrix, degrees, place }: WindowInput,
): { inner: BlockSymmetric; pins: Int32Array } {
  const { dimension: w, columnStarts, rows, lower, diagonal, hidden } = matrix;
  const ww = w * w;
  const starts = new Int32Array(particles.length + 1);
  const within = new Int32Array(particles.length);
  const entries: number[] = [];
  particles.forEach((p, k) => {
    for (let q = columnStarts[p]; q < columnStarts[p + 1]; q++) {
      const row = place[rows[q]];
      if (row < 0) continue;
      entries.push(q);
      within[k]++;
      within[row]++;
    }
    starts[k + 1] = entries.length;
  });
  const inner = {
    size: particles.length,
    dimension: w,
    columnStarts: starts,
    rows: Int32Array.from(entries, (p) => place[rows[p]]),
    lower: new Float64Array(entries.length * ww),
    diagonal: new Float64Array(particles.length * ww),
    hidden,
  };
  entries.forEach((p, q) => {
    inner.lower.set(lower.subarray(p * ww, (p + 1) * ww), q * ww);
  });
  particles.forEach((p, k) => {
    inner.diagonal.set(diagonal.subarray(p * ww, (p + 1) * ww), k * ww);
  });
  if (componentsOf(matrix) === w) return { inner, pins: new Int32Array(0) };
  return {
    inner,
    pins: Int32Array.from(particles.keys()).filter((k) => within[k] < degrees[particles[k]]),
  };
}
