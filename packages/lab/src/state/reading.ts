import { batch } from "@preact/signals";
import { type Progress, SoftfieldError } from "softfield";
import type { JobEvent } from "../engine/messages.ts";
import { glass, type LabGlass, modes, reading, unsettled } from "./glass.ts";
import { tab } from "./view.ts";
import { analyser, announcement, failure, tracked } from "./work.ts";

/** Local thermal energies of the glass in view. */
export async function read(): Promise<void> {
  const now = glass.value;
  if (!now) return;
  const result = await tracked("Reading the glass", (onProgress) =>
    analyser.run("read", { system: now.system, model: now.model, options: {} }, progressOnly(onProgress)),
  );
  if (glass.value !== now) return;
  if (!result) {
    const error = failure.value;
    if (error) failure.value = withPlace(error, now);
    if (error instanceof SoftfieldError && error.code === "not-a-minimum") unsettled.value = now;
    return;
  }
  batch(() => {
    reading.value = result;
    if (tab.value === "make") tab.value = "read";
  });
  announcement.value = `Local thermal energies of ${result.lte.length} bonds are known.`;
}

/** As the command line puts file, line and id before an error that names a particle. */
function withPlace(error: Error, { origin }: LabGlass): Error {
  if (!(error instanceof SoftfieldError) || origin.kind !== "file" || error.place.file !== undefined)
    return error;
  const { particle } = error.place;
  const known = particle !== undefined && particle < origin.lines.length;
  const id = known && origin.ids ? ` (particle ${particle} has id ${origin.ids[particle]})` : "";
  const line = known ? `:${origin.lines[particle]}` : "";
  return new SoftfieldError(error.code, `${origin.name}${line}: ${error.message}${id}`, error.place);
}

/** The lowest modes of the glass in view, for comparison. */
export async function findModes(count = 30): Promise<void> {
  const now = reading.value;
  const from = glass.value;
  if (!now || !from) return;
  const result = await tracked("Lowest normal modes", (onProgress) =>
    analyser.run("modes", { system: now.system, model: from.model, count }, progressOnly(onProgress)),
  );
  if (result && reading.value === now) modes.value = result;
}

/** Of what a job says, its progress. */
export function progressOnly(onProgress: (progress: Progress) => void): (raw: unknown) => void {
  return (raw) => {
    const event = raw as JobEvent;
    if (event.type === "progress") onProgress(event.progress);
  };
}
