import { Embeddings } from "../../src/interactions/embeddings.ts";
import type { EmbeddingArrays } from "../../src/interactions/embeddings-arrays.ts";
import { bondCovariances, EmbeddingSpread } from "../../src/interactions/embeddings-spread.ts";
import { addLegCurvatures } from "../../src/interactions/embeddings-sums.ts";
import type { Blocks, Couplings, Spread } from "../../src/interactions/terms.ts";

/**
 * Embedded atoms without unknowns of their own: M itself, which couples second neighbours, so that its factor is
 * Cholesky's. The other route to what `Embeddings` gives, for small glasses.
 */
export class SecondNeighbours extends Embeddings {
  override readonly unknowns = 0;

  /** All pairs among an atom and the ends of its legs. */
  override get couplings(): Couplings {
    const [p, q]: [number[], number[]] = [[], []];
    this.#pairs((_t, _a, _b, first, second) => {
      p.push(first);
      q.push(second);
    });
    return { p: Int32Array.from(p), q: Int32Array.from(q) };
  }

  override addHessian(blocks: Blocks): void {
    const e = this.arrays;
    const { dimension: d, lower, diagonal, places } = { ...blocks, dimension: e.dimension };
    addLegCurvatures(e, blocks, this.#legPlaces(places));
    let at = 0;
    e.centre.forEach((_, t) => {
      const g = densityGradient(e, t);
      const members = this.#members(t);
      members.forEach((particle, a) => {
        for (let x = 0; x < d * d; x++)
          diagonal[particle * d * d + x] += e.F2[t] * g[a * d + Math.floor(x / d)] * g[a * d + (x % d)];
      });
      for (let a = 0; a < members.length; a++) {
        for (let b = a + 1; b < members.length; b++) {
          // block row: the larger of both
          const [row, column] = members[a] > members[b] ? [a, b] : [b, a];
          for (let x = 0; x < d * d; x++)
            lower[places[at] * d * d + x] +=
              e.F2[t] * g[row * d + Math.floor(x / d)] * g[column * d + (x % d)];
          at++;
        }
      }
    });
  }

  override spread(inverse: Blocks): Spread {
    const e = this.arrays;
    const d = e.dimension;
    const { lower, diagonal, places } = inverse;
    const moves = new Float64Array(e.vectors.length);
    let at = 0;
    e.centre.forEach((_, t) => {
      const g = densityGradient(e, t);
      const members = this.#members(t);
      const h = new Float64Array(g.length);
      const add = (a: number, b: number, block: Float64Array, start: number, turned: boolean) => {
        for (let x = 0; x < d; x++)
          for (let y = 0; y < d; y++)
            h[a * d + x] += block[start + (turned ? y * d + x : x * d + y)] * g[b * d + y];
      };
      members.forEach((particle, a) => {
        add(a, a, diagonal, particle * d * d, false);
      });
      for (let a = 0; a < members.length; a++) {
        for (let b = a + 1; b < members.length; b++, at++) {
          const larger = members[a] > members[b];
          add(a, b, lower, places[at] * d * d, !larger);
          add(b, a, lower, places[at] * d * d, larger);
        }
      }
      for (let l = e.starts[t]; l < e.starts[t + 1]; l++)
        for (let x = 0; x < d; x++) moves[l * d + x] = h[(1 + l - e.starts[t]) * d + x] - h[x];
    });
    return new EmbeddingSpread(e, bondCovariances(e, inverse, this.#legPlaces(places)), moves);
  }

  #members(t: number): Int32Array {
    const { centre, starts, ends } = this.arrays;
    return Int32Array.of(centre[t], ...ends.subarray(starts[t], starts[t + 1]));
  }

  #pairs(visit: (t: number, a: number, b: number, first: number, second: number) => void): void {
    for (let t = 0; t < this.count; t++) {
      const members = this.#members(t);
      for (let a = 0; a < members.length; a++)
        for (let b = a + 1; b < members.length; b++) visit(t, a, b, members[a], members[b]);
    }
  }

  /** Of each leg: the pairs of an atom itself come first among its term's. */
  #legPlaces(places: Int32Array): (t: number, l: number) => number {
    const { starts } = this.arrays;
    const first: number[] = [];
    let at = 0;
    for (let t = 0; t < this.count; t++) {
      first.push(at);
      const z = starts[t + 1] - starts[t];
      at += ((z + 1) * z) / 2;
    }
    return (t, l) => places[first[t] + l - starts[t]];
  }
}

/** ∂ρ/∂x of an atom on itself, then on the end of each of its legs: (1 + z)×d. */
function densityGradient(e: EmbeddingArrays, t: number): Float64Array {
  const { dimension: d, starts, vectors, r, f1 } = e;
  const first = starts[t];
  const g = new Float64Array((1 + starts[t + 1] - first) * d);
  for (let l = first; l < starts[t + 1]; l++) {
    for (let a = 0; a < d; a++) {
      const value = (f1[l] / r[l]) * vectors[l * d + a];
      g[(1 + l - first) * d + a] = value;
      g[a] -= value;
    }
  }
  return g;
}
