import { indicatorCorrelation, nearestSpot, type SoftSpot } from "softfield";
import { type TableSchema, tableBytes } from "../../store/index.ts";
import type { SampleStage, StageContext } from "../stage.ts";
import { readColumns, readTexts } from "./columns.ts";
import { storedGlass } from "./make.ts";
import { storedWeights } from "./modes.ts";

const SCORE_VERSION = 1;

const scores: TableSchema = {
  name: "scores",
  columns: {
    field: { type: "STRING", description: "lte, or modes for the baseline" },
    ordinal: { type: "INT32", description: "of the event" },
    rank: { type: "INT32", description: "of the spot nearest to the event's particle, 1 for the softest" },
    standardized: { type: "DOUBLE", description: "Δε of that spot (Eq. E.1)" },
    distance: {
      type: "DOUBLE",
      unit: "λ",
      description: "from the particle in the unsheared glass to the spot",
    },
    correlation: {
      type: "DOUBLE",
      description: "C = 1 − 2·CDF of the particle's mean |lte| over its bonds, or of its weight in the modes",
    },
  },
};

/** How well the soft spots of the unsheared glass foretold where it yielded (SI E). */
export const score: SampleStage = {
  name: "score",
  inputs: ["make", "lte", "modes", "spots", "shear"],
  version: SCORE_VERSION,
  options: ({ compute }) => (compute.spots === undefined || compute.shear === undefined ? undefined : {}),
  tables: [scores],
  run: async (context) => {
    const system = storedGlass(context);
    const { ordinal, particle } = await readColumns(context.read("shear", "events.parquet"), [
      "ordinal",
      "particle",
    ]);
    const rows: ScoreRow[] = [];
    for (const { field, spots, indicator } of await indicators(context)) {
      ordinal!.forEach((event, k) => {
        const at = particle![k]!;
        const d = system.box.dimension;
        const nearest = nearestSpot(system.box, system.positions.subarray(at * d, (at + 1) * d), spots);
        if (nearest === undefined) return;
        rows.push({ ...nearest, field, ordinal: event, correlation: indicatorCorrelation(indicator, at) });
      });
    }
    return { "scores.parquet": await tableBytes(scores, columnsOf(rows)) };
  },
};

interface ScoreRow {
  readonly field: string;
  readonly ordinal: number;
  readonly rank: number;
  readonly standardized: number;
  readonly distance: number;
  readonly correlation: number;
}

interface Indicator {
  readonly field: string;
  readonly spots: readonly SoftSpot[];
  /** N, larger = softer. */
  readonly indicator: Float64Array;
}

async function indicators(context: StageContext): Promise<Indicator[]> {
  const { compute } = context.ensemble;
  const { lte: softness } = await readColumns(context.read("lte", "particles.parquet"), ["lte"]);
  const found = [{ field: "lte", spots: await storedSpots(context, "lte"), indicator: softness! }];
  if (compute.modes === undefined) return found;
  const weights = await storedWeights(context);
  return [...found, { field: "modes", spots: await storedSpots(context, "modes"), indicator: weights }];
}

async function storedSpots({ read, ensemble }: StageContext, field: string): Promise<SoftSpot[]> {
  const bytes = read("spots", "spots.parquet");
  const axes = ["x", "y", "z"].slice(0, ensemble.model.dimension ?? 3);
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
    correlation: Float64Array.from(rows, ({ correlation }) => correlation),
  };
}
