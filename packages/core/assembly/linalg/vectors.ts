// Projections on a growing basis, for Lanczos with full re-orthogonalisation.
import { madd, nmadd } from "./tiles";

/** h_k = basis_k · w for `count` basis vectors, n doubles each (a multiple of 2), contiguous. */
export function basisDot(n: i32, count: i32, basis: usize, w: usize, h: usize): void {
  const bytes = (<usize>n) << 3;
  for (let k = 0; k < count; k++) {
    let s = f64x2.splat(0);
    let t = s;
    let o: usize = 0;
    for (; o + 32 <= bytes; o += 32) {
      s = madd(v128.load(basis + o), v128.load(w + o), s);
      t = madd(v128.load(basis + o, 16), v128.load(w + o, 16), t);
    }
    if (o < bytes) s = madd(v128.load(basis + o), v128.load(w + o), s);
    s = f64x2.add(s, t);
    store<f64>(h + ((<usize>k) << 3), f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1));
    basis += bytes;
  }
}

/** w ← w − Σ_k h_k·basis_k. */
export function basisSubtract(n: i32, count: i32, basis: usize, w: usize, h: usize): void {
  const bytes = (<usize>n) << 3;
  for (let k = 0; k < count; k++) {
    const x = v128.load64_splat(h + ((<usize>k) << 3));
    for (let o: usize = 0; o < bytes; o += 16) {
      v128.store(w + o, nmadd(v128.load(basis + o), x, v128.load(w + o)));
    }
    basis += bytes;
  }
}
