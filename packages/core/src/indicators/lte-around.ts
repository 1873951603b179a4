import { exponential } from "../elementary.ts";
import { localThermalEnergy } from "../response/index.ts";
import { lengthUnit, neighborPairs } from "../space/index.ts";
import { dot, norm } from "../vectors.ts";
import { withoutRattlers } from "./cells.ts";
import { type Indicator, ofParticles } from "./indicator.ts";

/** Width of the Gaussian, and where it is cut off, bond lengths. */
const [WIDTH, REACH] = [1, 3];

/**
 * Σ_α E_α² exp(−r²/2λ²) over the interactions around a particle, r to the place of the interaction: of the ways to make
 * one value of many that docs/direction.md compares, the one that foretells best beside SI D's. O(interactions · 30).
 */
export const lteAround: Indicator = {
  name: "lte-around",
  short: "LTE around",
  label: "Σ *E*_{α}^{2} within a Gaussian of one bond length",
  unit: "(½k_BT)²",
  description: "squares of local thermal energies around a particle, Gaussian one bond length wide",
  of: "particles",
  threshold: 0,
  run: (minimum, _, control) => {
    const { energies, system } = localThermalEnergy(minimum, {}, control);
    const { box, positions } = system;
    const d = box.dimension;
    const count = positions.length / d;
    const bond = lengthUnit(box, count);
    const sum = new Float64Array(count);
    // particles around the first of an interaction: its place lies no further away than its offset
    let furthest = 0;
    for (const { sites } of energies)
      for (let t = 0; t < sites.offsets.length; t += d)
        furthest = Math.max(furthest, norm(sites.offsets.subarray(t, t + d)));
    const near = neighborPairs(box, positions, REACH * bond + furthest);
    const starts = new Int32Array(count + 1);
    for (let m = 0; m < near.i.length; m++)
      for (const p of [near.i[m], near.j[m]]) starts[p + 1] = starts[p + 1] + 1;
    for (let p = 0; p < count; p++) starts[p + 1] = starts[p + 1] + starts[p];
    const fill = starts.slice();
    const pairs = new Int32Array(2 * near.i.length);
    for (let m = 0; m < near.i.length; m++)
      for (const p of [near.i[m], near.j[m]]) {
        pairs[fill[p]] = m;
        fill[p] = fill[p] + 1;
      }
    for (const { lte, sites } of energies) {
      for (let t = 0; t < lte.length; t++) {
        const first = sites.members[0][t];
        const offset = sites.offsets.subarray(t * d, (t + 1) * d);
        const square = lte[t] * lte[t];
        sum[first] = sum[first] + square * weight(dot(offset, offset) / (bond * bond));
        for (let k = starts[first]; k < starts[first + 1]; k++) {
          const m = pairs[k];
          const sign = near.i[m] === first ? 1 : -1;
          let length2 = 0;
          for (let a = 0; a < d; a++) {
            const u = sign * near.du[m * d + a] - offset[a];
            length2 += u * u;
          }
          const other = sign > 0 ? near.j[m] : near.i[m];
          sum[other] = sum[other] + square * weight(length2 / (bond * bond));
        }
      }
    }
    return ofParticles(minimum, withoutRattlers(minimum, sum));
  },
};

const weight = (length2: number) =>
  length2 > REACH * REACH ? 0 : exponential(-length2 / (2 * WIDTH * WIDTH));
