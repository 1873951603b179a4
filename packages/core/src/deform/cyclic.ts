import { SoftfieldError } from "../errors.ts";
import type { PairModel } from "../models/index.ts";
import type { WorkControl } from "../progress.ts";
import { minimumImage, type System } from "../space/index.ts";
import { withoutMean } from "../sparse/index.ts";
import { heldAsItStands } from "./pressure.ts";
import { decodeCycles, encodeCycles } from "./savedcycles.ts";
import { QuasistaticShear } from "./session.ts";
import { peak } from "./stage.ts";
import type { PathPoint, PlasticEvent, ShearOptions, ShearState, ShearStatus, ShearWork } from "./types.ts";

/** A load to and fro. */
export interface CyclicOptions extends Omit<ShearOptions, "events" | "maxStrain"> {
  /** Strain of the turning points; positive. */
  readonly amplitude: number;
  /** Default 1. */
  readonly cycles?: number;
  /** 0 → A → −A → 0 (default), or 0 → A → 0. */
  readonly sides?: "both" | "one";
}

/** A plastic event of a cyclic load. */
export interface CyclicEvent extends PlasticEvent {
  /** 1, 2, … */
  readonly cycle: number;
  /** 1 on the way to larger strains, −1 back. `strain`, `bracket` and stresses are signed as on the way to larger ones. */
  readonly heading: 1 | -1;
}

/** What a cycle has done. */
export interface Cycle {
  /** 1, 2, … */
  readonly ordinal: number;
  readonly events: number;
  /** Σ of their drops, ε. */
  readonly dissipated: number;
  /** U (H where the box is free) and stress at the end, γ = 0. */
  readonly energy: number;
  readonly stress: number;
  /** Where each stretch of the cycle ended: A, −A, 0. */
  readonly turns: readonly number[];
  /** Largest displacement of a particle since the cycle began, at γ = 0, without the mean, λ. */
  readonly moved: number;
  /** How many cycles ago the glass was in this minimum (within 1e-6 λ): 1 where the cycle led back; 0: never. */
  readonly period: number;
}

/** A point of a cyclic load's way. */
export interface CyclicPoint extends PathPoint {
  readonly cycle: number;
  readonly heading: 1 | -1;
  /** Strain gone to and fro, from the start. */
  readonly gone: number;
}

/** What a cyclic load found: its events, its way, and where each cycle led. */
export interface CyclicResult {
  /** "complete", or why it ended early. */
  readonly status: ShearStatus;
  readonly message: string;
  readonly events: readonly CyclicEvent[];
  readonly path: readonly CyclicPoint[];
  readonly cycles: readonly Cycle[];
  /** Where it ended, and the configuration there. */
  readonly strain: number;
  readonly system: System;
  readonly settings: QuasistaticShear["settings"];
  readonly work: ShearWork;
}

/** How a cyclic load is watched, and taken up again. */
export interface CyclicControl extends WorkControl {
  /** Called at every turning point but the last, with what `checkpoint` takes. */
  readonly onCheckpoint?: (bytes: Uint8Array) => void;
  /** Of a run of the same glass and load, of any number of cycles: it goes on from there, to the same bits. */
  readonly checkpoint?: Uint8Array | undefined;
}

/** Minima nearer than this (λ, any particle) are the same. */
const SAME = 1e-6;

/** Of the sum of steps to a turning point. */
const ROUNDING = 1e-15;

/**
 * A glass under a cyclic athermal load, by any load of `shear`: each stretch is followed as there, events to the
 * tolerance on the way forth and back. After each cycle it is said whether the glass came back to a minimum in which it
 * was before. Throws as `shear`, "usage" on a bad amplitude or number of cycles, or where a checkpoint is of another run.
 * Cost: as `shear` for the same events.
 */
export function cyclicShear(
  system: System,
  model: PairModel,
  options: CyclicOptions,
  control: CyclicControl = {},
): CyclicResult {
  const { amplitude, cycles = 1, sides = "both", ...rest } = options;
  if (!(amplitude > 0 && amplitude < Infinity)) throw misuse("amplitude", amplitude, "a positive number");
  if (!(Number.isInteger(cycles) && cycles > 0))
    throw misuse("cycles", cycles, "a whole number of at least 1");
  if (sides !== "both" && sides !== "one") throw misuse("sides", sides, "both or one");
  const goals = sides === "both" ? [amplitude, -amplitude, 0] : [amplitude, 0];
  const run = new ToAndFro(system, model, rest, goals);
  if (control.checkpoint) run.restore(control.checkpoint);
  const stretches = cycles * goals.length;
  if (run.stretches >= stretches)
    throw misuse("cycles", cycles, "more than the checkpoint has, which is of a run that went further");
  while (run.stretches < stretches) {
    if (!run.go(cycles, control)) break;
    if (run.stretches < stretches) control.onCheckpoint?.(run.checkpoint());
  }
  return run.result();
}

/** All but arrays of the run. */
interface CyclicRecord {
  readonly events: readonly Omit<CyclicEvent, "displacements">[];
  readonly path: readonly CyclicPoint[];
  readonly cycles: readonly Cycle[];
  readonly turns: readonly number[];
  readonly stretches: number;
  readonly gone: number;
  readonly work: ShearWork;
  readonly settings: QuasistaticShear["settings"];
}

/** The stretches of a cyclic load, one after the other. */
class ToAndFro {
  readonly #system: System;
  readonly #model: PairModel;
  readonly #options: ShearOptions;
  readonly #events: CyclicEvent[] = [];
  readonly #path: CyclicPoint[] = [];
  readonly #cycles: Cycle[] = [];
  /** At γ = 0, at the start and after each cycle. */
  readonly #homes: ShearState[] = [];
  /** Strains of a cycle's turning points as asked for, and where those of this one were. */
  readonly #goals: readonly number[];
  #turns: number[] = [];
  /** Stretches that are done, of all cycles. */
  #stretches = 0;
  #work: ShearWork = { evaluations: 0, factorizations: 0, analyses: 0 };
  #gone = 0;
  #state: ShearState | undefined;
  #last: ReturnType<QuasistaticShear["result"]> | undefined;
  #settings: QuasistaticShear["settings"] | undefined;

  constructor(system: System, model: PairModel, options: ShearOptions, goals: readonly number[]) {
    this.#system = system;
    this.#model = model;
    this.#options = options;
    this.#goals = goals;
  }

  get stretches(): number {
    return this.#stretches;
  }

  /** Of the first way, γ. */
  get strain(): number {
    return this.#state?.strain ?? 0;
  }

  /** On to the next turning point, of a run of so many cycles; false where it was not reached. */
  go(cycles: number, { signal, onProgress }: WorkControl): boolean {
    const goals = this.#goals;
    const goal = goals[this.#stretches % goals.length];
    const cycle = 1 + Math.floor(this.#stretches / goals.length);
    const from = this.strain;
    const heading = goal > from ? 1 : -1;
    const forth = this.#options.direction ?? 1;
    const options: ShearOptions = {
      ...this.#options,
      events: Number.MAX_SAFE_INTEGER,
      maxStrain: heading * goal,
      direction: heading === forth ? 1 : -1,
    };
    const run = this.#state
      ? QuasistaticShear.from({ ...this.#state, strain: heading * from }, this.#model, options)
      : QuasistaticShear.start(this.#system, this.#model, options);
    this.#settings ??= run.settings;
    if (!this.#state) this.#homes.push(run.state());
    while (!run.advance({ signal })) {
      const detail = `cycle ${cycle}, strain ${(heading * run.strain).toFixed(5)}`;
      onProgress?.({ stage: "cyclic load", done: cycle - 1, total: cycles, detail });
    }
    const found = run.result();
    const earlier = this.#events.length;
    for (const { ordinal, strain, bracket, stressBefore, stressAfter, ...event } of found.events)
      this.#events.push({
        ...event,
        ...{ ordinal: earlier + ordinal, strain: heading * strain },
        bracket: [heading * bracket[0], heading * bracket[1]],
        ...{ stressBefore: heading * stressBefore, stressAfter: heading * stressAfter, cycle, heading },
      });
    for (const { strain, stress, events, ...point } of found.path)
      this.#path.push({
        ...point,
        ...{ strain: heading * strain, stress: heading * stress, events: earlier + events },
        ...{ cycle, heading, gone: this.#gone + (strain - heading * from) },
      });
    this.#gone += found.strain - heading * from;
    this.#work = added(this.#work, found.work);
    this.#last = found;
    const reached = heading * found.strain;
    this.#state = { ...run.state(), strain: Math.abs(reached - goal) <= ROUNDING ? goal : reached };
    if (found.status !== "max-strain") return false;
    this.#turns.push(this.strain);
    if (++this.#stretches % goals.length === 0) this.#close(cycle);
    return true;
  }

  /** Where it stands as bytes. */
  checkpoint(): Uint8Array {
    const events = this.#events.map(({ displacements: _, ...event }) => event);
    const record: CyclicRecord = {
      ...{ events, path: this.#path, cycles: this.#cycles, turns: this.#turns },
      ...{ stretches: this.#stretches, gone: this.#gone, work: this.#work, settings: this.#settings! },
    };
    return encodeCycles(this.#identity(), this.#system, {
      ...{ record, states: [...this.#homes, this.#state!] },
      displacements: this.#events.map(({ displacements }) => displacements),
    });
  }

  /** Goes on from a checkpoint. */
  restore(checkpoint: Uint8Array): void {
    const saved = decodeCycles<CyclicRecord>(this.#identity(), this.#system, checkpoint);
    const { events, path, cycles, turns, stretches, gone, work, settings } = saved.record;
    this.#events.push(
      ...events.map((event, k) => {
        const displacements = saved.displacements[k];
        return { ...event, ...(displacements && { displacements }) };
      }),
    );
    this.#path.push(...path);
    this.#cycles.push(...cycles);
    this.#turns = [...turns];
    this.#stretches = stretches;
    this.#gone = gone;
    this.#work = work;
    this.#settings = settings;
    this.#homes.push(...saved.states.slice(0, -1));
    this.#state = saved.states.at(-1);
  }

  #identity() {
    const { box } = this.#system;
    const { tractions } = heldAsItStands(this.#system, this.#model, this.#options);
    const load = { goals: this.#goals, options: this.#options, tractions };
    return { model: this.#model.definition, box: Array.from(box.vectors), load };
  }

  /** A cycle is over, at γ = 0. */
  #close(ordinal: number): void {
    const turns = this.#turns;
    this.#turns = [];
    const state = this.#state!;
    const last = this.#path.at(-1)!;
    const own = this.#events.filter(({ cycle }) => cycle === ordinal);
    const homes = this.#homes;
    let back = 1;
    while (back <= homes.length && apart(homes[homes.length - back], state) > SAME) back++;
    this.#cycles.push({
      ...{ ordinal, events: own.length, turns },
      dissipated: own.reduce((sum, { drop }) => sum + drop, 0),
      ...{ energy: last.energy, stress: last.stress },
      moved: apart(homes[homes.length - 1], state),
      period: back > homes.length ? 0 : back,
    });
    homes.push(state);
  }

  result(): CyclicResult {
    const { status, message, system } = this.#last!;
    const over = status === "max-strain";
    return {
      status: over ? "complete" : status,
      message: over ? "" : message,
      ...{ events: this.#events, path: this.#path, cycles: this.#cycles },
      ...{ strain: this.strain, system, settings: this.#settings!, work: this.#work },
    };
  }
}

function added(a: ShearWork, b: ShearWork): ShearWork {
  return {
    evaluations: a.evaluations + b.evaluations,
    factorizations: a.factorizations + b.factorizations,
    analyses: a.analyses + b.analyses,
  };
}

/** The largest displacement between two states at γ = 0, the mean taken off, λ. */
function apart(a: ShearState, b: ShearState): number {
  const { box } = a.original;
  const d = box.dimension;
  const u = b.positions.map((x, k) => x - a.positions[k]);
  for (let p = 0; p < u.length; p += d) minimumImage(box, u.subarray(p, p + d));
  return peak(withoutMean(u, d), d).length;
}

function misuse(field: string, got: unknown, wanted: string): SoftfieldError {
  return new SoftfieldError("usage", `cyclic load: ${field} is ${String(got)}; it has to be ${wanted}`, {
    field,
  });
}
