import { batch, computed, signal } from "@preact/signals";
import {
  type Box,
  type PairModel,
  type Progress,
  type Protocol,
  pairLength,
  particleField,
  preset,
  type SnapshotSummary,
  SoftfieldError,
  type SoftnessField,
  type SoftSpots,
  type System,
  softnessField,
  softSpots,
  wrapPositions,
} from "softfield";
import type { Frame, JobEvent } from "../engine/messages.ts";
import type { Modes } from "../engine/modes.ts";
import type { Reading } from "../engine/read.ts";
import { choice, protocolOptions, type RecipeChoice } from "./recipe.ts";
import { tab, view } from "./view.ts";
import { analyser, announcement, failure, latest, simulator, tracked, work } from "./work.ts";

/** Where a glass came from. */
export type Origin =
  | {
      readonly kind: "made";
      readonly recipe: RecipeChoice;
      readonly protocol: Protocol;
      /** The file that `softfield make` writes, and its SHA-256. */
      readonly text: string;
      readonly sha256: string;
    }
  | {
      readonly kind: "file";
      readonly name: string;
      readonly species: string;
      readonly frame: number;
      readonly summary: SnapshotSummary;
      readonly lines: Int32Array;
      readonly ids?: Float64Array;
      readonly minimized: boolean;
    };

export interface LabGlass {
  readonly system: System;
  readonly model: PairModel;
  /** As the command line is told it: a preset, or a file. */
  readonly modelName: string;
  readonly origin: Origin;
}

/** What is in view: the glass, the running liquid, or the sheared glass. */
export interface Shown {
  readonly box: Box;
  readonly positions: Float32Array;
}

/** Curves of a preparation. */
export interface Course {
  readonly time: readonly number[];
  readonly temperature: readonly number[];
  readonly energy: readonly number[];
  readonly stage: string;
}

export const glass = signal<LabGlass | undefined>(undefined);
export const shown = signal<Shown | undefined>(undefined);
/** Species and model of what is in view, from the first picture of a liquid on. */
export const cast = signal<{ readonly model: PairModel; readonly species: Int32Array } | undefined>(
  undefined,
);
export const course = signal<Course | undefined>(undefined);
export const reading = signal<Reading | undefined>(undefined);
export const modes = signal<Modes | undefined>(undefined);
/** A file that could not be read as a minimum, and can be brought to one. */
export const unsettled = signal<LabGlass | undefined>(undefined);

/** The softness field of E, by SI D. */
export const lteField = computed<SoftnessField | undefined>(() => {
  const now = reading.value;
  if (!now) return undefined;
  const { system, interactions, lte } = now;
  return softnessField(system.box, system.positions, interactions, lte, { threshold: view.value.kept });
});

/** The baseline: the lowest modes on the same bins. */
export const modesField = computed<SoftnessField | undefined>(() => {
  const [now, grid, from] = [modes.value, lteField.value, reading.value];
  if (!now || !grid || !from) return undefined;
  return particleField(from.system.box, from.system.positions, now.weights, { grid });
});

export const field = computed(() => (view.value.source === "modes" ? modesField.value : lteField.value));
export const lteSpots = computed<SoftSpots | undefined>(() => lteField.value && softSpots(lteField.value));
export const modesSpots = computed<SoftSpots | undefined>(
  () => modesField.value && softSpots(modesField.value),
);
export const spots = computed(() => (view.value.source === "modes" ? modesSpots.value : lteSpots.value));

/** Radius of each particle for the eye: half of λ_ii. */
export function radii(model: PairModel, species: Int32Array): number[] {
  const byKind = model.species.map((_, s) => 0.5 * pairLength(model, s, s));
  return Array.from(species, (s) => byKind[s]!);
}

/** Positions for the eye. */
export function shownOf({ box, positions }: System): Shown {
  return { box, positions: Float32Array.from(wrapPositions(box, positions).cartesian) };
}

/** Whether two boxes are the same. */
export function sameBox(a: Box, b: Box): boolean {
  return a.dimension === b.dimension && a.vectors.every((x, k) => x === b.vectors[k]);
}

function forget(): void {
  glass.value = undefined;
  reading.value = undefined;
  modes.value = undefined;
  unsettled.value = undefined;
  for (const listener of onForget) listener();
}
/** Called when the glass in view is left. */
export const onForget = new Set<() => void>();

const MOST_POINTS = 600;

function follow(before: Course | undefined, frame: Frame): Course {
  const { time = [], temperature = [], energy = [] } = before ?? {};
  const thin = (values: readonly number[], value: number): number[] => {
    const longer = [...values, value];
    return longer.length > MOST_POINTS
      ? longer.filter((_, k) => k % 2 === 0 || k === longer.length - 1)
      : longer;
  };
  return {
    time: thin(time, frame.time),
    temperature: thin(temperature, frame.temperature),
    energy: thin(energy, frame.energy),
    stage: frame.stage,
  };
}

/** Makes the glass of the recipe chosen, and reads it. */
export async function make(): Promise<void> {
  const recipe = choice.value;
  const model = preset(recipe.model);
  analyser.warm();
  batch(() => {
    forget();
    shown.value = undefined;
    cast.value = undefined;
    course.value = undefined;
  });
  const input = {
    recipe: { model, particles: recipe.particles, seed: recipe.seed, protocol: protocolOptions(recipe) },
    unhurried: recipe.particles <= 4000,
    version: __SOFTFIELD_VERSION__,
  };
  let curves: Course | undefined;
  const pictures = latest((frame: Frame) => {
    batch(() => {
      shown.value = frame;
      course.value = curves;
    });
  });
  const made = await tracked("Making the glass", (onProgress) =>
    simulator.run("make", input, (raw) => {
      const event = raw as JobEvent;
      if (event.type === "progress") {
        onProgress(event.progress);
        return;
      }
      const { frame } = event;
      if (frame.species) cast.value = { model, species: frame.species };
      curves = follow(curves, frame);
      pictures.offer(frame);
    }),
  );
  pictures.end();
  course.value = curves;
  if (!made) return;
  const { system, protocol, text, sha256 } = made;
  take({ system, model, modelName: recipe.model, origin: { kind: "made", recipe, protocol, text, sha256 } });
  announcement.value = `The glass is made: ${system.species.length} particles.`;
  await read();
}

/** Puts a glass on the stage. */
function take(next: LabGlass): void {
  batch(() => {
    forget();
    glass.value = next;
    shown.value = shownOf(next.system);
    cast.value = { model: next.model, species: next.system.species };
  });
}

export interface OpenChoice {
  readonly name: string;
  readonly bytes: ArrayBuffer;
  readonly model: PairModel;
  readonly modelName: string;
  readonly species: string;
  readonly frame: number;
}

/** Opens a configuration file and reads it. */
export async function open(choice: OpenChoice): Promise<void> {
  const { name, bytes, model, modelName, species, frame } = choice;
  const opened = await tracked(`Opening ${name}`, () =>
    analyser.run("open", { bytes, name, model, species, frame }),
  );
  if (!opened) return;
  const { system, summary, lines, ids } = opened;
  const origin: Origin = {
    kind: "file",
    name,
    species,
    frame,
    summary,
    lines,
    minimized: false,
    ...(ids ? { ids } : {}),
  };
  course.value = undefined;
  take({ system, model, modelName, origin });
  await read();
}

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

/** Brings an opened configuration to its minimum, then reads it. */
export async function settle(): Promise<void> {
  const from = unsettled.value;
  if (from?.origin.kind !== "file") return;
  const result = await tracked("Bringing it to its minimum", (onProgress) =>
    simulator.run("minimize", { system: from.system, model: from.model }, (raw) => {
      const event = raw as JobEvent;
      if (event.type === "progress") onProgress(event.progress);
      else shown.value = event.frame;
    }),
  );
  if (!result) return;
  take({ ...from, system: result.system, origin: { ...from.origin, minimized: true } });
  await read();
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

export function progressOnly(onProgress: (progress: Progress) => void): (raw: unknown) => void {
  return (raw) => {
    const event = raw as JobEvent;
    if (event.type === "progress") onProgress(event.progress);
  };
}

export function stop(): void {
  work.value?.cancel();
}
