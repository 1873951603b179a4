import type { Minimum } from "../minimum/index.ts";
import { pairLength } from "../models/index.ts";
import { type VoronoiCell, voronoiCells } from "../space/index.ts";

/** Half of λ_ii of every particle, by its species or its own diameter; N, λ. */
export function radiiOf({ system, model }: Pick<Minimum, "system" | "model">): Float64Array {
  const { species, diameters } = system;
  return Float64Array.from(species, (s, p) => {
    const sigma = diameters?.[p];
    return 0.5 * pairLength(model, s, s, sigma === undefined ? undefined : [sigma, sigma]);
  });
}

/** The radical Voronoi cell of every particle, one after the other, rattlers too. */
export function eachCell(minimum: Minimum, visit: (particle: number, cell: VoronoiCell) => void): void {
  const { box, positions } = minimum.system;
  voronoiCells(box, positions, radiiOf(minimum), visit);
}

/** Volumes of the cells, N, λ^d. */
export function cellVolumes(minimum: Minimum): Float64Array {
  const volumes = new Float64Array(minimum.system.species.length);
  eachCell(minimum, (p, { volume }) => {
    volumes[p] = volume;
  });
  return volumes;
}

/** How far values (N, overwritten) lie below the largest of them; NaN stays. For measures that are low where it is soft. */
export function belowLargest(values: Float64Array): Float64Array {
  const largest = values.reduce((most, x) => (x > most ? x : most), -Infinity);
  return values.map((x) => largest - x);
}

/** The same above the least. */
export function aboveLeast(values: Float64Array): Float64Array {
  const least = values.reduce((low, x) => (x < low ? x : low), Infinity);
  return values.map((x) => x - least);
}

/** Values (N, overwritten) with NaN on rattlers. */
export function withoutRattlers({ rattlers }: Pick<Minimum, "rattlers">, values: Float64Array): Float64Array {
  for (const p of rattlers) values[p] = Number.NaN;
  return values;
}
