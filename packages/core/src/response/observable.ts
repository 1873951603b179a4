import { SoftfieldError } from "../errors.ts";
import type { Spread } from "../interactions/index.ts";
import type { Minimum } from "../minimum/index.ts";
import { type BlockSize, entryOf } from "../sparse/index.ts";
import { transposed } from "../squarematrices.ts";
import { pseudoInverse } from "./debyewaller.ts";

/**
 * An observable A(x) by its value, gradient and Hessian at the minimum, on the few particles (or all) that it
 * depends on. A particle may appear more than once: contributions add.
 */
export interface Observable {
  readonly name: string;
  /** A at the minimum. */
  readonly value: number;
  /** k particles of the gradient */
  readonly particles: Int32Array;
  /** k×d, ∂A/∂x of each */
  readonly gradient: Float64Array;
  /** ∂²A/∂x∂x; absent where A is linear. */
  readonly hessian?: ObservableHessian;
}

/** Blocks of ∂²A/∂x∂x; one off the diagonal (first ≠ second) stands for its transpose as well. */
export interface ObservableHessian {
  /** n block rows, n block columns */
  readonly first: Int32Array;
  readonly second: Int32Array;
  /** n×d×d */
  readonly blocks: Float64Array;
}

/** All of a glass that thermal averages at low temperature depend on. */
export interface ThermalResponse {
  readonly dimension: BlockSize;
  readonly particleCount: number;
  /** N×d, thermal displacement X without its mean, unit λ/ε. */
  readonly displacement: Float64Array;
  /** N×d×d, diagonal blocks of M⁺, unit λ²/ε. */
  readonly variances: Float64Array;
  /** The block (M⁺)_ij, d×d, not to be written to; d solves where i and j do not interact, kept for the next time. */
  readonly covariance: (i: number, j: number) => Float64Array;
  /** C_α of each family, where they were made: see `Spread.virials`. */
  readonly spreads?: readonly Spread[];
}

/** Eq. 1 for one observable: ⟨A⟩_T = value + ½k_BT·coefficient + O(T²). */
export interface ThermalAverage {
  readonly name: string;
  /** A⁽⁰⁾, at the minimum. */
  readonly value: number;
  /** ∂²A/∂x∂x : M⁻¹ */
  readonly harmonic: number;
  /** ∂A/∂x · X */
  readonly anharmonic: number;
  /** harmonic + anharmonic, unit of A over ε. */
  readonly coefficient: number;
}

/**
 * Collects what Eq. 1 needs: M⁺ on the pattern from the selected inverse, and X (N×d, read; from `respond`).
 * O(blocks) and d solves.
 */
export function thermalResponse(
  minimum: Pick<Minimum, "inverse" | "solve">,
  displacement: Float64Array,
): ThermalResponse {
  const inverse = minimum.inverse();
  const { size: n } = inverse;
  const d = (inverse.dimension - (inverse.hidden ?? 0)) as 2 | 3;
  const dd = d * d;
  const { diagonal, lower, project } = pseudoInverse(minimum);
  /** e_{j,b} for each component b, d×N×d */
  const unitsOf = (j: number) => {
    const unit = new Float64Array(d * n * d);
    for (let b = 0; b < d; b++) unit[b * n * d + j * d + b] = 1;
    return unit;
  };
  const columns = new Map<number, Float64Array>();
  const solved = (i: number, j: number) => {
    const column = columns.get(j) ?? minimum.solve(unitsOf(j), d);
    columns.set(j, column);
    const block = new Float64Array(dd);
    for (let a = 0; a < d; a++) for (let b = 0; b < d; b++) block[a * d + b] = column[b * n * d + i * d + a];
    return project(i, j, block);
  };
  const covariance = (i: number, j: number): Float64Array => {
    if (i === j) return diagonal.subarray(i * dd, (i + 1) * dd);
    const at = entryOf(inverse, Math.max(i, j), Math.min(i, j));
    if (at < 0) return i > j ? solved(i, j) : transposed(solved(j, i), d);
    const block = lower.subarray(at * dd, (at + 1) * dd);
    return i > j ? block : transposed(block, d);
  };
  return { dimension: d, particleCount: n, displacement, variances: diagonal, covariance };
}

/**
 * The thermal average of an observable at low temperature, Eqs. 1 and B.4, Zylberg 2017:
 * (⟨A⟩_T − A⁽⁰⁾)/(½k_BT) = ∂²A/∂x∂x : M⁻¹ − ∂A/∂x · M⁻¹ · U‴ : M⁻¹, in the frame of the centre of mass.
 *
 * Throws "usage" where arrays do not fit, a number is not finite or a particle does not exist. O(blocks), d solves for
 * every particle with a block that is not on the pattern of M.
 */
export function thermalAverage(observable: Observable, response: ThermalResponse): ThermalAverage {
  checkObservable(observable, response);
  const { name, value, particles, gradient, hessian } = observable;
  const { dimension: d, displacement, covariance } = response;
  let anharmonic = 0;
  particles.forEach((p, k) => {
    for (let a = 0; a < d; a++) anharmonic += gradient[k * d + a] * displacement[p * d + a];
  });
  let harmonic = 0;
  hessian?.first.forEach((i, t) => {
    const j = hessian.second[t];
    const block = covariance(i, j);
    let sum = 0;
    for (let k = 0; k < d * d; k++) sum += hessian.blocks[t * d * d + k] * block[k];
    harmonic += i === j ? sum : 2 * sum;
  });
  return { name, value, harmonic, anharmonic, coefficient: harmonic + anharmonic };
}

function checkObservable(
  { name, value, particles, gradient, hessian }: Observable,
  response: ThermalResponse,
): void {
  const { dimension: d, particleCount: n } = response;
  const refuse = (what: string, particle?: number) => {
    throw new SoftfieldError(
      "usage",
      `observable "${name}": ${what}`,
      particle === undefined ? {} : { particle },
    );
  };
  if (gradient.length !== particles.length * d) {
    refuse(
      `${particles.length} particles need ${particles.length * d} gradient components, got ${gradient.length}`,
    );
  }
  const { first, second, blocks } = hessian ?? { first: [], second: [], blocks: [] };
  if (second.length !== first.length || blocks.length !== first.length * d * d) {
    refuse(`${first.length} Hessian blocks need as many columns and ${first.length * d * d} numbers`);
  }
  for (const list of [particles, first, second]) {
    const bad = list.find((p) => !(Number.isInteger(p) && p >= 0 && p < n));
    if (bad !== undefined) refuse(`there is no particle ${bad} (0…${n - 1})`, bad);
  }
  if (!Number.isFinite(value)) refuse(`its value is ${value}; it must be finite`);
  for (const [what, numbers] of [
    ["gradient", gradient],
    ["Hessian blocks", blocks],
  ] as const) {
    const bad = numbers.findIndex((x) => !Number.isFinite(x));
    if (bad >= 0) refuse(`number ${bad} of its ${what} is ${numbers[bad]}; all must be finite`);
  }
}

/** Σ_k weight_k A_k as one observable. O(blocks). */
export function sumOf(
  name: string,
  parts: readonly { readonly weight: number; readonly term: Observable }[],
): Observable {
  const floats = (pick: (term: Observable) => Float64Array | undefined) =>
    Float64Array.from(parts.flatMap(({ weight, term }) => Array.from(pick(term) ?? [], (x) => weight * x)));
  const particles = (pick: (term: Observable) => Int32Array | undefined) =>
    Int32Array.from(parts.flatMap(({ term }) => Array.from(pick(term) ?? [])));
  return {
    name,
    value: parts.reduce((sum, { weight, term }) => sum + weight * term.value, 0),
    particles: particles((term) => term.particles),
    gradient: floats((term) => term.gradient),
    hessian: {
      first: particles((term) => term.hessian?.first),
      second: particles((term) => term.hessian?.second),
      blocks: floats((term) => term.hessian?.blocks),
    },
  };
}
