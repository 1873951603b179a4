// One supernode by several hands: pieces of its factorisation and of its inverse that no other piece of the same step
// needs. Each piece has the bits that the whole would have (factor.ts, inverse.ts).
import { at, entry, int, padded } from "./memory";
import { gemm, gemmAs, packs } from "./gemm";
import { emit } from "./inverse";
import { BLOCK, invertRows, pivotBlock, reduceRows, solveRows, timesSigns, upperTimesRows } from "./panel";
import {
  belowOf, columnsOf, dimension, firstOf, floorsOf, inverseOf, leftWork, nodeAt, nodeSigns, panelOf, panelWork,
  relativeOf, rightWork, segmentsOf, signedWork, squareWork, strideOf, topOf, triangleWork,
} from "./plan";
import { NEG, SET, SUB } from "./tiles";
import { mirror, mirrorRows, transpose } from "./transpose";

/** Columns of a step of `frontReduce`, rows of one of `frontTriangle`, `frontSquare` and `frontLeft`. */
export const FRONT_BLOCK: i32 = BLOCK;

/** Takes the columns before `from` off those of its block, rows r0..r1−1: r0 is `from`, or behind the block. */
export function frontReduce(plan: usize, s: i32, from: i32, r0: i32, r1: i32): void {
  const node = nodeAt(plan, s);
  const to = min(columnsOf(node), from + BLOCK);
  reduceRows(
    strideOf(node), from, to, r0, r1, panelOf(plan, node), nodeSigns(plan, node), signedWork(plan), panelWork(plan),
  );
}

/** Cholesky of the triangle of a block of columns; −1, or the scalar column (factor order) of the first bad pivot. */
export function frontPivot(plan: usize, s: i32, from: i32): i32 {
  const node = nodeAt(plan, s);
  const to = min(columnsOf(node), from + BLOCK);
  const scalar = firstOf(node) * dimension(plan);
  const failed = pivotBlock(
    strideOf(node), from, to, panelOf(plan, node), at(floorsOf(plan), scalar), nodeSigns(plan, node),
    signedWork(plan), panelWork(plan),
  );
  return failed < 0 ? -1 : scalar + failed;
}

/** Solves rows r0..r1−1, behind its triangle, of a block of columns. */
export function frontSolve(plan: usize, s: i32, from: i32, r0: i32, r1: i32): void {
  const node = nodeAt(plan, s);
  const to = min(columnsOf(node), from + BLOCK);
  solveRows(
    strideOf(node), from, to, r0, r1, panelOf(plan, node), nodeSigns(plan, node), signedWork(plan), panelWork(plan),
  );
}

/** A block of rows of V = L11⁻ᵀ. */
export function frontTriangle(plan: usize, s: i32, i: i32): void {
  const node = nodeAt(plan, s);
  invertRows(
    columnsOf(node), i, panelOf(plan, node), strideOf(node), triangleWork(plan), topOf(node), panelWork(plan),
  );
}

/** A block of rows of Z11 ← V·S·Vᵀ, the lower triangle. */
export function frontSquare(plan: usize, s: i32, i: i32): void {
  const node = nodeAt(plan, s);
  const n = columnsOf(node);
  const top = topOf(node);
  const signs = nodeSigns(plan, node);
  const rows = min(BLOCK, n - i);
  const v = triangleWork(plan);
  let left = entry(v, i, i, top);
  let ld = top;
  if (signs) {
    timesSigns(rows, n - i, left, top, at(signs, i), signedWork(plan));
    left = signedWork(plan);
    ld = padded(rows);
  }
  gemm(
    SET, 0, rows, i + rows, n - i, left, ld, entry(v, 0, i, top), top, at(inverseOf(plan, node), i), strideOf(node),
    panelWork(plan) + 128,
  );
}

/** A block of rows of Yᵀ = V·L21ᵀ. */
export function frontLeft(plan: usize, s: i32, i: i32): void {
  const node = nodeAt(plan, s);
  const top = topOf(node);
  upperTimesRows(
    i, 0, columnsOf(node), belowOf(node), triangleWork(plan), top, at(panelOf(plan, node), top), strideOf(node),
    leftWork(plan), top, panelWork(plan),
  );
}

/** What of rows p0..p1−1 (particles of R) of G belongs to one ancestor, into the plan's workspace; all but a triangle. */
export function frontGather(plan: usize, s: i32, segment: i32, p0: i32, p1: i32): void {
  const d = dimension(plan);
  const node = nodeAt(plan, s);
  const below = belowOf(node) / d;
  const record = segmentsOf(plan) + <usize>(segment * 16);
  const first = int(record, 0);
  const last = int(record, 1);
  const owner = nodeAt(plan, int(record, 2));
  const relative = relativeOf(plan) + ((<usize>(int(record, 3) - first)) << 2);
  const z = inverseOf(plan, owner);
  const ldz = strideOf(owner);
  const g = squareWork(plan);
  const ldg = padded((p1 - p0) * d);
  // columns before and among the rows: down the ancestor's columns
  for (let i = first, end = min(last, p1); i < end; i++) {
    for (let c = 0; c < d; c++) {
      const source = entry(z, 0, int(relative, i) + c, ldz);
      for (let j = max(i, p0); j < p1; j++) {
        const from = at(source, int(relative, j));
        const to = entry(g, (j - p0) * d, i * d + c, ldg);
        v128.store(to, v128.load(from));
        if (d == 3) store<f64>(to, load<f64>(from, 16), 16);
        else if (d == 4) v128.store(to, v128.load(from, 16), 16);
      }
    }
  }
  // columns behind the rows, by symmetry
  for (let j = max(first, p0), end = min(last, p1); j < end; j++) {
    for (let i = p1; i < below; i++) {
      const from = entry(z, int(relative, i), int(relative, j), ldz);
      const to = entry(g, (j - p0) * d, i * d, ldg);
      for (let a = 0; a < d; a++)
        for (let c = 0; c < d; c++) store<f64>(entry(to, a, c, ldg), load<f64>(entry(from, c, a, ldz)));
    }
  }
}

/** With rows p0..p1−1 of G gathered: their columns of Z21ᵀ = −Yᵀ·G, which go to Z21 as well. */
export function frontColumns(plan: usize, s: i32, p0: i32, p1: i32): void {
  const d = dimension(plan);
  const node = nodeAt(plan, s);
  const columns = columnsOf(node);
  const below = belowOf(node);
  const top = topOf(node);
  const rows = (p1 - p0) * d;
  const g = squareWork(plan);
  const ldg = padded(rows);
  mirror(rows, entry(g, 0, p0 * d, ldg), ldg);
  const w = entry(rightWork(plan), 0, p0 * d, top);
  gemmAs(
    packs(columns, below, below), NEG, 0, columns, rows, below, leftWork(plan), top, g, ldg, w, top,
    panelWork(plan) + 128,
  );
  transpose(columns, rows, w, top, at(inverseOf(plan, node), top + p0 * d), strideOf(node));
}

/** Rows r0..r1−1 of Z11 ← Z11 − Yᵀ·Z21, the lower triangle; r0 a multiple of 4. */
export function frontSubtract(plan: usize, s: i32, r0: i32, r1: i32): void {
  const node = nodeAt(plan, s);
  const columns = columnsOf(node);
  const below = belowOf(node);
  const top = topOf(node);
  const ld = strideOf(node);
  const z = inverseOf(plan, node);
  const pack = packs(columns, columns, below);
  const y = at(leftWork(plan), r0);
  const w = rightWork(plan);
  const work = panelWork(plan) + 128;
  if (r0 > 0) gemmAs(pack, SUB, 0, r1 - r0, r0, below, y, top, w, top, at(z, r0), ld, work);
  gemmAs(pack, SUB, 1, r1 - r0, r1 - r0, below, y, top, at(w, r0), top, entry(z, r0, r0, ld), ld, work);
}

/** Rows r0..r1−1 of the upper triangle of Z11, from the lower. */
export function frontMirror(plan: usize, s: i32, r0: i32, r1: i32): void {
  const node = nodeAt(plan, s);
  mirrorRows(columnsOf(node), r0, r1, inverseOf(plan, node), strideOf(node));
}

/** The wanted blocks of Z of one supernode. */
export function frontEmit(plan: usize, s: i32): void {
  emit(plan, nodeAt(plan, s));
}
