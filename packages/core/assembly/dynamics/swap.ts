// Metropolis Monte Carlo of particles and of their diameters (Grigera & Parisi, Phys. Rev. E 63, 045102, 2001;
// Ninarello, Berthier & Coslovich, Phys. Rev. X 7, 021039, 2017).
//
// An attempt is either a displacement of a particle, uniform in a square or cube of half-width `step`, or an exchange
// of the diameters of two particles whose ranks by diameter differ by at most `window`. Both proposals are symmetric,
// so they are accepted with probability min(1, e^{−βΔU}) (detailed balance).
//
// Pairs are those of a table, see forces.ts; every particle has a list of all its neighbours within the longest cutoff
// of the model and a skin, in a rectangular box longer than twice that.

import { addTo } from "./lanes";
import { LAST, polynomials } from "./table";
import { uniform } from "./random";
import { ALLOWED2, BOX, BY_RANK, COUNT, DIAMETERS, ETA, MAX_DIAMETER, NEIGHBOURS, RANKS, REFERENCE, ROW, STARTS, STREAM, TALLY, X, address, nearestImage } from "./swapplan";

/** (x_c λ)² of the largest λ that a particle of diameter a has with any of up to `most` (½(a+b)(1−η|a−b|) peaks at b = 1/2η). */
// @ts-ignore: decorator
@inline
function reach2(row: usize, eta: f64, a: f64, most: f64): f64 {
  const b = eta > 0 ? min(most, max(a, 0.5 / eta)) : most;
  const lambda = 0.5 * (a + b) * (1 - eta * Math.abs(a - b));
  return (lambda * lambda) / load<f64>(row);
}

/** ε E of two u = (r/r_c)², 0 from 1 on. */
// @ts-ignore: decorator
@inline
function energies(row: usize, u: v128): v128 {
  const one = f64x2.splat(1);
  const low = <i32>load<f64>(row, 48);
  const origin = <usize><i32>load<f64>(row, 40);
  const toEnergy = <usize>load<f64>(row, 56);
  const within = f64x2.pmin(f64x2.splat(LAST), f64x2.pmax(v128.load_splat<f64>(row + 32), u));
  let key = i64x2.shr_u(within, low);
  let at = <usize>load<f64>(row, 72);
  const last = at + ((<usize>load<f64>(row, 64)) << 4);
  for (; at < last; at += 16) {
    const further = i64x2.splat(<i64>load<f64>(at, 8));
    key = i64x2.add(key, v128.and(f64x2.ge(within, v128.load_splat<f64>(at)), further));
  }
  const at0 = origin + ((<usize>i64x2.extract_lane(key, 0)) << 6);
  const at1 = origin + ((<usize>i64x2.extract_lane(key, 1)) << 6);
  const middle = v128.or(v128.and(within, i64x2.splat(-((<i64>1) << low))), i64x2.splat((<i64>1) << (low - 1)));
  const d = f64x2.sub(within, middle);
  let e = f64x2.mul(v128.load_splat<f64>(row + 16), polynomials(at0 + toEnergy, at1 + toEnergy, d));
  const beneath = f64x2.sub(u, within);
  if (v128.any_true(f64x2.lt(beneath, f64x2.splat(0)))) {
    const slope = f64x2.mul(v128.load_splat<f64>(row + 24), polynomials(at0, at1, d));
    e = f64x2.add(e, v128.and(f64x2.mul(slope, beneath), f64x2.lt(beneath, f64x2.splat(0))));
  }
  return v128.and(e, f64x2.lt(u, one));
}

/** (1/x_c²)/λ² of a pair of diameters. */
// @ts-ignore: decorator
@inline
function inverse(row: usize, eta: f64, a: f64, b: f64): f64 {
  const lambda = 0.5 * (a + b) * (1 - eta * Math.abs(a - b));
  return load<f64>(row) / (lambda * lambda);
}

/** U with particle i moved by (ax, ay, az), less U. */
// @ts-ignore: decorator
@inline
function byMoving(plan: usize, d: i32, i: usize, ax: f64, ay: f64, az: f64): f64 {
  const x = address(plan, X);
  const diameters = address(plan, DIAMETERS);
  const row = address(plan, ROW);
  const eta = load<f64>(plan + ETA);
  const lx = load<f64>(plan + BOX);
  const nx = 1 / lx;
  const ly = load<f64>(plan + BOX, 8);
  const ny = 1 / ly;
  const lz = load<f64>(plan + BOX, 16);
  const nz = 1 / lz;
  const stride = <usize>d << 3;
  const mine = x + i * stride;
  const xi = load<f64>(mine);
  const yi = load<f64>(mine, 8);
  const zi = d == 3 ? load<f64>(mine, 16) : 0;
  const own = load<f64>(diameters + (i << 3));
  const far = reach2(row, eta, own, load<f64>(plan + MAX_DIAMETER));
  const starts = address(plan, STARTS) + (i << 2);
  const neighbours = address(plan, NEIGHBOURS);
  let k = neighbours + ((<usize>load<i32>(starts)) << 2);
  const end = neighbours + ((<usize>load<i32>(starts, 4)) << 2);
  let sum = f64x2.splat(0);
  for (; k < end; k += 4) {
    const j = <usize>load<i32>(k);
    const theirs = x + j * stride;
    const dx = nearestImage(load<f64>(theirs) - xi, lx, nx);
    const dy = nearestImage(load<f64>(theirs, 8) - yi, ly, ny);
    const bx = dx - ax;
    const by = dy - ay;
    let before = dx * dx + dy * dy;
    let after = bx * bx + by * by;
    if (d == 3) {
      const dz = nearestImage(load<f64>(theirs, 16) - zi, lz, nz);
      const bz = dz - az;
      before += dz * dz;
      after += bz * bz;
    }
    if (before > far && after > far) continue;
    const w = inverse(row, eta, own, load<f64>(diameters + (j << 3)));
    const u = f64x2.mul(f64x2(before, after), f64x2.splat(w));
    if (v128.any_true(f64x2.lt(u, f64x2.splat(1)))) sum = f64x2.add(sum, energies(row, u));
  }
  return f64x2.extract_lane(sum, 1) - f64x2.extract_lane(sum, 0);
}

/** U with diameter `other` at particle i, less U; the pair with `partner`, which is the same before and after, apart. */
// @ts-ignore: decorator
@inline
function byDiameter(plan: usize, d: i32, i: usize, other: f64, partner: usize): f64 {
  const x = address(plan, X);
  const diameters = address(plan, DIAMETERS);
  const row = address(plan, ROW);
  const eta = load<f64>(plan + ETA);
  const lx = load<f64>(plan + BOX);
  const nx = 1 / lx;
  const ly = load<f64>(plan + BOX, 8);
  const ny = 1 / ly;
  const lz = load<f64>(plan + BOX, 16);
  const nz = 1 / lz;
  const stride = <usize>d << 3;
  const mine = x + i * stride;
  const xi = load<f64>(mine);
  const yi = load<f64>(mine, 8);
  const zi = d == 3 ? load<f64>(mine, 16) : 0;
  const own = load<f64>(diameters + (i << 3));
  const most = load<f64>(plan + MAX_DIAMETER);
  const far = max(reach2(row, eta, own, most), reach2(row, eta, other, most));
  const starts = address(plan, STARTS) + (i << 2);
  const neighbours = address(plan, NEIGHBOURS);
  let k = neighbours + ((<usize>load<i32>(starts)) << 2);
  const end = neighbours + ((<usize>load<i32>(starts, 4)) << 2);
  let sum = f64x2.splat(0);
  for (; k < end; k += 4) {
    const j = <usize>load<i32>(k);
    if (j == partner) continue;
    const theirs = x + j * stride;
    const dx = nearestImage(load<f64>(theirs) - xi, lx, nx);
    const dy = nearestImage(load<f64>(theirs, 8) - yi, ly, ny);
    let r2 = dx * dx + dy * dy;
    if (d == 3) {
      const dz = nearestImage(load<f64>(theirs, 16) - zi, lz, nz);
      r2 += dz * dz;
    }
    if (r2 > far) continue;
    const sigma = load<f64>(diameters + (j << 3));
    const u = f64x2.mul(f64x2.splat(r2), f64x2(inverse(row, eta, own, sigma), inverse(row, eta, other, sigma)));
    if (v128.any_true(f64x2.lt(u, f64x2.splat(1)))) sum = f64x2.add(sum, energies(row, u));
  }
  return f64x2.extract_lane(sum, 1) - f64x2.extract_lane(sum, 0);
}

// @ts-ignore: decorator
@inline
function accepted(stream: usize, beta: f64, change: f64): bool {
  return change <= 0 || uniform(stream) < Math.exp(-beta * change);
}

/** Exchanges the diameters of two particles if Metropolis allows. */
// @ts-ignore: decorator
@inline
function exchange(plan: usize, d: i32, window: i32, beta: f64): void {
  const count = load<i32>(plan + COUNT);
  const stream = address(plan, STREAM);
  const tally = address(plan, TALLY);
  const ranks = address(plan, RANKS);
  const byRank = address(plan, BY_RANK);
  const diameters = address(plan, DIAMETERS);
  const i = <i32>(uniform(stream) * <f64>count);
  const offset = <i32>(uniform(stream) * <f64>(2 * window)) - window;
  const rank = load<i32>(ranks + (<usize>i << 2));
  const other = rank + (offset < 0 ? offset : offset + 1);
  addTo(tally + 16, 1);
  if (other < 0 || other >= count) return;
  const j = load<i32>(byRank + (<usize>other << 2));
  const atI = diameters + (<usize>i << 3);
  const atJ = diameters + (<usize>j << 3);
  const own = load<f64>(atI);
  const theirs = load<f64>(atJ);
  const change = byDiameter(plan, d, i, theirs, j) + byDiameter(plan, d, j, own, i);
  if (!accepted(stream, beta, change)) return;
  store<f64>(atI, theirs);
  store<f64>(atJ, own);
  store<i32>(ranks + (<usize>i << 2), other);
  store<i32>(ranks + (<usize>j << 2), rank);
  store<i32>(byRank + (<usize>rank << 2), j);
  store<i32>(byRank + (<usize>other << 2), i);
  addTo(tally + 24, 1);
  addTo(tally + 32, change);
}

/** Displaces a particle if Metropolis allows; false, and nothing done, where the list does not reach that far. */
// @ts-ignore: decorator
@inline
function displace(plan: usize, d: i32, step: f64, beta: f64): bool {
  const stream = address(plan, STREAM);
  const tally = address(plan, TALLY);
  const i = <usize>(uniform(stream) * <f64>load<i32>(plan + COUNT));
  const ax = step * (2 * uniform(stream) - 1);
  const ay = step * (2 * uniform(stream) - 1);
  const az = d == 3 ? step * (2 * uniform(stream) - 1) : 0;
  const at = i * (<usize>d << 3);
  const mine = address(plan, X) + at;
  const reference = address(plan, REFERENCE) + at;
  const x = load<f64>(mine) + ax;
  const y = load<f64>(mine, 8) + ay;
  const z = d == 3 ? load<f64>(mine, 16) + az : 0;
  const fx = x - load<f64>(reference);
  const fy = y - load<f64>(reference, 8);
  const fz = d == 3 ? z - load<f64>(reference, 16) : 0;
  if (fx * fx + fy * fy + fz * fz > load<f64>(plan + ALLOWED2)) return false;
  addTo(tally, 1);
  const change = byMoving(plan, d, i, ax, ay, az);
  if (!accepted(stream, beta, change)) return true;
  store<f64>(mine, x);
  store<f64>(mine, y, 8);
  if (d == 3) store<f64>(mine, z, 16);
  addTo(tally + 8, 1);
  addTo(tally + 32, change);
  return true;
}

// @ts-ignore: decorator
@inline
function attemptsIn(d: i32, plan: usize, attempts: i32, share: f64, window: i32, step: f64, beta: f64): i32 {
  const stream = address(plan, STREAM);
  for (let done = 0; done < attempts; done++) {
    const s0 = load<u64>(stream);
    const s1 = load<u64>(stream, 8);
    const s2 = load<u64>(stream, 16);
    const s3 = load<u64>(stream, 24);
    if (uniform(stream) < share) {
      exchange(plan, d, window, beta);
    } else if (!displace(plan, d, step, beta)) {
      // the same numbers are drawn again when the list has been made anew
      store<u64>(stream, s0);
      store<u64>(stream, s1, 8);
      store<u64>(stream, s2, 16);
      store<u64>(stream, s3, 24);
      return done;
    }
  }
  return attempts;
}

/** Makes up to so many attempts, a `share` of them exchanges; returns how many, fewer where the list must be made anew. */
export function swapAttempts(
  dimension: i32,
  plan: usize,
  attempts: i32,
  share: f64,
  window: i32,
  step: f64,
  beta: f64,
): i32 {
  if (dimension == 2) return attemptsIn(2, plan, attempts, share, window, step, beta);
  return attemptsIn(3, plan, attempts, share, window, step, beta);
}
