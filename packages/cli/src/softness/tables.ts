import {
  type EventScore,
  type SoftSpot,
  type SpotSoftening,
  softestLoad,
  softestShear,
  strainComponents,
  type Table,
  yieldStrain,
} from "softfield";
import type { ForetoldStrain } from "softfield/internal";

const AXES = ["x", "y", "z"];

/** A soft spot and how it answers to strain; without where the model does not know. */
export interface LoadedSpot extends SoftSpot {
  readonly softening?: SpotSoftening | undefined;
  /** γ_c under the load by the fold of its surroundings, where that was asked for; NaN: none. */
  readonly local?: number | undefined;
}

/** Soft spots as a table, softest first. */
export function spotsTable(
  spots: readonly LoadedSpot[],
  dimension: 2 | 3,
  load: ArrayLike<number>,
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
      ...yieldColumns(spots, dimension, load),
    ],
  };
}

/** When each spot yields, by linear response: under the load, under the softest shear, and by components of the strain. */
function yieldColumns(
  spots: readonly LoadedSpot[],
  dimension: 2 | 3,
  load: ArrayLike<number>,
): Table["columns"] {
  const real = (name: string, value: (spot: SpotSoftening) => number, unit: string, description: string) => ({
    name,
    values: Float64Array.from(spots, ({ softening }) => (softening ? value(softening) : Number.NaN)),
    unit,
    description,
  });
  const axes = AXES.slice(0, dimension);
  const direction =
    dimension === 2
      ? [
          real(
            "angle",
            (spot) => softestShear(spot).angle,
            "°",
            "sliding direction of the softest shear, 0 to 180",
          ),
        ]
      : [
          ...axes.map((axis, a) =>
            real(
              `slide_${axis}`,
              (spot) => softestLoad(spot).slide[a],
              "1",
              "sliding direction of the softest shear",
            ),
          ),
          ...axes.map((axis, a) =>
            real(
              `normal_${axis}`,
              (spot) => softestLoad(spot).normal[a],
              "1",
              "normal of its sliding planes",
            ),
          ),
        ];
  return [
    real(
      "yield_strain",
      (spot) => yieldStrain(spot, load),
      "1",
      "ΣE²/ΣE·dE/dγ under the load; negative: its opposite yields it",
    ),
    real("softest", (spot) => softestLoad(spot).strain, "1", "the smallest of any simple shear"),
    ...direction,
    ...strainComponents(dimension).map(({ name, strain }) =>
      real(
        `yield_${name}`,
        (spot) => yieldStrain(spot, strain),
        "1",
        `under a unit of ${name[0] === name[1] ? "uniaxial strain" : "simple shear"} ${name}; 1/yield is linear in the strain`,
      ),
    ),
    ...(spots.some(({ local }) => local !== undefined)
      ? [
          {
            name: "local_yield_strain",
            values: Float64Array.from(spots, ({ local = Number.NaN }) => local),
            unit: "1",
            description: "where its surroundings yield under the load; none: NaN",
          },
        ]
      : []),
  ];
}

/** Scores of events by the named indicators as a table: one row an event. */
export function scoresTable(
  scores: readonly EventScore[],
  names: readonly string[],
  foretold: readonly ForetoldStrain[] = [],
): Table {
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
      ...(foretold.length > 0 ? foretoldColumns(foretold) : []),
    ],
  };
}

/** At which strain each event was foretold. */
function foretoldColumns(foretold: readonly ForetoldStrain[]): Table["columns"] {
  const description = "strain at which the spot nearest to it yields by linear response, ΣE²/ΣE·dE/dγ";
  const linear = {
    name: "foretold_strain",
    values: Float64Array.from(foretold, (f) => f.linear),
    description,
  };
  if (foretold.every(({ rank }) => rank === undefined)) return [linear];
  return [
    linear,
    {
      name: "local_strain",
      values: Float64Array.from(foretold, ({ local = Number.NaN }) => local),
      description: "strain at which the surroundings of the place within 3 λ yield, of the unsheared glass",
    },
    {
      name: "local_rank",
      values: Int32Array.from(foretold, ({ rank }) => rank ?? 0),
      description: "that place's rank among those that the load yields; 0: none is there",
    },
    {
      name: "cubic_strain",
      values: Float64Array.from(foretold, ({ cubic = Number.NaN }) => cubic),
      description: "γ_c = κ²/(2τν) of the first excitation of the census within 3 λ",
    },
    {
      name: "cubic_rank",
      values: Int32Array.from(foretold, ({ cubicRank }) => cubicRank ?? 0),
      description: "its rank among the excitations that the load yields, by γ_c; 0: none is there",
    },
  ];
}
