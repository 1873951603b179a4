import { dot } from "../vectors.ts";
import { addOnEnds } from "./centred.ts";
import type { EmbeddingArrays } from "./embeddings-arrays.ts";
import { densityRates } from "./embeddings-sums.ts";
import type { Blocks } from "./terms.ts";

/*
 * How the derivatives of embedded atoms move while their legs u change at the rates z. With n = u/r, s = n·z, w the rate
 * of n, k = ∂²f/∂u∂u, T = ∂³f/∂u∂u∂u as of pairs (pairs-rates.ts), the density moves by ρ̇ = Σ f′ s, F′ by F″ρ̇ and so on.
 */

/** Of one leg: what its function f and its rates give. */
interface LegRates {
  readonly n: Float64Array;
  readonly z: Float64Array;
  readonly s: number;
  readonly r: number;
  readonly f1: number;
  /** f′/r; B = (f″ − f′/r)/r, A = f‴ − 3B, and their rates along r */
  readonly across: number;
  readonly A: number;
  readonly B: number;
  readonly dA: number;
  readonly dB: number;
}

function legAt(e: EmbeddingArrays, l: number, rates: Float64Array): LegRates {
  const { dimension: d, vectors, f1, f2, f3, f4 } = e;
  const r = e.r[l];
  const n = vectors.slice(l * d, (l + 1) * d).map((u) => u / r);
  const z = rates.subarray(l * d, (l + 1) * d);
  const across = f1[l] / r;
  const B = (f2[l] - across) / r;
  const dB = (f3[l] - 2 * B) / r;
  return { n, z, s: dot(n, z), r, f1: f1[l], across, A: f3[l] - 3 * B, B, dA: f4[l] - 3 * dB, dB };
}

/** k·x. */
function bent({ n, r, across, B }: LegRates, x: Float64Array): Float64Array {
  const along = B * r * dot(n, x);
  return x.map((value, a) => along * n[a] + across * value);
}

/** T·z·x = A s (n·x) n + B [(z·x) n + s x + (n·x) z]. */
function twisted({ n, z, s, A, B }: LegRates, x: Float64Array): Float64Array {
  const [nx, zx] = [dot(n, x), dot(z, x)];
  return x.map((value, a) => (A * s * nx + B * zx) * n[a] + B * (s * value + nx * z[a]));
}

/**
 * Adds the rate of the blocks with one unknown an atom (see `addWithUnknown`): F″ρ̇ k + F′ T·z on x, and between σ and x
 * the rate of √|F″| ∂ρ: √|F″| k·z + ½ F‴ρ̇ sign F″/√|F″| f′n. Where F″ = 0 the unknown stands alone and stays so.
 */
export function addEmbeddingHessianRate(e: EmbeddingArrays, rates: Float64Array, blocks: Blocks): void {
  const { dimension: d, centre, starts, ends, F1, F2, F3 } = e;
  const { width, own, lower, diagonal, places } = blocks;
  const size = width * width;
  const denser = densityRates(e, rates);
  for (let t = 0; t < centre.length; t++) {
    const c = centre[t];
    const scale = Math.sqrt(Math.abs(F2[t]));
    const change = scale === 0 ? 0 : (0.5 * F3[t] * denser[t] * Math.sign(F2[t])) / scale;
    for (let l = starts[t]; l < starts[t + 1]; l++) {
      const leg = legAt(e, l, rates);
      const end = ends[l];
      const place = places[l] * size;
      const turned = bent(leg, leg.z);
      for (let b = 0; b < d; b++) {
        const unit = new Float64Array(d);
        unit[b] = 1;
        const [curved, moved] = [bent(leg, unit), twisted(leg, unit)];
        for (let a = 0; a < d; a++) {
          const k = F2[t] * denser[t] * curved[a] + F1[t] * moved[a];
          const ab = a * width + b;
          diagonal[c * size + ab] += k;
          diagonal[end * size + ab] += k;
          lower[place + ab] -= k;
        }
      }
      for (let a = 0; a < d; a++) {
        const g = scale * turned[a] + change * leg.f1 * leg.n[a];
        // block row: the larger of both particles
        lower[place + (end > c ? a * width + own : own * width + a)] += g;
        diagonal[c * size + a * width + own] -= g;
        diagonal[c * size + own * width + a] -= g;
      }
    }
  }
}

/** Of the bonds and of h = G ∂ρ, as `EmbeddingSpread` has them. */
interface Spreading {
  /** bonds×d×d */
  readonly bonds: Float64Array;
  /** L×d */
  readonly moves: Float64Array;
}

/** Sums over the legs of each atom: Σ k : C and ∂ρ·h, and their rates at fixed C and h. */
function densitySums(e: EmbeddingArrays, { bonds, moves }: Spreading, rates: Float64Array) {
  const { dimension: d, centre, starts, bond } = e;
  const count = centre.length;
  const [curved, curvedRate, squared, squaredRate] = [0, 1, 2, 3].map(() => new Float64Array(count));
  for (let t = 0; t < count; t++) {
    for (let l = starts[t]; l < starts[t + 1]; l++) {
      const leg = legAt(e, l, rates);
      const { n, z, s, r, A, B, across } = leg;
      const c = bonds.subarray(bond[l] * d * d, (bond[l] + 1) * d * d);
      const { cx, trace } = timesC(c, n);
      const q = dot(n, cx);
      const h = moves.subarray(l * d, (l + 1) * d);
      curved[t] += B * r * q + across * trace;
      curvedRate[t] += A * s * q + B * (2 * dot(z, cx) + s * trace);
      squared[t] += leg.f1 * dot(n, h);
      squaredRate[t] += dot(bent(leg, z), h);
    }
  }
  return { curved, curvedRate, squared, squaredRate, denser: densityRates(e, rates) };
}

/** What F′ Σ k : C + F″ ∂ρ·h changes by at fixed C and h, t. */
export function embeddingStiffnessRate(
  e: EmbeddingArrays,
  spreading: Spreading,
  rates: Float64Array,
): Float64Array {
  const { F1, F2, F3 } = e;
  const { curved, curvedRate, squared, squaredRate, denser } = densitySums(e, spreading, rates);
  return curved.map(
    (sum, t) =>
      F2[t] * (denser[t] * sum + squaredRate[t]) + F1[t] * curvedRate[t] + F3[t] * denser[t] * squared[t],
  );
}

/**
 * Adds the rate of T : C at fixed C and h on the particles. By legs it is, with S = Σ k : C and Q = ∂ρ·h of the atom,
 * F′ t + (F″ S + F‴ Q) f′n + 2 F″ k·h, t = A q n + B (n tr C + 2 C n).
 */
export function addEmbeddingThirdRate(
  e: EmbeddingArrays,
  spreading: Spreading,
  rates: Float64Array,
  force: Float64Array,
): void {
  const { dimension: d, centre, starts, bond, F1, F2, F3, F4 } = e;
  const { curved, curvedRate, squared, squaredRate, denser } = densitySums(e, spreading, rates);
  const result = new Float64Array(rates.length);
  for (let t = 0; t < centre.length; t++) {
    const pull = F2[t] * curved[t] + F3[t] * squared[t];
    const pullRate =
      F3[t] * (denser[t] * curved[t] + squaredRate[t]) +
      F2[t] * curvedRate[t] +
      F4[t] * denser[t] * squared[t];
    for (let l = starts[t]; l < starts[t + 1]; l++) {
      const leg = legAt(e, l, rates);
      const { n, z, s, r, A, B, dA, dB } = leg;
      const c = spreading.bonds.subarray(bond[l] * d * d, (bond[l] + 1) * d * d);
      const h = spreading.moves.subarray(l * d, (l + 1) * d);
      const w = z.map((value, a) => (value - s * n[a]) / r);
      const { cx: cn, trace } = timesC(c, n);
      const { cx: cw } = timesC(c, w);
      const [q, turned] = [dot(n, cn), dot(n, cw)];
      const [kz, kh, tzh] = [bent(leg, z), bent(leg, h), twisted(leg, h)];
      for (let a = 0; a < d; a++) {
        const own = A * q * n[a] + B * (n[a] * trace + 2 * cn[a]);
        const ownRate =
          (dA * s * q + 2 * A * turned) * n[a] +
          A * q * w[a] +
          dB * s * (n[a] * trace + 2 * cn[a]) +
          B * (w[a] * trace + 2 * cw[a]);
        result[l * d + a] =
          F2[t] * denser[t] * own +
          F1[t] * ownRate +
          pullRate * leg.f1 * n[a] +
          pull * kz[a] +
          2 * (F3[t] * denser[t] * kh[a] + F2[t] * tzh[a]);
      }
    }
  }
  addOnEnds(e, result, force);
}

function timesC(c: Float64Array, x: Float64Array): { cx: Float64Array; trace: number } {
  const d = x.length;
  const cx = new Float64Array(d);
  let trace = 0;
  for (let a = 0; a < d; a++) {
    trace += c[a * d + a];
    for (let b = 0; b < d; b++) cx[a] += c[a * d + b] * x[b];
  }
  return { cx, trace };
}
