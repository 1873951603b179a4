import { maps, source } from "../state/maps.ts";
import { view } from "../state/view.ts";
import { fieldData, fieldDataOf } from "./bind.ts";
import { heatAt, inkOn } from "./palette.ts";
import { sceneTheme } from "./theme.ts";

/** Colours of a circle as CSS properties. */
export type SpotColours = Readonly<Record<"--fill" | "--ink-on", string>>;

/**
 * By the bin of a spot of an indicator, the colour that its map has there: a circle does not hide how soft its place is.
 * Undefined where the picture has no map, or, in 3D, surfaces instead.
 */
export function spotColours(name: string): ((bin: readonly number[]) => SpotColours) | undefined {
  if (!view.value.field || maps.value[name]?.field.counts.length !== 2) return undefined;
  const field = name === source.value ? fieldData.value : fieldDataOf(name);
  if (!field) return undefined;
  return ([a, b]) => {
    const colour = heatAt(sceneTheme.value, field.levels[a + field.counts[0] * b], field.decades);
    const [red, green, blue] = colour.map((x) => Math.round(255 * x));
    return { "--fill": `rgb(${red} ${green} ${blue})`, "--ink-on": inkOn(colour) };
  };
}
