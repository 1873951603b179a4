import {
  decodeCheckpoint,
  encodeCheckpoint,
  type FlowOptions,
  type FlowPoint,
  type FlowState,
  type InherentState,
  type InherentStructure,
  InherentTrack,
  modelToJson,
  type PairModel,
  type Progress,
  ShearFlow,
  SoftfieldError,
  type System,
} from "softfield";
import { sameRun, wholeSteps } from "softfield/internal";
import { fingerprintOf } from "../shell/fingerprint.ts";

/** A flow to be followed: how far, and how often it is looked at. Its time step is the longest that may be. */
export interface FlowPlan extends Required<FlowOptions> {
  readonly maxStrain: number;
  /** Strain between two points. */
  readonly every: number;
  /** Minima below the points, and what has changed between them. */
  readonly inherent: boolean;
}

/** What came of it; the plan with the time step that was made. */
export interface Flowed {
  readonly points: readonly FlowPoint[];
  readonly structures: readonly InherentStructure[];
  readonly system: System;
  readonly plan: FlowPlan;
}

interface FlowControl {
  readonly signal: AbortSignal;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** A checkpoint of the same run to go on from. */
  readonly checkpoint?: Uint8Array | undefined;
  /** Keeps a checkpoint. */
  readonly keep: (bytes: Uint8Array) => Promise<void>;
}

/** Of the checkpoints: raised whenever what they hold changes. */
const FORMAT = 3;

/** Steps are made in strides of so many, between which a run may stop; a point comes after a whole number of them, at a multiple of `every`. */
const STRIDE = 100;

/**
 * Follows a flow to its last strain. Interrupted, it leaves a checkpoint (`keep`) from which the same run goes on to the
 * same bits. @throws SoftfieldError "aborted" then; "usage" where the checkpoint is of another run
 */
export async function followFlow(
  system: System,
  model: PairModel,
  plan: FlowPlan,
  { signal, onProgress, checkpoint, keep }: FlowControl,
): Promise<Flowed> {
  const { rate, every, maxStrain } = plan;
  const { steps, dt } = wholeSteps(every / Math.abs(rate), plan.dt, STRIDE);
  const flow = ShearFlow.start(system, model, { ...plan, dt });
  const track = new InherentTrack(model, plan.plane);
  // the step that is made: what was asked for may have been made otherwise by another version
  const made = { ...plan, dt };
  const start = fingerprintOf(system);
  const identity = JSON.stringify({ format: FORMAT, model: modelToJson(model), plan: made, start });
  const points: FlowPoint[] = [];
  const structures: InherentStructure[] = [];
  const look = () => {
    points.push(flow.point());
    if (plan.inherent) structures.push(track.look(flow.system(), flow.strain));
  };
  if (checkpoint) {
    const { header, arrays } = decodeCheckpoint(checkpoint);
    if (!sameRun(JSON.parse(String(header.identity)), JSON.parse(identity))) {
      throw new SoftfieldError(
        "usage",
        "the checkpoint is of another run: its configuration, model or options, or softfield's version differ; begin anew without --resume",
      );
    }
    flow.restore({ ...arrays, step: header.step } as unknown as FlowState);
    if (arrays.at) {
      track.restore(
        { positions: arrays.lastPositions, vectors: arrays.lastVectors, at: arrays.at } as InherentState,
        system,
      );
    }
    points.push(...(header.points as FlowPoint[]));
    structures.push(...(header.structures as InherentStructure[]));
  } else {
    look();
  }
  const hear = async () => {
    // a signal is heard between two pieces of work
    await new Promise((resolve) => setImmediate(resolve));
    if (!signal.aborted) return;
    const { step, ...arrays } = flow.state();
    const last = track.state();
    await keep(
      encodeCheckpoint({
        header: { identity, step, points, structures: structures.map(plain) },
        arrays: {
          ...arrays,
          ...(last && { lastPositions: last.positions, lastVectors: last.vectors, at: last.at }),
        },
      }),
    );
    throw new SoftfieldError("aborted", "stopped; the same command with --resume goes on");
  };
  const total = Math.max(1, Math.round(maxStrain / every));
  for (let done = points.length; done <= total; done++) {
    // stride by stride: at slow rates a point is hours away
    do {
      await hear();
      flow.run(STRIDE);
    } while (flow.dynamics.step < done * steps);
    look();
    onProgress?.({ stage: `γ = ${flow.strain.toPrecision(3)}`, done, total });
  }
  return { points, structures, system: flow.system(), plan: made };
}

/** JSON knows no NaN. */
function plain(structure: InherentStructure): InherentStructure {
  return Object.fromEntries(
    Object.entries(structure).map(([key, value]) => [key, Number.isNaN(value) ? null : value]),
  ) as unknown as InherentStructure;
}
