import { SoftfieldError } from "../errors.ts";

/** Of times in units of the time step. */
const ROUNDING = 1e-9;

/**
 * A span of time in a whole number of pieces of so many steps, none longer than `dt`: how many steps, and how long. That is
 * `dt` as it is where it fits, so that rounding changes no bits. Throws "usage" where dt is not positive. O(1).
 */
export function wholeSteps(
  span: number,
  dt: number,
  piece: number,
): { readonly steps: number; readonly dt: number } {
  checkTimeStep(dt);
  const steps = piece * Math.max(1, Math.ceil((span / dt / piece) * (1 - ROUNDING)));
  return { steps, dt: span / (steps * dt) > 1 - ROUNDING ? dt : span / steps };
}

/** Throws "usage" where it is not positive. */
export function checkTimeStep(dt: number): void {
  if (dt > 0 && dt < Infinity) return;
  throw new SoftfieldError("usage", `the time step must be positive, got ${dt}`, { field: "dt" });
}
