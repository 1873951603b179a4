import { signal } from "@preact/signals";
import type { JobEvent, ModelChoice } from "../engine/messages.ts";
import {
  course,
  forget,
  glass,
  keepPicture,
  making,
  type Origin,
  passing,
  take,
  unsettled,
  wish,
} from "./glass.ts";
import { read } from "./reading.ts";
import { recipeFromHeader } from "./recipe.ts";
import { analyser, simulator, tracked } from "./work.ts";

export interface OpenChoice {
  readonly name: string;
  readonly bytes: ArrayBuffer;
  readonly model: ModelChoice;
  readonly species: string;
  readonly frame: number;
}

/** How many frames the file in view has; undefined until they are counted. */
export const frames = signal<number | undefined>(undefined);

/** Opens a configuration file and reads it; a glass that is being made is given up. */
export async function open(choice: OpenChoice): Promise<void> {
  const { name, bytes, model, species, frame } = choice;
  const wanted = wish();
  unsettled.value = undefined;
  if (!glass.value) forget();
  const opened = await tracked(`Opening ${name}`, () =>
    analyser.run("open", { bytes, name, model, species, frame }),
  );
  if (!opened || !wanted()) return;
  const { system, corner, summary, lines, ids } = opened;
  const recipe = recipeFromHeader(summary.info, system.species.length);
  const origin: Origin = {
    kind: "file",
    name,
    species,
    frame,
    summary,
    lines,
    minimized: false,
    ...(ids ? { ids } : {}),
    ...(recipe && recipe.model === opened.modelName && { recipe }),
  };
  course.value = undefined;
  frames.value ??= opened.frames;
  keepPicture(system, opened.places);
  take({ system, corner, model: opened.model, modelName: opened.modelName, origin });
  await read();
}

/** Brings an opened configuration to its minimum, then reads it. */
export async function settle(): Promise<void> {
  const from = unsettled.value?.glass;
  if (from?.origin.kind !== "file") return;
  const wanted = wish();
  making.value = true;
  const result = await tracked("Bringing it to its minimum", (onProgress) =>
    simulator.run("minimize", { system: from.system, model: from.model, corner: from.corner }, (raw) => {
      const event = raw as JobEvent;
      if (event.type === "progress") onProgress(event.progress);
      else passing.value = event.frame;
    }),
  );
  if (!wanted()) return;
  making.value = false;
  passing.value = undefined;
  if (!result) return;
  take({ ...from, system: result.system, origin: { ...withoutRecipe(from.origin), minimized: true } });
  await read();
}

/** What was minimised here is no longer the glass of the file's recipe. */
function withoutRecipe({ recipe: _, ...origin }: Origin & { readonly kind: "file" }): Origin & {
  readonly kind: "file";
} {
  return origin;
}
