/** Unit vectors of a load: s and n in its plane, and in 3D the one across it. */
export interface LoadAxes {
  readonly s: readonly number[];
  readonly n: readonly number[];
  readonly across?: readonly number[];
}

/** How a load deforms a box at a strain, in the axes of the original box, d×d. */
export interface LoadRates {
  /** dF/dγ F⁻¹ */
  readonly rate: Float64Array;
  /** d²F/dγ² F⁻¹ */
  readonly curvature: Float64Array;
}

/**
 * A family of homogeneous deformations F(γ) with F(0) = 1, smooth in γ to both sides of 0. What of the box is `free`
 * follows: stretches t of (1 + Σ t_k D_k)·F(γ) at which the stress across them is −P.
 */
export interface Load {
  /** As commands, tables and campaigns name it. */
  readonly name: string;
  /** In summaries and beside axes. */
  readonly label: string;
  /** In a line, for --help. */
  readonly description: string;
  /** det F = 1 at all strains. */
  readonly isochoric: boolean;
  /** F(γ)·v − v; v has d components. */
  readonly displace: (v: Float64Array, strain: number, axes: LoadAxes) => readonly number[];
  /** By which glasses and interactions are deformed further at a strain. */
  readonly rates: (strain: number, axes: LoadAxes) => LoadRates;
  /** D_k, symmetric, d×d; none where absent. */
  readonly free?: (axes: LoadAxes) => readonly Float64Array[];
  /** The stress that is shown over (1/V) ∂U/∂γ, and its derivative by γ: 1 and 0 where absent. */
  readonly gauge?: (strain: number) => { readonly value: number; readonly slope: number };
}

/** p qᵀ, d×d. */
export function outer(p: readonly number[], q: readonly number[]): Float64Array {
  const d = p.length;
  return Float64Array.from({ length: d * d }, (_, k) => p[Math.floor(k / d)] * q[k % d]);
}

/** Σ p_c v_c */
export function inner(p: ArrayLike<number>, v: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < p.length; k++) sum += p[k] * v[k];
  return sum;
}
