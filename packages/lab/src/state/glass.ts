import { batch, signal } from "@preact/signals";
import type { Box, PairModel, Protocol, SnapshotSummary, System } from "softfield";
import { carriedPoint, pairLength } from "softfield/internal";
import { wrapped } from "../engine/pace.ts";
import type { Course } from "./course.ts";
import type { RecipeChoice } from "./recipe.ts";

import { simulator } from "./work.ts";

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
      /** Of `softfield make`, where the file's header tells all of it. */
      readonly recipe?: RecipeChoice;
      readonly species: string;
      readonly frame: number;
      readonly summary: SnapshotSummary;
      readonly lines: Int32Array;
      readonly ids?: Float64Array;
      readonly minimized: boolean;
    };

export interface LabGlass {
  readonly system: System;
  /** d, the corner of the box in its file, λ: what is taken away lies in that box. */
  readonly corner: Float64Array;
  readonly model: PairModel;
  /** As the command line is told it: a preset, or a file. */
  readonly modelName: string;
  readonly origin: Origin;
}

/** Positions for the eye. */
export interface Picture {
  readonly box: Box;
  /** N×d, in the box, from its corner, single precision. */
  readonly positions: Float32Array;
}

/** The glass in view, unsheared. */
export const glass = signal<LabGlass | undefined>(undefined);
/** A picture that passes: the running liquid, a minimisation, an event in slow motion. */
export const passing = signal<Picture | undefined>(undefined);
/** Species and model of what is in view, from the first picture of a liquid on. */
export const cast = signal<{ readonly model: PairModel; readonly species: Int32Array } | undefined>(
  undefined,
);
export const course = signal<Course | undefined>(undefined);
/** A file that could not be read as a minimum and can be brought to one, with the error that said so. */
export const unsettled = signal<{ readonly glass: LabGlass; readonly failure: Error } | undefined>(undefined);

/** Radius of each particle for the eye: half of its diameter, where particles have their own, or of λ_ii. */
export function radii(model: PairModel, species: Int32Array, diameters?: Float64Array): number[] {
  if (diameters) return Array.from(diameters, (x) => x / 2);
  const byKind = model.species.map((_, s) => 0.5 * pairLength(model, s, s));
  return Array.from(species, (s) => byKind[s]);
}

/** The corner of a box of a glass, sheared or not: it goes with the box of the glass's file. */
export function cornerIn({ corner, system }: LabGlass, box: Box): Float64Array {
  return sameBox(box, system.box) ? corner : carriedPoint(corner, system.box, box);
}

/** d, where the picture of a box of the glass in view begins: at the corner of its file. */
export function eyeCorner(box: Box): Float64Array {
  const now = glass.peek();
  return now ? cornerIn(now, box) : new Float64Array(box.dimension);
}

const pictures = new WeakMap<System, Picture>();

/** Positions for the eye of the glass in view: of the same system the same. */
export function pictureOf(system: System): Picture {
  const known = pictures.get(system);
  if (known) return known;
  const { box, positions } = system;
  return keepPicture(system, wrapped(box, positions, eyeCorner(box)));
}

/** Keeps the positions for the eye of a system that a worker has found. */
export function keepPicture(system: System, positions: Float32Array): Picture {
  const picture = { box: system.box, positions };
  pictures.set(system, picture);
  return picture;
}

/** Whether two boxes are the same. */
export function sameBox(a: Box, b: Box): boolean {
  return a.dimension === b.dimension && a.vectors.every((x, k) => x === b.vectors[k]);
}

let newest = 0;

/**
 * Says that another glass is wanted: what was on its way to the stage is given up. The answer tells whether this is
 * still the newest wish; what comes of an older one is not shown.
 */
export function wish(): () => boolean {
  const mine = ++newest;
  if (making.value) simulator.stop();
  making.value = false;
  return () => mine === newest;
}
/** Whether a glass is on its way that would replace the one in view. */
export const making = signal(false);

/** Leaves the glass in view, with all that is known of it. */
export function forget(): void {
  batch(() => {
    glass.value = undefined;
    passing.value = undefined;
    cast.value = undefined;
    unsettled.value = undefined;
    for (const listener of onForget) listener();
  });
}
/** Called when the glass in view is left. */
export const onForget = new Set<() => void>();

/** Puts a glass on the stage. */
export function take(next: LabGlass): void {
  batch(() => {
    forget();
    glass.value = next;
    cast.value = { model: next.model, species: next.system.species };
  });
}
