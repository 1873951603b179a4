import { withCaption } from "@softfield/figures";
import { version } from "@softfield/node";
import { unitsText } from "softfield/internal";
import type { Configuration } from "./load.ts";

/** The glass of a figure in words: its file, model, size and units. */
function glassWords({ file, model, system }: Pick<Configuration, "file" | "model" | "system">): string {
  return `${file} (model ${model.name}, ${system.box.dimension}D, N = ${system.species.length}, units ${unitsText(model)})`;
}

/** A figure of one glass that tells what it shows: in a few words, then in sentences, then of which glass. */
export function captioned(
  svg: string,
  glass: Pick<Configuration, "file" | "model" | "system">,
  [title, ...sentences]: readonly string[],
): string {
  const description = [...sentences, `One glass, ${glassWords(glass)}.`, `Made by softfield ${version}.`];
  return withCaption(svg, { title, description: description.join(" ") });
}
