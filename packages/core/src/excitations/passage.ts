import { InherentTrack } from "../deform/index.ts";
import { BLOCK, ForceField, MolecularDynamics, usualTimes } from "../dynamics/index.ts";
import { SoftfieldError } from "../errors.ts";
import type { PairModel } from "../models/index.ts";
import type { WorkControl } from "../progress.ts";
import { minimumImage, type System } from "../space/index.ts";
import { withoutMean } from "../sparse/index.ts";

/** A run of molecular dynamics out of a minimum, without load. */
export interface PassageOptions {
  /** ε/k_B */
  readonly temperature: number;
  /** Of velocities and thermostat: another seed is another run. */
  readonly seed: number;
  /** Time between two looks at the minimum below, τ₀; default 2, times √ of the lightest mass. Rounded to whole blocks of ten steps. */
  readonly every?: number;
  /** A run ends there without a passage, τ₀. */
  readonly maxTime: number;
  /** Time step, τ₀; default 0.005, times √ of the lightest mass. */
  readonly dt?: number;
  /** Of the thermostat, τ₀; default 1, times √ of the lightest mass. */
  readonly relaxation?: number;
}

/** The first rearrangement of a run. */
export interface FirstPassage {
  /** At which it is first seen, τ₀: of the look; Infinity: none until the end. */
  readonly time: number;
  /** Between two looks, τ₀: `every` in whole blocks. */
  readonly look: number;
  /** With the largest D²_min, and that, λ²; −1 and 0 where there is none. */
  readonly particle: number;
  readonly d2min: number;
  /** Particles with D²_min above 0.01 bond lengths². */
  readonly rearranged: number;
  /** E of the minimum that it came to − E of the first one, ε. */
  readonly difference: number;
  /** N×d, λ: from minimum to minimum, without the common translation. */
  readonly other: Float64Array;
}

/**
 * The first passage out of a minimum by thermal activation: canonical molecular dynamics from the minimum, and minima below
 * (Stillinger & Weber 1982) until one differs by D²_min above 0.01 bond lengths² of a particle. Heating takes about two relaxation times of
 * the thermostat, which count. The same seed gives the same bits. Throws "usage" on bad numbers. Cost: a force evaluation a
 * step, a minimisation a look.
 */
export function firstPassage(
  glass: System,
  model: PairModel,
  options: PassageOptions,
  control: WorkControl = {},
): FirstPassage {
  const { temperature, seed, maxTime } = options;
  const usual = usualTimes(glass, model);
  const { every = 2 * usual.relaxation, dt = usual.dt, relaxation = usual.relaxation } = options;
  for (const [field, value] of Object.entries({ temperature, every, maxTime, relaxation }))
    if (!(value > 0)) throw new SoftfieldError("usage", `${field} must be positive, got ${value}`, { field });
  const field = ForceField.create(glass, model);
  const dynamics = new MolecularDynamics(field, { dt, seed });
  // from the bottom of the well: half of it goes into the potential
  dynamics.drawVelocities(2 * temperature);
  const track = new InherentTrack(model, "xy");
  const { energy } = track.look(glass, 0);
  const start = track.state()!.positions;
  const steps = BLOCK * Math.max(1, Math.round(every / dt / BLOCK));
  const look = steps * dt;
  const looks = Math.ceil(maxTime / look);
  for (let k = 1; k <= looks; k++) {
    if (control.signal?.aborted) throw new SoftfieldError("aborted", "the run was stopped");
    dynamics.run({ steps, thermostat: { kind: "rescaling", temperature, relaxation } });
    const found = track.look(field.system(), 0);
    control.onProgress?.({ stage: "first passage", done: k, total: looks });
    if (found.rearranged === 0) continue;
    const { particle, d2min, rearranged } = found;
    const d = glass.box.dimension;
    const other = track.state()!.positions.map((x, n) => x - start[n]);
    for (let p = 0; p < other.length; p += d) other.set(minimumImage(glass.box, other.slice(p, p + d)), p);
    return {
      ...{ time: k * steps * dt, look, particle, d2min, rearranged },
      ...{ difference: found.energy - energy, other: withoutMean(other, d) },
    };
  }
  const other = new Float64Array(start.length);
  return { time: Infinity, look, particle: -1, d2min: 0, rearranged: 0, difference: 0, other };
}
