// Random numbers: xoshiro256++ (Blackman & Vigna 2019), seeded by splitmix64 from (seed, purpose).
// A stream is 48 bytes: four u64 of state, one f64 spare Gaussian, one i32 flag that it is there.

// @ts-ignore: decorator
@inline
function mix(z: u64): u64 {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

/** Starts the stream of `purpose` of `seed`; distinct pairs give unrelated states. */
export function seedStream(stream: usize, seedHigh: u32, seedLow: u32, purpose: u32): void {
  let state = mix((((<u64>seedHigh) << 32) | (<u64>seedLow)) + 0x9e3779b97f4a7c15);
  state = mix(state ^ ((<u64>purpose) * 0xd1342543de82ef95));
  for (let k: usize = 0; k < 32; k += 8) {
    state += 0x9e3779b97f4a7c15;
    store<u64>(stream + k, mix(state));
  }
  store<f64>(stream + 32, 0);
  store<i32>(stream + 40, 0);
}

// @ts-ignore: decorator
@inline
function next(stream: usize): u64 {
  const s0 = load<u64>(stream);
  let s1 = load<u64>(stream, 8);
  let s2 = load<u64>(stream, 16);
  let s3 = load<u64>(stream, 24);
  const result = rotl<u64>(s0 + s3, 23) + s0;
  const t = s1 << 17;
  s2 ^= s0;
  s3 ^= s1;
  s1 ^= s2;
  store<u64>(stream, s0 ^ s3);
  store<u64>(stream + 8, s1);
  store<u64>(stream + 16, s2 ^ t);
  store<u64>(stream + 24, rotl<u64>(s3, 45));
  return result;
}

/** Uniform in [0, 1), 53 bits. */
export function uniform(stream: usize): f64 {
  return <f64>(next(stream) >> 11) * 1.1102230246251565e-16;
}

/** Standard normal, by Marsaglia's polar method; the second of each pair is kept for the next call. */
export function gaussian(stream: usize): f64 {
  if (load<i32>(stream, 40) != 0) {
    store<i32>(stream + 40, 0);
    return load<f64>(stream, 32);
  }
  let u = 0.0;
  let v = 0.0;
  let s = 0.0;
  do {
    u = 2 * uniform(stream) - 1;
    v = 2 * uniform(stream) - 1;
    s = u * u + v * v;
  } while (s >= 1 || s == 0);
  const f = Math.sqrt((-2 * Math.log(s)) / s);
  store<f64>(stream + 32, v * f);
  store<i32>(stream + 40, 1);
  return u * f;
}

/** Gamma(shape, 1) for shape ≥ 1 (Marsaglia & Tsang 2000). */
function gamma(stream: usize, shape: f64): f64 {
  const d = shape - 1.0 / 3.0;
  const c = 1 / Math.sqrt(9 * d);
  while (true) {
    const x = gaussian(stream);
    const t = 1 + c * x;
    if (t <= 0) continue;
    const v = t * t * t;
    const u = uniform(stream);
    if (u > 0 && Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Sum of the squares of n independent standard normals, n ≥ 0. */
export function sumOfSquares(stream: usize, n: i32): f64 {
  if (n >= 2) return 2 * gamma(stream, 0.5 * <f64>n);
  if (n == 0) return 0;
  const g = gaussian(stream);
  return g * g;
}

/**
 * Velocity factor of stochastic velocity rescaling (Bussi, Donadio & Parrinello 2007, Eq. A7).
 * decay = exp(−Δt/τ), perDegree = (target kinetic energy)/(degrees · present kinetic energy).
 */
export function rescaling(stream: usize, degrees: i32, decay: f64, perDegree: f64): f64 {
  const r = gaussian(stream);
  const rest = sumOfSquares(stream, degrees - 1);
  const factor =
    decay + perDegree * (1 - decay) * (r * r + rest) + 2 * r * Math.sqrt(decay * (1 - decay) * perDegree);
  // The factor's sign follows r + √(decay/((1−decay)·perDegree)); negative reverses all velocities.
  const sign = r + Math.sqrt(decay / ((1 - decay) * perDegree)) < 0 ? -1.0 : 1.0;
  return sign * Math.sqrt(max(factor, 0));
}

/** e^x, the same bits everywhere. */
export function exponential(x: f64): f64 {
  return Math.exp(x);
}
