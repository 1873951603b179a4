// L·Lᵀ·x = b by supernodes; several right-hand sides share each pass over L.
import { int } from "./memory";
import {
  belowOf, columnsOf, dimension, firstOf, nodeAt, panelOf, panelWork, rowsOf, strideOf, topOf,
} from "./plan";
import { madd, nmadd } from "./tiles";

/** x ← L⁻¹·x for `count` vectors (factor order, `stride` doubles apart), supernodes from..to−1 in order. */
export function solveForward(plan: usize, from: i32, to: i32, x: usize, stride: i32, count: i32): void {
  const work = panelWork(plan);
  for (let s = from; s < to; s++) {
    const node = nodeAt(plan, s);
    for (let r = 0; r < count; r++) {
      const vector = x + (((<usize>r) * (<usize>stride)) << 3);
      loadVector(plan, node, vector, work, 0);
      forwardPanel(columnsOf(node), strideOf(node), panelOf(plan, node), work);
      storeVector(plan, node, vector, work);
    }
  }
}

/** x ← L⁻ᵀ·x, supernodes to−1 down to from. */
export function solveBackward(plan: usize, from: i32, to: i32, x: usize, stride: i32, count: i32): void {
  const work = panelWork(plan);
  for (let s = to - 1; s >= from; s--) {
    const node = nodeAt(plan, s);
    for (let r = 0; r < count; r++) {
      const vector = x + (((<usize>r) * (<usize>stride)) << 3);
      loadVector(plan, node, vector, work, 1);
      backwardPanel(columnsOf(node), strideOf(node), panelOf(plan, node), work);
      memory.copy(
        vector + ((<usize>(firstOf(node) * dimension(plan))) << 3), work, (<usize>columnsOf(node)) << 3,
      );
    }
  }
}

/** The part of x that a panel touches, contiguous as the panel's rows: R's entries, or zeros to gather into. */
export function loadVector(plan: usize, node: usize, x: usize, v: usize, gather: i32): void {
  const d = dimension(plan);
  const columns = columnsOf(node);
  memory.fill(v, 0, (<usize>strideOf(node)) << 3);
  memory.copy(v, x + ((<usize>(firstOf(node) * d)) << 3), (<usize>columns) << 3);
  if (!gather) return;
  const rows = rowsOf(plan, node);
  let q = v + ((<usize>topOf(node)) << 3);
  for (let i = 0, n = belowOf(node) / d; i < n; i++) {
    const p = x + ((<usize>(int(rows, i) * d)) << 3);
    for (let a = 0; a < d; a++) store<f64>(q + ((<usize>a) << 3), load<f64>(p + ((<usize>a) << 3)));
    q += (<usize>d) << 3;
  }
}

/** Stores the finished columns and adds the contributions to R's entries of x. */
export function storeVector(plan: usize, node: usize, x: usize, v: usize): void {
  const d = dimension(plan);
  memory.copy(x + ((<usize>(firstOf(node) * d)) << 3), v, (<usize>columnsOf(node)) << 3);
  const rows = rowsOf(plan, node);
  let q = v + ((<usize>topOf(node)) << 3);
  for (let i = 0, n = belowOf(node) / d; i < n; i++) {
    const p = x + ((<usize>(int(rows, i) * d)) << 3);
    for (let a = 0; a < d; a++) {
      const offset = (<usize>a) << 3;
      store<f64>(p + offset, load<f64>(p + offset) + load<f64>(q + offset));
    }
    q += (<usize>d) << 3;
  }
}

/** v1 ← L11⁻¹·v1, v2 ← v2 − L21·v1; four columns share a pass over v, whose entries see them in order. */
export function forwardPanel(columns: i32, ld: i32, l: usize, v: usize): void {
  const step = (<usize>ld) << 3;
  let j = 0;
  for (; j + 3 < columns; j += 4) {
    const a = l + step * (<usize>j);
    const b = a + step;
    const c = b + step;
    const d = c + step;
    const at = (<usize>j) << 3;
    const w = v + at;
    const x = load<f64>(w) / load<f64>(a + at);
    const y = (load<f64>(w, 8) - load<f64>(a + at, 8) * x) / load<f64>(b + at, 8);
    const z = (load<f64>(w, 16) - load<f64>(a + at, 16) * x - load<f64>(b + at, 16) * y) / load<f64>(c + at, 16);
    const u =
      (load<f64>(w, 24) - load<f64>(a + at, 24) * x - load<f64>(b + at, 24) * y - load<f64>(c + at, 24) * z) /
      load<f64>(d + at, 24);
    store<f64>(w, x);
    store<f64>(w, y, 8);
    store<f64>(w, z, 16);
    store<f64>(w, u, 24);
    const xs = f64x2.splat(x);
    const ys = f64x2.splat(y);
    const zs = f64x2.splat(z);
    const us = f64x2.splat(u);
    for (let i = j + 4; i < ld; i += 4) {
      const o = (<usize>i) << 3;
      let p = v128.load(v + o);
      let q = v128.load(v + o, 16);
      p = nmadd(v128.load(a + o), xs, p);
      q = nmadd(v128.load(a + o, 16), xs, q);
      p = nmadd(v128.load(b + o), ys, p);
      q = nmadd(v128.load(b + o, 16), ys, q);
      p = nmadd(v128.load(c + o), zs, p);
      q = nmadd(v128.load(c + o, 16), zs, q);
      p = nmadd(v128.load(d + o), us, p);
      q = nmadd(v128.load(d + o, 16), us, q);
      v128.store(v + o, p);
      v128.store(v + o, q, 16);
    }
  }
  for (; j < columns; j++) forwardColumn(j, ld, l, v);
}

function forwardColumn(j: i32, ld: i32, l: usize, v: usize): void {
  const column = l + (((<usize>j) * (<usize>ld)) << 3);
  const at = (<usize>j) << 3;
  const x = load<f64>(v + at) / load<f64>(column + at);
  store<f64>(v + at, x);
  let i = j + 1;
  for (; i & 3; i++) {
    const o = (<usize>i) << 3;
    store<f64>(v + o, load<f64>(v + o) - load<f64>(column + o) * x);
  }
  const t = f64x2.splat(x);
  for (; i < ld; i += 4) {
    const o = (<usize>i) << 3;
    v128.store(v + o, nmadd(v128.load(column + o), t, v128.load(v + o)));
    v128.store(v + o, nmadd(v128.load(column + o, 16), t, v128.load(v + o, 16)), 16);
  }
}

/** v1 ← L11⁻ᵀ·(v1 − L21ᵀ·v2); four columns share a pass over v. */
export function backwardPanel(columns: i32, ld: i32, l: usize, v: usize): void {
  const step = (<usize>ld) << 3;
  let j = columns - 1;
  for (; (j & 3) != 3 && j >= 0; j--) backwardColumn(j, ld, l, v);
  for (j -= 3; j >= 0; j -= 4) {
    const a = l + step * (<usize>j);
    const b = a + step;
    const c = b + step;
    const d = c + step;
    let a0 = f64x2.splat(0), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
    for (let i = j + 4; i < ld; i += 4) {
      const o = (<usize>i) << 3;
      const p = v128.load(v + o);
      const q = v128.load(v + o, 16);
      a0 = madd(v128.load(a + o), p, a0);
      a1 = madd(v128.load(a + o, 16), q, a1);
      b0 = madd(v128.load(b + o), p, b0);
      b1 = madd(v128.load(b + o, 16), q, b1);
      c0 = madd(v128.load(c + o), p, c0);
      c1 = madd(v128.load(c + o, 16), q, c1);
      d0 = madd(v128.load(d + o), p, d0);
      d1 = madd(v128.load(d + o, 16), q, d1);
    }
    const at = (<usize>j) << 3;
    const w = v + at;
    const u = (load<f64>(w, 24) - lanes(f64x2.add(d0, d1))) / load<f64>(d + at, 24);
    const z = (load<f64>(w, 16) - (load<f64>(c + at, 24) * u + lanes(f64x2.add(c0, c1)))) / load<f64>(c + at, 16);
    const y =
      (load<f64>(w, 8) - (load<f64>(b + at, 16) * z + load<f64>(b + at, 24) * u + lanes(f64x2.add(b0, b1)))) /
      load<f64>(b + at, 8);
    const x =
      (load<f64>(w) -
        (load<f64>(a + at, 8) * y + load<f64>(a + at, 16) * z + load<f64>(a + at, 24) * u +
          lanes(f64x2.add(a0, a1)))) /
      load<f64>(a + at);
    store<f64>(w, x);
    store<f64>(w, y, 8);
    store<f64>(w, z, 16);
    store<f64>(w, u, 24);
  }
}

// @ts-ignore: decorator
@inline
function lanes(s: v128): f64 {
  return f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
}

function backwardColumn(j: i32, ld: i32, l: usize, v: usize): void {
  const column = l + (((<usize>j) * (<usize>ld)) << 3);
  const at = (<usize>j) << 3;
  let x: f64 = 0;
  let i = j + 1;
  for (; i & 3; i++) {
    const o = (<usize>i) << 3;
    x += load<f64>(column + o) * load<f64>(v + o);
  }
  let s = f64x2.splat(0);
  let t = s;
  for (; i < ld; i += 4) {
    const o = (<usize>i) << 3;
    s = madd(v128.load(column + o), v128.load(v + o), s);
    t = madd(v128.load(column + o, 16), v128.load(v + o, 16), t);
  }
  x += lanes(f64x2.add(s, t));
  store<f64>(v + at, (load<f64>(v + at) - x) / load<f64>(column + at));
}
