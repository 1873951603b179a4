import { bondMap, type HeatMapInput, heatMap, type MapOptions, panels } from "@softfield/figures";
import { type EventScore, type IndicatorMap, localThermalEnergy, type Prediction, pairsOf } from "softfield";

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
