import { SoftfieldError } from "../errors.ts";
import { type Box, createBox } from "../space/index.ts";
import { identity, inverted, product } from "../squarematrices.ts";
import { inner, type Load, type LoadAxes, type LoadRates } from "./loads/load.ts";
import { loads } from "./loads/registry.ts";

/** The planes in which a box can be sheared; 2D knows "xy" only. */
export const SHEAR_PLANES = ["xy", "xz", "yz"] as const;
/** The plane of a deformation in 3D. */
export type ShearPlane = (typeof SHEAR_PLANES)[number];

/** Which homogeneous deformation, in which plane and direction. */
export interface DeformationOptions {
  /** A load by its name: "simple" (default), "pure", "tension", "compression", or one that was added (`loads`). */
  readonly kind?: string;
  /** Plane of s and n; 3D only. Default "xy". */
  readonly plane?: ShearPlane;
  /** Degrees that turn (s, n) from the axes of the plane. Default 0: x += γ·y for simple shear in "xy". */
  readonly angle?: number;
  /** −1 goes the other way, x −= γ·y; strains are counted positive in the direction of the load. */
  readonly direction?: 1 | -1;
  /**
   * P, ε/λ^d: the box follows so that the stress across what is free is −P. Of a load that leaves the box no freedom
   * (the shears) the volume follows, at this pressure; without it their volume is kept. Of tension and compression by
   * default what the glass has across the load at the start, in three dimensions in each direction its own. At another
   * pressure than the glass has, a load begins with a finite change of the box.
   */
  readonly pressure?: number;
}

/** A load as a run holds it. */
export interface HeldDeformation extends DeformationOptions {
  /**
   * s_k of each free stretch, ε/λ^d, what the stress along it exceeds −P by at the start: a dead load, a force per area of
   * the first box. None: P alone.
   */
  readonly tractions?: readonly number[];
}

type WholeLoad = Required<Omit<DeformationOptions, "pressure">> &
  Pick<HeldDeformation, "pressure" | "tractions">;

/** A load with its defaults. */
export function wholeLoad({
  kind = "simple",
  plane = "xy",
  angle = 0,
  direction = 1,
  ...held
}: HeldDeformation): WholeLoad {
  return { kind, plane, angle, direction, ...held };
}

/** A box along a deformation, and the rate of deformation in the axes in which the box is lower triangular. */
export interface DeformedBox {
  readonly box: Box;
  /** D = Q (dF/dγ F⁻¹) Qᵀ, d×d: du/dγ = D·u of every bond vector that deforms affinely, up to a rotation. */
  readonly rate: Float64Array;
  /** Q (d²F/dγ² F⁻¹) Qᵀ = dD/dγ + D², d×d: d²u/dγ² = (…)·u, up to rotations. */
  readonly curvature: Float64Array;
  /** The same of each free stretch t_k: Q (∂F/∂t F⁻¹) Qᵀ, and Q (∂²F/∂t∂γ F⁻¹) Qᵀ; ∂²F/∂t∂t = 0. */
  readonly free: readonly { readonly rate: Float64Array; readonly mixed: Float64Array }[];
}

/**
 * A family of periodic boxes, h(γ, t) = h₀·(A(t) F(γ))ᵀ, by a load in any direction; A = 1 + Σ t_k D_k, of the
 * stretches t that are free.
 *
 * The lattice vectors are deformed and then rotated back to lower-triangular form, x ← Q·x: energies do not see it,
 * periodic boundaries stay exact (Lees & Edwards 1972) and particles keep their fractional coordinates. `reduced`
 * takes shorter edge vectors of the same lattice where a tilt exceeds half an edge.
 */
export class Deformation {
  readonly options: WholeLoad;
  readonly load: Load;
  readonly dimension: 2 | 3;
  /** Edge vectors at γ = 0, rows, unit λ: integer combinations of those of the original box. */
  readonly lattice: Float64Array;
  /** U, d×d: the present edge vectors in those of the original box. */
  readonly turns: Int32Array;
  readonly #original: Float64Array;
  readonly #axes: LoadAxes;
  /** D_k */
  readonly #free: readonly Float64Array[];

  /** `turns`: those of an earlier deformation of the same box. Throws "usage" on options out of range. */
  static of(box: Box, options: HeldDeformation = {}, turns?: ArrayLike<number>): Deformation {
    return Deformation.by(loads.get(wholeLoad(options).kind), box, options, turns);
  }

  /** By a load that need not be registered. */
  static by(load: Load, box: Box, options: HeldDeformation = {}, turns?: ArrayLike<number>): Deformation {
    const { plane, angle, direction, pressure, tractions } = wholeLoad(options);
    if (!SHEAR_PLANES.includes(plane)) throw misuse("plane", `"${plane}" (${SHEAR_PLANES.join(", ")})`);
    if (box.dimension === 2 && plane !== "xy") throw misuse("plane", `"${plane}" in two dimensions`);
    if (!Number.isFinite(angle)) throw misuse("angle", `${angle} (degrees)`);
    if (direction !== 1 && direction !== -1) throw misuse("direction", `${direction as number} (1 or -1)`);
    if (pressure !== undefined && !Number.isFinite(pressure)) throw misuse("pressure", `${pressure} (ε/λ^d)`);
    const d = box.dimension;
    const unit = Int32Array.from({ length: d * d }, (_, k) => (k % (d + 1) === 0 ? 1 : 0));
    const whole = { kind: load.name, plane, angle, direction, pressure, tractions };
    return new Deformation(load, box, whole, turns ? Int32Array.from(turns) : unit);
  }

  private constructor(load: Load, box: Box, options: WholeLoad, turns: Int32Array) {
    const { dimension } = box;
    this.dimension = dimension;
    this.options = options;
    this.load = load;
    this.turns = turns;
    this.#original = box.vectors;
    this.lattice = combined(turns, box.vectors, dimension);
    this.#axes = axesOf(options, dimension);
    const own = this.load.free?.(this.#axes);
    this.#free = own ?? (options.pressure === undefined ? [] : [identity(dimension)]);
  }

  /** How many stretches of the box are free. */
  get freedom(): number {
    return this.#free.length;
  }

  /** det F = 1 at all strains, and no stretch is free. */
  get isochoric(): boolean {
    return this.load.isochoric && this.#free.length === 0;
  }

  /** D_k: the directions of the free stretches, d×d, in the axes of the original box. */
  get stretches(): readonly Float64Array[] {
    return this.#free;
  }

  /** The box at strain γ and free stretches t (default 0). */
  at(strain: number, t?: ArrayLike<number>): DeformedBox {
    const d = this.dimension;
    const { lower, axes } = triangular(this.#deformed(strain, t), d);
    const { rate, curvature } = this.#rates(strain);
    const box = createBox(d, lower);
    if (this.#free.length === 0)
      return { box, rate: turned(rate, axes, d), curvature: turned(curvature, axes, d), free: [] };
    const stretch = this.#stretch(t);
    const inverse = inverted(stretch, d);
    const after = (m: Float64Array) => turned(product(m, inverse, d), axes, d);
    return {
      box,
      rate: after(product(stretch, rate, d)),
      curvature: after(product(stretch, curvature, d)),
      free: this.#free.map((own) => ({ rate: after(own), mixed: after(product(own, rate, d)) })),
    };
  }

  /** The same lattices by shorter edges, where a tilt at `strain` and t exceeds half an edge; else undefined. */
  reduced(strain: number, t?: ArrayLike<number>): Deformation | undefined {
    const d = this.dimension;
    const { lower } = triangular(this.#deformed(strain, t), d);
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
    return new Deformation(this.load, { dimension: d, vectors: this.#original }, this.options, turns);
  }

  /** The stress that is shown over (1/V) ∂U/∂γ, and its derivative by the strain. */
  gauge(strain: number): { readonly value: number; readonly slope: number } {
    const { direction } = this.options;
    const own = this.load.gauge?.(direction * strain);
    return own ? { value: own.value, slope: direction * own.slope } : { value: 1, slope: 0 };
  }

  /** Rows A·F·v of the lattice vectors v. */
  #deformed(strain: number, t?: ArrayLike<number>): Float64Array {
    const d = this.dimension;
    const gamma = this.options.direction * strain;
    const rows = this.lattice.slice();
    for (let a = 0; a < d; a++) {
      const moved = this.load.displace(this.lattice.subarray(a * d, (a + 1) * d), gamma, this.#axes);
      for (let c = 0; c < d; c++) rows[a * d + c] += moved[c];
    }
    // rows, of a symmetric A
    return this.#free.length === 0 ? rows : product(rows, this.#stretch(t), d);
  }

  /** A = 1 + Σ t_k D_k */
  #stretch(t?: ArrayLike<number>): Float64Array {
    const stretch = identity(this.dimension);
    this.#free.forEach((own, k) => {
      for (let c = 0; c < own.length; c++) stretch[c] += (t?.[k] ?? 0) * own[c];
    });
    return stretch;
  }

  /** dF/dγ F⁻¹ and d²F/dγ² F⁻¹ in the axes of the original box. */
  #rates(strain: number): LoadRates {
    const { direction } = this.options;
    const { rate, curvature } = this.load.rates(direction * strain, this.#axes);
    return { rate: rate.map((own) => direction * own), curvature };
  }
}

/** s and n: the axes of the plane, turned; and what lies across the plane. */
function axesOf({ plane, angle }: WholeLoad, dimension: 2 | 3): LoadAxes {
  const [a, b] = { xy: [0, 1], xz: [0, 2], yz: [1, 2] }[plane] as [number, number];
  const [cosine, sine] = cosineSine(angle);
  const along = (p: number, q: number) =>
    Array.from({ length: dimension }, (_, c) => (c === a ? p : c === b ? q : 0));
  const axes = { s: along(cosine, sine), n: along(-sine, cosine) };
  if (dimension === 2) return axes;
  return { ...axes, across: Array.from({ length: 3 }, (_, c) => (c === a || c === b ? 0 : 1)) };
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

function misuse(field: string, what: string): SoftfieldError {
  return new SoftfieldError("usage", `shear: there is no ${field} ${what}`, { field });
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
