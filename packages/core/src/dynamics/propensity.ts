import { SoftfieldError } from "../errors.ts";
import type { PairModel } from "../models/index.ts";
import type { System } from "../space/index.ts";
import { ForceField } from "./forcefield.ts";
import { BLOCK, MolecularDynamics } from "./md.ts";
import { usualTimes } from "./usualtimes.ts";
import { wholeSteps } from "./wholesteps.ts";

/** A run of an isoconfigurational ensemble. */
export interface IsoconfigurationalOptions {
  /** ε/k_B */
  readonly temperature: number;
  /** Of the velocities: another seed is another run. */
  readonly seed: number;
  /** When displacements are taken, τ₀, ascending. */
  readonly times: readonly number[];
  /** Time step at most, τ₀; default 0.005, times √ of the lightest mass: shorter where whole blocks of ten steps ask for it. */
  readonly dt?: number;
  /** Of the thermostat, τ₀; default 1, times √ of the lightest mass. */
  readonly relaxation?: number;
}

/**
 * |x_i(t) − x_i(0)| of every particle at the given times, N each, from velocities drawn anew: one run of the
 * isoconfigurational ensemble, whose mean over runs is the propensity of motion (Widmer-Cooper, Harrowell & Fynewever,
 * Phys. Rev. Lett. 93, 135701, 2004). The centre of mass rests. Throws "usage" on bad numbers. Cost: a force evaluation a
 * step.
 */
export function isoconfigurationalRun(
  system: System,
  model: PairModel,
  options: IsoconfigurationalOptions,
): Float64Array[] {
  const { temperature, seed, times } = options;
  const usual = usualTimes(system, model);
  const { dt = usual.dt, relaxation = usual.relaxation } = options;
  if (times.length === 0 || times.some((t, k) => !(t > (times[k - 1] ?? 0)) || t === Infinity)) {
    throw new SoftfieldError("usage", `times must be positive and ascending, got ${times.join(", ")}`, {
      field: "times",
    });
  }
  if (!(temperature > 0)) {
    throw new SoftfieldError("usage", `temperature must be positive, got ${temperature}`, {
      field: "temperature",
    });
  }
  const field = ForceField.create(system, model);
  const dynamics = new MolecularDynamics(field, { dt, seed });
  dynamics.drawVelocities(temperature);
  const start = field.positions();
  const d = field.dimension;
  const thermostat = { kind: "rescaling", temperature, relaxation } as const;
  return times.map((time, k) => {
    const piece = wholeSteps(time - (times[k - 1] ?? 0), dt, BLOCK);
    dynamics.dt = piece.dt;
    dynamics.run({ steps: piece.steps, thermostat });
    const now = field.positions();
    return Float64Array.from({ length: field.count }, (_, p) => {
      let length2 = 0;
      for (let a = 0; a < d; a++)
        length2 += (now[p * d + a] - start[p * d + a]) * (now[p * d + a] - start[p * d + a]);
      return Math.sqrt(length2);
    });
  });
}

/** Sums over runs, added in their order, so that the mean does not depend on who ran them. */
export class PropensitySums {
  readonly times: number;
  readonly count: number;
  /** times×N: Σ|Δx| and Σ|Δx|² over the runs so far. */
  readonly sums: Float64Array;
  readonly squares: Float64Array;
  runs = 0;

  constructor(times: number, count: number) {
    this.times = times;
    this.count = count;
    this.sums = new Float64Array(times * count);
    this.squares = new Float64Array(times * count);
  }

  add(run: readonly Float64Array[]): void {
    run.forEach((lengths, k) => {
      lengths.forEach((x, p) => {
        this.sums[k * this.count + p] += x;
        this.squares[k * this.count + p] += x * x;
      });
    });
    this.runs++;
  }

  /** Mean displacement at the k-th time, N, λ, and its standard error; NaN of one run. */
  at(k: number): { readonly mean: Float64Array; readonly error: Float64Array } {
    const n = this.runs;
    const part = (values: Float64Array) => values.subarray(k * this.count, (k + 1) * this.count);
    const mean = part(this.sums).map((sum) => sum / n);
    const error = part(this.squares).map((square, p) =>
      Math.sqrt(Math.max(0, square / n - mean[p] * mean[p]) / (n - 1)),
    );
    return { mean, error };
  }
}
