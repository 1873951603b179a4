import { computed } from "@preact/signals";
import { type NearestSpot, type PlasticEvent, scoresBy } from "softfield/internal";
import { NARROW, number, percent } from "../words.ts";
import type { FieldMap } from "./fieldmap.ts";
import { glass } from "./glass.ts";
import { foretold } from "./maps.ts";
import { events } from "./shear.ts";
import { inUnits } from "./units.ts";

/** How well a map of the unsheared glass foretold an event. */
export interface Verdict {
  /** The spot nearest to the particle that moved most, as marked in the picture. */
  readonly nearest: NearestSpot | undefined;
  /** The share of particles that the field says are softer than that one, ties counted half: ½ on average by chance. */
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
  const { positions } = system;
  const judge = (map: FieldMap | undefined) => {
    if (!map) return () => undefined;
    const scores = scoresBy({ field: map.field, spots: map.marks }, positions);
    return ({ particle }: PlasticEvent): Verdict => {
      const { nearest, correlation } = scores(particle);
      return { nearest, softer: (1 - correlation) / 2 };
    };
  };
  const [byLte, byModes] = [judge(lte), judge(modes)];
  return events.value.map((event) => ({ ...event, lte: byLte(event), modes: byModes(event) }));
});

/** Of any map of the unsheared glass, for each event the share of particles that it says are softer; ties half. */
export function sharesSofter(name: string): readonly number[] | undefined {
  const system = glass.value?.system;
  const own = foretold.value[name];
  if (!system || !own) return undefined;
  const scores = scoresBy({ field: own.field, spots: own.marks }, system.positions);
  return events.value.map(({ particle }) => (1 - scores(particle).correlation) / 2);
}

/** Up to this share of the glass softer, an event counts as foretold: by chance so many of all do. */
export const FORETOLD = 0.1;
/** From this share on it does not: the map knew little more than chance. */
const MISSED = 0.4;

/** Whether the forecast came true of an event. */
export type Outcome = "foretold" | "half foretold" | "not foretold";

export function outcomeOf({ softer }: Verdict): Outcome {
  return softer <= FORETOLD ? "foretold" : softer < MISSED ? "half foretold" : "not foretold";
}

/** What came true of an event, in a sentence. */
export function sentence({ ordinal, lte, modes }: JudgedEvent): string {
  if (!lte) return `Event ${ordinal}.`;
  const { softer, nearest } = lte;
  const only = softer <= FORETOLD ? "only " : "";
  const spot = nearest
    ? `, ${number(nearest.distance, 2)}${NARROW}${inUnits("λ")} from soft spot ${nearest.rank}`
    : "";
  const beside = modes ? `; by the modes ${percent(modes.softer)}` : "";
  const chance = `by chance ${percent(0.5)}${beside}`;
  return `Event ${ordinal} struck where ${only}${percent(softer)} of the glass was softer${spot} (${chance}): ${outcomeOf(lte)}.`;
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
    foretold: list.filter(({ lte }) => lte && outcomeOf(lte) === "foretold").length,
    lte: mean(list.map(({ lte }) => lte)),
    modes: mean(list.map(({ modes }) => modes)),
  };
});
