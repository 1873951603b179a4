import {
  binNumbers,
  type FieldOptions,
  findInteractions,
  type Interactions,
  particleField,
  type SoftnessField,
  type SoftSpot,
  softnessField,
  softSpots,
} from "softfield";
import { type TableSchema, tableBytes } from "../../store/index.ts";
import type { SampleStage, StageContext } from "../stage.ts";
import { readColumns } from "./columns.ts";
import { storedGlass } from "./make.ts";
import { storedWeights } from "./modes.ts";
import { placedOnTriples } from "./triples.ts";

const SPOTS_VERSION = 1;

const spotsTable: TableSchema = {
  name: "spots",
  columns: {
    field: { type: "STRING", description: "lte, or modes for the baseline" },
    rank: { type: "INT32", description: "1 for the softest" },
    score: { type: "DOUBLE", description: "η, the field at the spot" },
    standardized: { type: "DOUBLE", description: "Δε = η_max/η (Eq. E.1)" },
    x: { type: "DOUBLE", unit: "λ", description: "bin centre plus noise within the bin" },
    y: { type: "DOUBLE", unit: "λ", description: "bin centre plus noise within the bin" },
    z: { type: "DOUBLE", unit: "λ", description: "bin centre plus noise within the bin", spatial: true },
  },
};

const fields: TableSchema = {
  name: "fields",
  columns: {
    field: { type: "STRING", description: "lte, or modes for the baseline" },
    bin_x: { type: "INT32", description: "bin along the first edge of the box" },
    bin_y: { type: "INT32", description: "bin along the second edge" },
    bin_z: { type: "INT32", description: "bin along the third edge", spatial: true },
    value: { type: "DOUBLE", description: "smoothed" },
  },
};

/** Softness field and soft spots of the local thermal energies, and of the normal modes where they are computed. */
export const spots: SampleStage = {
  name: "spots",
  inputs: ["make", "lte", "modes"],
  version: SPOTS_VERSION,
  options: ({ compute }) => (compute.spots === undefined ? undefined : { ...compute.spots }),
  tables: [spotsTable, fields],
  run: async (context) => {
    const { ensemble, seed } = context;
    const maps = await softnessFields(context);
    const found = maps.map(({ field }) => softSpots(field, seed).spots);
    const names = maps.map(({ name }) => name);
    return {
      "spots.parquet": await tableBytes(spotsTable, spotColumns(names, found, ensemble.model.dimension ?? 3)),
      "fields.parquet": await tableBytes(fields, fieldColumns(maps)),
    };
  },
};

interface NamedField {
  readonly name: string;
  readonly field: SoftnessField;
}

async function softnessFields(context: StageContext): Promise<NamedField[]> {
  const { ensemble, read } = context;
  const { bins, ...rest } = ensemble.compute.spots!;
  const options: FieldOptions = bins === undefined ? rest : { ...rest, bins };
  const { box, positions, ...system } = storedGlass(context);
  const interactions = findInteractions({ box, positions, ...system }, ensemble.model);
  const lte = placedOnBonds(
    interactions,
    await readColumns(read("lte", "bonds.parquet"), ["i", "j", "r", "lte"]),
  );
  const { triples, r } = interactions;
  const ofTriples = triples && {
    lte: placedOnTriples(
      triples,
      r,
      await readColumns(read("lte", "triples.parquet"), ["centre", "j", "k", "r_j", "r_k", "lte"]),
    ),
  };
  const energies = { lte, ...(ofTriples && { triples: ofTriples }) };
  const field = softnessField(box, positions, interactions, energies, options);
  if (ensemble.compute.modes === undefined) return [{ name: "lte", field }];
  const baseline = particleField(box, positions, await storedWeights(context), {
    ...options,
    threshold: 0,
    grid: field,
  });
  return [
    { name: "lte", field },
    { name: "modes", field: baseline },
  ];
}

/**
 * The stored energies on the interactions of the glass: both are sorted by particles; images of one pair are told
 * apart by their distance. Bonds that are not stored (stiff ones, those of rattlers) have 0 and are never kept.
 */
export function placedOnBonds(
  { i, j, r }: Pick<Interactions, "i" | "j" | "r">,
  stored: Record<string, Float64Array>,
): Float64Array {
  const lte = new Float64Array(i.length);
  let first = 0;
  stored.lte!.forEach((energy, k) => {
    const [a, b, distance] = [stored.i![k], stored.j![k], stored.r![k]!];
    while (i[first] !== a || j[first] !== b) first++;
    let nearest = first;
    for (let m = first; i[m] === a && j[m] === b; m++) {
      if (Math.abs(r[m]! - distance) < Math.abs(r[nearest]! - distance)) nearest = m;
    }
    lte[nearest] = energy;
  });
  return lte;
}

function spotColumns(names: readonly string[], found: readonly (readonly SoftSpot[])[], dimension: number) {
  const all = found.flat();
  const axes = ["x", "y", "z"].slice(0, dimension);
  return {
    field: found.flatMap((list, k) => list.map(() => names[k]!)),
    rank: Int32Array.from(all, ({ rank }) => rank),
    score: Float64Array.from(all, ({ score }) => score),
    standardized: Float64Array.from(all, ({ standardized }) => standardized),
    ...Object.fromEntries(
      axes.map((axis, a) => [axis, Float64Array.from(all, ({ position }) => position[a]!)]),
    ),
  };
}

function fieldColumns(maps: readonly NamedField[]) {
  const bins = maps.flatMap(({ field }) => Array.from(field.values, (_, bin) => binNumbers(field, bin)));
  const axes = ["bin_x", "bin_y", "bin_z"].slice(0, bins[0]!.length);
  return {
    field: maps.flatMap(({ name, field }) => Array.from(field.values, () => name)),
    ...Object.fromEntries(axes.map((axis, a) => [axis, Int32Array.from(bins, (numbers) => numbers[a]!)])),
    value: Float64Array.from(maps.flatMap(({ field }) => [...field.values])),
  };
}
