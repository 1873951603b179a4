import { SoftfieldError } from "../errors.ts";
import type { Box } from "./box.ts";

/** A configuration: N particles in a box. Component c of particle i sits at `positions[i*d + c]`. Read-only. */
export interface System {
  readonly box: Box;
  /** N×d, unit λ; need not be wrapped into the box. */
  readonly positions: Float64Array;
  /** N, index into the model's species list. */
  readonly species: Int32Array;
  /** N, only for models with a per-particle diameter; unit λ. */
  readonly diameters?: Float64Array;
}

/** N. */
export function particleCount(system: System): number {
  return system.species.length;
}

/** Throws "input" unless the arrays fit each other and every coordinate is finite. O(N). */
export function validateSystem(system: System): void {
  const d = system.box.dimension;
  const n = system.species.length;
  if (n === 0) throw new SoftfieldError("input", "the configuration holds no particles");
  if (system.positions.length !== n * d) {
    throw new SoftfieldError(
      "input",
      `${n} particles in ${d}D need ${n * d} coordinates, got ${system.positions.length}`,
      { field: "positions" },
    );
  }
  for (let k = 0; k < system.positions.length; k++) {
    if (!Number.isFinite(system.positions[k])) {
      const particle = Math.floor(k / d);
      const axis = "xyz"[k % d];
      throw new SoftfieldError("input", `particle ${particle} has ${axis} = ${system.positions[k]}`, {
        particle,
        field: "positions",
      });
    }
  }
  const { diameters } = system;
  if (!diameters) return;
  if (diameters.length !== n) {
    throw new SoftfieldError("input", `${n} particles need ${n} diameters, got ${diameters.length}`, {
      field: "diameters",
    });
  }
  const bad = diameters.findIndex((diameter) => !(diameter > 0 && diameter < Infinity));
  if (bad >= 0) {
    throw new SoftfieldError("input", `particle ${bad} has diameter ${diameters[bad]}; it must be positive`, {
      particle: bad,
      field: "diameters",
    });
  }
}
