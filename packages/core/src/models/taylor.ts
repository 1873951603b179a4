import {
  combine,
  complementaryErrorOf,
  constant,
  exponentialOf,
  multiply,
  powerOf,
  type Series,
} from "./series.ts";

/**
 * A truncated Taylor series that computes like a number: an author writes φ(x) with it once, and value, derivatives to
 * any order, smoothing at the cutoff and the tables of the dynamics follow exactly (forward-mode differentiation; no
 * step, no rounding beyond that of the operations). Immutable.
 *
 * ```ts
 * const phi = (x: Taylor) => x.power(-12).minus(x.power(-6)).times(4);
 * ```
 */
export class Taylor {
  /** f, f′, f″/2, … f⁽ᵏ⁾/k! */
  readonly coefficients: Series;

  constructor(coefficients: Series) {
    this.coefficients = coefficients;
  }

  /** this + other. */
  plus(other: Taylor | number): Taylor {
    return new Taylor(combine(1, this.coefficients, 1, this.#like(other)));
  }

  /** this − other. */
  minus(other: Taylor | number): Taylor {
    return new Taylor(combine(1, this.coefficients, -1, this.#like(other)));
  }

  /** this · other. */
  times(other: Taylor | number): Taylor {
    if (typeof other === "number") return new Taylor(this.coefficients.map((value) => value * other));
    return new Taylor(multiply(this.coefficients, other.coefficients));
  }

  /** this/other; other ≠ 0 where it is evaluated. */
  over(other: Taylor | number): Taylor {
    if (typeof other === "number") return this.times(1 / other);
    const quotient: number[] = [];
    this.coefficients.forEach((value, k) => {
      let rest = value;
      for (let l = 0; l < k; l++) rest -= quotient[l] * other.coefficients[k - l];
      quotient.push(rest / other.coefficients[0]);
    });
    return new Taylor(quotient);
  }

  /** this^exponent for this > 0. */
  power(exponent: number): Taylor {
    return new Taylor(powerOf(this.coefficients, exponent));
  }

  /** e^this */
  exponential(): Taylor {
    return new Taylor(exponentialOf(this.coefficients));
  }

  /** erfc(this) */
  complementaryError(): Taylor {
    return new Taylor(complementaryErrorOf(this.coefficients));
  }

  #like(other: Taylor | number): Series {
    return typeof other === "number" ? constant(other, this.coefficients) : other.coefficients;
  }
}
