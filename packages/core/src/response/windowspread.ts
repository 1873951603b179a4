import { SoftfieldError } from "../errors.ts";
import type { PairArrays } from "../interactions/index.ts";
import type { WorkControl } from "../progress.ts";
import {
  type Arithmetic,
  analyze,
  type BlockSymmetric,
  entryOf,
  factorize,
  selectedInverse,
  solve,
} from "../sparse/index.ts";
import type { Window } from "./windows.ts";

/** How the bonds of a core move, by batches of samples. */
export interface WindowSpread {
  /** Bonds whose first particle is in the core. */
  readonly bonds: Int32Array;
  /** bonds×d×d: C_α while everything outside of the window is held, or moves in the soft directions alone */
  readonly held: Float64Array;
  /** batches × bonds×d×d: mean of δ δᵀ, δ what the bond follows the outside by, over the samples of the batch */
  readonly followed: readonly Float64Array[];
}

/**
 * The spread of the bonds of a window's core: fluctuations of its particles are those with their surroundings held, M_WW⁻¹
 * exactly, and T·u with the surroundings' own u, T = −M_WW⁻¹·M_WS: so C_α = C_α(held) + ⟨δ δᵀ⟩, δ = (T u)_j − (T u)_i,
 * exactly over the soft directions, and the mean over samples u of the rest. Cost: factor and selected inverse of the window and a solve a sample.
 */
export function windowSpread(
  window: Window,
  matrix: BlockSymmetric,
  input: WindowInput,
  arithmetic: Arithmetic,
  control: WorkControl,
): WindowSpread {
  const { particles, core, fractional } = window;
  const { pairs, firstBonds, batches, place } = input;
  const d = pairs.dimension;
  const dd = d * d;
  particles.forEach((p, k) => {
    place[p] = k;
  });
  const { inner, shell } = innerMatrix(particles, matrix, input);
  const symbolic = analyze(inner, { dimension: d, fractional });
  const result = factorize(symbolic, inner, { arithmetic }, control);
  if (result.status !== "ok") {
    throw new SoftfieldError("not-a-minimum", "a window of the glass is no minimum", {
      particle: particles[result.particle],
    });
  }
  const { lower, diagonal } = selectedInverse(result.factor, control);
  const bonds: number[] = [];
  for (const p of core)
    for (let m = firstBonds.starts[p]; m < firstBonds.starts[p + 1]; m++) bonds.push(firstBonds.bonds[m]);
  const held = new Float64Array(bonds.length * dd);
  bonds.forEach((bond, m) => {
    const [i, j] = [place[pairs.i[bond]], place[pairs.j[bond]]];
    const at = entryOf(inner, Math.max(i, j), Math.min(i, j)) * dd;
    for (let a = 0; a < d; a++)
      for (let b = 0; b < d; b++)
        held[m * dd + a * d + b] =
          diagonal[i * dd + a * d + b] +
          diagonal[j * dd + a * d + b] -
          lower[at + a * d + b] -
          lower[at + b * d + a];
  });
  const n = particles.length * d;
  const addFollowed = (to: Float64Array, vectors: readonly Float64Array[], weight: number) => {
    const b = new Float64Array(vectors.length * n);
    vectors.forEach((u, s) => {
      for (const { outer, inside, entry, transposed } of shell)
        for (let a = 0; a < d; a++)
          for (let c = 0; c < d; c++)
            b[s * n + inside * d + a] -=
              matrix.lower[entry * dd + (transposed ? c * d + a : a * d + c)] * u[outer * d + c];
    });
    const x = solve(result.factor, b, { count: vectors.length });
    bonds.forEach((bond, m) => {
      const [i, j] = [place[pairs.i[bond]] * d, place[pairs.j[bond]] * d];
      for (let s = 0; s < vectors.length; s++)
        for (let a = 0; a < d; a++)
          for (let c = 0; c < d; c++)
            to[m * dd + a * d + c] +=
              weight * (x[s * n + j + a] - x[s * n + i + a]) * (x[s * n + j + c] - x[s * n + i + c]);
    });
    return to;
  };
  addFollowed(held, input.directions, 1);
  const followed = batches.map((samples) =>
    addFollowed(new Float64Array(held.length), samples, 1 / samples.length),
  );
  for (const p of particles) place[p] = -1;
  return { bonds: Int32Array.from(bonds), held, followed };
}

/** What all windows share. */
export interface WindowInput {
  readonly pairs: PairArrays;
  /** Blocks of the matrix by row: their columns and entries, ascending. */
  readonly byRow: BlockRows;
  /** N: −1; overwritten and put back */
  readonly place: Int32Array;
  /** Bonds by their first particle. */
  readonly firstBonds: { readonly starts: Int32Array; readonly bonds: Int32Array };
  /** Soft directions of the whole glass: their part of M⁻¹ is Σ x xᵀ. N×d each. */
  readonly directions: readonly Float64Array[];
  /** Samples of the fluctuations of the whole glass beside these, N×d each. */
  readonly batches: readonly (readonly Float64Array[])[];
}

/** Strictly lower blocks by row. */
export interface BlockRows {
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly entries: Int32Array;
}

/** The blocks of a matrix by row. O(blocks). */
export function blockRows({ size, columnStarts, rows }: BlockSymmetric): BlockRows {
  const starts = new Int32Array(size + 1);
  for (const row of rows) starts[row + 1]++;
  for (let k = 0; k < size; k++) starts[k + 1] += starts[k];
  const fill = starts.slice();
  const columns = new Int32Array(rows.length);
  const entries = new Int32Array(rows.length);
  for (let k = 0; k < size; k++)
    for (let p = columnStarts[k]; p < columnStarts[k + 1]; p++) {
      const q = fill[rows[p]]++;
      columns[q] = k;
      entries[q] = p;
    }
  return { starts, columns, entries };
}

/** A block that couples a particle of a window to one outside of it. */
interface Outward {
  readonly outer: number;
  readonly inside: number;
  readonly entry: number;
  /** whether the block's row is the outer one */
  readonly transposed: boolean;
}

/** The part of a matrix within a window, and its couplings to the outside. */
function innerMatrix(
  particles: Int32Array,
  { dimension, columnStarts, rows, lower, diagonal }: BlockSymmetric,
  { byRow, place }: WindowInput,
): { inner: BlockSymmetric; shell: Outward[] } {
  const dd = dimension * dimension;
  const starts = new Int32Array(particles.length + 1);
  const entries: number[] = [];
  const shell: Outward[] = [];
  particles.forEach((p, k) => {
    for (let q = columnStarts[p]; q < columnStarts[p + 1]; q++) {
      if (place[rows[q]] >= 0) entries.push(q);
      else shell.push({ outer: rows[q], inside: k, entry: q, transposed: true });
    }
    starts[k + 1] = entries.length;
    for (let q = byRow.starts[p]; q < byRow.starts[p + 1]; q++) {
      const outer = byRow.columns[q];
      if (place[outer] < 0) shell.push({ outer, inside: k, entry: byRow.entries[q], transposed: false });
    }
  });
  const inner = {
    size: particles.length,
    dimension,
    columnStarts: starts,
    rows: Int32Array.from(entries, (p) => place[rows[p]]),
    lower: new Float64Array(entries.length * dd),
    diagonal: new Float64Array(particles.length * dd),
  };
  entries.forEach((p, q) => {
    inner.lower.set(lower.subarray(p * dd, (p + 1) * dd), q * dd);
  });
  particles.forEach((p, k) => {
    inner.diagonal.set(diagonal.subarray(p * dd, (p + 1) * dd), k * dd);
  });
  return { inner, shell };
}
