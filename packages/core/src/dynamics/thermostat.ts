import { SoftfieldError } from "../errors.ts";

/** What keeps the temperature. Times in τ₀, temperatures in ε/k_B. */
export type Thermostat =
  | { readonly kind: "none" }
  /** Stochastic velocity rescaling, Bussi, Donadio & Parrinello 2007; `relaxation` is its τ. */
  | { readonly kind: "rescaling"; readonly temperature: Temperature; readonly relaxation: number }
  /** Langevin dynamics in the BAOAB splitting, Leimkuhler & Matthews 2013. */
  | {
      readonly kind: "langevin";
      readonly temperature: number;
      readonly friction: number;
      /** The noise is freed of its mean: the centre of mass rests, Nd − d degrees of freedom are canonical. */
      readonly fixedCentre?: boolean;
    };

/** A temperature, or one that goes linearly from the run's first step to its last. */
export type Temperature = number | { readonly from: number; readonly to: number };

/** The temperature of a step. */
export function temperatureAt(temperature: Temperature, step: number, total: number): number {
  if (typeof temperature === "number") return temperature;
  return temperature.from + (temperature.to - temperature.from) * (step / total);
}

/** The temperatures that it goes to. Throws "usage" where it or its time or friction makes no sense. */
export function targetsOf(thermostat: Thermostat): number[] {
  if (thermostat.kind === "none") return [];
  const { temperature: t } = thermostat;
  const targets = typeof t === "number" ? [t] : [t.from, t.to];
  for (const target of targets) checkTemperature(target);
  if (thermostat.kind === "rescaling") checkPositive(thermostat.relaxation, "relaxation");
  else checkPositive(thermostat.friction, "friction");
  return targets;
}

/** Throws "usage" where it is negative. */
export function checkTemperature(temperature: number): void {
  if (temperature >= 0 && temperature < Infinity) return;
  throw new SoftfieldError("usage", `a temperature must not be negative, got ${temperature}`, {
    field: "temperature",
  });
}

function checkPositive(value: number, field: string): void {
  if (value > 0 && value < Infinity) return;
  throw new SoftfieldError("usage", `${field} must be positive, got ${value}`, { field });
}
