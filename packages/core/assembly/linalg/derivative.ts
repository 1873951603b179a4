// Forward-mode derivative of factorisation and selected inversion: A → A + t·DA moves Z = A⁻¹ by −t·Z·DA·Z, whose
// blocks on the pattern come by the same two sweeps. A second plan of the same tables holds DA's panels and DZ; `count` of
// them, one behind the other, share what the factor alone says.
import { at, entry, padded } from "./memory";
import { CHUNK, scatterChunk } from "./factor";
import { gemm } from "./gemm";
import { emit, gather, invertNode } from "./inverse";
import { invertTransposed, upperTimes } from "./panel";
import {
  belowOf, columnsOf, dimension, inverseOf, leftWork, nodeAt, nodeSigns, panelOf, panelWork, rightWork, segmentStart,
  planAt, signedWork, squareWork, strideOf, topOf, triangleWork,
} from "./plan";
import { ADD, NEG, SET, SUB } from "./tiles";
import { mirror, transpose } from "./transpose";

/**
 * Eliminates DA along a finished factor, supernodes from..to−1. With Y = A21·A11⁻¹ (A the matrix when the supernode's
 * turn comes) the rest A22 − Y·A21ᵀ moves by DA22 − R·Yᵀ − Y·Rᵀ, R = DA21 − ½·Y·DA11. Leaves DA11, whole, and
 * DA21 − Y·DA11 in the panels of `derivative`.
 */
export function eliminateDerivative(plan: usize, derivatives: usize, count: i32, from: i32, to: i32): void {
  for (let s = from; s < to; s++) {
    const node = nodeAt(plan, s);
    const columns = columnsOf(node);
    const below = belowOf(node);
    if (below > 0) {
      const top = topOf(node);
      const l = panelOf(plan, node);
      invertTransposed(columns, l, strideOf(node), triangleWork(plan), top, panelWork(plan));
      upperTimes(
        0, columns, below, triangleWork(plan), top, at(l, top), strideOf(node), leftWork(plan), top, panelWork(plan),
      );
      transpose(columns, below, leftWork(plan), top, rightWork(plan), padded(below));
    }
    for (let k = 0; k < count; k++) eliminateNode(plan, planAt(derivatives, k), node);
  }
}

/** With Y in the factor's workspace. */
function eliminateNode(plan: usize, derivative: usize, node: usize): void {
  const columns = columnsOf(node);
  const ld = strideOf(node);
  const da = panelOf(derivative, node);
  mirror(columns, da, ld);
  const below = belowOf(node);
  if (below == 0) return;
  const top = topOf(node);
  const square = padded(below);
  const y = rightWork(plan);
  const r = leftWork(derivative);
  for (let k = 0; k < columns; k++)
    memory.copy(entry(r, 0, k, square), entry(da, top, k, ld), (<usize>square) << 3);
  gemm(SUB, 0, below, columns, columns, y, square, da, ld, r, square, panelWork(plan) + 128);
  keepAndHalve(square, columns, r, entry(da, top, 0, ld), ld);
  update(plan, derivative, node, y, r, square);
}

/** With R′ = DA21 − Y·DA11 in r and DA21 in the panel: the panel keeps R′, r becomes ½(DA21 + R′). */
function keepAndHalve(rows: i32, columns: i32, r: usize, panel: usize, ld: i32): void {
  const half = f64x2.splat(0.5);
  for (let k = 0; k < columns; k++) {
    for (let i = 0; i < rows; i += 2) {
      const q = entry(r, i, k, rows);
      const p = entry(panel, i, k, ld);
      const rest = v128.load(q);
      v128.store(q, f64x2.mul(half, f64x2.add(v128.load(p), rest)));
      v128.store(p, rest);
    }
  }
}

/** −R·Yᵀ − Y·Rᵀ of one supernode into the panels of its ancestors. */
function update(plan: usize, derivative: usize, node: usize, y: usize, r: usize, ld: i32): void {
  const d = dimension(plan);
  const below = belowOf(node) / d;
  const columns = columnsOf(node);
  const u = squareWork(derivative);
  const work = panelWork(plan) + 128;
  let segment = segmentStart(node);
  for (let from = 0; from < below; from += CHUNK) {
    const to = min(below, from + CHUNK);
    const rows = (below - from) * d;
    const ldu = padded(rows);
    const yf = at(y, from * d);
    const rf = at(r, from * d);
    gemm(SET, 1, rows, (to - from) * d, columns, rf, ld, yf, ld, u, ldu, work);
    gemm(ADD, 1, rows, (to - from) * d, columns, yf, ld, rf, ld, u, ldu, work);
    segment = scatterChunk(derivative, segment, from, to, below, u, ldu);
  }
}

/** Z and every DZ of supernodes to−1, …, from; every wanted block goes to the plans' arrays of blocks. */
export function invertDerivative(plan: usize, derivatives: usize, count: i32, from: i32, to: i32): void {
  for (let s = to - 1; s >= from; s--) {
    const node = nodeAt(plan, s);
    invertNode(plan, node);
    emit(plan, node);
    const top = topOf(node);
    const v = triangleWork(plan);
    // B = A11⁻¹, of all the same
    const b = triangleWork(derivatives);
    const right = nodeSigns(plan, node) ? signedWork(plan) : v;
    upperTimes(1, columnsOf(node), columnsOf(node), v, top, right, top, b, top, panelWork(plan));
    mirror(columnsOf(node), b, top);
    for (let k = 0; k < count; k++) {
      differentiateNode(plan, planAt(derivatives, k), node);
      emit(planAt(derivatives, k), node);
    }
  }
}

/**
 * After `invertNode`, which leaves Yᵀ, G = Z[R,R] and Z21ᵀ = −Yᵀ·G in its workspaces; with B = A11⁻¹, R′ = DA21 − Y·DA11:
 * DYᵀ = B·R′ᵀ;  DZ21ᵀ = −Yᵀ·DG − DYᵀ·G;  DZ11 = −B·DA11·B − DYᵀ·Z21 − Yᵀ·DZ21.
 */
function differentiateNode(plan: usize, derivative: usize, node: usize): void {
  const columns = columnsOf(node);
  const below = belowOf(node);
  const ld = strideOf(node);
  const top = topOf(node);
  const pack = panelWork(plan) + 128;
  const da = panelOf(derivative, node);
  const dz = inverseOf(derivative, node);
  const b = triangleWork(derivative);
  const t = signedWork(derivative);
  gemm(SET, 0, columns, columns, columns, b, top, da, ld, t, top, pack);
  gemm(NEG, 1, columns, columns, columns, t, top, b, top, dz, ld, pack);
  if (below > 0) {
    const square = padded(below);
    const dg = squareWork(derivative);
    const dy = leftWork(derivative);
    const dw = rightWork(derivative);
    const y = leftWork(plan);
    gather(derivative, node, dg, square);
    mirror(below, dg, square);
    gemm(SET, 0, columns, below, columns, b, top, at(da, top), ld, dy, top, pack);
    gemm(NEG, 0, columns, below, below, y, top, dg, square, dw, top, pack);
    gemm(SUB, 0, columns, below, below, dy, top, squareWork(plan), square, dw, top, pack);
    gemm(SUB, 1, columns, columns, below, dy, top, rightWork(plan), top, dz, ld, pack);
    gemm(SUB, 1, columns, columns, below, y, top, dw, top, dz, ld, pack);
    transpose(columns, below, dw, top, at(dz, top), ld);
  }
  mirror(columns, dz, ld);
}
