import {
  bondMap,
  type HeatMapInput,
  heatMap,
  type MapOptions,
  panels,
  polarPlot,
  type StyleName,
} from "@softfield/figures";
import {
  type EventScore,
  type IndicatorMap,
  localThermalEnergy,
  type Prediction,
  pairsOf,
  SoftfieldError,
  type SpotSoftening,
  simpleShear,
  yieldStrain,
} from "softfield";

/** A softness field with its spots ringed and ranked, and where a glass yielded by the order of its events. */
export function fieldFigure(
  { indicator, field, spots }: Pick<IndicatorMap, "indicator" | "field" | "spots">,
  style: MapOptions,
  events?: readonly EventScore[],
): string {
  const input: HeatMapInput = {
    box: field.box,
    counts: field.counts,
    values: field.values,
    spots: spots.spots.map(({ rank, position }) => ({ number: rank, position })),
    events: events?.map(({ ordinal, position }) => ({ number: ordinal, position })),
    label: indicator.label,
    ...style,
  };
  return heatMap(input);
}

/** Fig. 3 of Zylberg 2017: E_α as bonds, and the first softness field with the events numbered by occurrence. */
export function figure3({ minimum, maps, scores }: Prediction, style: MapOptions): string {
  const { system, interactions, energies } = localThermalEnergy(minimum);
  const { i, du } = pairsOf(interactions);
  const bonds = bondMap({
    box: system.box,
    positions: system.positions,
    i,
    du,
    values: energies[0].lte,
    ...style,
  });
  return panels([bonds, fieldFigure(maps[0], style, scores)], style.style ? { style: style.style } : {});
}

/** Directions in which surroundings are tried for a polar plot, degrees. */
export const YIELD_ANGLES: readonly number[] = Array.from({ length: 16 }, (_, k) => (k * 180) / 16);
const CURVES = 6;

/** 1/γ_c of the first spots over the direction of simple shear: by linear response as curves, of surroundings as dots. */
export function softeningFigure(
  { field, softening, unstrained, surfaces = [] }: Softened,
  style: StyleName,
): string {
  if (field.box.dimension !== 2)
    throw new SoftfieldError(
      "usage",
      "--polar: the directions of shear are those of a plane; give a 2D glass",
    );
  if (!softening) throw new SoftfieldError("usage", `--polar: no yield strains: ${unstrained}`);
  return polarPlot({
    style,
    label: "1/*γ*_{c} by direction of simple shear",
    curves: softening.slice(0, CURVES).map((spot, k) => ({
      label: `spot ${k + 1}`,
      radii: Array.from({ length: 360 }, (_, angle) =>
        Math.max(0, 1 / yieldStrain(spot, simpleShear(2, angle))),
      ),
      points: (surfaces[k] ?? []).flatMap((strain, n): [number, number][] =>
        Number.isNaN(strain) ? [] : [0, 180].map((turn) => [YIELD_ANGLES[n] + turn, 1 / strain]),
      ),
    })),
  });
}

interface Softened extends Pick<IndicatorMap, "field"> {
  readonly softening?: readonly SpotSoftening[] | undefined;
  readonly unstrained?: string | undefined;
  readonly surfaces?: readonly (readonly number[])[] | undefined;
}
