import { type Command, Option } from "commander";
import type { DeformationOptions } from "softfield";
import { SHEAR_PLANES } from "softfield/internal";
import { numberOption } from "./arguments.ts";

/** Which deformation loads a glass, as the command line says it. */
export interface LoadCliOptions {
  readonly kind?: NonNullable<DeformationOptions["kind"]>;
  readonly plane?: NonNullable<DeformationOptions["plane"]>;
  readonly angle?: number;
  readonly backwards?: boolean;
}

/** Adds --kind, --plane, --angle and --backwards, the load of `shear`, to a command. */
export function loadOptions(command: Command): Command {
  return command
    .addOption(new Option("--kind <kind>", "of deformation").choices(["simple", "pure"]).default("simple"))
    .addOption(new Option("--plane <plane>", "in 3D").choices(SHEAR_PLANES).default("xy"))
    .addOption(numberOption("--angle <degrees>", "of the direction of shear within the plane (default: 0)"))
    .option("--backwards", "shear the other way");
}

/** The load of the library. */
export function loadOf({ kind, plane, angle, backwards }: LoadCliOptions): DeformationOptions {
  return {
    ...(kind !== undefined && { kind }),
    ...(plane !== undefined && { plane }),
    ...(angle !== undefined && { angle }),
    direction: backwards ? -1 : 1,
  };
}

/** The load in words, for the summary of a command. */
export function loadText({ kind, plane, angle = 0, backwards }: LoadCliOptions, dimension: 2 | 3): string {
  const where = dimension === 3 ? ` in the plane ${plane ?? "xy"}` : "";
  return `${kind ?? "simple"} shear along ${angle}°${where}${backwards ? ", backwards" : ""}`;
}
