import { SoftfieldError } from "../errors.ts";
import type { WorkControl } from "../progress.ts";
import { norm } from "../vectors.ts";
import { multiply } from "./blockops.ts";
import type { CholeskyFactor } from "./factorize.ts";
import { hasRoom, type Krylov, krylov, krylovStep, ritz, ritzVector } from "./krylov.ts";
import { fromFactorOrder } from "./solve.ts";
import { constantModes } from "./translations.ts";

/** How accurate `lowestModes` is, and how much it may cost. */
export interface LowModesOptions {
  /** Converged where ‖(M+σ)⁻¹ψ − θψ‖ ≤ tolerance·θ (default 1e-9; the error of λ goes with its square). */
  readonly tolerance?: number;
  /** Largest basis (default 20·count + 200); then what has converged is returned as "unconverged". */
  readonly maxBasis?: number;
  /** N×d, a guess of the lowest mode, such as that of the last shear step. */
  readonly start?: Float64Array;
  /** N: modes of m^{-½} M m^{-½} instead of M, as vectors √m·u. */
  readonly masses?: Float64Array | undefined;
  /** Leave out uniform translations (default: if the factor has pins). */
  readonly deflateTranslations?: boolean;
}

/** Lowest eigenpairs of M, ascending. */
export interface LowModes {
  readonly status: "ok" | "unconverged";
  /** count: λ = ω², unit of M */
  readonly values: Float64Array;
  /** count×N×d, row k = unit eigenvector of values[k] */
  readonly vectors: Float64Array;
  /** count: ‖Mψ − λψ‖, unit of M */
  readonly residuals: Float64Array;
  /** vectors in the basis at the end */
  readonly basisSize: number;
}

/** Vectors that share a pass over the factor; levels of so many equal values are found whole (one with a guess). */
const BLOCK = 4;

/**
 * The `count` lowest eigenpairs of M by shift-invert block Lanczos with full re-orthogonalisation.
 *
 * With pins M must be translation-invariant within each component: translations are deflated exactly, and the
 * result does not depend on the pins. With a shift σ (no pins) λ may be negative as far as −σ. Eigenvalues up
 * to 4-fold are found whole. Deterministic. Throws "usage" if there are not so many modes. Cost about
 * 4·count solves and 16·count²·N·d operations.
 */
export function lowestModes(
  factor: CholeskyFactor,
  count: number,
  options: LowModesOptions = {},
  control: WorkControl = {},
): LowModes {
  const { tolerance = 1e-9, maxBasis = 20 * count + 200 } = options;
  if (factor.pins.length > 0 && factor.shift !== 0) {
    throw new SoftfieldError("usage", "lowestModes: a factor with pins and a shift; give one of them");
  }
  const deflated = (options.deflateTranslations ?? factor.pins.length > 0) ? constantModes(factor) : [];
  const { size, dimension, hidden = 0 } = factor.matrix;
  const available = (size - deflated.length) * (dimension - hidden);
  if (!Number.isInteger(count) || count < 1 || count > available) {
    throw new SoftfieldError("usage", `lowestModes: ${count} modes asked of a system that has ${available}`);
  }
  const { arena, symbolic } = factor.workspace;
  const { masses } = options;
  const root = masses && Float64Array.from(symbolic.order, (particle) => Math.sqrt(masses[particle]));
  const mark = arena.used;
  try {
    const limit = Math.min(available, Math.max(maxBasis, count));
    const block = options.start ? 1 : Math.min(BLOCK, available);
    const space = krylov(factor, { deflated, root, available, limit, block, start: options.start });
    for (let check = 3 * count + 16; ; ) {
      if (control.signal?.aborted) throw new SoftfieldError("aborted", "modes: stopped on request");
      if (hasRoom(space)) krylovStep(space);
      const more = hasRoom(space);
      const size = space.projected.length;
      if (more && size < check) continue;
      const found = ritz(space, count);
      const converged = found.filter(({ theta, residual }) => residual <= tolerance * theta).length;
      control.onProgress?.({ stage: "modes", done: converged, total: count });
      if (converged === count || !more) return collect(space, found, { converged, masses });
      check = size + Math.max(4, Math.ceil(size / 7));
    }
  } finally {
    arena.release(mark);
  }
}

function collect(
  space: Krylov,
  found: ReturnType<typeof ritz>,
  { converged, masses }: { readonly converged: number; readonly masses: Float64Array | undefined },
): LowModes {
  const { factor } = space;
  const { size, dimension, hidden = 0 } = factor.matrix;
  const n = size * (dimension - hidden);
  const vectors = new Float64Array(found.length * n);
  const values = Float64Array.from(found, ({ theta }) => 1 / theta - factor.shift);
  const residuals = values.map((lambda, k) => {
    const mode = vectors.subarray(k * n, (k + 1) * n);
    fromFactorOrder(factor, ritzVector(space, found[k]), mode, 1);
    const product = weighted(mode, masses, (x) => multiply(factor.matrix, x));
    return norm(product.map((x, i) => x - lambda * mode[i]));
  });
  const status = converged === found.length && found.length > 0 ? "ok" : "unconverged";
  return { status, values, vectors, residuals, basisSize: space.projected.length };
}

/** m^{-½} M m^{-½} x, or M x where there are no masses. */
function weighted(
  x: Float64Array,
  masses: Float64Array | undefined,
  apply: (x: Float64Array) => Float64Array,
): Float64Array {
  if (!masses) return apply(x);
  const d = x.length / masses.length;
  const unweighed = (y: Float64Array) => y.map((value, k) => value / Math.sqrt(masses[Math.floor(k / d)]));
  return unweighed(apply(unweighed(x)));
}
