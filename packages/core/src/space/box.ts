/**
 * A periodic box. `vectors` is d×d, row-major, row a = edge vector a, lower triangular (LAMMPS convention):
 * 2D: [Lx, 0, xy, Ly]; 3D: [Lx, 0, 0, xy, Ly, 0, xz, yz, Lz]. Unit: λ. Read-only.
 */
export interface Box {
  readonly dimension: 2 | 3;
  readonly vectors: Float64Array;
}

/** A configuration: N particles in a box. Particle a of component c sits at `positions[a*d + c]`. Read-only. */
export interface System {
  readonly box: Box;
  /** N×d, unit λ; need not be wrapped into the box. */
  readonly positions: Float64Array;
  /** N, index into the model's species list. */
  readonly species: Int32Array;
  /** N, only for models with a per-particle diameter; unit λ. */
  readonly diameters?: Float64Array;
}
