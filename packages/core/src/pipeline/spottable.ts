import {
  type SoftSpot,
  type SpotSoftening,
  softestLoad,
  softestShear,
  yieldStrain,
} from "../fields/index.ts";
import type { Table } from "../formats/index.ts";
import { strainComponents } from "../response/index.ts";

const AXES = ["x", "y", "z"];

/** A soft spot and how it answers to strain; without where the model does not know. */
export interface LoadedSpot extends SoftSpot {
  readonly softening?: SpotSoftening | undefined;
  /** γ_c under the load by the fold of its surroundings, where that was asked for; NaN: none. */
  readonly local?: number | undefined;
}

/** Soft spots as a table, softest first; `load` (d×d): the displacement gradient a unit of strain under which they yield. O(spots) */
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
            description:
              "where its surroundings yield under the load, there or next to it; NaN: nowhere, or only at their border",
          },
        ]
      : []),
  ];
}
