import {
  fieldAt,
  indicatorCorrelation,
  nearestSpot,
  type SoftSpot,
  type System,
  spotShares,
} from "softfield";
import { type TableSchema, tableBytes } from "../../store/index.ts";
import type { SampleStage, StageContext } from "../stage.ts";
import { readColumns, readTexts } from "./columns.ts";
import { storedGlass } from "./make.ts";

const SCORE_VERSION = 3;

const scores: TableSchema = {
  name: "scores",
  columns: {
    field: { type: "STRING", description: "lte, or modes for the baseline" },
    ordinal: { type: "INT32", description: "of the event" },
    rank: {
      type: "INT32",
      description: "of the spot nearest to the event's particle, 1 for the softest; 0: there is none",
    },
    standardized: { type: "DOUBLE", description: "Δε of that spot (Eq. E.1); NaN: there is none" },
    distance: {
      type: "DOUBLE",
      unit: "λ",
      description: "from the particle in the unsheared glass to the spot",
    },
    area: {
      type: "DOUBLE",
      description:
        "fraction of all particles that belong to softer spots than that one, its own counted half: 1/2 on average by " +
        "chance; NaN: there is none",
    },
    correlation: {
      type: "DOUBLE",
      description: "C = 1 − 2·CDF, over particles, of the field at the event's particle",
    },
  },
};

const shares: TableSchema = {
  name: "shares",
  columns: {
    field: { type: "STRING", description: "lte, or modes for the baseline" },
    rank: { type: "INT32", description: "of the spot, 1 for the softest" },
    standardized: { type: "DOUBLE", description: "Δε of the spot (Eq. E.1)" },
    share: { type: "DOUBLE", description: "fraction of all particles whose nearest spot it is" },
  },
};

/** How well the soft spots of the unsheared glass foretold where it yielded (SI E). */
export const score: SampleStage = {
  name: "score",
  inputs: ["make", "lte", "modes", "spots", "shear"],
  version: SCORE_VERSION,
  options: ({ compute }) => (compute.spots === undefined || compute.shear === undefined ? undefined : {}),
  tables: [scores, shares],
  run: async (context) => {
    const system = storedGlass(context);
    const { ordinal, particle } = await readColumns(context.read("shear", "events.parquet"), [
      "ordinal",
      "particle",
    ]);
    const found = await indicators(context, system);
    const rows = found.flatMap((one) =>
      Array.from(ordinal!, (event, k) => scoreOf(system, one, { ordinal: event, particle: particle![k]! })),
    );
    return {
      "scores.parquet": await tableBytes(scores, columnsOf(rows)),
      "shares.parquet": await tableBytes(shares, shareColumns(found)),
    };
  },
};

function scoreOf(
  { box, positions }: System,
  { field, spots, shares, indicator }: Indicator,
  { ordinal, particle }: { ordinal: number; particle: number },
): ScoreRow {
  const d = box.dimension;
  const nearest = nearestSpot(box, positions.subarray(particle * d, (particle + 1) * d), spots);
  const correlation = indicatorCorrelation(indicator, particle);
  if (!nearest) return { field, ordinal, ...NO_SPOT, correlation };
  let area = 0;
  spots.forEach(({ standardized }, k) => {
    if (standardized < nearest.standardized) area += shares[k]!;
    else if (standardized === nearest.standardized) area += 0.5 * shares[k]!;
  });
  return { field, ordinal, ...nearest, area, correlation };
}

/** Where a field has no spots. */
const NO_SPOT = { rank: 0, standardized: Number.NaN, distance: Number.NaN, area: Number.NaN };

interface ScoreRow {
  readonly field: string;
  readonly ordinal: number;
  readonly rank: number;
  readonly standardized: number;
  readonly distance: number;
  readonly area: number;
  readonly correlation: number;
}

interface Indicator {
  readonly field: string;
  readonly spots: readonly SoftSpot[];
  /** Of each spot, of the particles. */
  readonly shares: Float64Array;
  /** N, the field where each particle is; larger = softer. */
  readonly indicator: Float64Array;
}

async function indicators({ read, ensemble }: StageContext, system: System): Promise<Indicator[]> {
  const names = ensemble.compute.modes === undefined ? ["lte"] : ["lte", "modes"];
  const bytes = read("spots", "fields.parquet");
  const owners = await readTexts(bytes, "field");
  const axes = ["bin_x", "bin_y", "bin_z"].slice(0, system.box.dimension);
  const columns = await readColumns(bytes, ["value", ...axes]);
  // bins are stored in the order of their indices, the last one of a field being the far corner
  const counts = axes.map((axis) => columns[axis]!.at(-1)! + 1);
  return await Promise.all(
    names.map(async (field) => {
      const values = columns.value!.filter((_, k) => owners[k] === field);
      const indicator = fieldAt({ box: system.box, counts, values }, system.positions);
      const spots = await storedSpots(read("spots", "spots.parquet"), field, axes.length);
      return { field, indicator, spots, shares: spotShares(system.box, system.positions, spots) };
    }),
  );
}

async function storedSpots(bytes: Uint8Array, field: string, dimension: number): Promise<SoftSpot[]> {
  const axes = ["x", "y", "z"].slice(0, dimension);
  const columns = await readColumns(bytes, ["rank", "score", "standardized", ...axes]);
  return (await readTexts(bytes, "field")).flatMap((name, k) => {
    if (name !== field) return [];
    const [rank, score, standardized] = [columns.rank![k]!, columns.score![k]!, columns.standardized![k]!];
    return [
      { rank, score, standardized, position: Float64Array.from(axes, (axis) => columns[axis]![k]!), bin: [] },
    ];
  });
}

function columnsOf(rows: readonly ScoreRow[]) {
  return {
    field: rows.map(({ field }) => field),
    ordinal: Int32Array.from(rows, ({ ordinal }) => ordinal),
    rank: Int32Array.from(rows, ({ rank }) => rank),
    standardized: Float64Array.from(rows, ({ standardized }) => standardized),
    distance: Float64Array.from(rows, ({ distance }) => distance),
    area: Float64Array.from(rows, ({ area }) => area),
    correlation: Float64Array.from(rows, ({ correlation }) => correlation),
  };
}

function shareColumns(fields: readonly Indicator[]) {
  const spots = fields.flatMap((one) => one.spots);
  return {
    field: fields.flatMap((one) => one.spots.map(() => one.field)),
    rank: Int32Array.from(spots, ({ rank }) => rank),
    standardized: Float64Array.from(spots, ({ standardized }) => standardized),
    share: Float64Array.from(fields.flatMap((one) => [...one.shares])),
  };
}
