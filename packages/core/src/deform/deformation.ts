import { SoftfieldError } from "../errors.ts";
import { type Box, createBox } from "../space/index.ts";

/** The planes in which a box can be sheared; 2D knows "xy" only. */
export const SHEAR_PLANES = ["xy", "xz", "yz"] as const;
/** The plane of a deformation in 3D. */
export type ShearPlane = (typeof SHEAR_PLANES)[number];

/** Which homogeneous deformation, in which plane and direction. */
export interface DeformationOptions {
  /** "simple" (default): F = 1 + γ s nᵀ; "pure": stretched by ℓ along s, by 1/ℓ along n, ℓ − 1/ℓ = γ. */
  readonly kind?: "simple" | "pure";
  /** Plane of s and n; 3D only. Default "xy". */
  readonly plane?: ShearPlane;
  /** Degrees that turn (s, n) from the axes of the plane. Default 0: x += γ·y for simple shear in "xy". */
  readonly angle?: number;
  /** −1 shears the other way, x −= γ·y; strains are counted positive in the direction of shear. */
  readonly direction?: 1 | -1;
}

/** A box along a deformation, and the rate of deformation in the axes in which the box is lower triangular. */
export interface DeformedBox {
  readonly box: Box;
  /** D = Q (dF/dγ F⁻¹) Qᵀ, d×d: du/dγ = D·u of every bond vector that deforms affinely, up to a rotation. */
  readonly rate: Float64Array;
  /** dD/dγ + D², d×d: d²u/dγ² = (…)·u, up to rotations. */
  readonly curvature: Float64Array;
}

/**
 * A volume-preserving family of periodic boxes, h(γ) = h₀·F(γ)ᵀ, for shear in any direction.
 *
 * The lattice vectors are deformed and then rotated back to lower-triangular form, x ← Q·x: energies do not see it,
 * periodic boundaries stay exact (Lees & Edwards 1972) and particles keep their fractional coordinates. `reduced`
 * takes shorter edge vectors of the same lattice where a tilt exceeds half an edge.
 */
export class Deformation {
  readonly options: Required<DeformationOptions>;
  readonly dimension: 2 | 3;
  /** Edge vectors at γ = 0, rows, unit λ: integer combinations of those of the original box. */
  readonly lattice: Float64Array;
  /** U, d×d: the present edge vectors in those of the original box. */
  readonly turns: Int32Array;
  readonly #original: Float64Array;
  readonly #s: readonly number[];
  readonly #n: readonly number[];

  /** `turns`: those of an earlier deformation of the same box. Throws "usage" on options out of range. */
  static of(box: Box, options: DeformationOptions = {}, turns?: ArrayLike<number>): Deformation {
    const o = { kind: options.kind ?? "simple", plane: options.plane ?? "xy", ...signs(options) } as const;
    if (o.kind !== "simple" && o.kind !== "pure") throw misuse("kind", `"${o.kind}" (simple or pure)`);
    if (!SHEAR_PLANES.includes(o.plane)) throw misuse("plane", `"${o.plane}" (${SHEAR_PLANES.join(", ")})`);
    if (box.dimension === 2 && o.plane !== "xy") throw misuse("plane", `"${o.plane}" in two dimensions`);
    const d = box.dimension;
    const unit = Int32Array.from({ length: d * d }, (_, k) => (k % (d + 1) === 0 ? 1 : 0));
    return new Deformation(box, o, turns ? Int32Array.from(turns) : unit);
  }

  private constructor(box: Box, options: Required<DeformationOptions>, turns: Int32Array) {
    const { dimension } = box;
    this.dimension = dimension;
    this.options = options;
    this.turns = turns;
    this.#original = box.vectors;
    this.lattice = combined(turns, box.vectors, dimension);
    const [a, b] = { xy: [0, 1], xz: [0, 2], yz: [1, 2] }[options.plane] as [number, number];
    const [cosine, sine] = cosineSine(options.angle);
    const along = (p: number, q: number) =>
      Array.from({ length: dimension }, (_, c) => (c === a ? p : c === b ? q : 0));
    this.#s = along(cosine, sine);
    this.#n = along(-sine, cosine);
  }

  /** The box at strain γ. */
  at(strain: number): DeformedBox {
    const d = this.dimension;
    const { lower, axes } = triangular(this.#deformed(strain), d);
    const { rate, curvature } = this.#rates(strain);
    return { box: createBox(d, lower), rate: turned(rate, axes, d), curvature: turned(curvature, axes, d) };
  }

  /** The same lattices by shorter edges, where a tilt at `strain` exceeds half an edge; else undefined. */
  reduced(strain: number): Deformation | undefined {
    const d = this.dimension;
    const { lower } = triangular(this.#deformed(strain), d);
    const turns = this.turns.slice();
    let changed = false;
    for (let a = 1; a < d; a++) {
      for (let b = a - 1; b >= 0; b--) {
        const ratio = lower[a * d + b] / lower[b * d + b];
        const whole = Math.abs(ratio) > 0.5 + ROUNDING ? Math.round(ratio) : 0;
        if (whole === 0) continue;
        changed = true;
        for (let c = 0; c < d; c++) {
          lower[a * d + c] -= whole * lower[b * d + c];
          turns[a * d + c] -= whole * turns[b * d + c];
        }
      }
    }
    if (!changed) return undefined;
    return new Deformation({ dimension: d, vectors: this.#original }, this.options, turns);
  }

  /** Rows F·v of the lattice vectors v. */
  #deformed(strain: number): Float64Array {
    const d = this.dimension;
    const { kind, direction } = this.options;
    const gamma = direction * strain;
    const stretch = pureStretch(gamma);
    const rows = this.lattice.slice();
    for (let a = 0; a < d; a++) {
      const row = this.lattice.subarray(a * d, (a + 1) * d);
      const alongS = inner(row, this.#s);
      const alongN = inner(row, this.#n);
      for (let c = 0; c < d; c++) {
        rows[a * d + c] +=
          kind === "simple"
            ? gamma * alongN * this.#s[c]
            : (stretch - 1) * alongS * this.#s[c] + (1 / stretch - 1) * alongN * this.#n[c];
      }
    }
    return rows;
  }

  /** dF/dγ F⁻¹ and d²F/dγ² F⁻¹ in the axes of the original box. */
  #rates(strain: number): { rate: Float64Array; curvature: Float64Array } {
    const d = this.dimension;
    const { kind, direction } = this.options;
    const rate = new Float64Array(d * d);
    const curvature = new Float64Array(d * d);
    // Pure: ℓ = q + γ/2 with q = √(1 + γ²/4), ℓ′/ℓ = 1/(2q), and (1/2q)′ = −γ/(8q³).
    const q = Math.sqrt(1 + (strain * strain) / 4);
    const ss = 1 / (2 * q);
    const change = -strain / (8 * q * q * q);
    for (let a = 0; a < d; a++) {
      for (let b = 0; b < d; b++) {
        const along = this.#s[a] * this.#s[b];
        const across = this.#n[a] * this.#n[b];
        if (kind === "simple") {
          rate[a * d + b] = direction * this.#s[a] * this.#n[b];
        } else {
          rate[a * d + b] = direction * ss * (along - across);
          curvature[a * d + b] = direction * change * (along - across) + ss * ss * (along + across);
        }
      }
    }
    return { rate, curvature };
  }
}

/** A tilt of half an edge may be off by rounding, either way. */
const ROUNDING = 1e-9;

/** Rows Σ_b turns_ab·v_b. */
function combined(turns: Int32Array, rows: Float64Array, d: number): Float64Array {
  const out = new Float64Array(d * d);
  for (let a = 0; a < d; a++)
    for (let b = 0; b < d; b++)
      for (let c = 0; c < d; c++) out[a * d + c] += turns[a * d + b] * rows[b * d + c];
  return out;
}

/** ℓ > 0 with ℓ − 1/ℓ = γ. */
function pureStretch(gamma: number): number {
  return Math.sqrt(1 + (gamma * gamma) / 4) + gamma / 2;
}

function signs(options: DeformationOptions): { angle: number; direction: 1 | -1 } {
  const { angle = 0, direction = 1 } = options;
  if (!Number.isFinite(angle)) throw misuse("angle", `${angle} (degrees)`);
  if (direction !== 1 && direction !== -1) throw misuse("direction", `${direction as number} (1 or -1)`);
  return { angle, direction };
}

function misuse(field: string, what: string): SoftfieldError {
  return new SoftfieldError("usage", `shear: there is no ${field} ${what}`, { field });
}

function inner(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}

/** H = L·Q with L lower triangular, positive on its diagonal: row k of Q is the new axis k. A triangular H stays as it is. */
function triangular(rows: Float64Array, d: number): { lower: Float64Array; axes: Float64Array } {
  const axes = new Float64Array(d * d);
  const lower = new Float64Array(d * d);
  if (isTriangular(rows, d)) {
    for (let a = 0; a < d; a++) axes[a * d + a] = 1;
    return { lower: rows.slice(), axes };
  }
  for (let a = 0; a < d; a++) {
    const rest = rows.slice(a * d, (a + 1) * d);
    for (let b = 0; b < a; b++) {
      const axis = axes.subarray(b * d, (b + 1) * d);
      const along = inner(rest, axis);
      lower[a * d + b] = along;
      for (let c = 0; c < d; c++) rest[c] -= along * axis[c];
    }
    const length = Math.sqrt(inner(rest, rest));
    lower[a * d + a] = length;
    for (let c = 0; c < d; c++) axes[a * d + c] = rest[c] / length;
  }
  return { lower, axes };
}

function isTriangular(rows: Float64Array, d: number): boolean {
  for (let a = 0; a < d; a++) {
    if (!(rows[a * d + a] > 0)) return false;
    for (let b = a + 1; b < d; b++) if (rows[a * d + b] !== 0) return false;
  }
  return true;
}

/** Q·A·Qᵀ */
function turned(matrix: Float64Array, axes: Float64Array, d: number): Float64Array {
  const out = new Float64Array(d * d);
  for (let a = 0; a < d; a++) {
    for (let b = 0; b < d; b++) {
      let sum = 0;
      for (let p = 0; p < d; p++)
        for (let q = 0; q < d; q++) sum += axes[a * d + p] * matrix[p * d + q] * axes[b * d + q];
      out[a * d + b] = sum;
    }
  }
  return out;
}

/** cos and sin of an angle in degrees, by own arithmetic: the same bits on every engine, exact at multiples of 90. */
export function cosineSine(degrees: number): [number, number] {
  const quarter = Math.round(degrees / 90);
  const x = ((degrees - quarter * 90) * Math.PI) / 180;
  let cosine = 0;
  let sine = 0;
  for (let k = 11; k >= 0; k--) {
    cosine = 1 - (x * x * cosine) / ((2 * k + 1) * (2 * k + 2));
    sine = 1 - (x * x * sine) / ((2 * k + 2) * (2 * k + 3));
  }
  sine *= x;
  const turn = ((quarter % 4) + 4) % 4;
  if (turn === 0) return [cosine, sine];
  if (turn === 1) return [-sine, cosine];
  return turn === 2 ? [-cosine, -sine] : [sine, -cosine];
}
