import type { PairModel } from "./types.ts";
import { modelUnits } from "./units.ts";

const SECONDS: Readonly<Record<string, number>> = { fs: 1e-15, ps: 1e-12, ns: 1e-9 };
/** Of rates of strain, which laboratories count in seconds. */
const LONGER: Readonly<Record<string, number>> = { ...SECONDS, µs: 1e-6, us: 1e-6, ms: 1e-3, s: 1 };

/** What a number measures. */
export type Quantity = "time" | "temperature" | "rate" | "strain rate";

/**
 * A number in the units of the model, given as such ("0.1") or in fs, ps, ns, K, K/fs, K/ps, K/ns ("2fs", "3000 K"), a rate
 * of strain in 1/fs … 1/s ("1e9/s", "0.1 1/ns"), for models whose units are metal, real or si (CODATA 2018); or, in words, what
 * it should be.
 */
export function quantityOf(
  text: string,
  kind: Quantity,
  model: Pick<PairModel, "name" | "definition">,
): { readonly value: number } | { readonly wanted: string } {
  const [, digits, unit] = /^\s*([-+.\deE]*\d\.?)\s*((?:1?\/)?[a-zA-Zµ][a-zA-Z/]*)?\s*$/.exec(text) ?? [];
  const value = digits === undefined ? Number.NaN : Number(digits);
  if (!Number.isFinite(value)) return { wanted: "give a number" };
  if (unit === undefined) return { value };
  const { seconds, kelvin } = modelUnits(model);
  if (seconds === undefined || kelvin === undefined) {
    const wanted = `the model ${model.name} does not say its units ("metal", "real" or "si"): give a number in units of its own`;
    return { wanted };
  }
  const [degrees, per] = kind === "time" ? [undefined, unit] : unit.split("/");
  const known = {
    time: true,
    temperature: degrees === "K",
    rate: degrees === "K",
    "strain rate": !degrees || degrees === "1",
  };
  const time = per === undefined ? undefined : (kind === "strain rate" ? LONGER : SECONDS)[per];
  if (!known[kind] || (kind === "temperature" ? per !== undefined : time === undefined)) {
    const units = {
      time: "fs, ps or ns",
      temperature: "K",
      rate: "K/fs, K/ps or K/ns",
      "strain rate": "1/fs, 1/ps, 1/ns, 1/µs, 1/ms or 1/s",
    }[kind];
    return { wanted: `the unit must be ${units}, found "${unit}"` };
  }
  if (kind === "temperature") return { value: value / kelvin };
  if (kind === "time") return { value: (value * time!) / seconds };
  return { value: ((kind === "rate" ? value / kelvin : value) * seconds) / time! };
}
