import { SoftfieldError } from "../errors.ts";
import type { WorkControl } from "../progress.ts";
import type { Box } from "../space/index.ts";

/** What an engine gives for one configuration. */
export interface Evaluation {
  /** U. */
  readonly energy: number;
  /** N×d, −∂U/∂x. */
  readonly forces: Float64Array;
  /** N, energies of the atoms, which sum to U; absent where the engine has none. */
  readonly energies?: Float64Array;
}

/**
 * What computes energies and forces: a program, or a function of one's own. All that is asked of it is to be a smooth
 * function of the positions, the same one at each call, periodic in the box. Particles keep their order.
 */
export interface ForceEngine {
  /** What it is called in messages. */
  readonly name: string;
  /** Energy and forces at positions, N×d (need not be wrapped, read; valid until it returns). */
  forces(positions: Float64Array, box: Box): Evaluation | Promise<Evaluation>;
}

/** A configuration whose forces an engine knows. */
export interface EngineSystem {
  readonly engine: ForceEngine;
  readonly box: Box;
  /** N×d. */
  readonly positions: Float64Array;
}

/** Calls of an engine, counted and checked; gradients instead of forces. */
export class Calls {
  readonly engine: ForceEngine;
  readonly box: Box;
  readonly count: number;
  readonly control: WorkControl;
  /** Calls so far. */
  made = 0;
  /** Whether the engine tells energies of atoms. */
  atomic: boolean | undefined;

  constructor({ engine, box, positions }: EngineSystem, control: WorkControl) {
    this.engine = engine;
    this.box = box;
    this.count = positions.length / box.dimension;
    this.control = control;
  }

  /** @throws SoftfieldError "numerics" for what is no number, "input" for arrays of other lengths, "aborted" */
  async at(
    positions: Float64Array,
  ): Promise<{ gradient: Float64Array; energy: number; energies?: Float64Array }> {
    const { engine, box, count, control } = this;
    if (control.signal?.aborted) throw new SoftfieldError("aborted", `${engine.name}: stopped on request`);
    this.made++;
    const { energy, forces, energies } = await engine.forces(positions, box);
    if (forces.length !== count * box.dimension || (energies && energies.length !== count)) {
      throw new SoftfieldError(
        "input",
        `${engine.name} gave ${forces.length} components of forces${energies ? ` and ${energies.length} energies` : ""} for ${count} particles`,
      );
    }
    const bad = forces.findIndex((f) => !Number.isFinite(f));
    if (bad >= 0 || !Number.isFinite(energy) || energies?.some((e) => !Number.isFinite(e))) {
      const what =
        bad >= 0
          ? `force ${forces[bad]} on particle ${Math.floor(bad / box.dimension)}`
          : "an energy that is no number";
      throw new SoftfieldError("numerics", `${engine.name} gave ${what}`);
    }
    this.atomic = energies !== undefined;
    return { energy, gradient: forces.map((f) => -f), ...(energies && { energies }) };
  }

  /** At x + s·v. */
  moved(x: Float64Array, v: Float64Array, s: number): ReturnType<Calls["at"]> {
    return this.at(x.map((value, k) => value + s * v[k]));
  }

  /** Both at x + s·v and x − s·v. */
  async both(x: Float64Array, v: Float64Array, s: number) {
    const plus = await this.moved(x, v, s);
    const minus = await this.moved(x, v, -s);
    return { plus, minus };
  }
}
