// Radial tables: polynomials of degree 7 in u < 1 about the middle of its interval, whose number is made of the bits of
// u; see forces.ts for their rows and src/dynamics/terms/radialtable.ts for how they are made.

/** The largest u below 1. */
export const LAST: f64 = 1 - f64.EPSILON / 2;

/** Polynomials of degree 7 with 8 coefficients each, at d: even and odd powers apart. */
// @ts-ignore: decorator
@inline
export function polynomials(at0: usize, at1: usize, d: v128): v128 {
  const q = f64x2.mul(d, d);
  const q0 = v128.shuffle<f64>(q, q, 0, 0);
  const q1 = v128.shuffle<f64>(q, q, 1, 1);
  let a = f64x2.add(v128.load(at0, 32), f64x2.mul(q0, v128.load(at0, 48)));
  let b = f64x2.add(v128.load(at1, 32), f64x2.mul(q1, v128.load(at1, 48)));
  a = f64x2.add(v128.load(at0, 16), f64x2.mul(q0, a));
  b = f64x2.add(v128.load(at1, 16), f64x2.mul(q1, b));
  a = f64x2.add(v128.load(at0), f64x2.mul(q0, a));
  b = f64x2.add(v128.load(at1), f64x2.mul(q1, b));
  return f64x2.add(v128.shuffle<f64>(a, b, 0, 2), f64x2.mul(d, v128.shuffle<f64>(a, b, 1, 3)));
}
