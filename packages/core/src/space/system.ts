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
  /** N, where the configuration has masses of its own, which go before those of the model. */
  readonly masses?: Float64Array;
  /** N, for models that take the charges of the configuration. */
  readonly charges?: Float64Array;
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
  positiveNumbers(system.diameters, "diameter", n);
  positiveNumbers(system.masses, "mass", n);
  const { charges } = system;
  if (charges && !(charges.length === n && charges.every(Number.isFinite))) {
    throw new SoftfieldError("input", `${n} particles need ${n} finite charges, got ${charges.length}`, {
      field: "charges",
    });
  }
}

function positiveNumbers(values: Float64Array | undefined, what: "diameter" | "mass", n: number): void {
  if (!values) return;
  const field = { diameter: "diameters", mass: "masses" }[what];
  if (values.length !== n) {
    throw new SoftfieldError("input", `${n} particles need ${n} ${field}, got ${values.length}`, { field });
  }
  const bad = values.findIndex((value) => !(value > 0 && value < Infinity));
  if (bad >= 0) {
    throw new SoftfieldError("input", `particle ${bad} has ${what} ${values[bad]}; it must be positive`, {
      particle: bad,
      field,
    });
  }
}
