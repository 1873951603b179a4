import { unitNamed } from "softfield/internal";
import { cast } from "./glass.ts";

/** A unit of λ, ε and τ₀ by the names of the model in view: "eV/Å³" where it is in Å and eV. */
export function inUnits(unit: string): string {
  const model = cast.value?.model;
  return model ? unitNamed(unit, model) : unit;
}
