import { batch, signal } from "@preact/signals";
import {
  type Box,
  type PairModel,
  type Protocol,
  pairLength,
  type SnapshotSummary,
  type System,
  wrapPositions,
} from "softfield";
import type { Modes } from "../engine/modes.ts";
import type { Reading } from "../engine/read.ts";
import type { Course } from "./course.ts";
import type { RecipeChoice } from "./recipe.ts";

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

/** Radius of each particle for the eye: half of λ_ii. */
export function radii(model: PairModel, species: Int32Array): number[] {
  const byKind = model.species.map((_, s) => 0.5 * pairLength(model, s, s));
  return Array.from(species, (s) => byKind[s]);
}

/** Positions for the eye. */
export function shownOf({ box, positions }: System): Shown {
  return { box, positions: Float32Array.from(wrapPositions(box, positions).cartesian) };
}

/** Whether two boxes are the same. */
export function sameBox(a: Box, b: Box): boolean {
  return a.dimension === b.dimension && a.vectors.every((x, k) => x === b.vectors[k]);
}

/** Leaves the glass in view, with all that is known of it. */
export function forget(): void {
  glass.value = undefined;
  reading.value = undefined;
  modes.value = undefined;
  unsettled.value = undefined;
  for (const listener of onForget) listener();
}
/** Called when the glass in view is left. */
export const onForget = new Set<() => void>();

/** Puts a glass on the stage. */
export function take(next: LabGlass): void {
  batch(() => {
    forget();
    glass.value = next;
    shown.value = shownOf(next.system);
    cast.value = { model: next.model, species: next.system.species };
  });
}
