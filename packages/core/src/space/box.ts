import { square } from "../elementary.ts";
import { SoftfieldError } from "../errors.ts";
import { maxNorm } from "../vectors.ts";

/**
 * A periodic box. `vectors` is d×d, row-major, row a = edge vector a, lower triangular (LAMMPS convention):
 * 2D: [Lx, 0, xy, Ly]; 3D: [Lx, 0, 0, xy, Ly, 0, xz, yz, Lz]. Unit: λ. Read-only.
 */
export interface Box {
  readonly dimension: 2 | 3;
  readonly vectors: Float64Array;
}

/**
 * Makes a box from its edge vectors (d×d, row-major, lower triangular, unit λ; copied).
 * Throws "geometry" where an entry is not finite, a diagonal one is not positive, or one above it is not zero.
 */
export function createBox(dimension: 2 | 3, vectors: ArrayLike<number>): Box {
  const d = dimension;
  if (vectors.length !== d * d) {
    throw new SoftfieldError("geometry", `a box in ${d}D takes ${d * d} numbers, got ${vectors.length}`);
  }
  for (let a = 0; a < d; a++) {
    for (let b = 0; b < d; b++) {
      const entry = vectors[a * d + b];
      const sound = a === b ? entry > 0 && entry < Infinity : b > a ? entry === 0 : Number.isFinite(entry);
      if (!sound) {
        throw new SoftfieldError(
          "geometry",
          `edge vector ${a + 1} of the box has component ${b + 1} = ${entry}; ` +
            "diagonal entries must be positive, entries above it zero (rotate the lattice to lower-triangular form)",
          { field: `box.vectors[${a * d + b}]` },
        );
      }
    }
  }
  return { dimension, vectors: Float64Array.from(vectors) };
}

/** Rectangular box with the given edge lengths (2 or 3 of them, unit λ). */
export function rectangularBox(...lengths: readonly number[]): Box {
  const d = lengths.length as 2 | 3;
  const vectors = new Float64Array(d * d);
  lengths.forEach((length, a) => {
    vectors[a * d + a] = length;
  });
  return createBox(d, vectors);
}

/** Area (2D) or volume (3D), λ^d. */
export function volume(box: Box): number {
  const d = box.dimension;
  let product = 1;
  for (let a = 0; a < d; a++) product *= box.vectors[a * d + a];
  return product;
}

/**
 * Rows of the inverse box matrix: fractional coordinate s_a = Σ_c x_c·inverse[c*d + a] for x = s·vectors.
 * d×d, lower triangular as the box itself.
 */
export function inverseVectors(box: Box): Float64Array {
  const d = box.dimension;
  const h = box.vectors;
  const inverse = new Float64Array(d * d);
  for (let a = 0; a < d; a++) {
    const diagonal = h[a * d + a];
    inverse[a * d + a] = 1 / diagonal;
    for (let b = a - 1; b >= 0; b--) {
      let sum = 0;
      for (let k = b; k < a; k++) sum += h[a * d + k] * inverse[k * d + b];
      inverse[a * d + b] = -sum / diagonal;
    }
  }
  return inverse;
}

/** Perpendicular distances between opposite faces, one an axis (unit λ): 1/|column a of the inverse|. */
export function faceDistances(box: Box): number[] {
  const d = box.dimension;
  const inverse = inverseVectors(box);
  return Array.from({ length: d }, (_, a) => {
    let sum = 0;
    for (let c = 0; c < d; c++) sum += square(inverse[c * d + a]);
    return 1 / Math.sqrt(sum);
  });
}

/** Positions brought into the parallelepiped of the box, Cartesian and fractional, both N×d. */
export interface WrappedPositions {
  /** x minus whole edge vectors, unit λ: positions already inside are returned to the last bit. */
  readonly cartesian: Float64Array;
  /** in [0, 1) */
  readonly fractional: Float64Array;
}

/** Moves positions (N×d, unit λ, read) by whole edge vectors into the box. O(N). */
export function wrapPositions(box: Box, positions: Float64Array): WrappedPositions {
  const d = box.dimension;
  const h = box.vectors;
  const inverse = inverseVectors(box);
  const cartesian = Float64Array.from(positions);
  const fractional = new Float64Array(positions.length);
  for (let p = 0; p < positions.length; p += d) {
    for (let a = 0; a < d; a++) {
      let s = 0;
      for (let c = a; c < d; c++) s += positions[p + c] * inverse[c * d + a];
      let turns = Math.floor(s);
      if (s - turns >= 1) turns += 1; // s = −1e-17: s − ⌊s⌋ rounds to 1, the particle lies on the face s = 0
      fractional[p + a] = Math.max(0, s - turns);
      if (turns === 0) continue;
      for (let c = 0; c <= a; c++) cartesian[p + c] = cartesian[p + c] - turns * h[a * d + c];
    }
  }
  return { cartesian, fractional };
}

/** How far outside of the box positions may lie before they lose digits that a minimum needs, edges. */
const FAR = 2;

/**
 * Positions as they are where all lie near the box, else wrapped into it: far away the spacing of floating-point
 * numbers exceeds what a minimum allows. O(N).
 */
export function nearBox(box: Box, positions: Float64Array): Float64Array {
  const { cartesian } = wrapPositions(box, positions);
  const edge = maxNorm(box.vectors);
  const far = cartesian.some((x, k) => Math.abs(x - positions[k]) > FAR * edge);
  return far ? cartesian : positions;
}

/**
 * The minimum image of a difference vector `du` (d, overwritten), exact where the tilt is at most half an edge
 * and the vector shorter than half the smallest face distance.
 */
export function minimumImage(box: Box, du: Float64Array): Float64Array {
  const d = box.dimension;
  const h = box.vectors;
  for (let a = d - 1; a >= 0; a--) {
    const turns = Math.round(du[a] / h[a * d + a]);
    for (let c = 0; c <= a; c++) du[c] = du[c] - turns * h[a * d + c];
  }
  return du;
}

/** A tilt is whole multiples of an edge off only where it exceeds half of it by more than rounding. */
const TILT_SLACK = 1e-9;

/**
 * The box of the same lattice whose tilts are at most half of the edges they lean along: whole edges are taken off the
 * later ones. A box that is so already is returned itself.
 */
export function reducedBox(box: Box): Box {
  const d = box.dimension;
  const t = box.vectors.slice();
  let changed = false;
  for (let row = 1; row < d; row++) {
    for (let edge = row - 1; edge >= 0; edge--) {
      const length = t[edge * d + edge];
      const tilt = t[row * d + edge];
      if (!(Math.abs(tilt) > (0.5 + TILT_SLACK) * length)) continue;
      const turns = Math.round(tilt / length);
      for (let c = 0; c <= edge; c++) t[row * d + c] -= turns * t[edge * d + c];
      changed = true;
    }
  }
  return changed ? { dimension: d, vectors: t } : box;
}
