import { intoBoxAt, type TableColumn } from "../formats/index.ts";
import type { TermEnergies } from "../response/index.ts";
import type { System } from "../space/index.ts";
import { component } from "../vectors.ts";

/**
 * The terms of a family as columns of a table: who, their energies, between which types, of pairs the vector from i to
 * j and its length, and where they stand, in a box whose corner lies at `corner` (d, unit λ). O(terms).
 */
export function termColumns(energies: TermEnergies, system: System, corner: Float64Array): TableColumn[] {
  const { kind, sites, lte, harmonic, anharmonic } = energies;
  return [
    ...kind.roles.map(({ name, description }, k) => ({ name, values: sites.members[k], description })),
    { name: "lte", values: lte, description: kind.energies.lte },
    { name: "harmonic", values: harmonic, description: kind.energies.harmonic },
    { name: "anharmonic", values: anharmonic, description: kind.energies.anharmonic },
    ...placeColumns(energies, system, corner),
  ];
}

function placeColumns(
  { kind, sites }: TermEnergies,
  { positions, species, box }: System,
  corner: Float64Array,
): TableColumn[] {
  const d = box.dimension;
  const { members, offsets } = sites;
  const axes = ["x", "y", "z"].slice(0, d);
  const places = new Float64Array(offsets.length);
  for (let t = 0; t * d < offsets.length; t++)
    for (let a = 0; a < d; a++) places[t * d + a] = positions[members[0][t] * d + a] + offsets[t * d + a];
  const boxed = intoBoxAt(box, corner, places);
  const columns: TableColumn[] = kind.roles.map(({ name }, k) => ({
    name: `type_${name}`,
    values: typesOf(members[k], species),
    description: "number of the species in the model, from 1",
  }));
  if (members.length === 2) {
    // A pair stands in the middle between its ends.
    const between = new Float64Array(offsets.length);
    const r = new Float64Array(members[0].length);
    for (let m = 0; m < r.length; m++) {
      let sum = 0;
      for (let k = m * d; k < (m + 1) * d; k++) {
        between[k] = 2 * offsets[k];
        sum += between[k] * between[k];
      }
      r[m] = Math.sqrt(sum);
    }
    columns.push({ name: "r", values: r, unit: "λ", description: "distance" });
    for (const [a, axis] of axes.entries())
      columns.push({
        name: `d${axis}`,
        values: component(between, d, a),
        unit: "λ",
        description: "from i to j",
      });
  }
  for (const [a, axis] of axes.entries()) {
    const description = members.length === 2 ? "midpoint, in the file's box" : "place, in the file's box";
    columns.push({ name: axis, values: component(boxed, d, a), unit: "λ", description });
  }
  return columns;
}

function typesOf(members: Int32Array, species: Int32Array): Int32Array {
  const types = new Int32Array(members.length);
  for (let m = 0; m < types.length; m++) types[m] = species[members[m]] + 1;
  return types;
}
