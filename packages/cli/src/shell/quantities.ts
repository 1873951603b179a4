import { type PairModel, SoftfieldError } from "softfield";
import { modelUnits } from "softfield/internal";

const SECONDS: Readonly<Record<string, number>> = { fs: 1e-15, ps: 1e-12, ns: 1e-9 };

/** What the number of an option measures. */
export type Quantity = "time" | "temperature" | "rate";

/**
 * A number in the units of the model, given as such ("0.1") or in fs, ps, ns, K, K/fs, K/ps, K/ns ("2fs", "3000K"), for
 * models whose units are metal, real or si. Throws "usage".
 */
export function quantity(name: string, text: string, kind: Quantity, model: PairModel): number {
  const [, digits, unit] = /^\s*([-+.\deE]*\d\.?)\s*([a-zA-Z][a-zA-Z/]*)?\s*$/.exec(text) ?? [];
  const value = digits === undefined ? Number.NaN : Number(digits);
  if (!Number.isFinite(value)) throw refused(name, text, "give a number");
  if (unit === undefined) return value;
  const { seconds, kelvin } = modelUnits(model);
  if (seconds === undefined || kelvin === undefined) {
    const words = `the model ${model.name} does not say its units ("metal", "real" or "si"): give a number in units of its own`;
    throw refused(name, text, words);
  }
  const [degrees, per] = kind === "time" ? [undefined, unit] : unit.split("/");
  const known = kind === "time" || degrees === "K";
  const time = per === undefined ? undefined : SECONDS[per];
  if (!known || (kind === "temperature" ? per !== undefined : time === undefined)) {
    const wanted = { time: "fs, ps or ns", temperature: "K", rate: "K/fs, K/ps or K/ns" }[kind];
    throw refused(name, text, `the unit must be ${wanted}, found "${unit}"`);
  }
  if (kind === "temperature") return value / kelvin;
  if (kind === "time") return (value * time!) / seconds;
  return ((value / kelvin) * seconds) / time!;
}

function refused(name: string, text: string, wanted: string): SoftfieldError {
  return new SoftfieldError("usage", `--${name} ${text}: ${wanted}`, { field: name });
}
