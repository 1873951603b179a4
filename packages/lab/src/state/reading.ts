import { effect } from "@preact/signals";
import { type Progress, type ShearPlane, SoftfieldError, type System } from "softfield";
import type { JobEvent } from "../engine/messages.ts";
import type { StateInput } from "../engine/minima.ts";
import type { Reading } from "../engine/read.ts";
import type { Yielding, YieldingInput } from "../engine/yielding.ts";
import { cornerIn, glass, type LabGlass, unsettled } from "./glass.ts";
import { isDirectional } from "./indicatorlist.ts";
import { wordsOf } from "./indicators.ts";
import { knownOf, learn, numberOf, unlearn } from "./known.ts";
import { angle, type GlassState, plane, readState } from "./shear.ts";
import { tab, view } from "./view.ts";
import { analyser, announcement, failure, tracked } from "./work.ts";

/** Local thermal energies of the glass in view, as it is without shear. */
export async function read(): Promise<void> {
  const now = glass.value;
  if (!now) return;
  const result = await readingOf(now, now.system, "Reading the glass");
  if (glass.value !== now) return;
  if (!result) {
    if (!failure.value) return;
    const error = withPlace(failure.value, now);
    failure.value = error;
    if (error instanceof SoftfieldError && error.code === "not-a-minimum" && now.origin.kind === "file")
      unsettled.value = { glass: now, failure: error };
    return;
  }
  if (tab.value === "make") tab.value = "read";
  announcement.value = `Local thermal energies of ${result.energies[0].lte.length} bonds are known.`;
}

/** Local thermal energies of a state of the glass in view; undefined where they cannot be had. */
export async function readingOf(from: LabGlass, system: System, label: string): Promise<Reading | undefined> {
  const known = knownOf(system).reading;
  if (known) return known;
  const result = await tracked(label, (onProgress) =>
    analyser.run(
      "read",
      { ...jobOn(from, system), kept: view.value.kept, corner: cornerIn(from, system.box) },
      progressOnly(onProgress),
    ),
  );
  if (result && glass.value === from) learn(system, { reading: result });
  return result;
}

function jobOn({ model }: LabGlass, system: System): StateInput {
  return { state: numberOf(system), system, model };
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

/** An indicator of a state, of the one whose field is in view or of another, as of `softfield spots --indicator`. */
export async function findIndicator(name: string, system = readState.value?.system): Promise<void> {
  const from = glass.value;
  const known = knownOf(system);
  if (!known.reading || !from || !system || known.values?.[name]) return;
  const load = loadChosen();
  const result = await tracked(wordsOf(name).work, (onProgress) =>
    analyser.run("indicator", { ...jobOn(from, system), name, load }, progressOnly(onProgress)),
  );
  const asked = load.angle === angle.peek() && load.plane === plane.peek();
  if (result && glass.value === from && (asked || !isDirectional(name)))
    learn(system, { values: { [name]: result } });
}

/** The shear that is chosen, as the library takes it. */
export function loadChosen(): { readonly angle: number; readonly plane: ShearPlane } {
  return { angle: angle.value, plane: plane.value };
}

// What looks in one direction says nothing of another.
let looked = "";
effect(() => {
  const now = JSON.stringify(loadChosen());
  if (looked !== "" && now !== looked) unlearn(isDirectional);
  looked = now;
});

/** How spots of a map of a state answer to strain; undefined where that failed. */
export function yieldingOf(
  { glass: from, system }: GlassState,
  map: YieldingInput["map"],
): Promise<Yielding | undefined> {
  return tracked("When each spot yields", (onProgress) =>
    analyser.run("yielding", { ...jobOn(from, system), map, load: loadChosen() }, progressOnly(onProgress)),
  );
}

/** Of what a job says, its progress. */
export function progressOnly(onProgress: (progress: Progress) => void): (raw: unknown) => void {
  return (raw) => {
    const event = raw as JobEvent;
    if (event.type === "progress") onProgress(event.progress);
  };
}
