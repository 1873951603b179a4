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

/** v1 ← L11⁻¹·v1, v2 ← v2 − L21·v1. */
export function forwardPanel(columns: i32, ld: i32, l: usize, v: usize): void {
  for (let j = 0; j < columns; j++) {
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
}

/** v1 ← L11⁻ᵀ·(v1 − L21ᵀ·v2). */
export function backwardPanel(columns: i32, ld: i32, l: usize, v: usize): void {
  for (let j = columns - 1; j >= 0; j--) {
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
    s = f64x2.add(s, t);
    x += f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
    store<f64>(v + at, (load<f64>(v + at) - x) / load<f64>(column + at));
  }
}
