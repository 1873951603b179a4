import { logarithm } from "../elementary.ts";
import { type BootstrapOptions, bootstrap, type Estimate } from "./bootstrap.ts";

/** Points of one sample: one (the softest mode of a glass), or a path (a glass on its way to an instability). */
export interface ScalingSample {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

/** An exponent a of y ∼ x^a, or the reason why there is none. */
export type ScalingExponent =
  | ({ readonly status: "ok"; readonly points: number } & Estimate)
  | { readonly status: "no-range"; readonly points: number; readonly reason: string };

export interface ScalingOptions extends BootstrapOptions {
  /** "common": y = b·x^a of all samples (default); "own": each sample has its own b. */
  readonly prefactor?: "common" | "own";
}

/** Sums of one sample: n, Σu, Σv, Σu², Σuv of u = ln x, v = ln y. */
type Sums = readonly [n: number, u: number, v: number, uu: number, uv: number];

/**
 * The exponent a of y ∼ x^a by least squares of ln y against ln x, with a bootstrap over samples (Eq. 5, Zylberg 2017,
 * expects −4 of max|E_α| against ω). Points that are not positive and finite are left out.
 * O(points + resamples · samples).
 */
export function scalingExponent(
  samples: readonly ScalingSample[],
  options: ScalingOptions = {},
): ScalingExponent {
  const sums = samples.map(sumsOf).filter(([n]) => n > 0);
  const points = sums.reduce((sum, [n]) => sum + n, 0);
  const terms = options.prefactor === "own" ? sums.map((own) => moments(own)) : undefined;
  const slope = (weights: Float64Array): number[] => {
    const [xx, xy] = terms ? weighted(terms, weights) : moments(weighted(sums, weights) as unknown as Sums);
    // rounding leaves a little of what is exactly 0
    return [(xx as number) > 1e-12 ? (xy as number) / (xx as number) : Number.NaN];
  };
  if (points === 0 || !Number.isFinite(slope(new Float64Array(sums.length).fill(1))[0])) {
    return { status: "no-range", points, reason: "no two points with different x" };
  }
  return { status: "ok", points, ...(bootstrap(sums.length, slope, options)[0] as Estimate) };
}

function sumsOf({ x, y }: ScalingSample): Sums {
  let [n, su, sv, uu, uv] = [0, 0, 0, 0, 0];
  for (let k = 0; k < x.length; k++) {
    const [u, v] = [logarithm(x[k]), logarithm(y[k])];
    if (!(Number.isFinite(u) && Number.isFinite(v))) continue;
    n++;
    su += u;
    sv += v;
    uu += u * u;
    uv += u * v;
  }
  return [n, su, sv, uu, uv];
}

/** Σ(u − ū)², Σ(u − ū)(v − v̄). */
function moments([n, u, v, uu, uv]: Sums): readonly [number, number] {
  return [uu - (u * u) / n, uv - (u * v) / n];
}

function weighted(rows: readonly (readonly number[])[], weights: Float64Array): number[] {
  const total = rows[0]?.map(() => 0) ?? [];
  rows.forEach((row, k) => {
    row.forEach((value, m) => {
      total[m] = total[m] + weights[k] * value;
    });
  });
  return total;
}
