import {
  type FieldOptions,
  findInteractions,
  particleField,
  type SoftnessField,
  type SoftSpot,
  softnessField,
  softSpots,
} from "softfield";
import { binNumbers, LTE_THRESHOLD, mostBins } from "softfield/internal";
import { z } from "zod";
import { section } from "../plan/section.ts";
import type { SampleStage, StageContext } from "../stage.ts";
import { type RecordTable, real, recordBytes, spatial, text, whole } from "../store/index.ts";
import { readColumns } from "./columns.ts";
import { lteSection } from "./lte.ts";
import { storedGlass } from "./make.ts";
import { modesSection, storedWeights } from "./modes.ts";
import { identifiers, placedOnTerms } from "./terms.ts";

interface SpotRow extends SoftSpot {
  readonly field: string;
}

const NOISY = "bin centre plus noise within the bin";

const spotsTable: RecordTable<SpotRow> = {
  name: "spots",
  columns: {
    field: text(({ field }) => field, "lte, or modes for the baseline"),
    rank: whole(({ rank }) => rank, "1 for the softest"),
    score: real(({ score }) => score, "η, the field at the spot"),
    standardized: real(({ standardized }) => standardized, "Δε = η_max/η (Eq. E.1)"),
    x: real(({ position }) => position[0], NOISY, "λ"),
    y: real(({ position }) => position[1], NOISY, "λ"),
    z: spatial(real(({ position }) => position[2], NOISY, "λ")),
  },
};

interface BinRow {
  readonly field: string;
  /** Along each edge of the box. */
  readonly bin: readonly number[];
  readonly value: number;
}

const fields: RecordTable<BinRow> = {
  name: "fields",
  columns: {
    field: text(({ field }) => field, "lte, or modes for the baseline"),
    bin_x: whole(({ bin }) => bin[0], "bin along the first edge of the box"),
    bin_y: whole(({ bin }) => bin[1], "bin along the second edge"),
    bin_z: spatial(whole(({ bin }) => bin[2], "bin along the third edge")),
    value: real(({ value }) => value, "smoothed"),
  },
};

export const spotsSection = section(
  "spots",
  {
    bins: z.int().min(3).optional().describe("Bins along each edge; by the rule of SI D."),
    threshold: z
      .number()
      .nonnegative()
      .default(LTE_THRESHOLD)
      .describe("Only bonds with |E| at least this are kept."),
    reading: z
      .enum(["mean-of-kept", "mean-of-all", "sum"])
      .default("mean-of-kept")
      .describe("A bin's value: mean over its kept bonds, over all its bonds, or the sum of the kept."),
    empty: z
      .enum(["zero", "skip"])
      .default("zero")
      .describe("In smoothing, a bin without kept bonds counts as 0 or is left out."),
    smoothing: z
      .enum(["average", "pool", "none"])
      .default("average")
      .describe("Mean over a bin and its neighbours; one mean over all their bonds; or none."),
  },
  "Softness field and soft spots (SI D) of the local thermal energies, and of the modes where they are computed.",
  ({ bins, reading, threshold }, { dimension, compute, keep }) => {
    const most = mostBins(dimension);
    if (bins !== undefined && bins > most) {
      const message = `must be at most ${most} along each edge of a ${dimension}D box, found ${bins}`;
      return { field: ["bins"], message };
    }
    if (lteSection.of({ compute }) === undefined)
      return { field: [], message: 'needs local thermal energies: add an "lte" section' };
    if (keep.bonds === "all" || (reading !== "mean-of-all" && threshold >= LTE_THRESHOLD)) return undefined;
    return {
      field: [],
      message: `needs bonds with |E| < ${LTE_THRESHOLD}, which keep.bonds "soft" does not store; set keep.bonds to "all"`,
    };
  },
);

/** Softness field and soft spots of the local thermal energies, and of the normal modes where they are computed. */
export const spots: SampleStage = {
  name: "spots",
  inputs: ["make", "lte", "modes"],
  version: 1,
  options: (ensemble) => spotsSection.of(ensemble),
  tables: [spotsTable, fields],
  run: async (context) => {
    const { ensemble, seed } = context;
    const maps = await softnessFields(context);
    const dimension = ensemble.model.dimension ?? 3;
    const found = maps.flatMap(({ name, field }) =>
      softSpots(field, seed).spots.map((spot): SpotRow => ({ field: name, ...spot })),
    );
    return {
      "spots.parquet": await recordBytes(spotsTable, found, dimension),
      "fields.parquet": await recordBytes(fields, maps.flatMap(binRows), dimension),
    };
  },
};

interface NamedField {
  readonly name: string;
  readonly field: SoftnessField;
}

async function softnessFields(context: StageContext): Promise<NamedField[]> {
  const { ensemble, read } = context;
  const { bins, ...rest } = spotsSection.of(ensemble)!;
  const options: FieldOptions = bins === undefined ? rest : { ...rest, bins };
  const { box, positions, ...system } = storedGlass(context);
  const interactions = findInteractions({ box, positions, ...system }, ensemble.model);
  const energies = await Promise.all(
    interactions.families.map(async (family) => {
      const { kind } = family;
      const stored = await readColumns(read("lte", `${kind.name}.parquet`), [...identifiers(kind), "lte"]);
      return { sites: family.sites(), lte: placedOnTerms(family, stored) };
    }),
  );
  const field = softnessField(box, positions, energies, options);
  if (modesSection.of(ensemble) === undefined) return [{ name: "lte", field }];
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

function binRows({ name, field }: NamedField): BinRow[] {
  return Array.from(field.values, (value, k) => ({ field: name, bin: binNumbers(field, k), value }));
}
