/** Where the particles are, for the ordering only: fractional coordinates, wrapped into [0, 1) on use. */
export interface Coordinates {
  readonly dimension: 2 | 3;
  /** N×d */
  readonly fractional: Float64Array;
}

/** Subsets of at most this many particles are not dissected further. */
export const LEAF = 16;

/** Particles by ascending coordinate (to 2⁻²², ties by index): one number holds both. */
export function sortAxes({ dimension, fractional }: Coordinates, size: number): Int32Array[] {
  const keys = new Float64Array(size);
  const axes: Int32Array[] = [];
  for (let axis = 0; axis < dimension; axis++) {
    for (let i = 0; i < size; i++) {
      const x = fractional[i * dimension + axis];
      keys[i] = Math.floor((x - Math.floor(x)) * 2 ** 22) * 2 ** 30 + i;
    }
    keys.sort();
    const sorted = new Int32Array(size);
    for (let i = 0; i < size; i++) sorted[i] = keys[i] - Math.floor(keys[i] / 2 ** 30) * 2 ** 30;
    axes.push(sorted);
  }
  return axes;
}
