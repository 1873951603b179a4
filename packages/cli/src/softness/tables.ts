import type { EventScore, SoftSpot, Table } from "softfield";

const AXES = ["x", "y", "z"];

/** Soft spots as a table, softest first. */
export function spotsTable(
  spots: readonly SoftSpot[],
  dimension: number,
  metadata: Table["metadata"] = {},
): Table {
  return {
    metadata,
    columns: [
      { name: "rank", values: Int32Array.from(spots, ({ rank }) => rank), description: "1 for the softest" },
      ...AXES.slice(0, dimension).map((name, a) => ({
        name,
        values: Float64Array.from(spots, ({ position }) => position[a]),
        unit: "λ",
        description: "bin centre plus seeded noise within the bin",
      })),
      {
        name: "score",
        values: Float64Array.from(spots, ({ score }) => score),
        description: "field at the spot",
      },
      {
        name: "standardized",
        values: Float64Array.from(spots, ({ standardized }) => standardized),
        description: "largest score over this one, Eq. E.1 of Zylberg 2017",
      },
    ],
  };
}

/** Scores of events by the named indicators as a table: one row an event. */
export function scoresTable(scores: readonly EventScore[], names: readonly string[]): Table {
  const real = (name: string, value: (score: EventScore) => number | undefined, description: string) => ({
    name,
    values: Float64Array.from(scores, (score) => value(score) ?? Number.NaN),
    description,
  });
  const of = (field: string) => [
    real(`${field}_rank`, (s) => s.scores[field].nearest?.rank, `rank of the nearest soft spot by ${field}`),
    real(
      `${field}_standardized`,
      (s) => s.scores[field].nearest?.standardized,
      "its largest score over its own",
    ),
    {
      ...real(`${field}_distance`, (s) => s.scores[field].nearest?.distance, "periodic distance to it"),
      unit: "λ",
    },
    real(`${field}_correlation`, (s) => s.scores[field].correlation, "C = 1 - 2 CDF at the event's particle"),
  ];
  return {
    columns: [
      { name: "ordinal", values: Int32Array.from(scores, ({ ordinal }) => ordinal) },
      real("strain", ({ strain }) => strain, "at which the event happens"),
      {
        name: "particle",
        values: Int32Array.from(scores, ({ particle }) => particle),
        description: "zero-based",
      },
      ...names.flatMap(of),
    ],
  };
}
