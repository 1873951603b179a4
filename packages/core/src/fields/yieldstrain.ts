import { sineOfTurns, turnsOf } from "../elementary.ts";
import { symmetricEigen } from "../sparse/index.ts";
import { binCount, binIndices, neighborhood } from "./bins.ts";
import { type PlacedEnergies, placesOf, type SoftnessField } from "./softness.ts";
import type { SoftSpot } from "./spots.ts";

/** Energies of one family of terms, where they are, and their derivatives by components of the strain. */
export interface StrainedEnergies extends PlacedEnergies {
  /** One a component, in the order of `strainComponents`: t, ∂E_α/∂e */
  readonly derivatives: readonly Float64Array[];
}

/** Σ E² and Σ E ∂E/∂e, one a component, over the interactions of a spot. */
export interface SpotSoftening {
  readonly squares: number;
  readonly products: Float64Array;
}

/**
 * How the energies of each spot answer to strain: sums over the interactions in its bin and the bins around, those that
 * its score was smoothed over. `positions`: N×d, unit λ, read. O(m + bins).
 */
export function spotSoftening(
  field: SoftnessField,
  positions: Float64Array,
  energies: readonly StrainedEnergies[],
  spots: readonly SoftSpot[],
): SpotSoftening[] {
  const { box, counts } = field;
  const lte = concatenated(energies.map((own) => own.lte));
  const places = placesOf(
    box.dimension,
    positions,
    energies.map(({ sites }) => sites),
  );
  const components = energies[0].derivatives.length;
  const derivatives = Array.from({ length: components }, (_, c) =>
    concatenated(energies.map((own) => own.derivatives[c])),
  );
  const squares = new Float64Array(binCount(field));
  const products = derivatives.map(() => new Float64Array(squares.length));
  binIndices(field, places).forEach((bin, t) => {
    squares[bin] += lte[t] * lte[t];
    products.forEach((sum, c) => {
      sum[bin] += lte[t] * derivatives[c][t];
    });
  });
  return spots.map(({ bin: numbers }) => {
    const index = numbers.reduceRight((at, number, axis) => at * counts[axis] + number, 0);
    const near = neighborhood(field, index);
    const sum = (values: Float64Array) => near.reduce((total, bin) => total + values[bin], 0);
    return { squares: sum(squares), products: Float64Array.from(products, sum) };
  });
}

function concatenated(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/**
 * γ̂_c = Σ E²/Σ E ∂E/∂γ: the strain at which a spot yields under a load, by linear response. Near a fold at γ_c
 * E ∼ 1/(1 − γ/γ_c), so E ∂E/∂γ = E²/γ_c. Positive where the load softens the spot, negative where its opposite does.
 * `strain`: the load's unit (d×d, its symmetric part counts), `products` by the components xx, yy(, zz), xy(, xz, yz).
 */
export function yieldStrain({ squares, products }: SpotSoftening, strain: ArrayLike<number>): number {
  const d = Math.round(Math.sqrt(strain.length));
  let slope = 0;
  for (let a = 0; a < d; a++) slope += products[a] * strain[a * d + a];
  let c = d;
  for (let a = 0; a < d; a++)
    for (let b = a + 1; b < d; b++) slope += products[c++] * (strain[a * d + b] + strain[b * d + a]);
  return squares / slope;
}

/**
 * The simple shear under which a spot of a two-dimensional glass yields first: of the angle θ (degrees, 0 ≤ θ < 180, of
 * the sliding direction) with the smallest γ̂_c > 0, and that strain. With e_xy = ½ cos 2θ and e_yy = −e_xx = ½ sin 2θ
 * the slope Σ E ∂E/∂γ is c cos 2θ + s sin 2θ.
 */
export function softestShear({ squares, products: [xx, yy, xy] }: SpotSoftening): {
  readonly angle: number;
  readonly strain: number;
} {
  const s = (yy - xx) / 2;
  const angle = 180 * turnsOf(xy, s);
  return { angle: angle < 0 ? angle + 180 : angle, strain: squares / Math.sqrt(xy * xy + s * s) };
}

/** A simple shear: a unit slides along `slide` for a unit of length along `normal` (d each, unit length). */
export interface SimpleShear {
  readonly slide: Float64Array;
  readonly normal: Float64Array;
}

/**
 * Of all simple shears the one under which a spot yields first, and that γ̂_c > 0, in two or three dimensions: with
 * Σ E ∂E/∂e = Q : e and the extreme eigenvalues q₁ < q_d of Q the steepest slope is (q_d − q₁)/2, where slide and normal
 * are (v_d ± v₁)/√2. Which of the two is which makes no difference.
 */
export function softestLoad({ squares, products }: SpotSoftening): SimpleShear & { readonly strain: number } {
  const d = products.length === 3 ? 2 : 3;
  const q = new Float64Array(d * d);
  for (let a = 0; a < d; a++) q[a * d + a] = products[a];
  let c = d;
  for (let a = 0; a < d; a++)
    for (let b = a + 1; b < d; b++) {
      q[a * d + b] = q[b * d + a] = products[c];
      c++;
    }
  const { values, vectors } = symmetricEigen(q);
  const [low, high] = [vectors.subarray(0, d), vectors.subarray((d - 1) * d)];
  const half = Math.SQRT1_2;
  return {
    strain: (2 * squares) / (values[d - 1] - values[0]),
    slide: high.map((x, a) => half * (x + low[a])),
    normal: high.map((x, a) => half * (x - low[a])),
  };
}

/**
 * A unit of simple shear in the plane of the first two axes, sliding along `angle` (degrees) from the first: d×d, the
 * displacement gradient that `shear` applies.
 */
export function simpleShear(dimension: 2 | 3, angle = 0): Float64Array {
  const [c, s] = [sineOfTurns(angle / 360 + 0.25), sineOfTurns(angle / 360)];
  const strain = new Float64Array(dimension * dimension);
  strain[0] = -c * s;
  strain[1] = c * c;
  strain[dimension] = -s * s;
  strain[dimension + 1] = c * s;
  return strain;
}
