import { unitNamed } from "softfield/internal";
import { NARROW } from "../words.ts";
import { cast } from "./glass.ts";

/** A unit of λ, ε and τ₀ by the names of the model in view: "eV/Å³" where it is in Å and eV. */
export function inUnits(unit: string): string {
  const model = cast.value?.model;
  return model ? unitNamed(unit, model) : unit;
}

/** A length in words: λ is the width of a small particle. */
export function lengthInWords(length: string): string {
  const unit = inUnits("λ");
  return `${length}${NARROW}${unit === "λ" ? "particle widths" : unit}`;
}
