import { SoftfieldError } from "../errors.ts";
import type { CholeskyFactor } from "./factorize.ts";
import { type NodeRange, solve, solveInPlace } from "./solve.ts";
import type { CholeskySymbolic } from "./symbolic.ts";

/** A right-hand side that acts on a few particles, on which alone its solution is wanted. */
export interface LocalProblem {
  /** Particles, each once. */
  readonly particles: Int32Array;
  /** b of these particles, in their order, without hidden unknowns; 0 elsewhere. */
  readonly b: Float64Array;
}

/**
 * Solves (M + σ·1)·x = b for right-hand sides on a few particles each, and gives x of the same particles, 0 on what is
 * pinned: only the paths from their supernodes to the root are gone up and down. The numbers are those of `solve`.
 * Problems of one neighbourhood share a pass over the factor. Throws "usage" on another length. Cost: nnz(L) of the
 * paths, in two dimensions at N = 10,000 a fifth of `solve`.
 */
export function solveWithin(factor: CholeskyFactor, problems: readonly LocalProblem[]): Float64Array[] {
  const { workspace, matrix } = factor;
  const { symbolic, arena, cut } = workspace;
  const d = matrix.dimension - (matrix.hidden ?? 0);
  for (const { particles, b } of problems) {
    if (b.length === particles.length * d) continue;
    throw new SoftfieldError(
      "usage",
      `solveWithin: ${particles.length} particles need ${particles.length * d} numbers, got ${b.length}`,
    );
  }
  if (cut.trunk.length > 0) return inFull(factor, problems, d);
  const ranges = pathsOf(symbolic, problems);
  const { position, firsts, dimension: w } = symbolic;
  const n = matrix.size * w;
  const mark = arena.used;
  const at = arena.allocF64(n * problems.length);
  const vectors = arena.f64(at, n * problems.length);
  problems.forEach(({ particles, b }, r) => {
    const x = vectors.subarray(r * n, (r + 1) * n);
    for (const [from, to] of ranges) x.fill(0, firsts[from] * w, firsts[to] * w);
    particles.forEach((p, k) => {
      const first = factor.pins.includes(p) ? factor.pinned : 0;
      for (let a = first; a < d; a++) x[position[p] * w + a] = b[k * d + a];
    });
  });
  solveInPlace(factor, at, problems.length, n, ranges);
  const found = problems.map(({ particles }, r) =>
    Float64Array.from({ length: particles.length * d }, (_, k) => {
      const p = particles[Math.floor(k / d)];
      return vectors[r * n + position[p] * w + (k % d)];
    }),
  );
  arena.release(mark);
  return found;
}

/** Supernodes from those of the particles up to the roots, ascending, as ranges. */
function pathsOf(
  { owner, position, parents, count }: CholeskySymbolic,
  problems: readonly LocalProblem[],
): NodeRange[] {
  const seen = new Uint8Array(count);
  for (const { particles } of problems)
    for (const p of particles)
      for (let s = owner[position[p]]; s >= 0 && !seen[s]; s = parents[s]) seen[s] = 1;
  const ranges: [number, number][] = [];
  seen.forEach((on, s) => {
    if (!on) return;
    const last = ranges.at(-1);
    if (last?.[1] === s) last[1] = s + 1;
    else ranges.push([s, s + 1]);
  });
  return ranges;
}

function inFull(factor: CholeskyFactor, problems: readonly LocalProblem[], d: number): Float64Array[] {
  const n = factor.matrix.size * d;
  const b = new Float64Array(n * problems.length);
  problems.forEach((problem, r) => {
    problem.particles.forEach((p, k) => {
      b.set(problem.b.subarray(k * d, (k + 1) * d), r * n + p * d);
    });
  });
  const x = solve(factor, b, { count: problems.length });
  return problems.map(({ particles }, r) =>
    Float64Array.from(
      { length: particles.length * d },
      (_, k) => x[r * n + particles[Math.floor(k / d)] * d + (k % d)],
    ),
  );
}
