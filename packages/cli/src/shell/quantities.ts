import { type PairModel, SoftfieldError } from "softfield";
import { type Quantity, quantityOf } from "softfield/internal";

/** The number of an option, as `quantityOf` reads it. Throws "usage". */
export function quantity(name: string, text: string, kind: Quantity, model: PairModel): number {
  const found = quantityOf(text, kind, model);
  if ("value" in found) return found.value;
  throw new SoftfieldError("usage", `--${name} ${text}: ${found.wanted}`, { field: name });
}
