// Right-looking supernodal Cholesky: a panel is factored, its update −L21·L21ᵀ scattered into the ancestors.
import { int, padded } from "./memory";
import { gemmAs, packs } from "./gemm";
import { panelCholesky, timesSigns } from "./panel";
import {
  belowOf, columnsOf, diagonalBlocks, dimension, entryEnd, entryIds, entryOffsets, entryStart, firstOf,
  floorsOf, lowerBlocks, nodeAt, nodeSigns, orderOf, panelOf, panelWork, relativeOf, rowsOf, segmentStart, segmentsOf,
  signedWork, squareWork, strideOf, topOf,
} from "./plan";
import { SET } from "./tiles";

/** Particles whose columns of U are made at a time (multiple of 4, so that rows stay in fours). */
export const CHUNK: i32 = 32;

/** Puts the blocks of the matrix into zeroed panels, the given supernodes. */
export function assemble(plan: usize, from: i32, to: i32): void {
  const d = dimension(plan);
  for (let s = from; s < to; s++) {
    const node = nodeAt(plan, s);
    const ld = strideOf(node);
    const panel = panelOf(plan, node);
    const columns = columnsOf(node);
    memory.fill(panel, 0, ((<usize>ld) * (<usize>columns)) << 3);
    const order = orderOf(plan) + ((<usize>firstOf(node)) << 2);
    for (let k = 0; k < columns / d; k++) {
      const block = diagonalBlocks(plan) + <usize>(int(order, k) * d * d * 8);
      copyBlock(d, block, 0, panel + ((<usize>(k * d) * <usize>(ld + 1)) << 3), ld);
    }
    const ids = entryIds(plan);
    const offsets = entryOffsets(plan);
    for (let q = entryStart(node), end = entryEnd(node); q < end; q++) {
      const id = int(ids, q);
      const block = lowerBlocks(plan) + <usize>((id >> 1) * d * d * 8);
      copyBlock(d, block, id & 1, panel + ((<usize>int(offsets, q)) << 3), ld);
    }
  }
}

/** Row-major d×d block → column-major place in a panel, transposed if told. */
function copyBlock(d: i32, block: usize, transposed: i32, to: usize, ld: i32): void {
  for (let a = 0; a < d; a++) {
    for (let b = 0; b < d; b++) {
      const place = transposed ? b + a * ld : a + b * ld;
      store<f64>(to + ((<usize>place) << 3), load<f64>(block + ((<usize>(a * d + b)) << 3)));
    }
  }
}

/**
 * Factors supernodes from..to−1 in place, with their updates to columns (particles) before `end`; −1, or the scalar
 * column (factor order) of the first bad pivot.
 */
export function factorRange(plan: usize, from: i32, to: i32, end: i32): i32 {
  const d = dimension(plan);
  for (let s = from; s < to; s++) {
    const node = nodeAt(plan, s);
    const scalar = firstOf(node) * d;
    const failed = panelCholesky(
      strideOf(node), columnsOf(node), panelOf(plan, node), floorsOf(plan) + ((<usize>scalar) << 3),
      nodeSigns(plan, node), signedWork(plan), panelWork(plan),
    );
    if (failed >= 0) return scalar + failed;
    update(plan, node, end);
  }
  return -1;
}

/** −L21·L21ᵀ (with signs −L21·S·L21ᵀ) of one supernode into its ancestors' columns before `end`, a chunk at a time. */
export function update(plan: usize, node: usize, end: i32): void {
  const below = belowOf(node) / dimension(plan);
  const rows = rowsOf(plan, node);
  let inside = below;
  while (inside > 0 && int(rows, inside - 1) >= end) inside--;
  let segment = segmentStart(node);
  for (let from = 0; from < inside; from += CHUNK) {
    const to = min(inside, from + CHUNK);
    const ldu = product(plan, node, from, to, squareWork(plan));
    segment = scatterChunk(plan, segment, from, to, below, squareWork(plan), ldu);
  }
}

/**
 * U ← columns from..to−1 (particles of R) of L21·S·L21ᵀ, rows from the first of them on; its leading dimension. The
 * columns are part of one chunk and have the bits that the whole chunk would have.
 */
export function product(plan: usize, node: usize, from: i32, to: i32, u: usize): i32 {
  const d = dimension(plan);
  const below = belowOf(node) / d;
  const columns = columnsOf(node);
  const ld = strideOf(node);
  const signs = nodeSigns(plan, node);
  const chunk = from - (from % CHUNK);
  const rows = (below - from) * d;
  const ldu = padded(rows);
  const left = panelOf(plan, node) + ((<usize>(topOf(node) + from * d)) << 3);
  let right = left;
  let ldr = ld;
  if (signs) {
    ldr = padded((to - from) * d);
    timesSigns((to - from) * d, columns, left, ld, signs, signedWork(plan));
    right = signedWork(plan);
  }
  gemmAs(
    packs((below - chunk) * d, (min(below, chunk + CHUNK) - chunk) * d, columns), SET, 1, rows, (to - from) * d,
    columns, left, ld, right, ldr, u, ldu, panelWork(plan) + 128,
  );
  return ldu;
}

/** `product` of supernode s. */
export function updateProduct(plan: usize, s: i32, from: i32, to: i32, u: usize): i32 {
  return product(plan, nodeAt(plan, s), from, to, u);
}

/** Subtracts columns from..to−1 (particles of R, all of one segment) of a U that begins with `origin`. */
export function scatterPart(
  plan: usize, s: i32, segment: i32, from: i32, to: i32, origin: i32, u: usize, ldu: i32,
): void {
  const record = segmentsOf(plan) + <usize>(segment * 16);
  const relative = relativeOf(plan) + ((<usize>(int(record, 3) - int(record, 0))) << 2);
  const below = belowOf(nodeAt(plan, s)) / dimension(plan);
  scatter(plan, nodeAt(plan, int(record, 2)), relative, from, to, below, origin, u, ldu);
}

/** Subtracts columns from..to−1 (particles of R) of U from the panels of their owners; returns the segment after. */
export function scatterChunk(
  plan: usize, segment: i32, from: i32, to: i32, below: i32, u: usize, ldu: i32,
): i32 {
  let column = from;
  while (column < to) {
    const record = segmentsOf(plan) + <usize>(segment * 16);
    const last = min(to, int(record, 1));
    const relative = relativeOf(plan) + ((<usize>(int(record, 3) - int(record, 0))) << 2);
    scatter(plan, nodeAt(plan, int(record, 2)), relative, column, last, below, from, u, ldu);
    column = last;
    if (last == int(record, 1)) segment++;
  }
  return segment;
}

/** Subtracts columns from..to−1 (particles of R) of U from the panel of the ancestor that owns them. */
export function scatter(
  plan: usize, owner: usize, relative: usize, from: i32, to: i32, below: i32, origin: i32, u: usize, ldu: i32,
): void {
  const d = dimension(plan);
  const ld = strideOf(owner);
  const panel = panelOf(plan, owner);
  const sp = (<usize>ld) << 3;
  const su = (<usize>ldu) << 3;
  for (let j = from; j < to; j++) {
    const target = panel + <usize>(int(relative, j)) * sp;
    let source = u + ((<usize>((j - origin) * d)) << 3) + <usize>((j - origin) * d) * su;
    if (d == 2) {
      for (let i = j; i < below; i++) {
        const q = target + ((<usize>int(relative, i)) << 3);
        v128.store(q, f64x2.sub(v128.load(q), v128.load(source)));
        v128.store(q + sp, f64x2.sub(v128.load(q + sp), v128.load(source + su)));
        source += 16;
      }
    } else if (d == 4) {
      for (let i = j; i < below; i++) {
        let q = target + ((<usize>int(relative, i)) << 3);
        let p = source;
        for (let k = 0; k < 4; k++) {
          v128.store(q, f64x2.sub(v128.load(q), v128.load(p)));
          v128.store(q, f64x2.sub(v128.load(q, 16), v128.load(p, 16)), 16);
          q += sp;
          p += su;
        }
        source += 32;
      }
    } else {
      for (let i = j; i < below; i++) {
        let q = target + ((<usize>int(relative, i)) << 3);
        let p = source;
        for (let k = 0; k < 3; k++) {
          v128.store(q, f64x2.sub(v128.load(q), v128.load(p)));
          store<f64>(q, load<f64>(q, 16) - load<f64>(p, 16), 16);
          q += sp;
          p += su;
        }
        source += 24;
      }
    }
  }
}
