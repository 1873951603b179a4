import type { PairModel } from "./types.ts";
import { modelUnits } from "./units.ts";

const SECONDS: Readonly<Record<string, number>> = { fs: 1e-15, ps: 1e-12, ns: 1e-9 };

/** What a number measures. */
export type Quantity = "time" | "temperature" | "rate" | "strain rate";

/**
 * A number in the units of the model, given as such ("0.1") or in fs, ps, ns, K, K/fs, K/ps, K/ns, /fs, /ps, /ns ("2fs",
 * "3000 K", "1e-4/ps"), for models whose units are metal, real or si (CODATA 2018); or, in words, what it should be.
 */
export function quantityOf(
  text: string,
  kind: Quantity,
  model: Pick<PairModel, "name" | "definition">,
): { readonly value: number } | { readonly wanted: string } {
  const [, digits, unit] = /^\s*([-+.\deE]*\d\.?)\s*(\/?[a-zA-Z][a-zA-Z/]*)?\s*$/.exec(text) ?? [];
  const value = digits === undefined ? Number.NaN : Number(digits);
  if (!Number.isFinite(value)) return { wanted: "give a number" };
  if (unit === undefined) return { value };
  const { seconds, kelvin } = modelUnits(model);
  if (seconds === undefined || kelvin === undefined) {
    const wanted = `the model ${model.name} does not say its units ("metal", "real" or "si"): give a number in units of its own`;
    return { wanted };
  }
  const [degrees, per] = kind === "time" ? [undefined, unit] : unit.split("/");
  const known = kind === "time" || degrees === (kind === "strain rate" ? "" : "K");
  const time = per === undefined ? undefined : SECONDS[per];
  if (!known || (kind === "temperature" ? per !== undefined : time === undefined)) {
    const units = {
      time: "fs, ps or ns",
      temperature: "K",
      rate: "K/fs, K/ps or K/ns",
      "strain rate": "/fs, /ps or /ns",
    }[kind];
    return { wanted: `the unit must be ${units}, found "${unit}"` };
  }
  if (kind === "temperature") return { value: value / kelvin };
  if (kind === "time") return { value: (value * time!) / seconds };
  if (kind === "strain rate") return { value: (value * seconds) / time! };
  return { value: ((value / kelvin) * seconds) / time! };
}
