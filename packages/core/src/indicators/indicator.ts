import type { Sites } from "../interactions/index.ts";
import type { Minimum } from "../minimum/index.ts";
import type { WorkControl } from "../progress.ts";
import type { LocalThermalEnergy } from "../response/index.ts";

/** Values of one kind of sites, and where they are. */
export interface SiteValues {
  readonly sites: Pick<Sites, "members" | "offsets">;
  /** One a site; NaN where there is none (rattlers). */
  readonly values: Float64Array;
}

/** What single indicators are told; each takes what concerns it. */
export interface IndicatorOptions {
  /** Lowest normal modes that the baseline sums; default 30. */
  readonly modes?: number;
  /** The rate of deformation that directional ones look at, d×d; default simple shear, x += γ·y. */
  readonly load?: Float64Array;
  /** Another way to local thermal energies than the exact inverse, as by windows. */
  readonly energies?: EnergiesOf | undefined;
}

/** Local thermal energies of a minimum; the way is the caller's, so that who never uses windows does not load them. */
export type EnergiesOf = (minimum: Minimum, control?: WorkControl) => LocalThermalEnergy;

/** A measure of softness: a value for every site of a glass at a minimum, the larger (in magnitude) the softer. */
export interface Indicator {
  /** As commands, tables and links name it. */
  readonly name: string;
  /** In the legends of figures. */
  readonly short: string;
  /** What its field is, beside a colour bar; in the mark-up of figures. */
  readonly label: string;
  /** Of its values. */
  readonly unit: string;
  /** In a line, for --help. */
  readonly description: string;
  readonly of: "particles" | "interactions";
  /** It asks for the load: the answer is to a deformation in one direction. */
  readonly directional?: boolean;
  /**
   * What it says of the strain: "sites", a value is one over the strain at which its site yields; "spots", it is of energies,
   * whose slopes tell when their spots yield (`spotSoftening`). Nothing where absent.
   */
  readonly yields?: "sites" | "spots";
  /** Only |value| of at least this makes its field, unless the caller says otherwise. */
  readonly threshold: number;
  /** Its values, of one family of sites after another, numbered as the particles of `minimum.system`. */
  readonly run: (minimum: Minimum, options: IndicatorOptions, control: WorkControl) => readonly SiteValues[];
}

/** The load that is asked for, or simple shear. */
export function loadOf({ system }: Pick<Minimum, "system">, { load }: IndicatorOptions): Float64Array {
  const d = system.box.dimension;
  return load ?? Float64Array.from({ length: d * d }, (_, k) => (k === 1 ? 1 : 0));
}

/** The sites of N particles: each at its own place. */
export function particleSites(count: number, dimension: number): SiteValues["sites"] {
  const members = [Int32Array.from({ length: count }, (_, p) => p)];
  return { members, offsets: new Float64Array(count * dimension) };
}

/** Values of the particles of a minimum (N) as those of their sites. */
export function ofParticles({ system }: Minimum, values: Float64Array): readonly SiteValues[] {
  return [{ sites: particleSites(values.length, system.box.dimension), values }];
}
