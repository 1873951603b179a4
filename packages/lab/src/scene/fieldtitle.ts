import { wordsOf } from "../state/indicators.ts";
import { map, source } from "../state/maps.ts";
import { readState, sheared } from "../state/shear.ts";
import { guided } from "../state/spotsshown.ts";
import { view } from "../state/view.ts";
import { number } from "../words.ts";

/** Which field is seen, and of which state. */
export function fieldTitle(): string {
  const name = wordsOf(source.value).map;
  if (!sheared.value || !map.value || !view.value.field) return name;
  const strain = readState.value?.strain ?? 0;
  if (guided.value) return `${name}, ${strain === 0 ? "before the shear" : "of this moment"}`;
  return `${name}, ${strain === 0 ? "unsheared glass" : `at γ = ${number(strain, 4)}`}`;
}
