import type { SoftfieldError } from "../src/errors.ts";
import { evaluatePairs, type PairModel, parseModel } from "../src/models/index.ts";

/** φ…φ‴ of a pair of species at r. */
export function phi(model: PairModel, r: number, [s, t]: readonly [number, number] = [0, 0]): number[] {
  const one = () => new Float64Array(1);
  const batch = {
    i: Int32Array.of(0),
    j: Int32Array.of(1),
    r: Float64Array.of(r),
    phi0: one(),
    phi1: one(),
    phi2: one(),
    phi3: one(),
  };
  evaluatePairs(model, { species: Int32Array.of(s, t) }, batch);
  return [batch.phi0[0], batch.phi1[0], batch.phi2[0], batch.phi3[0]];
}

/** Why a model is refused. */
export function failure(json: unknown): SoftfieldError {
  try {
    parseModel(json, "m.json");
  } catch (error) {
    return error as SoftfieldError;
  }
  throw new Error("the model was accepted");
}

/** A model of one species without its form, and one of Lennard-Jones without its truncation. */
export const one = { name: "m", species: ["A"] };
export const lj = { ...one, form: "lennard-jones", lambda: 1, cutoff: 2.5 };
