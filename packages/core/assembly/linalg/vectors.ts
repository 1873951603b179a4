// Projections on a growing basis, for Lanczos with full re-orthogonalisation.
import { madd, nmadd } from "./tiles";

/** Bytes of each vector taken at a time: four basis vectors and a block of others stay in L1. */
const CHUNK: usize = 2048;

// @ts-ignore: decorator
@inline
function sum(x: v128): f64 {
  return f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1);
}

// @ts-ignore: decorator
@inline
function add(at: usize, x: v128): void {
  store<f64>(at, load<f64>(at) + sum(x));
}

/**
 * h[r·count + k] = basis_k · w_r for `count` basis vectors and `vectors` others; n doubles each (a multiple of
 * 2), contiguous.
 */
export function basisDot(n: i32, count: i32, basis: usize, vectors: i32, w: usize, h: usize): void {
  const bytes = (<usize>n) << 3;
  memory.fill(h, 0, (<usize>(count * vectors)) << 3);
  for (let from: usize = 0; from < bytes; from += CHUNK) {
    const size = min(CHUNK, bytes - from);
    for (let k = 0; k < count; k += 4) {
      for (let r = 0; r < vectors; r++) {
        dotChunk(
          size, min(4, count - k), basis + <usize>k * bytes + from, bytes, w + <usize>r * bytes + from,
          h + ((<usize>(r * count + k)) << 3),
        );
      }
    }
  }
}

/** Adds the dots of one chunk with up to four basis vectors. */
export function dotChunk(size: usize, four: i32, v: usize, stride: usize, w: usize, h: usize): void {
  const v1 = four > 1 ? v + stride : v;
  const v2 = four > 2 ? v1 + stride : v;
  const v3 = four > 3 ? v2 + stride : v;
  let s0 = f64x2.splat(0), s1 = s0, s2 = s0, s3 = s0;
  for (let o: usize = 0; o < size; o += 16) {
    const x = v128.load(w + o);
    s0 = madd(v128.load(v + o), x, s0);
    s1 = madd(v128.load(v1 + o), x, s1);
    s2 = madd(v128.load(v2 + o), x, s2);
    s3 = madd(v128.load(v3 + o), x, s3);
  }
  add(h, s0);
  if (four > 1) add(h + 8, s1);
  if (four > 2) add(h + 16, s2);
  if (four > 3) add(h + 24, s3);
}

/** w_r ← w_r − Σ_k h[r·count + k]·basis_k. */
export function basisSubtract(n: i32, count: i32, basis: usize, vectors: i32, w: usize, h: usize): void {
  const bytes = (<usize>n) << 3;
  for (let from: usize = 0; from < bytes; from += CHUNK) {
    const size = min(CHUNK, bytes - from);
    for (let k = 0; k < count; k += 4) {
      for (let r = 0; r < vectors; r++) {
        subtractChunk(
          size, min(4, count - k), basis + <usize>k * bytes + from, bytes, w + <usize>r * bytes + from,
          h + ((<usize>(r * count + k)) << 3),
        );
      }
    }
  }
}

/** Subtracts up to four basis vectors from one chunk. */
export function subtractChunk(size: usize, four: i32, v: usize, stride: usize, w: usize, h: usize): void {
  const v1 = four > 1 ? v + stride : v;
  const v2 = four > 2 ? v1 + stride : v;
  const v3 = four > 3 ? v2 + stride : v;
  const zero = f64x2.splat(0);
  const h0 = v128.load64_splat(h);
  const h1 = four > 1 ? v128.load64_splat(h, 8) : zero;
  const h2 = four > 2 ? v128.load64_splat(h, 16) : zero;
  const h3 = four > 3 ? v128.load64_splat(h, 24) : zero;
  for (let o: usize = 0; o < size; o += 16) {
    let x = nmadd(v128.load(v + o), h0, v128.load(w + o));
    x = nmadd(v128.load(v1 + o), h1, x);
    x = nmadd(v128.load(v2 + o), h2, x);
    v128.store(w + o, nmadd(v128.load(v3 + o), h3, x));
  }
}
