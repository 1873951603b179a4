import { computed } from "@preact/signals";
import { minimumImage, type PlasticEvent, type System } from "softfield";
import { type NearestSpot, scoresBy, wrapPositions } from "softfield/internal";
import { behind, cameTrue, number, percent } from "../words.ts";
import type { FieldMap } from "./fieldmap.ts";
import { eyeCorner, glass } from "./glass.ts";
import { foretold } from "./maps.ts";
import { events } from "./shear.ts";
import { lengthInWords } from "./units.ts";

/** How well a map of the unsheared glass foretold an event. */
export interface Verdict {
  /** The spot nearest to the particle that moved most, as marked in the picture. */
  readonly nearest: NearestSpot | undefined;
  /** Whether the way to that spot leads across an edge of the box, which is periodic. */
  readonly across: boolean;
  /**
   * The share of the glass that the field says is softer than the place that broke, ties counted half: 0 is perfect, ½ on
   * average by chance. Told as its complement: softer than so much of the glass.
   */
  readonly softer: number;
}

/** An event with what was foretold of it. */
export interface JudgedEvent extends PlasticEvent {
  readonly lte: Verdict | undefined;
  readonly modes: Verdict | undefined;
}

/** Events judged by the maps of the unsheared glass (SI E), whatever field is in view. */
export const judged = computed<readonly JudgedEvent[]>(() => {
  const system = glass.value?.system;
  if (!system) return [];
  const { lte, modes } = foretold.value;
  const judge = (map: FieldMap | undefined) => {
    if (!map) return () => undefined;
    const scores = scoresBy({ field: map.field, spots: map.marks }, system.positions);
    return ({ particle }: PlasticEvent): Verdict => {
      const { nearest, correlation } = scores(particle);
      const spot = map.marks.find(({ rank }) => rank === nearest?.rank);
      const across = spot !== undefined && leadsAcross(system, spot.position, particle);
      return { nearest, across, softer: (1 - correlation) / 2 };
    };
  };
  const [byLte, byModes] = [judge(lte), judge(modes)];
  return events.value.map((event) => ({ ...event, lte: byLte(event), modes: byModes(event) }));
});

/** Whether the shortest way from a place in the box to a particle leads through an edge. */
function leadsAcross({ box, positions }: System, place: ArrayLike<number>, particle: number): boolean {
  const d = box.dimension;
  const corner = eyeCorner(box);
  // As they stand in the picture.
  const { cartesian } = wrapPositions(
    box,
    Float64Array.from(
      { length: 2 * d },
      (_, k) => (k < d ? place[k] : positions[(particle - 1) * d + k]) - corner[k % d],
    ),
  );
  const direct = Float64Array.from({ length: d }, (_, c) => cartesian[d + c] - cartesian[c]);
  const shortest = Float64Array.from(direct);
  minimumImage(box, shortest);
  return direct.some((x, c) => Math.abs(x - shortest[c]) > 1e-6);
}

/** Of any map of the unsheared glass, for each event the share of particles that it says are softer; ties half. */
export function sharesSofter(name: string): readonly number[] | undefined {
  const system = glass.value?.system;
  const own = foretold.value[name];
  if (!system || !own) return undefined;
  const scores = scoresBy({ field: own.field, spots: own.marks }, system.positions);
  return events.value.map(({ particle }) => (1 - scores(particle).correlation) / 2);
}

/** Whether the forecast came true of an event: foretold is what lies in the softest tenth of the map. */
export type Outcome = "foretold" | "not foretold";

export function outcomeOf({ softer }: Verdict): Outcome {
  return cameTrue(softer) ? "foretold" : "not foretold";
}

/** What came true of an event, in a sentence. */
export function sentence({ ordinal, lte, modes }: JudgedEvent): string {
  if (!lte) return `Event ${ordinal}.`;
  const { softer, nearest, across } = lte;
  const spot = nearest
    ? `, ${lengthInWords(number(nearest.distance, 2))} from soft spot ${nearest.rank}${across ? " (across the edge of the box)" : ""}`
    : "";
  const beside = modes ? `; by the modes ${behind(modes.softer)}` : "";
  const what = ordinal === 1 ? "It broke first at" : `Event ${ordinal} struck`;
  return `${what} a place softer than ${behind(softer)} of the glass (a blind guess: ${percent(0.5)} on average${beside})${spot}: ${outcomeOf(lte)}.`;
}

/** The same in a few words. */
export function briefly(verdict: Verdict): string {
  return `softer than ${behind(verdict.softer)} of the glass: ${outcomeOf(verdict)}`;
}

/** Means over the events so far, of E and of the modes. */
export const score = computed(() => {
  const list = judged.value;
  const mean = (verdicts: readonly (Verdict | undefined)[]) => {
    const found = verdicts.filter((verdict) => verdict !== undefined);
    return found.length === 0 ? undefined : found.reduce((sum, { softer }) => sum + softer, 0) / found.length;
  };
  return {
    events: list.length,
    foretold: list.filter(({ lte }) => cameTrue(lte?.softer)).length,
    lte: mean(list.map(({ lte }) => lte)),
    modes: mean(list.map(({ modes }) => modes)),
  };
});
