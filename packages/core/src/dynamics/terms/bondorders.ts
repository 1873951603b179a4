import { exponential, power, sineOfTurns } from "../../elementary.ts";
import { BEND_ROW, BOND_ROW } from "../../models/index.ts";
import { type ListedPairs, listedPairs, RECORD } from "../listing.ts";
import type { FieldParts, KernelTerm } from "./term.ts";

/** Attractions by bond orders, Σ −½ f_C B exp(−λ₂r) b(ζ), of models with such a term. By formula: O(triples). */
export function bondOrderTerm(parts: FieldParts): KernelTerm | undefined {
  const term = parts.model.bondOrder;
  if (!term) return undefined;
  return {
    add() {
      const { arena } = parts;
      const mark = arena.used;
      const listed = listedPairs(parts, false);
      const legs = legsAround(listed, parts);
      new BondOrders(parts, legs).add();
      arena.release(mark);
    },
  };
}

/** Legs of all particles in the order of the arena: 2 of each pair. */
interface LegTable {
  /** N+1 */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** 4 a leg: unit vector and length */
  readonly vectors: Float64Array;
}

function legsAround({ ends, records }: ListedPairs, { count }: FieldParts): LegTable {
  const starts = new Int32Array(count + 1);
  for (const end of ends) starts[end + 1]++;
  for (let p = 0; p < count; p++) starts[p + 1] += starts[p];
  const next = starts.slice();
  const others = new Int32Array(ends.length);
  const vectors = new Float64Array(ends.length * 4);
  for (let m = 0; m < ends.length / 2; m++) {
    const r = records[m * RECORD + 3];
    for (const side of [0, 1] as const) {
      const at = next[ends[2 * m + side]]++;
      others[at] = ends[2 * m + 1 - side];
      // records point from the first end to the second
      const scale = (side === 0 ? 1 : -1) / r;
      for (let a = 0; a < 3; a++) vectors[4 * at + a] = scale * records[m * RECORD + a];
      vectors[4 * at + 3] = r;
    }
  }
  return { starts, ends: others, vectors };
}

/** One evaluation. */
class BondOrders {
  readonly #parts: FieldParts;
  readonly #legs: LegTable;
  readonly #kinds: Int32Array;
  readonly #g: Float64Array;
  readonly #sums: Float64Array;
  /** ∂ζ by the legs of the particle at hand, 3 each */
  readonly #slopes: Float64Array;

  constructor(parts: FieldParts, legs: LegTable) {
    const { arena, count, dimension, species } = parts;
    this.#parts = parts;
    this.#legs = legs;
    this.#kinds = arena.i32(parts.ids, count).map((id) => species[id]);
    this.#g = arena.f64(parts.g, count * (dimension === 2 ? 2 : 4));
    this.#sums = arena.f64(parts.sums, 7);
    const most = legs.starts.reduce((n, start, p) => Math.max(n, start - (legs.starts[p - 1] ?? 0)), 0);
    this.#slopes = new Float64Array(3 * most);
  }

  add(): void {
    const { starts, ends, vectors } = this.#legs;
    const { bonds, speciesCount } = this.#parts.model.bondOrder!;
    for (let i = 0; i < this.#parts.count; i++) {
      for (let own = starts[i]; own < starts[i + 1]; own++) {
        const row = (this.#kinds[i] * speciesCount + this.#kinds[ends[own]]) * BOND_ROW;
        const r = vectors[4 * own + 3];
        const [R, D] = [bonds[row], bonds[row + 1]];
        if (r >= R + D) continue;
        this.#addBond(i, own, row, this.#zeta(i, own));
      }
    }
  }

  /** ζ of a bond; its slopes by all legs of the particle. */
  #zeta(i: number, own: number): number {
    const { starts, ends, vectors } = this.#legs;
    const { bends, speciesCount } = this.#parts.model.bondOrder!;
    const slopes = this.#slopes.fill(0, 0, 3 * (starts[i + 1] - starts[i]));
    const first = 3 * (own - starts[i]);
    const pair = (this.#kinds[i] * speciesCount + this.#kinds[ends[own]]) * speciesCount;
    const [x, y, z, rj] = vectors.subarray(4 * own, 4 * own + 4);
    let zeta = 0;
    for (let leg = starts[i]; leg < starts[i + 1]; leg++) {
      if (leg === own) continue;
      const row = (pair + this.#kinds[ends[leg]]) * BEND_ROW;
      const at = 4 * leg;
      const rk = vectors[at + 3];
      const [R, D] = [bends[row], bends[row + 1]];
      if (rk >= R + D) continue;
      const [u, v, w] = [vectors[at], vectors[at + 1], vectors[at + 2]];
      const [gamma, c, d, h] = [bends[row + 2], bends[row + 3], bends[row + 4], bends[row + 5]];
      const cosine = x * u + y * v + z * w;
      const fade = cutoff(R, D, rk);
      const fadeSlope = cutoffSlope(R, D, rk);
      const off = cosine - h;
      const below = 1 / (d * d + off * off);
      const angle = gamma * (1 + (c * c) / (d * d) - c * c * below);
      const angleSlope = 2 * gamma * c * c * off * below * below;
      const [lambda, m] = [bends[row + 6], bends[row + 7]];
      const scaled = lambda * (rj - rk);
      const weight = lambda === 0 ? 1 : exponential(m === 3 ? scaled * scaled * scaled : scaled);
      const weightSlope = lambda === 0 ? 0 : weight * (m === 3 ? 3 * scaled * scaled : 1) * lambda;
      zeta += fade * angle * weight;
      const turn = fade * weight * angleSlope;
      const stretch = fade * angle * weightSlope;
      const shrink = fadeSlope * angle * weight - stretch;
      const to = 3 * (leg - starts[i]);
      slopes[first] += stretch * x + (turn * (u - cosine * x)) / rj;
      slopes[first + 1] += stretch * y + (turn * (v - cosine * y)) / rj;
      slopes[first + 2] += stretch * z + (turn * (w - cosine * z)) / rj;
      slopes[to] += shrink * u + (turn * (x - cosine * u)) / rk;
      slopes[to + 1] += shrink * v + (turn * (y - cosine * v)) / rk;
      slopes[to + 2] += shrink * w + (turn * (z - cosine * w)) / rk;
    }
    return zeta;
  }

  /** ε = P b and its gradient on the legs: b P′ n + P b′ ∂ζ. */
  #addBond(i: number, own: number, row: number, zeta: number): void {
    const { starts, vectors } = this.#legs;
    const [R, D, B, lambda, beta, n] = this.#parts.model.bondOrder!.bonds.subarray(row, row + BOND_ROW);
    const r = vectors[4 * own + 3];
    const decay = -0.5 * B * exponential(-lambda * r);
    const fade = cutoff(R, D, r);
    const P = decay * fade;
    const slope = decay * (cutoffSlope(R, D, r) - lambda * fade);
    let [b, b1] = [1, 0];
    if (zeta > 0 && beta > 0) {
      const raised = power(beta * zeta, n);
      b = power(1 + raised, -0.5 / n);
      b1 = (-0.5 * b * raised) / (zeta * (1 + raised));
    }
    this.#sums[0] += P * b;
    const turned = P * b1;
    for (let leg = starts[i]; leg < starts[i + 1]; leg++) {
      const at = 3 * (leg - starts[i]);
      const pull = leg === own ? b * slope : 0;
      this.#pull(
        i,
        leg,
        turned * this.#slopes[at] + pull * vectors[4 * leg],
        turned * this.#slopes[at + 1] + pull * vectors[4 * leg + 1],
        turned * this.#slopes[at + 2] + pull * vectors[4 * leg + 2],
      );
    }
  }

  /** A gradient by a leg: on its end, minus on the centre, and Σ g u to the virial. */
  #pull(i: number, leg: number, x: number, y: number, z: number): void {
    const { ends, vectors } = this.#legs;
    const d = this.#parts.dimension;
    const stride = d === 2 ? 2 : 4;
    const [from, to] = [i * stride, ends[leg] * stride];
    const g = this.#g;
    g[to] += x;
    g[to + 1] += y;
    g[from] -= x;
    g[from + 1] -= y;
    const r = vectors[4 * leg + 3];
    const [u, v, w] = [r * vectors[4 * leg], r * vectors[4 * leg + 1], r * vectors[4 * leg + 2]];
    const sums = this.#sums;
    sums[1] += x * u;
    sums[2] += y * v;
    if (d === 2) {
      sums[3] += x * v;
      return;
    }
    g[to + 2] += z;
    g[from + 2] -= z;
    sums[3] += z * w;
    sums[4] += x * v;
    sums[5] += x * w;
    sums[6] += y * w;
  }
}

function cutoff(R: number, D: number, r: number): number {
  return r <= R - D ? 1 : r >= R + D ? 0 : 0.5 - 0.5 * sineOfTurns((r - R) / (4 * D));
}

function cutoffSlope(R: number, D: number, r: number): number {
  if (r <= R - D || r >= R + D) return 0;
  return (-Math.PI / (4 * D)) * sineOfTurns((r - R) / (4 * D) + 0.25);
}
