import { findInteractions, type PairModel, type System } from "softfield";
import { flowTimes } from "softfield/internal";
import type { FlowPlan } from "./flow.ts";

/** A flow as it is asked for: its times have defaults. */
export type FlowRequest = Omit<FlowPlan, "dt" | "relaxation"> & Partial<Pick<FlowPlan, "dt" | "relaxation">>;

/** The plan of a flow with its defaults: the usual times, of which the step is the longest that may be made. */
export function flowPlan(system: System, model: PairModel, asked: FlowRequest): FlowPlan {
  // refuses particles in one place by their numbers: dynamics would blow up on them whatever its time step
  findInteractions(system, model);
  const every = Math.min(asked.every, asked.maxStrain);
  const usual = flowTimes(system, model);
  const { dt = usual.dt, relaxation = usual.relaxation, ...rest } = asked;
  return { ...rest, every, dt, relaxation };
}
