import { normalModes } from "../response/index.ts";
import { eachCell, withoutRattlers } from "./cells.ts";
import { type Indicator, ofParticles } from "./indicator.ts";

/**
 * Defects of charge −1 in the fields of the lowest modes, over modes and over the simplices of Delaunay's triangulation at
 * a particle (Wu, Chen, Wang, Kob & Xu, Nat. Commun. 14, 2955, 2023; hedgehogs in 3D). The field is linear in a simplex,
 * and has a defect there if 0 lies among its d + 1 vectors; the charge is the sign of its Jacobian.
 */
export const topologicalCharge: Indicator = {
  name: "topological-charge",
  short: "defects",
  label: "defects of charge −1",
  unit: "1",
  description: "defects of charge −1 of the lowest normal modes",
  of: "particles",
  threshold: 0,
  run: (minimum, { modes: count = 30 }, control) => {
    const d = minimum.system.box.dimension;
    const { vectors } = normalModes(minimum, { count, unitMasses: true }, control);
    const size = vectors.length / count;
    const defects = new Float64Array(minimum.system.species.length);
    eachCell(minimum, (p, { corners, neighbours, vectors: places }) => {
      for (let k = 0; k < corners.length; k += d) {
        const facets = corners.slice(k, k + d);
        const arms = facets.map((f) => Array.from(places.subarray(f * d, f * d + d)));
        const orientation = Math.sign(determinant(arms));
        const ends = [p, ...facets.map((f) => neighbours[f])];
        for (let mode = 0; mode < count; mode++) {
          const field = ends.map((q) =>
            Array.from({ length: d }, (_, a) => vectors[mode * size + q * d + a]),
          );
          if (charge(field) * orientation < 0) defects[p]++;
        }
      }
    });
    return ofParticles(minimum, withoutRattlers(minimum, defects));
  },
};

/**
 * Whether 0 lies within the simplex of d + 1 vectors: the sign of its orientation if so, else 0. It does where every
 * vector may be replaced by 0 and the orientation stays.
 */
export function charge(field: readonly (readonly number[])[]): number {
  const whole = Math.sign(orientationOf(field));
  const inside = field.every((_, k) => {
    const replaced = field.map((v, l) => (l === k ? v.map(() => 0) : v));
    return Math.sign(orientationOf(replaced)) === whole;
  });
  return inside ? whole : 0;
}

function orientationOf([origin, ...ends]: readonly (readonly number[])[]): number {
  return determinant(ends.map((v) => v.map((x, a) => x - origin[a])));
}

function determinant(rows: readonly (readonly number[])[]): number {
  const [a, b, c] = rows;
  if (c === undefined) return a[0] * b[1] - a[1] * b[0];
  return (
    a[0] * (b[1] * c[2] - b[2] * c[1]) -
    a[1] * (b[0] * c[2] - b[2] * c[0]) +
    a[2] * (b[0] * c[1] - b[1] * c[0])
  );
}
