import {
  type PairModel,
  type PathPoint,
  type PlasticEvent,
  QuasistaticShear,
  type ShearOptions,
  type ShearStatus,
  SoftfieldError,
  type System,
} from "softfield";
import { carriedPoint } from "softfield/internal";
import type { Emit, Steer } from "./channel.ts";
import { transferOf } from "./handover.ts";
import { pause } from "./pace.ts";
import { type ReadInput, type Reading, readJob } from "./read.ts";

export interface ShearInput {
  readonly system: System;
  readonly model: PairModel;
  readonly options: ShearOptions;
  readonly pace: ShearPace;
  /** d, the corner of the unsheared box, λ. */
  readonly corner: Float64Array;
}

/** How far the run goes before it waits: one point, or to a strain or a number of events, whichever comes first. */
export interface ShearPace {
  readonly until: number | "step" | "pause";
  readonly events: number;
  /** Milliseconds a point at least. */
  readonly rest: number;
  /** Each point comes with its local thermal energies, and a field that keeps |E| from here on; undefined: without. */
  readonly reading: number | undefined;
}

/** A minimum that was reached and, after an event, that event. */
export interface ShearPoint {
  readonly type: "point";
  readonly point: PathPoint;
  readonly system: Pick<System, "box" | "positions">;
  readonly events: readonly PlasticEvent[];
  /** Where it was asked for and can be had: so close to an instability that its inverse is not to be trusted it cannot. */
  readonly reading?: Reading;
}

/** What a shear says: a point, or that it waits to be told to go on. */
export type ShearEvent = ShearPoint | { readonly type: "waiting" };

export interface ShearEnd {
  readonly status: ShearStatus;
  readonly message: string;
}

/** Quasistatic shear as `softfield shear` does it, steered by the page. */
export async function shearJob(
  { system, model, options, pace, corner }: ShearInput,
  send: Emit,
  steer: Steer,
): Promise<ShearEnd> {
  let wanted = pace;
  let wake: () => void = () => undefined;
  steer((value) => {
    wanted = value as ShearPace;
    wake();
  });
  const shear = QuasistaticShear.start(system, model, { ...options, displacements: true });
  let told = 0;
  let points = 0;
  const mayRead = oneInThree(system.species.length);
  const goes = (): boolean =>
    wanted.until === "step" ||
    (wanted.until !== "pause" && shear.strain < wanted.until && shear.events.length < wanted.events);
  for (let over = false; !over; ) {
    while (!goes()) {
      send({ type: "waiting" } satisfies ShearEvent);
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    const began = performance.now();
    over = shear.advance();
    const now = shear.result();
    if (now.path.length === points && now.events.length === told && !over) continue;
    points = now.path.length;
    const point = now.path.at(-1);
    if (point) {
      const { box, positions } = now.system;
      const read =
        wanted.reading !== undefined && mayRead()
          ? readingIfAny({
              state: -points,
              system: { ...system, box, positions },
              model,
              kept: wanted.reading,
              corner: carriedPoint(corner, system.box, box),
            })
          : undefined;
      const event: ShearPoint = {
        type: "point",
        point: { ...point, events: now.events.length },
        system: { box, positions },
        events: now.events.slice(told),
        ...(read && { reading: read }),
      };
      send(event, transferOf(read));
      if (wanted.until === "step") wanted = { ...wanted, until: "pause" };
    }
    told = now.events.length;
    await pause(wanted.rest - (performance.now() - began));
  }
  const { status, message } = shear.result();
  return { status, message };
}

/** Up to so many particles each state is read: that takes no longer than to reach it. */
const ALWAYS = 3000;

/** Says whether a state may be read: of larger glasses one in three, so that the shear goes on at a fair pace. */
function oneInThree(particles: number): () => boolean {
  let count = 0;
  return () => particles <= ALWAYS || count++ % 3 === 0;
}

/** The reading of a minimum on the way; undefined where it cannot be trusted. */
function readingIfAny(input: ReadInput): Reading | undefined {
  try {
    return readJob(input, () => undefined);
  } catch (error) {
    if (error instanceof SoftfieldError) return undefined;
    throw error;
  }
}
