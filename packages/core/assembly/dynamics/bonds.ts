// Averages over a canonical run: energies of given bonds, and the gradient.

import { evaluatePair, pairEnergy } from "./generic";

/**
 * sums[b] += φ(r) of each of `count` bonds, r by the nearest image; 0 beyond the cutoff.
 * ends: (i, j, species pair) i32 a bond; box: lower triangular d×d; the rest as for genericForces.
 */
export function addBondEnergies(
  dimension: i32,
  count: i32,
  ends: usize,
  form: i32,
  x: usize,
  box: usize,
  rows: usize,
  tables: usize,
  diameters: usize,
  eta: f64,
  sums: usize,
): void {
  const stride: usize = dimension == 2 ? 4 : 5;
  for (let b = 0; b < count; b++, ends += 12, sums += 8) {
    const i = load<i32>(ends);
    const j = load<i32>(ends, 4);
    let dx = load<f64>(x + ((<usize>j) << stride)) - load<f64>(x + ((<usize>i) << stride));
    let dy = load<f64>(x + ((<usize>j) << stride), 8) - load<f64>(x + ((<usize>i) << stride), 8);
    let dz = 0.0;
    if (dimension == 3) {
      dz = load<f64>(x + ((<usize>j) << stride), 16) - load<f64>(x + ((<usize>i) << stride), 16);
      const turns = nearest(dz / load<f64>(box, 64));
      dx -= turns * load<f64>(box, 48);
      dy -= turns * load<f64>(box, 56);
      dz -= turns * load<f64>(box, 64);
    }
    const yx: usize = dimension == 2 ? 16 : 24;
    const turnsY = nearest(dy / load<f64>(box + yx, 8));
    dx -= turnsY * load<f64>(box + yx);
    dy -= turnsY * load<f64>(box + yx, 8);
    dx -= nearest(dx / load<f64>(box)) * load<f64>(box);
    const r = Math.sqrt(dx * dx + dy * dy + dz * dz);
    if (evaluatePair(form, rows, load<i32>(ends, 8), tables, diameters, eta, i, j, r))
      store<f64>(sums, load<f64>(sums) + pairEnergy());
  }
}
