import type { VoronoiCell } from "../space/index.ts";
import { eachCell, withoutRattlers } from "./cells.ts";
import { type Indicator, ofParticles } from "./indicator.ts";

/**
 * What particles lack of sixfold order: 1 − |ψ₆| in 2D, 1 − q₆ in 3D (Steinhardt, Nelson & Ronchetti, Phys. Rev. B 28,
 * 784, 1983), over the neighbours of their Voronoi cells, each by the size of its facet (Mickel et al., J. Chem. Phys.
 * 138, 044501, 2013).
 */
export const bondOrder: Indicator = {
  name: "bond-order",
  short: "bond order",
  label: "1 − |*ψ*_{6}|",
  unit: "1",
  description: "lack of sixfold bond-orientational order",
  of: "particles",
  threshold: 0,
  run: (minimum) => {
    const lack = new Float64Array(minimum.system.species.length);
    eachCell(minimum, (p, cell) => {
      lack[p] = 1 - (minimum.system.box.dimension === 2 ? hexatic(cell) : steinhardt(cell));
    });
    return ofParticles(minimum, withoutRattlers(minimum, lack));
  },
};

/** |Σ w e^{6iθ}|/Σ w. */
function hexatic({ vectors, areas }: VoronoiCell): number {
  let [real, imaginary, total] = [0, 0, 0];
  areas.forEach((w, f) => {
    const [x, y] = unit(vectors, f, 2);
    // (x + iy)⁶ by (x + iy)² and its cube
    const [a, b] = [x * x - y * y, 2 * x * y];
    real += w * a * (a * a - 3 * b * b);
    imaginary += w * b * (3 * a * a - b * b);
    total += w;
  });
  return total > 0 ? Math.sqrt(real * real + imaginary * imaginary) / total : 0;
}

/** q₆² = Σ w w′ P₆(n·n′)/(Σ w)², by the addition theorem. */
function steinhardt({ vectors, areas }: VoronoiCell): number {
  const normals = areas.map((_, f) => unit(vectors, f, 3));
  let [sum, total] = [0, 0];
  areas.forEach((w, f) => {
    total += w;
    areas.forEach((v, g) => {
      const cosine = normals[f].reduce((product, x, c) => product + x * normals[g][c], 0);
      sum += w * v * legendre6(cosine);
    });
  });
  return total > 0 ? Math.sqrt(Math.max(0, sum)) / total : 0;
}

function legendre6(x: number): number {
  const s = x * x;
  return (((231 * s - 315) * s + 105) * s - 5) / 16;
}

function unit(vectors: Float64Array, f: number, d: number): number[] {
  const vector = Array.from(vectors.subarray(f * d, f * d + d));
  const length = Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0));
  return vector.map((x) => x / length);
}
