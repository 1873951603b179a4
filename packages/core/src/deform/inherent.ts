import { ForceField, minimize } from "../dynamics/index.ts";
import { SoftfieldError } from "../errors.ts";
import { findInteractions } from "../interactions/index.ts";
import type { PairModel } from "../models/index.ts";
import { minimumImage, type System, volume } from "../space/index.ts";
import { d2min, participationRatio, rearrangedAbove } from "./event.ts";

/** The energy minimum below a configuration in motion, and what has changed since the last one. */
export interface InherentStructure {
  readonly strain: number;
  /** U, ε; σ along the plane, ε/λ^d. */
  readonly energy: number;
  readonly stress: number;
  /** Energy released by what has rearranged since the last one, at the strain where it did, ε; 0: nothing has; NaN of the first. */
  readonly drop: number;
  /** Particles with D²_min above 0.01 bond lengths² that moved at one strain, not smoothly with it. */
  readonly rearranged: number;
  /** The one with the largest D²_min, λ²; −1 and NaN of the first. */
  readonly particle: number;
  readonly d2min: number;
  /** (Σu²)²/(N Σu⁴) of the non-affine displacements. */
  readonly participation: number;
}

/** The last minimum, for a checkpoint. */
export interface InherentState {
  readonly positions: Float64Array;
  readonly vectors: Float64Array;
  /** Strain, energy, stress. */
  readonly at: Float64Array;
}

/** What has changed from one minimum to the next. */
type Changes = Pick<InherentStructure, "drop" | "rearranged" | "particle" | "d2min" | "participation">;

interface Look extends Pick<InherentStructure, "strain" | "energy" | "stress"> {
  readonly system: System;
}

/** Of the strain between two looks: smooth motion fades to its 64th at least, D²_min of it (but at a fold) to its 4096th. */
const HALVINGS = 6;

const PLANES = { xy: [0, 1], xz: [0, 2], yz: [1, 2] } as const;

/**
 * Follows the inherent structures of a glass that flows (Stillinger & Weber 1982): minima by FIRE, compared with the last
 * one by D²_min (Falk & Langer 1998), which knows no affine motion. So plastic events are seen through the thermal noise.
 * Soft places also move far without one, the further the more strain lies between two looks. So where D²_min is large, the last
 * minimum is carried on to half of that strain, then the half with the larger motion is halved, and so on: smooth motion fades,
 * a fold or a thermal hop stays, and its drop is that at one strain.
 */
export class InherentTrack {
  readonly #model: PairModel;
  readonly #axes: readonly [number, number];
  #last: Look | undefined;

  constructor(model: PairModel, plane: keyof typeof PLANES) {
    this.#model = model;
    this.#axes = PLANES[plane];
  }

  /**
   * The minimum below a configuration at a strain. Cost: a minimisation, some thousand force evaluations; seven, the further ones
   * shorter, where something moved far. Throws "numerics" where a minimum is not found.
   */
  look(system: System, strain: number): InherentStructure {
    const last = this.#last;
    const now = this.#minimum(system, strain);
    this.#last = now;
    const { energy, stress } = now;
    const first = {
      drop: Number.NaN,
      rearranged: 0,
      particle: -1,
      d2min: Number.NaN,
      participation: Number.NaN,
    };
    return { strain, energy, stress, ...(last ? this.#since(last, now) : first) };
  }

  state(): InherentState | undefined {
    if (!this.#last) return undefined;
    const { system, strain, energy, stress } = this.#last;
    const at = Float64Array.of(strain, energy, stress);
    return { positions: system.positions, vectors: system.box.vectors, at };
  }

  /** `system`: of the same particles. */
  restore(state: InherentState, system: System): void {
    const [strain, energy, stress] = state.at;
    const box = { dimension: system.box.dimension, vectors: state.vectors };
    this.#last = { system: { ...system, box, positions: state.positions }, strain, energy, stress };
  }

  #minimum(system: System, strain: number): Look {
    const field = ForceField.create(system, this.#model);
    const { status, residual, evaluations } = minimize(field, {
      ...{ method: "fire", tolerance: 1e-6, newton: false },
    });
    if (status === "stalled")
      throw new SoftfieldError(
        "numerics",
        `the minimum below the configuration at the strain ${strain.toPrecision(4)} was not found: after ${evaluations} ` +
          `evaluations the largest force is ${residual.toExponential(1)} of the typical pair force. Where forces jump (a ` +
          "truncation that is not smooth) particles may rest at the jump: truncate smoothly, or go without inherent structures",
      );
    const [s, n] = this.#axes;
    const stress = field.stress()[s * field.dimension + n];
    return { system: field.system(), strain, energy: field.energy, stress };
  }

  /** The minimum that another one becomes at another strain. */
  #carried({ system, strain: from }: Look, strain: number): Look {
    const d = system.box.dimension;
    const [s, n] = this.#axes;
    const sheared = (x: Float64Array) =>
      x.map((value, k) => (k % d === s ? value + (strain - from) * x[k - s + n] : value));
    const box = { dimension: d, vectors: sheared(system.box.vectors) };
    return this.#minimum({ ...system, box, positions: sheared(system.positions) }, strain);
  }

  #since(last: Look, now: Look): Changes {
    const seen = this.#moved(last, now);
    let [before, after, found] = [last, now, seen];
    for (let k = 0; k < HALVINGS && last.strain !== now.strain && found.rearranged > 0; k++) {
      const middle = this.#carried(before, (before.strain + after.strain) / 2);
      const [first, second] = [this.#moved(before, middle), this.#moved(middle, after)];
      [before, after, found] = first.d2min > second.d2min ? [before, middle, first] : [middle, after, second];
    }
    if (found.rearranged === 0) return { ...seen, rearranged: 0, drop: 0 };
    // ΔU = σVΔγ − drop
    const work = before.stress * volume(before.system.box) * (after.strain - before.strain);
    return { ...found, drop: before.energy - after.energy + work };
  }

  /** The non-affine motion from one minimum to another. */
  #moved({ system: before, strain: from }: Look, { system: now, strain }: Look): Omit<Changes, "drop"> {
    const d = now.box.dimension;
    const [s, n] = this.#axes;
    const u = new Float64Array(now.positions.length);
    for (let p = 0; p < u.length; p += d) {
      const away = now.positions.slice(p, p + d);
      for (let a = 0; a < d; a++) away[a] -= before.positions[p + a];
      away[s] -= (strain - from) * before.positions[p + n];
      u.set(minimumImage(now.box, away), p);
    }
    const changes = d2min(findInteractions(before, this.#model), u);
    const most = rearrangedAbove(now.box, u.length / d);
    let particle = 0;
    let rearranged = 0;
    changes.forEach((change, p) => {
      if (change > changes[particle]) particle = p;
      if (change > most) rearranged++;
    });
    const mean = Float64Array.from({ length: d }, (_, a) => {
      let sum = 0;
      for (let p = a; p < u.length; p += d) sum += u[p];
      return (sum * d) / u.length;
    });
    const relative = u.map((x, k) => x - mean[k % d]);
    return { rearranged, particle, d2min: changes[particle], participation: participationRatio(relative, d) };
  }
}
