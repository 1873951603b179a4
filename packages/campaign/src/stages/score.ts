import { fieldAt, indicatorCorrelation, nearestSpot, type SoftSpot, type System } from "softfield";
import { spotShares } from "softfield/internal";
import type { SampleStage, StageContext } from "../stage.ts";
import { inUnitsOf, type RecordTable, real, recordBytes, text, whole } from "../store/index.ts";
import { readColumns, readTexts } from "./columns.ts";
import { storedGlass } from "./make.ts";
import { shearSection } from "./shear.ts";
import { spotsSection } from "./spots.ts";

const scores: RecordTable<ScoreRow> = {
  name: "scores",
  columns: {
    field: text(({ field }) => field, "lte, or modes for the baseline"),
    ordinal: whole(({ ordinal }) => ordinal, "of the event"),
    rank: whole(
      ({ rank }) => rank,
      "of the spot nearest to the event's particle, 1 for the softest; 0: there is none",
    ),
    standardized: real(({ standardized }) => standardized, "Δε of that spot (Eq. E.1); NaN: there is none"),
    distance: real(({ distance }) => distance, "from the particle in the unsheared glass to the spot", "λ"),
    area: real(
      ({ area }) => area,
      "fraction of all particles that belong to softer spots than that one, its own counted half: 1/2 on average by " +
        "chance; NaN: there is none",
    ),
    correlation: real(
      ({ correlation }) => correlation,
      "C = 1 − 2·CDF, over particles, of the field at the event's particle",
    ),
  },
};

const shares: RecordTable<ShareRow> = {
  name: "shares",
  columns: {
    field: text(({ field }) => field, "lte, or modes for the baseline"),
    rank: whole(({ rank }) => rank, "of the spot, 1 for the softest"),
    standardized: real(({ standardized }) => standardized, "Δε of the spot (Eq. E.1)"),
    share: real(({ share }) => share, "fraction of all particles whose nearest spot it is"),
  },
};

/** How well the soft spots of the unsheared glass foretold where it yielded (SI E). */
export const score: SampleStage = {
  name: "score",
  inputs: ["make", "lte", "modes", "spots", "shear"],
  version: 3,
  options: (ensemble) => (spotsSection.of(ensemble) && shearSection.of(ensemble) ? {} : undefined),
  tables: [scores, shares],
  run: async (context) => {
    const system = storedGlass(context);
    const { ordinal, particle } = await readColumns(context.read("shear", "events.parquet"), [
      "ordinal",
      "particle",
    ]);
    const found = await indicators(context, system);
    const rows = found.flatMap((one) =>
      Array.from(ordinal, (event, k) => scoreOf(system, one, { ordinal: event, particle: particle[k] })),
    );
    return {
      "scores.parquet": await recordBytes(inUnitsOf(context.ensemble.model, scores), rows),
      "shares.parquet": await recordBytes(
        inUnitsOf(context.ensemble.model, shares),
        found.flatMap(shareRows),
      ),
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
    if (standardized < nearest.standardized) area += shares[k];
    else if (standardized === nearest.standardized) area += 0.5 * shares[k];
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

interface ShareRow {
  readonly field: string;
  readonly rank: number;
  readonly standardized: number;
  readonly share: number;
}

interface Indicator {
  readonly field: string;
  readonly spots: readonly SoftSpot[];
  /** Of each spot, of the particles. */
  readonly shares: Float64Array;
  /** N, the field where each particle is; larger = softer. */
  readonly indicator: Float64Array;
}

async function indicators({ read }: StageContext, system: System): Promise<Indicator[]> {
  const bytes = read("spots", "fields.parquet");
  const owners = await readTexts(bytes, "field");
  const axes = (["bin_x", "bin_y", "bin_z"] as const).slice(0, system.box.dimension);
  const columns = await readColumns(bytes, ["value", ...axes]);
  const names = [...new Set(owners)];
  // bins are stored in the order of their indices, the last one of a field being the far corner
  const counts = axes.map((axis) => columns[axis].at(-1)! + 1);
  return await Promise.all(
    names.map(async (field) => {
      const values = columns.value.filter((_, k) => owners[k] === field);
      const indicator = fieldAt({ box: system.box, counts, values }, system.positions);
      const spots = await storedSpots(read("spots", "spots.parquet"), field, axes.length);
      return { field, indicator, spots, shares: spotShares(system.box, system.positions, spots) };
    }),
  );
}

async function storedSpots(bytes: Uint8Array, field: string, dimension: number): Promise<SoftSpot[]> {
  const axes = (["x", "y", "z"] as const).slice(0, dimension);
  const columns = await readColumns(bytes, ["rank", "score", "standardized", ...axes]);
  return (await readTexts(bytes, "field")).flatMap((name, k) => {
    if (name !== field) return [];
    const [rank, score, standardized] = [columns.rank[k], columns.score[k], columns.standardized[k]];
    return [
      { rank, score, standardized, position: Float64Array.from(axes, (axis) => columns[axis][k]), bin: [] },
    ];
  });
}

function shareRows({ field, spots, shares }: Indicator): ShareRow[] {
  return spots.map(({ rank, standardized }, k) => ({ field, rank, standardized, share: shares[k] }));
}
