import { turnsOf } from "../elementary.ts";
import { pairLength } from "../models/index.ts";
import type { VoronoiCell } from "../space/index.ts";
import { eachCell, withoutRattlers } from "./cells.ts";
import { type Indicator, ofParticles } from "./indicator.ts";

/**
 * Θ_i, how far the angles at a particle are from those of touching neighbours: the mean of |θ − θ⁰| over pairs of
 * neighbours that are neighbours themselves (Tong & Tanaka, Phys. Rev. X 8, 011041, 2018); in 3D of solid angles over
 * triples of them (Nat. Commun. 10, 5596, 2019). Touching particles are λ_ij apart; neighbours share a facet of their
 * radical Voronoi cells.
 */
export const tongTanaka: Indicator = {
  name: "tong-tanaka",
  short: "Tong–Tanaka",
  label: "*Θ*",
  unit: "rad",
  description: "disorder of the angles between neighbours (Tong and Tanaka)",
  of: "particles",
  threshold: 0,
  run: (minimum) => {
    const { system, model } = minimum;
    const { species, diameters } = system;
    const d = system.box.dimension;
    const touching = (p: number, q: number) =>
      pairLength(model, species[p], species[q], diameters && [diameters[p], diameters[q]]);
    const disorder = new Float64Array(species.length);
    eachCell(minimum, (p, cell) => {
      const count = cell.corners.length / d;
      let sum = 0;
      for (let corner = 0; corner < count; corner++) {
        const facets = cell.corners.slice(corner * d, (corner + 1) * d);
        const ends = facets.map((f) => cell.neighbours[f]);
        const arms = ends.map((q) => touching(p, q));
        // c² = a² + b² − 2ab cos θ
        const ideal = pairsAmong(d).map(([k, l]) => {
          const across = touching(ends[k], ends[l]);
          return (arms[k] * arms[k] + arms[l] * arms[l] - across * across) / (2 * arms[k] * arms[l]);
        });
        sum += Math.abs(angle(cosines(cell, facets, d)) - angle(ideal));
      }
      disorder[p] = count > 0 ? sum / count : Number.NaN;
    });
    return ofParticles(minimum, withoutRattlers(minimum, disorder));
  },
};

const pairsAmong = (d: number): readonly (readonly [number, number])[] =>
  d === 2
    ? [[0, 1]]
    : [
        [0, 1],
        [1, 2],
        [2, 0],
      ];

function cosines({ vectors }: VoronoiCell, facets: readonly number[], d: number): number[] {
  const dot = (f: number, g: number) => {
    let sum = 0;
    for (let c = 0; c < d; c++) sum += vectors[f * d + c] * vectors[g * d + c];
    return sum;
  };
  return pairsAmong(d).map(([k, l]) => {
    const [f, g] = [facets[k], facets[l]];
    return dot(f, g) / Math.sqrt(dot(f, f) * dot(g, g));
  });
}

/**
 * The angle of one cosine, or the solid angle Ω of three: tan ½Ω = |n₁·n₂×n₃|/(1 + Σ cos) (van Oosterom & Strackee,
 * IEEE Trans. Biomed. Eng. 30, 125, 1983), the product by Gram's determinant. rad, sr.
 */
export function angle(cosine: readonly number[]): number {
  const [a, b, c] = cosine;
  if (b === undefined || c === undefined) {
    const within = Math.max(-1, Math.min(1, a));
    return 2 * Math.PI * turnsOf(within, Math.sqrt(1 - within * within));
  }
  const gram = 1 + 2 * a * b * c - a * a - b * b - c * c;
  return 4 * Math.PI * turnsOf(1 + a + b + c, Math.sqrt(Math.max(0, gram)));
}
