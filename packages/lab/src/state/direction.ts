import { computed, signal } from "@preact/signals";
import { nearestSpot } from "softfield";
import { simpleShear, softestShear, spotSoftening, yieldStrain } from "softfield/internal";
import { Engine, type Running } from "../engine/client.ts";
import type { FirstEvent } from "../engine/direction.ts";
import { glass, onForget } from "./glass.ts";
import { knownOf, learn, numberOf } from "./known.ts";
import { foretold } from "./maps.ts";
import { progressOnly } from "./reading.ts";
import { angle, plane } from "./shear.ts";
import { MAX_STRAIN } from "./shearing.ts";
import { analyser, failure, tracked } from "./work.ts";

/** How a soft spot of the unsheared glass answers to shear. */
export interface SpotDirection {
  readonly rank: number;
  /** 2D: degrees of the sliding direction under which it yields first, and that strain, by linear response. */
  readonly softest: { readonly angle: number; readonly strain: number } | undefined;
  /** γ̂_c under the direction chosen: positive where it softens the spot, negative where its opposite does. */
  readonly here: number;
}

/** In the plane x along y in 3D: other planes are not asked of. */
export const spotDirections = computed<readonly SpotDirection[] | undefined>(() => {
  const from = glass.value?.system;
  const { reading, slopes } = knownOf(from);
  const map = foretold.value.lte;
  if (!from || !reading || !slopes || !map) return undefined;
  const d = from.box.dimension;
  if (d === 3 && plane.value !== "xy") return undefined;
  const energies = reading.energies.map((own, f) => ({ ...own, derivatives: slopes[f] }));
  const load = simpleShear(d, angle.value);
  return spotSoftening(map.field, from.positions, energies, map.spots.spots).map((spot, k) => ({
    rank: map.spots.spots[k].rank,
    softest: d === 2 ? softestShear(spot) : undefined,
    here: yieldStrain(spot, load),
  }));
});

/** Finds out how E answers to a strain. */
export async function findSlopes(): Promise<void> {
  const from = glass.value;
  if (!from || knownOf(from.system).slopes || !knownOf(from.system).reading) return;
  const input = { state: numberOf(from.system), system: from.system, model: from.model };
  const slopes = await tracked("How E answers to shear", (onProgress) =>
    analyser.run("slopes", input, progressOnly(onProgress)),
  );
  if (slopes && glass.value === from) learn(from.system, { slopes });
}

/** Directions that are tried, degrees. */
const STEP = 10;
export const ANGLES = Array.from({ length: 180 / STEP }, (_, k) => k * STEP);
/** Up to so many particles all directions are tried within a minute or so. */
export const MAX_FOR_ALL = 4000;

/** First events by direction, as far as they are known. */
export const firsts = signal<readonly FirstEvent[]>([]);
export const trying = signal(false);

/** Of each first event, the rank of the nearest soft spot. */
export const firstSpots = computed<ReadonlyMap<number, number>>(() => {
  const from = glass.value?.system;
  const map = foretold.value.lte;
  const found = new Map<number, number>();
  if (!from || !map) return found;
  const d = from.box.dimension;
  for (const { angle: direction, particle } of firsts.value) {
    const place = from.positions.subarray(particle * d, (particle + 1) * d);
    const nearest = nearestSpot(from.box, place, map.marks);
    if (nearest) found.set(direction, nearest.rank);
  }
  return found;
});

let runs: readonly Running<number>[] = [];
const pool: Engine[] = [];

/** Shears the glass in every direction to its first event, several at a time. */
export async function tryAll(): Promise<void> {
  const from = glass.value;
  if (!from) return;
  stopTrying();
  firsts.value = [];
  trying.value = true;
  failure.value = undefined;
  const count = Math.min(4, Math.max(1, (navigator.hardwareConcurrency || 2) - 1));
  while (pool.length < count) pool.push(new Engine());
  const mine = pool.slice(0, count).map((engine, k) => {
    const angles = ANGLES.filter((_, a) => a % count === k);
    const input = { system: from.system, model: from.model, angles, farthest: MAX_STRAIN };
    return engine.run("firsts", input, (event) => {
      if (glass.value === from)
        firsts.value = [...firsts.value, event as FirstEvent].sort((a, b) => a.angle - b.angle);
    });
  });
  runs = mine;
  try {
    await Promise.all(mine.map(({ result }) => result));
  } catch (error) {
    if (runs === mine && (error as { code?: string }).code !== "aborted") failure.value = error as Error;
  }
  if (runs === mine) stopTrying();
}

export function stopTrying(): void {
  for (const run of runs) run.cancel();
  runs = [];
  trying.value = false;
}

onForget.add(() => {
  stopTrying();
  firsts.value = [];
});
