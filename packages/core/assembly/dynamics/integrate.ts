// Time steps. Unit mass. Vectors have a stride of 2 (2D) or 4 (3D, last entry 0) f64 a particle.

import { largest, orNaN } from "./lanes";
import { gaussian } from "./random";

/** v ← v − h·g for n f64. */
export function kick(n: i32, h: f64, v: usize, g: usize): void {
  const s = f64x2.splat(h);
  const end = v + ((<usize>n) << 3);
  for (; v < end; v += 16, g += 16) v128.store(v, f64x2.sub(v128.load(v), f64x2.mul(s, v128.load(g))));
}

/** v ← a·v − h·g, x ← x + dt·v; returns max |x_i − reference_i|², NaN where any entry is. */
export function kickDrift(
  count: i32,
  stride: i32,
  a: f64,
  h: f64,
  dt: f64,
  x: usize,
  v: usize,
  g: usize,
  reference: usize,
): f64 {
  const scale = f64x2.splat(a);
  const half = f64x2.splat(h);
  const step = f64x2.splat(dt);
  let most = f64x2.splat(0);
  let nan = f64x2.splat(0);
  if (stride == 2) {
    // Two particles a turn; an odd one is finished by the dummy behind it, whose v, g and x − reference are 0.
    const end = x + ((<usize>((count + 1) & ~1)) << 4);
    for (; x < end; x += 32, v += 32, g += 32, reference += 32) {
      const v0 = f64x2.sub(f64x2.mul(scale, v128.load(v)), f64x2.mul(half, v128.load(g)));
      const v1 = f64x2.sub(f64x2.mul(scale, v128.load(v, 16)), f64x2.mul(half, v128.load(g, 16)));
      v128.store(v, v0);
      v128.store(v, v1, 16);
      const x0 = f64x2.add(v128.load(x), f64x2.mul(step, v0));
      const x1 = f64x2.add(v128.load(x, 16), f64x2.mul(step, v1));
      v128.store(x, x0);
      v128.store(x, x1, 16);
      let d0 = f64x2.sub(x0, v128.load(reference));
      let d1 = f64x2.sub(x1, v128.load(reference, 16));
      d0 = f64x2.mul(d0, d0);
      d1 = f64x2.mul(d1, d1);
      const moved = f64x2.add(v128.shuffle<f64>(d0, d1, 0, 2), v128.shuffle<f64>(d0, d1, 1, 3));
      most = f64x2.pmax(most, moved);
      nan = orNaN(nan, moved);
    }
  } else {
    const end = x + ((<usize>count) << 5);
    for (; x < end; x += 32, v += 32, g += 32, reference += 32) {
      const v0 = f64x2.sub(f64x2.mul(scale, v128.load(v)), f64x2.mul(half, v128.load(g)));
      const v1 = f64x2.sub(f64x2.mul(scale, v128.load(v, 16)), f64x2.mul(half, v128.load(g, 16)));
      v128.store(v, v0);
      v128.store(v, v1, 16);
      const x0 = f64x2.add(v128.load(x), f64x2.mul(step, v0));
      const x1 = f64x2.add(v128.load(x, 16), f64x2.mul(step, v1));
      v128.store(x, x0);
      v128.store(x, x1, 16);
      let d0 = f64x2.sub(x0, v128.load(reference));
      const d1 = f64x2.sub(x1, v128.load(reference, 16));
      d0 = f64x2.add(f64x2.mul(d0, d0), f64x2.mul(d1, d1));
      const moved = f64x2.add(d0, v128.shuffle<f64>(d0, d0, 1, 0));
      most = f64x2.pmax(most, moved);
      nan = orNaN(nan, moved);
    }
  }
  return largest(most, nan);
}

/** Σ v²/2 over n f64. */
export function kineticEnergy(n: i32, v: usize): f64 {
  let sum = f64x2.splat(0);
  const end = v + ((<usize>n) << 3);
  for (; v < end; v += 16) {
    const a = v128.load(v);
    sum = f64x2.add(sum, f64x2.mul(a, a));
  }
  return 0.5 * (f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1));
}

/** Takes the mean off every component, so that Σ v = 0. */
export function removeMean(count: i32, stride: i32, v: usize): void {
  for (let a = 0; a < stride; a++) {
    const at = v + ((<usize>a) << 3);
    const bytes = (<usize>stride) << 3;
    let sum = 0.0;
    for (let i = 0; i < count; i++) sum += load<f64>(at + <usize>i * bytes);
    const mean = sum / <f64>count;
    for (let i = 0; i < count; i++) {
      const p = at + <usize>i * bytes;
      store<f64>(p, load<f64>(p) - mean);
    }
  }
}

/** v ← a·v + b·ξ with independent standard normals ξ, d a particle. */
export function noise(count: i32, dimension: i32, a: f64, b: f64, v: usize, stream: usize): void {
  const bytes: usize = dimension == 2 ? 16 : 32;
  for (let i = 0; i < count; i++, v += bytes) {
    for (let c = 0; c < dimension; c++) {
      const at = v + ((<usize>c) << 3);
      store<f64>(at, a * load<f64>(at) + b * gaussian(stream));
    }
  }
}
