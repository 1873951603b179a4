import { ForceField, minimize } from "../dynamics/index.ts";
import { findInteractions } from "../interactions/index.ts";
import type { PairModel } from "../models/index.ts";
import { minimumImage, type System } from "../space/index.ts";
import { d2min, participationRatio, rearrangedAbove } from "./event.ts";

/** The energy minimum below a configuration in motion, and what has changed since the last one. */
export interface InherentStructure {
  readonly strain: number;
  /** U, ε; σ along the plane, ε/λ^d. */
  readonly energy: number;
  readonly stress: number;
  /** Less energy than the last one by so much, ε; NaN of the first. */
  readonly drop: number;
  /** Particles with D²_min above 0.01 bond lengths² since the last one, and the one with the largest; −1 of the first. */
  readonly rearranged: number;
  readonly particle: number;
  readonly d2min: number;
  /** (Σu²)²/(N Σu⁴) of the non-affine displacements. */
  readonly participation: number;
}

/** The last minimum, for a checkpoint. */
export interface InherentState {
  readonly positions: Float64Array;
  readonly vectors: Float64Array;
  /** Strain and energy. */
  readonly at: Float64Array;
}

const PLANES = { xy: [0, 1], xz: [0, 2], yz: [1, 2] } as const;

/**
 * Follows the inherent structures of a glass that flows (Stillinger & Weber 1982): minima by FIRE, compared with the last
 * one by D²_min (Falk & Langer 1998), which knows no affine motion. So plastic events are seen through the thermal noise.
 */
export class InherentTrack {
  readonly #model: PairModel;
  readonly #axes: readonly [number, number];
  #last: { readonly system: System; readonly strain: number; readonly energy: number } | undefined;

  constructor(model: PairModel, plane: keyof typeof PLANES) {
    this.#model = model;
    this.#axes = PLANES[plane];
  }

  /** The minimum below a configuration at a strain. Cost: a minimisation, some thousand force evaluations. */
  look(system: System, strain: number): InherentStructure {
    const field = ForceField.create(system, this.#model);
    minimize(field, { method: "fire", tolerance: 1e-6, newton: false });
    const minimum = field.system();
    const { energy } = field;
    const d = minimum.box.dimension;
    const [s, n] = this.#axes;
    const found = { strain, energy, stress: field.stress()[s * d + n] };
    const last = this.#last;
    this.#last = { system: minimum, strain, energy };
    const first = {
      drop: Number.NaN,
      rearranged: 0,
      particle: -1,
      d2min: Number.NaN,
      participation: Number.NaN,
    };
    return last
      ? { ...found, drop: last.energy - energy, ...this.#changes(last, strain) }
      : { ...found, ...first };
  }

  state(): InherentState | undefined {
    if (!this.#last) return undefined;
    const { system, strain, energy } = this.#last;
    return { positions: system.positions, vectors: system.box.vectors, at: Float64Array.of(strain, energy) };
  }

  /** `system`: of the same particles. */
  restore(state: InherentState, system: System): void {
    const [strain, energy] = state.at;
    const box = { dimension: system.box.dimension, vectors: state.vectors };
    this.#last = { system: { ...system, box, positions: state.positions }, strain, energy };
  }

  #changes(
    { system: before, strain: from }: { readonly system: System; readonly strain: number },
    strain: number,
  ): Pick<InherentStructure, "rearranged" | "particle" | "d2min" | "participation"> {
    const now = this.#last!.system;
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
