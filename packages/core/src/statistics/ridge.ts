/** One group of rows that belong together: a configuration. */
export interface RidgeSample {
  /** n×p, row-major. */
  readonly features: Float64Array;
  /** n */
  readonly target: Float64Array;
}

/** A linear model, y = intercept + Σ weights_k (x_k − means_k)/scales_k. */
export interface RidgeModel {
  /** p each; features that do not vary have weight 0 and scale 1. */
  readonly means: Float64Array;
  readonly scales: Float64Array;
  readonly weights: Float64Array;
  readonly intercept: number;
  /** κ of Σ(y − ŷ)²/n + κ Σ weights². */
  readonly penalty: number;
}

/** A ridge regression, and what it is worth on groups that it has not seen. */
export interface RidgeFit {
  /** Of all groups, with the penalty that does best in a cross-validation over them. */
  readonly model: RidgeModel;
  /** Of each group, by the model of the others, whose penalty was chosen among them alone: Pearson's r. */
  readonly correlations: Float64Array;
  /** What that model says of its rows. */
  readonly predictions: readonly Float64Array[];
  /** Mean of these, and its standard error. */
  readonly correlation: number;
  readonly error: number;
}

/** Penalties that are tried, relative to features of variance 1 and to the variance of the target. */
const PENALTIES: readonly number[] = [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1, 10];

/** Sums of rows: all that a linear regression needs of a group. */
interface Moments {
  readonly count: number;
  /** (p+1)², of 1 and the features; and with the target, p+1; of the target squared. */
  readonly xx: Float64Array;
  readonly xy: Float64Array;
  readonly yy: number;
}

/**
 * Ridge regression with cross-validation over whole groups, each left out in turn (rows of one group are not independent; Hoerl
 * & Kennard, Technometrics 12, 55, 1970). The penalty of each left-out group is chosen by leaving out the others one by one.
 * O(n p² + groups² p³ penalties).
 *
 * @throws RangeError where arrays do not fit, or there are fewer than three groups
 */
export function crossValidatedRidge(
  samples: readonly RidgeSample[],
  penalties: readonly number[] = PENALTIES,
): RidgeFit {
  if (samples.length < 3) throw new RangeError("cross-validation needs three groups at least");
  const origin = meansOf(samples);
  const moments = samples.map((sample) => momentsOf(sample, origin));
  const every = moments.map((_, k) => k);
  const best = (among: readonly number[]) => {
    const errors = penalties.map((penalty) => {
      let sum = 0;
      for (const left of among) {
        const model = solve(
          summed(
            moments,
            among.filter((k) => k !== left),
          ),
          penalty,
        );
        sum += squaredError(moments[left], model);
      }
      return sum;
    });
    return penalties[errors.indexOf(errors.reduce((a, b) => Math.min(a, b)))];
  };
  const models = every.map((left) => {
    const others = every.filter((k) => k !== left);
    return solve(summed(moments, others), best(others));
  });
  const correlations = Float64Array.from(every, (left) => pearson(moments[left], models[left]));
  const correlation = correlations.reduce((sum, r) => sum + r, 0) / correlations.length;
  let squares = 0;
  for (const r of correlations) squares += (r - correlation) * (r - correlation);
  const n = correlations.length;
  return {
    model: movedBy(solve(summed(moments, every), best(every)), origin),
    correlations,
    predictions: models.map((model, k) => ridgePrediction(movedBy(model, origin), samples[k].features)),
    correlation,
    error: Math.sqrt(squares / (n - 1) / n),
  };
}

/** Ridge regression of all rows together, of one penalty. O(n p² + p³). */
export function ridge(samples: readonly RidgeSample[], penalty: number): RidgeModel {
  const origin = meansOf(samples);
  const moments = samples.map((sample) => momentsOf(sample, origin));
  const every = moments.map((_, k) => k);
  return movedBy(solve(summed(moments, every), penalty), origin);
}

/** What a linear model says of rows (n×p). */
export function ridgePrediction(model: RidgeModel, features: Float64Array): Float64Array {
  const { means, scales, weights, intercept } = model;
  const p = weights.length;
  return Float64Array.from({ length: features.length / p }, (_, row) => {
    let y = intercept;
    for (let k = 0; k < p; k++) y += (weights[k] * (features[row * p + k] - means[k])) / scales[k];
    return y;
  });
}

/** Where rows lie: sums of products are taken from there, so that no digits are lost to features far from 0. */
interface Origin {
  readonly features: Float64Array;
  readonly target: number;
}

function meansOf(samples: readonly RidgeSample[]): Origin {
  const [first] = samples;
  const p = first.features.length / first.target.length;
  const features = new Float64Array(p);
  let [target, count] = [0, 0];
  for (const sample of samples) {
    if (sample.features.length !== p * sample.target.length || !Number.isInteger(p))
      throw new RangeError("the rows of features and target differ in number");
    sample.features.forEach((value, at) => {
      features[at % p] = features[at % p] + value;
    });
    for (const value of sample.target) target += value;
    count += sample.target.length;
  }
  return { features: features.map((sum) => sum / count), target: target / count };
}

/** A model of rows counted from an origin as one of the rows themselves. */
function movedBy(model: RidgeModel, origin: Origin): RidgeModel {
  const means = model.means.map((mean, k) => mean + origin.features[k]);
  return { ...model, means, intercept: model.intercept + origin.target };
}

function momentsOf({ features, target }: RidgeSample, origin: Origin): Moments {
  const count = target.length;
  const p = origin.features.length;
  const w = p + 1;
  const xx = new Float64Array(w * w);
  const xy = new Float64Array(w);
  let yy = 0;
  const row = new Float64Array(w);
  row[0] = 1;
  for (let r = 0; r < count; r++) {
    const y = target[r] - origin.target;
    for (let k = 0; k < p; k++) row[k + 1] = features[r * p + k] - origin.features[k];
    for (let a = 0; a < w; a++) {
      xy[a] = xy[a] + row[a] * y;
      for (let b = 0; b <= a; b++) xx[a * w + b] = xx[a * w + b] + row[a] * row[b];
    }
    yy += y * y;
  }
  return { count, xx, xy, yy };
}

function summed(all: readonly Moments[], chosen: readonly number[]): Moments {
  const [first] = all;
  const xx = new Float64Array(first.xx.length);
  const xy = new Float64Array(first.xy.length);
  let [count, yy] = [0, 0];
  for (const k of chosen) {
    all[k].xx.forEach((value, at) => {
      xx[at] = xx[at] + value;
    });
    all[k].xy.forEach((value, at) => {
      xy[at] = xy[at] + value;
    });
    count += all[k].count;
    yy += all[k].yy;
  }
  return { count, xx, xy, yy };
}

/** A feature whose variance is less than this share of its mean square does not vary. */
const CONSTANT = 1e-12;

function solve({ count, xx, xy }: Moments, penalty: number): RidgeModel {
  const w = xy.length;
  const p = w - 1;
  const means = Float64Array.from({ length: p }, (_, k) => xx[(k + 1) * w] / count);
  const mean = xy[0] / count;
  const covariance = (a: number, b: number) => xx[(a + 1) * w + b + 1] / count - means[a] * means[b];
  const varies = Array.from(means, (m, k) => covariance(k, k) > CONSTANT * (covariance(k, k) + m * m));
  const scales = Float64Array.from(varies, (yes, k) => (yes ? Math.sqrt(covariance(k, k)) : 1));
  const a = new Float64Array(p * p);
  const b = new Float64Array(p);
  for (let k = 0; k < p; k++) {
    for (let l = 0; l <= k; l++)
      a[k * p + l] = varies[k] && varies[l] ? covariance(k, l) / (scales[k] * scales[l]) : 0;
    a[k * p + k] = varies[k] ? 1 + penalty : 1;
    b[k] = varies[k] ? (xy[k + 1] / count - means[k] * mean) / scales[k] : 0;
  }
  return { means, scales, weights: choleskySolution(a, b), intercept: mean, penalty };
}

/** x of A·x = b, A symmetric positive definite by its lower triangle (overwritten, as b is). */
function choleskySolution(a: Float64Array, b: Float64Array): Float64Array {
  const p = b.length;
  for (let k = 0; k < p; k++) {
    for (let l = 0; l <= k; l++) {
      let sum = a[k * p + l];
      for (let m = 0; m < l; m++) sum -= a[k * p + m] * a[l * p + m];
      a[k * p + l] = k === l ? Math.sqrt(sum) : sum / a[l * p + l];
    }
  }
  for (let k = 0; k < p; k++) {
    let sum = b[k];
    for (let m = 0; m < k; m++) sum -= a[k * p + m] * b[m];
    b[k] = sum / a[k * p + k];
  }
  for (let k = p - 1; k >= 0; k--) {
    let sum = b[k];
    for (let m = k + 1; m < p; m++) sum -= a[m * p + k] * b[m];
    b[k] = sum / a[k * p + k];
  }
  return b;
}

/** The model as coefficients of 1 and of the features. */
function coefficients({ means, scales, weights, intercept }: RidgeModel): Float64Array {
  const c = new Float64Array(weights.length + 1);
  c[0] = intercept;
  weights.forEach((weight, k) => {
    c[k + 1] = weight / scales[k];
    c[0] = c[0] - c[k + 1] * means[k];
  });
  return c;
}

/** Σ ŷ, Σ ŷ², Σ ŷy over the rows of a group. */
function predicted({ xx, xy }: Moments, model: RidgeModel): { sum: number; square: number; product: number } {
  const c = coefficients(model);
  const w = c.length;
  let [sum, square, product] = [0, 0, 0];
  for (let a = 0; a < w; a++) {
    sum += c[a] * xx[a * w];
    product += c[a] * xy[a];
    for (let b = 0; b < w; b++) square += c[a] * c[b] * (b <= a ? xx[a * w + b] : xx[b * w + a]);
  }
  return { sum, square, product };
}

/** Mean of (y − ŷ)². */
function squaredError(group: Moments, model: RidgeModel): number {
  const { square, product } = predicted(group, model);
  return (group.yy - 2 * product + square) / group.count;
}

function pearson(group: Moments, model: RidgeModel): number {
  const { sum, square, product } = predicted(group, model);
  const { count, xy, yy } = group;
  const [mean, own] = [sum / count, xy[0] / count];
  return (
    (product / count - mean * own) / Math.sqrt((square / count - mean * mean) * (yy / count - own * own))
  );
}
