import type { Parts } from "./parts.ts";
import { VECTORS } from "./workspace.ts";

/**
 * Forward and backward substitution by one thread: `count` vectors in factor order, from byte address `at` in the first
 * bank on, `stride` doubles apart.
 */
export function substitute(parts: Parts, at: number, stride: number, count: number): void {
  const { banks } = parts;
  const most = banks.length === 1 ? count : VECTORS;
  for (let r = 0; r < count; r += most) {
    const vectors = { at: at + 8 * r * stride, stride, count: Math.min(most, count - r) };
    for (let b = 0; b < banks.length; b++) inBank(parts, b, "solveForward", vectors);
    for (let b = 0; b < banks.length; b++) scale(parts, b, vectors);
    for (let b = banks.length - 1; b >= 0; b--) inBank(parts, b, "solveBackward", vectors);
  }
}

/** Backward substitution alone: x ← L⁻ᵀ·x. */
export function substituteBackward(parts: Parts, at: number, stride: number, count: number): void {
  const { banks } = parts;
  const most = banks.length === 1 ? count : VECTORS;
  for (let r = 0; r < count; r += most) {
    const vectors = { at: at + 8 * r * stride, stride, count: Math.min(most, count - r) };
    for (let b = banks.length - 1; b >= 0; b--) inBank(parts, b, "solveBackward", vectors);
  }
}

/** Some vectors in the first bank. */
interface Vectors {
  readonly at: number;
  readonly stride: number;
  readonly count: number;
}

/** The part of a substitution that a bank's panels do, to a copy of the vectors where the bank is not theirs. */
function inBank(
  { banks, bankStarts, order }: Parts,
  b: number,
  way: "solveForward" | "solveBackward",
  { at, stride, count }: Vectors,
): void {
  const { arena, kernels, branch, vectors } = banks[b];
  const run = (x: number, step: number) =>
    kernels[way](branch, bankStarts[b], bankStarts[b + 1], x, step, count);
  if (b === 0) {
    run(at, stride);
    return;
  }
  const mine = (k: number) => banks[0].arena.f64(at + 8 * k * stride, order);
  const theirs = (k: number) => arena.f64(vectors + 8 * k * order, order);
  for (let k = 0; k < count; k++) theirs(k).set(mine(k));
  run(vectors, order);
  for (let k = 0; k < count; k++) mine(k).set(theirs(k));
}

/** Multiplies by the signs of the pivots of one bank. */
function scale(parts: Parts, b: number, { at, stride, count }: Vectors): void {
  const { banks, bankStarts, signs, dimension: d, order, count: nodes } = parts;
  if (!signs[b]) return;
  const column = (s: number) => (s === nodes ? order : parts.node(s, "first") * d);
  const [from, to] = [column(bankStarts[b]), column(bankStarts[b + 1])];
  const sign = banks[b].arena.f64(signs[b], order);
  for (let r = 0; r < count; r++) {
    const x = banks[0].arena.f64(at + 8 * r * stride, order);
    for (let i = from; i < to; i++) x[i] *= sign[i];
  }
}
