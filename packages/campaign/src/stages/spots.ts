import {
  fieldOf,
  findInteractions,
  type Interactions,
  indicators,
  type SiteValues,
  type SoftnessField,
  type SoftSpot,
  softSpots,
} from "softfield";
import {
  AGGREGATES,
  binNumbers,
  LTE_THRESHOLD,
  mostBins,
  particleSites,
  softnessBins,
  thresholdOf,
} from "softfield/internal";
import { z } from "zod";
import { section } from "../plan/section.ts";
import { indicatorPlugins } from "../plugins/identity.ts";
import type { SampleStage, StageContext } from "../stage.ts";
import { inUnitsOf, type RecordTable, real, recordBytes, spatial, text, whole } from "../store/index.ts";
import { readColumns } from "./columns.ts";
import { lteSection } from "./lte.ts";
import { storedGlass, storedMinimum } from "./make.ts";
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
      .enum(AGGREGATES)
      .default("mean-of-kept")
      .describe(
        "A bin's value: mean over its kept bonds, over all its bonds; sum, largest or sum of squares of the kept.",
      ),
    empty: z
      .enum(["zero", "skip"])
      .default("zero")
      .describe("In smoothing, a bin without kept bonds counts as 0 or is left out."),
    smoothing: z
      .enum(["average", "pool", "none"])
      .default("average")
      .describe("Mean over a bin and its neighbours; one mean over all their bonds; or none."),
    indicators: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .describe("Other indicators to find spots by, beside lte and modes: debye-waller, nonaffinity, …"),
  },
  "Softness field and soft spots (SI D) of the local thermal energies, and of the modes where they are computed.",
  ({ bins, reading, threshold, indicators: others = [] }, { dimension, compute, keep }) => {
    const most = mostBins(dimension);
    if (bins !== undefined && bins > most) {
      const message = `must be at most ${most} along each edge of a ${dimension}D box, found ${bins}`;
      return { field: ["bins"], message };
    }
    for (const [k, name] of others.entries()) {
      const message = refusedIndicator(name, others.slice(0, k));
      if (message) return { field: ["indicators", String(k)], message };
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

/** Why an indicator cannot be asked for beside those that the stages store. */
function refusedIndicator(name: string, before: readonly string[]): string | undefined {
  if (Object.hasOwn(STORED, name)) return `"${name}" is mapped by itself where its section asks for it`;
  if (before.includes(name)) return `"${name}" is there twice`;
  if (indicators.find(name)) return undefined;
  const others = indicators.names.filter((known) => !Object.hasOwn(STORED, known));
  return `there is no indicator "${name}"; there are ${others.join(", ")}`;
}

/** Softness fields and soft spots: by local thermal energies, by normal modes where they are computed, and by others. */
export const spots: SampleStage = {
  name: "spots",
  inputs: ["make", "lte", "modes"],
  version: 1,
  options: (ensemble) => {
    const asked = spotsSection.of(ensemble);
    if (asked?.indicators === undefined) return asked;
    const plugins = indicatorPlugins(asked.indicators);
    return Object.keys(plugins).length === 0 ? asked : { ...asked, plugins };
  },
  tables: [spotsTable, fields],
  run: async (context) => {
    const { ensemble, seed } = context;
    const maps = await softnessFields(context);
    const dimension = ensemble.model.dimension ?? 3;
    const found = maps.flatMap(({ name, field }) =>
      softSpots(field, seed).spots.map((spot): SpotRow => ({ field: name, ...spot })),
    );
    return {
      "spots.parquet": await recordBytes(inUnitsOf(ensemble.model, spotsTable), found, dimension),
      "fields.parquet": await recordBytes(
        inUnitsOf(ensemble.model, fields),
        maps.flatMap(binRows),
        dimension,
      ),
    };
  },
};

interface NamedField {
  readonly name: string;
  readonly field: SoftnessField;
}

async function softnessFields(context: StageContext): Promise<NamedField[]> {
  const { ensemble, control } = context;
  const {
    bins,
    threshold,
    reading: aggregate,
    indicators: others = [],
    ...rest
  } = spotsSection.of(ensemble)!;
  const system = storedGlass(context);
  const { box, positions } = system;
  const interactions = findInteractions(system, ensemble.model);
  const sites = interactions.families.map((family) => family.sites());
  const grid = softnessBins(box, positions, sites, bins);
  const stored = ["lte", ...(modesSection.of(ensemble) === undefined ? [] : ["modes"])];
  const minimum = others.length === 0 ? undefined : storedMinimum(context);
  const found: NamedField[] = [];
  for (const name of [...stored, ...others]) {
    const indicator = indicators.get(name);
    const values =
      minimum && !stored.includes(name)
        ? indicator.run(minimum, {}, control)
        : await STORED[name](context, interactions);
    const options = { ...rest, aggregate, threshold: thresholdOf(indicator, threshold), grid };
    found.push({ name, field: fieldOf(box, positions, values, options) });
  }
  return found;
}

/** Indicators whose values earlier stages store. */
const STORED: Readonly<
  Record<string, (context: StageContext, interactions: Interactions) => Promise<readonly SiteValues[]>>
> = {
  lte: async ({ read }, { families }) =>
    await Promise.all(
      families.map(async (family) => {
        const { kind } = family;
        const rows = await readColumns(read("lte", `${kind.name}.parquet`), [...identifiers(kind), "lte"]);
        return { sites: family.sites(), values: placedOnTerms(family, rows) };
      }),
    ),
  modes: async (context, { particleCount, dimension }) => [
    { sites: particleSites(particleCount, dimension), values: await storedWeights(context) },
  ],
};

function binRows({ name, field }: NamedField): BinRow[] {
  return Array.from(field.values, (value, k) => ({ field: name, bin: binNumbers(field, k), value }));
}
