import type { EventScore, Table } from "softfield";
import type { FollowedStrain, ForetoldStrain } from "softfield/internal";

/** Scores of events by the named indicators as a table: one row an event. */
export function scoresTable(
  scores: readonly EventScore[],
  names: readonly string[],
  { foretold = [], followed = [] }: Told = {},
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
      ...(followed.length > 0 ? followedColumns(followed) : []),
    ],
  };
}

/** What was foretold of each event, from the unsheared glass and from the minimum before it. */
interface Told {
  readonly foretold?: readonly ForetoldStrain[];
  readonly followed?: readonly FollowedStrain[] | undefined;
}

function followedColumns(followed: readonly FollowedStrain[]): Table["columns"] {
  return [
    {
      name: "followed_strain",
      values: Float64Array.from(followed, ({ strain }) => strain),
      description:
        "strain at which the place within 3 bond lengths yields, foretold from the minimum that the event before led to",
    },
    {
      name: "followed_rank",
      values: Int32Array.from(followed, ({ rank }) => rank),
      description: "that place's rank there; 0: none is there",
    },
  ];
}

/** At which strain each event was foretold. */
function foretoldColumns(foretold: readonly ForetoldStrain[]): Table["columns"] {
  const description =
    "strain at which the spot nearest to it yields by linear response, ΣE²/ΣE·dE/dγ; negative: the load stiffens it, " +
    "its opposite would soften it";
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
      description:
        "strain at which the surroundings of the place within 3 bond lengths yield, of the unsheared glass",
    },
    {
      name: "local_rank",
      values: Int32Array.from(foretold, ({ rank }) => rank ?? 0),
      description: "that place's rank among those that the load yields; 0: none is there",
    },
    {
      name: "cubic_strain",
      values: Float64Array.from(foretold, ({ cubic = Number.NaN }) => cubic),
      description: "γ_c = κ²/(2τν) of the first excitation of the census within 3 bond lengths",
    },
    {
      name: "cubic_rank",
      values: Int32Array.from(foretold, ({ cubicRank }) => cubicRank ?? 0),
      description: "its rank among the excitations that the load yields, by γ_c; 0: none is there",
    },
  ];
}
