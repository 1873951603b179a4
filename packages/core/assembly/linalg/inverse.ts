// Selected inversion, last supernode to first: Z on the pattern of L, kept only along the path to the root.
import { at, entry, int, padded } from "./memory";
import { gemm } from "./gemm";
import { invertTransposed, timesSigns, upperTimes } from "./panel";
import {
  belowOf, columnsOf, diagonalBlocks, dimension, entryEnd, entryIds, entryOffsets, entryStart, firstOf, inverseOf,
  leftWork, lowerBlocks, nodeAt, nodeSigns, orderOf, panelOf, panelWork, relativeOf, rightWork, segmentEnd, segmentStart,
  segmentsOf, signedWork, squareWork, strideOf, topOf, triangleWork,
} from "./plan";
import { NEG, SUB } from "./tiles";
import { mirror, transpose } from "./transpose";

/** Z of supernodes to−1, …, from; every wanted block goes to the arrays of blocks. */
export function invertRange(plan: usize, from: i32, to: i32): void {
  for (let s = to - 1; s >= from; s--) {
    const node = nodeAt(plan, s);
    invertNode(plan, node);
    emit(plan, node);
  }
}

export function invertNode(plan: usize, node: usize): void {
  if (belowOf(node) > 0) gather(plan, node, squareWork(plan), padded(belowOf(node)));
  invertGathered(plan, node);
}

/** Z of supernode s, the lower triangle of whose G has been gathered, and its wanted blocks. */
export function invertSupernode(plan: usize, s: i32): void {
  invertGathered(plan, nodeAt(plan, s));
  emit(plan, nodeAt(plan, s));
}

/**
 * With G = Z[R,R], Yᵀ = L11⁻ᵀ·L21ᵀ:  Z21ᵀ = −Yᵀ·G;  Z11 = L11⁻ᵀ·S·L11⁻¹ − Yᵀ·Z21; S = 1 without signs.
 */
function invertGathered(plan: usize, node: usize): void {
  const columns = columnsOf(node);
  const below = belowOf(node);
  const ld = strideOf(node);
  const top = topOf(node);
  const l = panelOf(plan, node);
  const z = inverseOf(plan, node);
  const v = triangleWork(plan);
  const work = panelWork(plan);
  invertTransposed(columns, l, ld, v, top, work);
  const signs = nodeSigns(plan, node);
  let right = v;
  if (signs) {
    right = signedWork(plan);
    timesSigns(columns, columns, v, top, signs, right);
  }
  upperTimes(1, columns, columns, v, top, right, top, z, ld, work);
  if (below > 0) {
    const square = padded(below);
    const y = leftWork(plan);
    const w = rightWork(plan);
    const g = squareWork(plan);
    mirror(below, g, square);
    upperTimes(0, columns, below, v, top, l + ((<usize>top) << 3), ld, y, top, work);
    gemm(NEG, 0, columns, below, below, y, top, g, square, w, top, work + 128);
    gemm(SUB, 1, columns, columns, below, y, top, w, top, z, ld, work + 128);
    transpose(columns, below, w, top, z + ((<usize>top) << 3), ld);
  }
  mirror(columns, z, ld);
}

/** The lower triangle of G ← Z[R,R], from the panels of the ancestors. */
export function gather(plan: usize, node: usize, g: usize, ldg: i32): void {
  for (let k = segmentStart(node), end = segmentEnd(node); k < end; k++) gatherSegment(plan, node, k, g, ldg);
}

/** The columns of G that belong to one ancestor. */
function gatherSegment(plan: usize, node: usize, segment: i32, g: usize, ldg: i32): void {
  const d = dimension(plan);
  const record = segmentsOf(plan) + <usize>(segment * 16);
  const owner = nodeAt(plan, int(record, 2));
  const relative = relativeOf(plan) + ((<usize>(int(record, 3) - int(record, 0))) << 2);
  gatherColumns(
    d, inverseOf(plan, owner), strideOf(owner), relative, int(record, 0), int(record, 1), belowOf(node) / d, g, ldg,
  );
}

/** `gatherSegment` of supernode s into the plan's workspace. */
export function gatherPart(plan: usize, s: i32, segment: i32): void {
  const node = nodeAt(plan, s);
  gatherSegment(plan, node, segment, squareWork(plan), padded(belowOf(node)));
}

/** Columns from..to−1 (particles of R) of G, from one ancestor's panel. */
export function gatherColumns(
  d: i32, z: usize, ldz: i32, relative: usize, from: i32, to: i32, below: i32, g: usize, ldg: i32,
): void {
  const sz = (<usize>ldz) << 3;
  const sg = (<usize>ldg) << 3;
  for (let j = from; j < to; j++) {
    const source = z + <usize>int(relative, j) * sz;
    let q = entry(g, d * j, d * j, ldg);
    if (d == 2) {
      for (let i = j; i < below; i++) {
        const p = at(source, int(relative, i));
        v128.store(q, v128.load(p));
        v128.store(q + sg, v128.load(p + sz));
        q += 16;
      }
    } else if (d == 4) {
      for (let i = j; i < below; i++) {
        let p = at(source, int(relative, i));
        let to = q;
        for (let k = 0; k < 4; k++) {
          v128.store(to, v128.load(p));
          v128.store(to, v128.load(p, 16), 16);
          p += sz;
          to += sg;
        }
        q += 32;
      }
    } else {
      for (let i = j; i < below; i++) {
        const p = at(source, int(relative, i));
        v128.store(q, v128.load(p));
        store<f64>(q, load<f64>(p, 16), 16);
        v128.store(q + sg, v128.load(p + sz));
        store<f64>(q + sg, load<f64>(p + sz, 16), 16);
        v128.store(q + sg * 2, v128.load(p + sz * 2));
        store<f64>(q + sg * 2, load<f64>(p + sz * 2, 16), 16);
        q += 24;
      }
    }
  }
}

/** Blocks of Z that the pattern asks for, out of one panel. */
export function emit(plan: usize, node: usize): void {
  const d = dimension(plan);
  const ld = strideOf(node);
  const z = inverseOf(plan, node);
  const order = orderOf(plan) + ((<usize>firstOf(node)) << 2);
  for (let k = 0, n = columnsOf(node) / d; k < n; k++) {
    const block = diagonalBlocks(plan) + <usize>(int(order, k) * d * d * 8);
    readBlock(d, z + ((<usize>(k * d) * <usize>(ld + 1)) << 3), ld, block, 0);
  }
  const ids = entryIds(plan);
  const offsets = entryOffsets(plan);
  for (let q = entryStart(node), end = entryEnd(node); q < end; q++) {
    const id = int(ids, q);
    const block = lowerBlocks(plan) + <usize>((id >> 1) * d * d * 8);
    readBlock(d, z + ((<usize>int(offsets, q)) << 3), ld, block, id & 1);
  }
}

/** Column-major place in a panel → row-major d×d block, transposed if told. */
function readBlock(d: i32, from: usize, ld: i32, block: usize, transposed: i32): void {
  for (let a = 0; a < d; a++) {
    for (let b = 0; b < d; b++) {
      const place = transposed ? b + a * ld : a + b * ld;
      store<f64>(block + ((<usize>(a * d + b)) << 3), load<f64>(from + ((<usize>place) << 3)));
    }
  }
}
