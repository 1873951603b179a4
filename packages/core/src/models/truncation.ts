import type { WINDOWS } from "./forms/fields.ts";
import {
  combine,
  constant,
  exponentialOf,
  multiply,
  polynomial,
  powerOf,
  rootSeries,
  type Series,
  variable,
} from "./series.ts";
import { smoothingCoefficients } from "./smoothing.ts";
import type { Jump } from "./types.ts";

/** How a term ends at its cutoff, as a model file says it: see `truncation`. */
export type Smoothing =
  | number
  | "none"
  | "shifted"
  | "force-shifted"
  | {
      readonly window: (typeof WINDOWS)[number];
      readonly from: number;
      readonly shift?: boolean | undefined;
    }
  | { readonly fade: number; readonly after: "shifted" | "force-shifted" };

/** What a truncation does to a form. */
export interface Truncation {
  /** f truncated, from Taylor series of f and of x about the same point. */
  apply(f: Series, x: Series): Series;
  /** Inner to outer; the last is at the cutoff. */
  readonly jumps: readonly Jump[];
}

/**
 * The ways in which potentials are cut off at x_c, as simulations do it:
 *
 * - q = 0 … 6: plus Σ_{ℓ ≤ q} c_{2ℓ} x^{2ℓ} (A.2 of Zylberg 2017); 0 shifts, 1 is Stoddard & Ford (1973);
 * - "none": not at all; φ jumps;
 * - "shifted": less f(x_c); φ′ jumps (LAMMPS: pair_modify shift yes; Coulomb: Wolf);
 * - "force-shifted": less f(x_c) + (x − x_c) f′(x_c); φ″ jumps (LAMMPS: lj/smooth/linear, vashishta; Coulomb: damped
 *   shifted force, Fennell & Gezelter 2006);
 * - "smooth", x_in < x < x_c: a quartic in x − x_in that continues f to second order and is zero to second order at
 *   x_c; f is shifted within (LAMMPS: lj/smooth with pair_modify shift yes; Barbot et al., Phys. Rev. E 97, 033001,
 *   2018); φ‴ jumps at both; with "shift": false all is higher by a constant, so that f is as it is within (lj/smooth
 *   alone), and φ jumps at x_c;
 * - "gromacs": plus A(x − x_in)³/3 + B(x − x_in)⁴/4 + C such that φ, φ′, φ″ vanish (LAMMPS: lj/gromacs, zbl); φ‴ jumps
 *   at both;
 * - "charmm": times (x_c² − x²)²(x_c² + 2x² − 3x_in²)/(x_c² − x_in²)³ (CHARMM, XPLOR, HOOMD's xplor); φ″ jumps at both;
 * - "quintic": times 1 − 10τ³ + 15τ⁴ − 6τ⁵, τ = (x − x_in)/(x_c − x_in) (GROMACS' potential-switch); φ‴ jumps at both.
 * - fade γ: "shifted" or "force-shifted", times exp(−γ²/(x − x_c)²), with which all derivatives vanish at x_c
 *   (Sundararaman, Huang, Ispas & Kob, J. Chem. Phys. 148, 194504, 2018).
 *
 * @param f Taylor series of the form in any series of x.
 */
export function truncation(smoothing: Smoothing, xc: number, f: (x: Series) => Series): Truncation {
  const at = (x: number, order: number) => f(variable(x, order));
  if (typeof smoothing === "number") return evenPolynomial(smoothing, xc, f);
  if (smoothing === "none") return { apply: (g) => g, jumps: [{ x: xc, order: 0 }] };
  if (smoothing === "shifted" || smoothing === "force-shifted") {
    const [value, slope] = at(xc, 1);
    const linear = [-value, ...(smoothing === "shifted" ? [] : [-slope])];
    return {
      apply: (g, x) => combine(1, g, 1, polynomial(xc, linear, x)),
      jumps: [{ x: xc, order: smoothing === "shifted" ? 1 : 2 }],
    };
  }
  if ("fade" in smoothing) return faded(truncation(smoothing.after, xc, f), smoothing.fade, xc);
  const cut = window(smoothing.window, [smoothing.from, xc], at);
  return smoothing.shift === false ? unshifted(cut, f, [smoothing.from, xc]) : cut;
}

/** Beyond this exponent exp(−γ²/(x − x_c)²) and all that is multiplied by it is 0. */
const VANISHED = 700;

function faded({ apply }: Truncation, width: number, xc: number): Truncation {
  return {
    apply(g, x) {
      const away = polynomial(xc, [0, 0, 1], x);
      if (!(width * width < VANISHED * away[0])) return constant(0, x);
      return multiply(apply(g, x), exponentialOf(powerOf(away, -1).map((value) => -width * width * value)));
    },
    jumps: [],
  };
}

function evenPolynomial(q: number, xc: number, f: (x: Series) => Series): Truncation {
  const square = xc * xc;
  const coefficients = smoothingCoefficients(f(rootSeries(xc, q)), square);
  return {
    apply: (g, x) => combine(1, g, 1, polynomial(0, coefficients, multiply(x, x))),
    jumps: [{ x: xc, order: q + 1 }],
  };
}

/** A window less the constant that it adds within its inner radius: φ itself is left there, and jumps at the cutoff. */
function unshifted(
  { apply, jumps }: Truncation,
  f: (x: Series) => Series,
  [inner, outer]: readonly [number, number],
): Truncation {
  const [value] = f([inner]);
  const shift = apply([value], [inner])[0] - value;
  return {
    apply: (g, x) => combine(1, apply(g, x), -1, constant(shift, x)),
    jumps: jumps.map((jump) => (jump.x === outer ? { x: outer, order: 0 } : jump)),
  };
}

function window(
  name: (typeof WINDOWS)[number],
  [inner, outer]: readonly [number, number],
  at: (x: number, order: number) => Series,
): Truncation {
  const w = outer - inner;
  const jumps = [inner, outer].map((x) => ({ x, order: name === "charmm" ? 2 : 3 }));
  if (name === "charmm" || name === "quintic") {
    const switched = (x: Series): Series => {
      if (name === "quintic") return polynomial(0, [1, 0, 0, -10, 15, -6], polynomial(inner, [0, 1 / w], x));
      // (u²(3D + 2u))/D³, u = x² − x_c², D = x_c² − x_in²
      const d = outer * outer - inner * inner;
      return polynomial(outer * outer, [0, 0, 3 / (d * d), 2 / (d * d * d)], multiply(x, x));
    };
    return { apply: (g, x) => (x[0] <= inner ? g : multiply(g, switched(x))), jumps };
  }
  if (name === "gromacs") {
    const [value, slope, half] = at(outer, 2);
    const a = (-3 * slope + 2 * half * w) / (w * w);
    const b = (2 * slope - 2 * half * w) / (w * w * w);
    const shift = -value - (a * w * w * w) / 3 - (b * w * w * w * w) / 4;
    return {
      apply: (g, x) =>
        combine(
          1,
          g,
          1,
          x[0] <= inner ? constant(shift, x) : polynomial(inner, [shift, 0, 0, a / 3, b / 4], x),
        ),
      jumps,
    };
  }
  const [value, e1, e2] = at(inner, 2);
  const e4 = (e1 + e2 * w) / (2 * w * w * w);
  const e3 = -e2 / (3 * w) - 2 * e4 * w;
  const e0 = -(((e4 * w + e3) * w + e2) * w + e1) * w;
  return {
    apply: (g, x) =>
      x[0] <= inner ? combine(1, g, 1, constant(e0 - value, x)) : polynomial(inner, [e0, e1, e2, e3, e4], x),
    jumps,
  };
}
