import { type PairModel, SoftfieldError } from "softfield";
import { type Quantity, quantityOf } from "softfield/internal";

/** The number of an option, as `quantityOf` reads it. Throws "usage". */
export function quantity(name: string, text: string, kind: Quantity, model: PairModel): number {
  const found = quantityOf(text, kind, model);
  if ("value" in found) return found.value;
  throw new SoftfieldError("usage", `--${name} ${text}: ${found.wanted}`, { field: name });
}

/** Those of these options that were given, as times. Throws "usage". */
export function timesOf<Name extends string>(
  names: readonly Name[],
  options: { readonly [K in Name]?: string | undefined },
  model: PairModel,
): { readonly [K in Name]?: number } {
  const given = names.flatMap((name) => {
    const text = options[name];
    return text === undefined ? [] : [[name, quantity(name, text, "time", model)]];
  });
  return Object.fromEntries(given);
}
