import {
  type PairModel,
  type PathPoint,
  type PlasticEvent,
  QuasistaticShear,
  type ShearOptions,
  type ShearStatus,
  type System,
} from "softfield";
import type { Emit, Steer } from "./jobs.ts";
import { pause, wrapped } from "./pace.ts";

export interface ShearInput {
  readonly system: System;
  readonly model: PairModel;
  readonly options: ShearOptions;
  readonly pace: ShearPace;
}

/** How far the run goes before it waits: on and on, one point, or to a strain; and how long it rests at each. */
export interface ShearPace {
  readonly until: number | "step" | "pause";
  /** Milliseconds a point at least. */
  readonly rest: number;
}

/** A minimum that was reached, with its picture and, after an event, that event. */
export interface ShearEvent {
  readonly type: "point";
  /** Its numbers, and its positions as the forces know them. */
  readonly point: PathPoint;
  readonly system: Pick<System, "box" | "positions">;
  /** For the eye. */
  readonly positions: Float32Array;
  readonly events: readonly PlasticEvent[];
}

export interface ShearEnd {
  readonly status: ShearStatus;
  readonly message: string;
}

/** Quasistatic shear as `softfield shear` does it, steered by the page. */
export async function shearJob(
  { system, model, options, pace }: ShearInput,
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
  for (let over = false; !over; ) {
    while (wanted.until === "pause" || (typeof wanted.until === "number" && shear.strain >= wanted.until)) {
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
      const positions = wrapped(now.system.box, now.system.positions);
      const event: ShearEvent = {
        type: "point",
        point: { ...point, events: now.events.length },
        system: { box: now.system.box, positions: now.system.positions },
        positions,
        events: now.events.slice(told),
      };
      send(event, [positions.buffer]);
      if (wanted.until === "step") wanted = { ...wanted, until: "pause" };
    }
    told = now.events.length;
    await pause(wanted.rest - (performance.now() - began));
  }
  const { status, message } = shear.result();
  return { status, message };
}
