import type { FieldMap } from "../state/fieldmap.ts";
import { view } from "../state/view.ts";
import { scaleOf } from "./layers.ts";
import { colourAt } from "./palette.ts";
import { sceneTheme } from "./theme.ts";

/** Colours of a circle as CSS properties. */
export type SpotColours = Readonly<Record<"--fill" | "--ink-on", string>>;

/**
 * By the softness of a spot, the colour that the map has there: a circle does not hide how soft its place is. Undefined
 * where the picture has no map, or, in 3D, surfaces instead. O(bins log bins)
 */
export function spotColours(map: FieldMap | undefined): ((score: number) => SpotColours) | undefined {
  if (!map || !view.value.field || map.field.counts.length !== 2) return undefined;
  const { level } = scaleOf(map.field.values);
  return (score) => {
    const { fill, ink } = colourAt(sceneTheme.value.heat, level(score));
    return { "--fill": fill, "--ink-on": ink };
  };
}
