import { complementaryError, exponential, power, sineOfTurns } from "../elementary.ts";

/**
 * Truncated Taylor series f(t) = Σ_k f[k] t^k, k = 0…order, as plain arrays of equal length. They give the
 * derivatives of every form at its cutoff to any order without a formula per order.
 */
export type Series = readonly number[];

/** The coordinate x = √s about s = x₀², as a series in t = s − x₀². */
export function rootSeries(x0: number, order: number): Series {
  const root = [x0];
  for (let k = 1; k <= order; k++) root.push((root[k - 1] * (1.5 - k)) / (k * x0 * x0));
  return root;
}

/** A number as a series of the order of x. */
export function constant(value: number, x: Series): Series {
  return x.map((_, k) => (k === 0 ? value : 0));
}

/** α·f + β·g. */
export function combine(alpha: number, f: Series, beta: number, g: Series): Series {
  return f.map((value, k) => alpha * value + beta * g[k]);
}

/** f·g. */
export function multiply(f: Series, g: Series): Series {
  return f.map((_, k) => {
    let sum = 0;
    for (let l = 0; l <= k; l++) sum += f[l] * g[k - l];
    return sum;
  });
}

/** f^α for real α and f[0] > 0, by the recurrence of f·(f^α)′ = α f′ f^α. */
export function powerOf(f: Series, alpha: number): Series {
  const result = [power(f[0], alpha)];
  for (let k = 1; k < f.length; k++) {
    let sum = 0;
    for (let l = 1; l <= k; l++) sum += (alpha * l - (k - l)) * f[l] * result[k - l];
    result.push(sum / (k * f[0]));
  }
  return result;
}

/** exp f, by the recurrence of (exp f)′ = f′ exp f. */
export function exponentialOf(f: Series): Series {
  const result = [exponential(f[0])];
  for (let k = 1; k < f.length; k++) {
    let sum = 0;
    for (let l = 1; l <= k; l++) sum += l * f[l] * result[k - l];
    result.push(sum / k);
  }
  return result;
}

/** f(g) for a polynomial f about g[0]: Σ_k f[k] (g − g[0])^k. */
export function compose(f: Series, g: Series): Series {
  return polynomial(g[0], f, g);
}

/** Σ_k c[k] (x − centre)^k, by Horner's rule. */
export function polynomial(centre: number, c: Series, x: Series): Series {
  const step = [x[0] - centre, ...x.slice(1)];
  let result: number[] = x.map(() => 0);
  for (let k = c.length - 1; k >= 0; k--) {
    result = [...multiply(result, step)];
    result[0] = result[0] + c[k];
  }
  return result;
}

/** The variable itself about x, to the given order: x + t. */
export function variable(x: number, order: number): Series {
  return Array.from({ length: order + 1 }, (_, k) => (k === 0 ? x : k === 1 ? 1 : 0));
}

/** cos f, with sin f beside it: (cos f)′ = −f′ sin f, (sin f)′ = f′ cos f. */
export function cosineOf(f: Series): Series {
  const turns = f[0] / (2 * Math.PI);
  const cosine = [sineOfTurns(turns + 0.25)];
  const sine = [sineOfTurns(turns)];
  for (let k = 1; k < f.length; k++) {
    let [c, s] = [0, 0];
    for (let l = 1; l <= k; l++) {
      c -= l * f[l] * sine[k - l];
      s += l * f[l] * cosine[k - l];
    }
    cosine.push(c / k);
    sine.push(s / k);
  }
  return cosine;
}

/** erfc f, by erfc′ = −(2/√π) e^{−f²} f′. */
export function complementaryErrorOf(f: Series): Series {
  const decay = exponentialOf(multiply(f, f).map((value) => -value));
  const result = [complementaryError(f[0])];
  for (let k = 1; k < f.length; k++) {
    let sum = 0;
    for (let l = 1; l <= k; l++) sum += l * f[l] * decay[k - l];
    result.push((-2 / Math.sqrt(Math.PI)) * (sum / k));
  }
  return result;
}
