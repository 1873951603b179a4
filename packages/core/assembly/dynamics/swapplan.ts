// The plan of swap Monte Carlo: what swap.ts and swaplist.ts work on.

/** Of `plan`, 8 bytes each: an i32 or an f64. */
export const COUNT: usize = 0;
export const BOX: usize = 8; // 3 f64
export const X: usize = 32;
export const REFERENCE: usize = 40;
export const DIAMETERS: usize = 48;
export const RANKS: usize = 56; // of each particle
export const BY_RANK: usize = 64; // particle of each rank
export const STARTS: usize = 72;
export const NEIGHBOURS: usize = 80;
export const ROW: usize = 88;
export const ETA: usize = 96;
export const ALLOWED2: usize = 104; // how far a particle may go from its reference, squared
export const STREAM: usize = 112;
export const TALLY: usize = 120; // 5 f64: displacements tried and made, exchanges tried and made, ΔU
export const MAX_DIAMETER: usize = 128; // the largest diameter

// @ts-ignore: decorator
@inline
export function address(plan: usize, field: usize): usize {
  return <usize>load<i32>(plan + field);
}

/** dx to the nearest image. */
// @ts-ignore: decorator
@inline
export function nearestImage(dx: f64, length: f64, inverse: f64): f64 {
  return dx - length * nearest<f64>(dx * inverse);
}
