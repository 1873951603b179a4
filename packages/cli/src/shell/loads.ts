import { type Command, Option } from "commander";
import { type DeformationOptions, loads } from "softfield";
import { SHEAR_PLANES, type ShearPlane, stretchAhead } from "softfield/internal";
import { numberOption } from "./arguments.ts";
import type { Configuration } from "./load.ts";

/** Which deformation loads a glass, as the command line says it. */
export interface LoadCliOptions {
  /** By its name; `kind` is its older word. */
  readonly load?: string;
  readonly kind?: string;
  readonly plane?: ShearPlane;
  readonly angle?: number;
  readonly backwards?: boolean;
  readonly pressure?: number;
}

/** Adds --load, --plane, --angle, --backwards and --pressure, the load of `shear`, to a command. */
export function loadOptions(command: Command): Command {
  const words = loads.all.map(({ name, description }) => `${name} (${description})`).join("; ");
  return command
    .addOption(new Option("--load <name>", `${words}; or of a plug-in (default: simple)`))
    .addOption(new Option("--kind <name>", "the same as --load").hideHelp())
    .addOption(new Option("--plane <plane>", "in 3D").choices(SHEAR_PLANES).default("xy"))
    .addOption(
      numberOption("--angle <degrees>", "of the direction of the load within the plane (default: 0)"),
    )
    .option("--backwards", "the other way")
    .addOption(
      numberOption(
        "--pressure <P>",
        "which the box keeps by what of it is free: all of it under shear (default: its volume stays), the directions across tension and compression (default: what they have); at another one than the glass has a load begins with a finite change of the box",
      ),
    );
}

/** The load of the library. Throws "usage" where there is none of this name. */
export function loadOf({
  load,
  kind,
  plane,
  angle,
  backwards,
  pressure,
}: LoadCliOptions): DeformationOptions {
  const name = load ?? kind;
  return {
    ...(name !== undefined && { kind: loads.get(name).name }),
    ...(plane !== undefined && { plane }),
    ...(angle !== undefined && { angle }),
    direction: backwards ? -1 : 1,
    ...(pressure !== undefined && { pressure }),
  };
}

/** The load in words, for the summary of a command. */
export function loadText(options: LoadCliOptions, dimension: 2 | 3): string {
  const { load, kind, plane, angle = 0, backwards, pressure } = options;
  const { label } = loads.get(load ?? kind ?? "simple");
  const where = dimension === 3 ? ` in the plane ${plane ?? "xy"}` : "";
  const held = pressure === undefined ? "" : ` at the pressure ${pressure}`;
  return `${label} along ${angle}°${where}${backwards ? ", backwards" : ""}${held}`;
}

/** A larger stretch before a load begins is said: what is foretold is of the glass before it. */
const STRETCH = 1e-4;

/**
 * A configuration with what should be known of it where a load is foretold, not followed: one that lets the box of the glass
 * go before its strain grows begins from another glass.
 */
export function underLoad(configuration: Configuration, load: DeformationOptions): Configuration {
  const { system, model, warnings } = configuration;
  const stretch = stretchAhead(system, model, load);
  if (stretch <= STRETCH) return configuration;
  const warning =
    `before its strain grows the load lets the box go to the pressure ${load.pressure}, ` +
    `by about ${stretch.toPrecision(1)}, and what is foretold is of the glass as it is: 'softfield shear' with this load, ` +
    "--max-strain 1e-9 and -o writes the glass from which the load begins";
  return { ...configuration, warnings: [...warnings, warning] };
}
