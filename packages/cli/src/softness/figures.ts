import { bondMap, type HeatMapInput, heatMap, type MapOptions, panels } from "@softfield/figures";
import { type EventScore, type FieldWithSpots, type GlassSoftness, pairsOf } from "softfield";

/** A softness field with its spots ringed and ranked, and where a glass yielded by the order of its events. */
export function fieldFigure(
  { field, spots }: FieldWithSpots,
  style: MapOptions,
  marks: { events?: readonly EventScore[]; label?: string } = {},
): string {
  const input: HeatMapInput = {
    box: field.box,
    counts: field.counts,
    values: field.values,
    spots: spots.spots.map(({ rank, position }) => ({ number: rank, position })),
    ...(marks.events && {
      events: marks.events.map(({ ordinal, position }) => ({ number: ordinal, position })),
    }),
    ...(marks.label && { label: marks.label }),
    ...style,
  };
  return heatMap(input);
}

/** Fig. 3 of Zylberg 2017: E_α as bonds, and the softness field with the events numbered by occurrence. */
export function figure3(softness: GlassSoftness, scores: readonly EventScore[], style: MapOptions): string {
  const { system, interactions, energies } = softness.response;
  const { i, du } = pairsOf(interactions);
  const bonds = bondMap({
    box: system.box,
    positions: system.positions,
    i,
    du,
    values: energies[0].lte,
    ...style,
  });
  return panels(
    [bonds, fieldFigure(softness, style, { events: scores })],
    style.style ? { style: style.style } : {},
  );
}
