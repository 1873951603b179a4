import { symmetricEigen } from "../sparse/index.ts";
import { dot, norm } from "../vectors.ts";

/** An upper bound of the lowest eigenvalue, and the unit vector whose Rayleigh quotient it is. */
export interface Curvature {
  readonly value: number;
  readonly vector: Float64Array;
}

/** A step shorter than this, of a unit vector, changes nothing any more. */
const NOTHING = 1e-12;

/**
 * Lowers the Rayleigh quotient vᵀAv of a symmetric A from a guess by so many steps: each takes the best vector of the
 * span of v, its residual and the last step (Knyazev's locally optimal conjugate gradients, SIAM J. Sci. Comput. 23, 517,
 * 2001). Ends where the residual is below `tolerance` times |A v|. Cost: steps + 1 products.
 */
export function lowestCurvature(
  product: (v: Float64Array) => Float64Array,
  guess: Float64Array,
  steps: number,
  tolerance = 1e-10,
): Curvature {
  const length = norm(guess);
  let v = guess.map((x) => x / length);
  let av = product(v);
  let value = dot(v, av);
  let last: readonly [Float64Array, Float64Array] | undefined;
  for (let k = 0; k < steps; k++) {
    const residual = av.map((x, n) => x - value * v[n]);
    if (norm(residual) <= tolerance * norm(av)) break;
    const basis: Float64Array[] = [v];
    const images: Float64Array[] = [av];
    const take = (x: Float64Array, image?: Float64Array) => {
      const own = x.slice();
      const ax = image?.slice();
      const before = norm(own);
      for (const [n, b] of basis.entries()) {
        const part = dot(own, b);
        for (let m = 0; m < own.length; m++) own[m] -= part * b[m];
        if (ax) for (let m = 0; m < own.length; m++) ax[m] -= part * images[n][m];
      }
      const size = norm(own);
      if (!(size > NOTHING * before) || before === 0) return;
      const scaled = own.map((x1) => x1 / size);
      images.push(ax ? ax.map((x1) => x1 / size) : product(scaled));
      basis.push(scaled);
    };
    take(residual);
    if (last) take(...last);
    if (basis.length === 1) break;
    const w = basis.length;
    const projected = Float64Array.from({ length: w * w }, (_, at) => {
      const [a, b] = [Math.floor(at / w), at % w];
      return 0.5 * (dot(basis[a], images[b]) + dot(basis[b], images[a]));
    });
    const c = symmetricEigen(projected).vectors.subarray(0, w);
    const combined = (parts: readonly Float64Array[], from: number) =>
      parts[0].map((_, m) => {
        let sum = 0;
        for (let n = from; n < w; n++) sum += c[n] * parts[n][m];
        return sum;
      });
    last = [combined(basis, 1), combined(images, 1)];
    v = combined(basis, 0);
    av = combined(images, 0);
    value = dot(v, av) / dot(v, v);
  }
  return { value, vector: v };
}
