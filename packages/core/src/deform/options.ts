import { SoftfieldError } from "../errors.ts";
import type { DeformationOptions, HeldDeformation } from "./deformation.ts";
import { RELEASE_METHODS, type ShearOptions } from "./types.ts";

/** Options with everything decided. */
export type ShearSettings = Required<Omit<ShearOptions, keyof DeformationOptions | "d2minThreshold">> & {
  readonly deformation: HeldDeformation;
  /** λ²; undefined: the usual one of each glass. */
  readonly d2minThreshold: number | undefined;
};

const NARROWEST = 1e-10;

/** Throws "usage" with the option that is out of range. */
export function resolveShear(options: ShearOptions, from = 0): ShearSettings {
  const strategy = options.strategy ?? "branch";
  const settings: ShearSettings = {
    events: options.events ?? 5,
    maxStrain: options.maxStrain ?? 0.2,
    strategy,
    tolerance: options.tolerance ?? 1e-8,
    step: options.step ?? (strategy === "coarse" ? 1e-4 : 1e-3),
    minimizer: options.minimizer ?? "fire",
    residual: options.residual ?? 1e-11,
    maxEvaluations: options.maxEvaluations ?? 200_000,
    minDrop: options.minDrop ?? (strategy === "coarse" ? 1e-5 : 0),
    d2minThreshold: options.d2minThreshold,
    displacements: options.displacements ?? false,
    deformation: deformationOf(options),
  };
  if (strategy !== "branch" && strategy !== "coarse") throw misuse("strategy", strategy, "branch or coarse");
  if (!RELEASE_METHODS.includes(settings.minimizer)) {
    throw misuse("minimizer", settings.minimizer, RELEASE_METHODS.join(", "));
  }
  if (!(Number.isInteger(settings.events) && settings.events > 0)) {
    throw misuse("events", settings.events, "a whole number of at least 1");
  }
  if (!(settings.maxStrain > from && settings.maxStrain < Infinity)) {
    throw misuse("maxStrain", settings.maxStrain, from === 0 ? "a positive number" : `larger than ${from}`);
  }
  for (const field of ["step", "residual", "maxEvaluations", "d2minThreshold"] as const) {
    const { [field]: value = 1 } = settings;
    if (!(value > 0 && value < Infinity)) throw misuse(field, value, "a positive number");
  }
  const { minDrop } = settings;
  if (!(minDrop >= 0 && minDrop < Infinity) || (strategy === "coarse" && minDrop === 0)) {
    throw misuse("minDrop", minDrop, "a positive number, or 0 where branches are followed");
  }
  if (!(settings.tolerance >= NARROWEST && settings.tolerance <= 1e-3)) {
    throw misuse("tolerance", settings.tolerance, `from ${NARROWEST} to 1e-3`);
  }
  return settings;
}

function deformationOf({ kind, plane, angle, direction, pressure }: ShearOptions): DeformationOptions {
  return { kind, plane, angle, direction, ...(pressure !== undefined && { pressure }) };
}

function misuse(field: string, got: unknown, wanted: string): SoftfieldError {
  return new SoftfieldError("usage", `shear: ${field} is ${String(got)}; it has to be ${wanted}`, { field });
}
