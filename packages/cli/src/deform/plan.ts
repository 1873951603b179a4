import type { PairModel, System } from "softfield";
import { flowTimes } from "softfield/internal";
import { type FlowPlan, STRIDE } from "./flow.ts";

/** A flow as it is asked for: its times have defaults. */
export type FlowRequest = Omit<FlowPlan, "dt" | "relaxation"> & Partial<Pick<FlowPlan, "dt" | "relaxation">>;

/** The plan of a flow with its defaults: the usual times, the step so short that a point comes after a whole number of strides. */
export function flowPlan(system: System, model: PairModel, asked: FlowRequest): FlowPlan {
  const { rate, maxStrain } = asked;
  const every = Math.min(asked.every, maxStrain);
  const usual = flowTimes(system, model);
  const longest = rate === 0 ? Infinity : every / Math.abs(rate) / STRIDE;
  // in one order whatever is given: a checkpoint knows its run by it
  const { dt = Math.min(usual.dt, longest), relaxation = usual.relaxation, ...rest } = asked;
  return { ...rest, every, dt, relaxation };
}
