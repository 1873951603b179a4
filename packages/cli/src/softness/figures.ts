import { bondMap, type HeatMapInput, heatMap, panels, plainText, polarPlot } from "@softfield/figures";
import {
  type EventScore,
  type GlassResponse,
  type IndicatorMap,
  type Prediction,
  pairsOf,
  SoftfieldError,
  type SpotSoftening,
  yieldStrain,
} from "softfield";
import { Deformation, unitNamed } from "softfield/internal";
import { captioned } from "../shell/captions.ts";
import type { Configuration } from "../shell/load.ts";
import type { LoadCliOptions } from "../shell/loads.ts";
import { mapStyle, type PictureOptions, slabWords } from "../shell/pictures.ts";

type Glass = Pick<Configuration, "file" | "model" | "system" | "snapshot">;

/** A softness field with its spots ringed and ranked, and where a glass yielded by the order of its events. */
export function fieldFigure(map: FieldMap, options: MapStyling, glass: Glass): string {
  return captioned(fieldMap(map, options, glass), glass, [
    `Softness field by ${map.indicator.short}`,
    ...fieldWords(map),
    ...slabWords(options, glass),
  ]);
}

type FieldMap = Pick<IndicatorMap, "indicator" | "field" | "spots">;
type MapStyling = Pick<PictureOptions, "style" | "slab">;

function fieldMap(
  { indicator, field, spots }: FieldMap,
  options: MapStyling,
  glass: Pick<Glass, "model" | "snapshot">,
  events?: readonly EventScore[],
): string {
  const input: HeatMapInput = {
    box: field.box,
    counts: field.counts,
    values: field.values,
    spots: spots.spots.map(({ rank, position }) => ({ number: rank, position })),
    events: events?.map(({ ordinal, position }) => ({ number: ordinal, position })),
    label: indicator.label,
    unit: unitMarkup(unitNamed(indicator.unit, glass.model), field.box.dimension),
    ...mapStyle(options, glass),
  };
  return heatMap(input);
}

/** A unit of a table in the mark-up of figures; none of what has no dimension. */
function unitMarkup(unit: string, dimension: number): string | undefined {
  if (unit === "1") return undefined;
  if (unit === "(½k_BT)²") return "*k*_{B}^{2}*T*^{2}/4";
  return unit.replace("^d", `^{${dimension}}`).replace("k_BT", "*k*_{B}*T*").replace(/k_B$/, "*k*_{B}");
}

function fieldWords({ indicator, field, spots }: FieldMap): string[] {
  const { length } = spots.spots;
  return [
    `Colours: the softness field of ${plainText(indicator.label)}, the mean over ${field.counts.join(" × ")} bins.`,
    `Rings: the ${length} soft ${length === 1 ? "spot" : "spots"} of the field, the first ten with their rank, 1 for the softest.`,
  ];
}

/** Fig. 3 of Zylberg 2017: E_α as bonds, and the first softness field with the events numbered by occurrence. */
export function figure3(
  { maps, scores }: Pick<Prediction, "maps" | "scores">,
  { system, interactions, energies }: GlassResponse,
  options: MapStyling,
  glass: Glass,
): string {
  const { i, du } = pairsOf(interactions);
  const bonds = bondMap({
    box: system.box,
    positions: system.positions,
    i,
    du,
    values: energies[0].lte,
    ...mapStyle(options, glass),
  });
  const svg = panels([bonds, fieldMap(maps[0], options, glass, scores)], { style: options.style });
  return captioned(svg, glass, [
    "Local thermal energies and where the glass yields",
    "(a) Local thermal energies E of the pairs (Eq. 3 of Zylberg et al. 2017, a number): thickness and opacity grow with |E|, orange is " +
      "negative, black positive.",
    "(b)",
    ...fieldWords(maps[0]),
    `Discs: where the first ${scores.length} plastic ${scores.length === 1 ? "event" : "events"} happened under quasistatic shear, in order of occurrence (after Fig. 3 of that paper).`,
    ...slabWords(options, glass),
  ]);
}

/** Directions in which surroundings are tried for a polar plot, degrees. */
export const YIELD_ANGLES: readonly number[] = Array.from({ length: 16 }, (_, k) => (k * 180) / 16);
const CURVES = 6;

/**
 * 1/γ_c of the first spots over the direction of simple shear, in 3D in a plane: by linear response as curves, of
 * surroundings as dots.
 */
export function softeningFigure(
  { field, softening, unstrained, surfaces = [] }: Softened,
  { style, plane }: Pick<PictureOptions, "style"> & Pick<LoadCliOptions, "plane">,
  glass: Glass,
): string {
  if (!softening) throw new SoftfieldError("usage", `--polar: no yield strains: ${unstrained}`);
  const svg = polarPlot({
    style,
    label: "1/*γ*_{c} (*γ*_{c}: yield strain) by direction of simple shear",
    curves: softening.slice(0, CURVES).map((spot, k) => ({
      label: `spot ${k + 1}`,
      radii: Array.from({ length: 360 }, (_, angle) =>
        Math.max(0, 1 / yieldStrain(spot, Deformation.of(field.box, { plane, angle }).at(0).rate)),
      ),
      points: (surfaces[k] ?? []).flatMap((strain, n): [number, number][] =>
        Number.isNaN(strain) ? [] : [0, 180].map((turn) => [YIELD_ANGLES[n] + turn, 1 / strain]),
      ),
    })),
  });
  const shown = Math.min(CURVES, softening.length);
  return captioned(svg, glass, [
    "Yield strains of the soft spots by direction",
    `Radius: 1/γ_c of the first ${shown} soft ${shown === 1 ? "spot" : "spots"}, γ_c the strain at which the spot is to yield by linear response, a number; ` +
      `angle: the direction of simple shear${field.box.dimension === 3 ? ` in the plane ${plane ?? "xy"}` : ""}.`,
    ...(surfaces.length > 0
      ? ["Dots: where the surroundings of the spots yielded when sheared by themselves."]
      : []),
  ]);
}

interface Softened extends Pick<IndicatorMap, "field"> {
  readonly softening?: readonly SpotSoftening[] | undefined;
  readonly unstrained?: string | undefined;
  readonly surfaces?: readonly (readonly number[])[] | undefined;
}
