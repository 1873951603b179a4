import {
  InherentTrack,
  type PairModel,
  ShearFlow,
  type ShearPlane,
  SoftfieldError,
  type System,
  shear,
  type WorkControl,
} from "softfield";
import { flowTimes, wholeSteps } from "softfield/internal";

/** A glass that is sheared at a temperature and a rate; both are 0 where it is sheared athermally and quasistatically. */
export interface FlowConditions {
  readonly temperature: number;
  readonly rate: number;
}

/** How far flows are followed, and how closely they are looked at. */
export interface FlowLimits {
  readonly events: number;
  readonly maxStrain: number;
  /** Strain between two inherent structures, and time at most. */
  readonly every: number;
  readonly interval?: number | undefined;
  readonly plane: ShearPlane;
}

/** A plastic rearrangement of a flow. */
export interface FlowEvent {
  readonly ordinal: number;
  /** Of the inherent structure in which it is first seen; γ_c in athermal shear. */
  readonly strain: number;
  /** The one with the largest D²_min; in athermal shear the one that moves furthest. */
  readonly particle: number;
  /** Energy released, at the strain of the rearrangement, ε. */
  readonly drop: number;
  /** Particles with D²_min above 0.01 bond lengths². */
  readonly rearranged: number;
  readonly participation: number;
}

/** A point of the way: the moment, and the inherent structure below it. */
export interface FlowStep {
  readonly strain: number;
  /** With its kinetic part, ε/λ^d. */
  readonly stress: number;
  readonly temperature: number;
  readonly inherentEnergy: number;
  readonly inherentStress: number;
}

export interface Flow {
  readonly events: readonly FlowEvent[];
  readonly path: readonly FlowStep[];
}

/** Steps are made in strides of so many; a look comes after a whole number of them. */
const STRIDE = 100;
/** Of the strains of athermal events. */
const TOLERANCE = 1e-7;

/**
 * Shears a glass to its first rearrangements. At a finite rate these are changes between successive inherent structures;
 * of several within one look the largest counts. Cost: a force evaluation a step, and a minimisation a look.
 */
export function flowOf(
  system: System,
  model: PairModel,
  { temperature, rate }: FlowConditions,
  limits: FlowLimits,
  seed: number,
  control: WorkControl,
): Flow {
  if (rate === 0) return athermalFlow(system, model, limits, control);
  const { plane, maxStrain, every, interval = Infinity } = limits;
  const { dt, steps } = wholeSteps(Math.min(every / rate, interval), flowTimes(system, model).dt, STRIDE);
  const flow = ShearFlow.start(system, model, { temperature, rate, seed, plane, dt });
  const track = new InherentTrack(model, plane);
  const events: FlowEvent[] = [];
  const path: FlowStep[] = [];
  const look = () => {
    const found = track.look(flow.system(), flow.strain);
    const { stress, temperature: now } = flow.point();
    const { strain, energy, stress: inherentStress, rearranged } = found;
    path.push({ strain, stress, temperature: now, inherentEnergy: energy, inherentStress });
    if (rearranged > 0) events.push({ ...found, ordinal: events.length + 1 });
  };
  look();
  const total = Math.max(1, Math.round(maxStrain / (steps * dt * rate)));
  for (let done = 0; done < total && events.length < limits.events; done++) {
    if (control.signal?.aborted) throw new SoftfieldError("aborted", "the flow was stopped");
    flow.run(steps);
    look();
    const stage = `T = ${temperature}, rate ${rate}: γ = ${flow.strain.toPrecision(3)}`;
    control.onProgress?.({ stage, done: done + 1, total });
  }
  return { events, path };
}

function athermalFlow(
  system: System,
  model: PairModel,
  { events: count, maxStrain, plane }: FlowLimits,
  control: WorkControl,
): Flow {
  const options = { events: count, maxStrain, plane, tolerance: TOLERANCE };
  const { events, path } = shear(system, model, options, control);
  return {
    events,
    path: path.map(({ strain, energy, stress }) => ({
      ...{ strain, stress, temperature: 0, inherentEnergy: energy, inherentStress: stress },
    })),
  };
}
