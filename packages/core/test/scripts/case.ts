import type { System } from "../../src/space/index.ts";
import { twoSpeciesLattice } from "../reference.ts";

/** A script of LAMMPS for two types, and what is known of LAMMPS's own accuracy with it. */
export interface ScriptCase {
  readonly name: string;
  readonly units?: "lj" | "metal" | "real";
  /** N/V of the shaken lattice. */
  readonly density: number;
  /** By type. */
  readonly charges?: readonly [number, number];
  /** atom_style sphere, diameters between these. */
  readonly diameters?: readonly [number, number];
  /** After read_data. */
  readonly lines: readonly string[];
  /** Files beside the script, and those of LAMMPS's own collection that it names. */
  readonly files?: Readonly<Record<string, string>>;
  readonly collection?: readonly string[];
  /** Relative agreement; 1e-10 where nothing is said. Why it is worse stands beside it. */
  readonly within?: number;
  /** Relative agreement of energies, where it is better. */
  readonly energyWithin?: number;
  /** LAMMPS has no energy for it (grains), or one with constants or a line in r of its own. */
  readonly energy?: false;
  /** Embedded atoms with LAMMPS's own splines. */
  readonly interpolation?: "lammps";
  /** LAMMPS's forces are not minus the slope of its energy: the energy alone is compared. */
  readonly forces?: false;
  readonly perAxis?: number;
  readonly seed?: number;
}

/** What a script's configuration is: a shaken lattice of two types. */
export function systemOf({ density, perAxis = 6, seed = 5, diameters }: ScriptCase): System {
  const system = twoSpeciesLattice(density, perAxis, seed);
  if (diameters === undefined) return system;
  const [low, high] = diameters;
  const sizes = Float64Array.from(system.species, (_, p) => low + ((high - low) * ((p * 37) % 101)) / 101);
  return { ...system, diameters: sizes };
}

/** The data file of a case's configuration. */
export function dataText(
  { charges = [0, 0], diameters }: ScriptCase,
  { box, positions, species, diameters: sizes }: System,
): string {
  const h = box.vectors;
  const at = (p: number) => Array.from(positions.subarray(3 * p, 3 * p + 3)).join(" ");
  return [
    "a configuration for a script",
    "",
    `${species.length} atoms`,
    "2 atom types",
    `0 ${h[0]} xlo xhi`,
    `0 ${h[4]} ylo yhi`,
    `0 ${h[8]} zlo zhi`,
    `${h[3]} ${h[6]} ${h[7]} xy xz yz`,
    "",
    ...(diameters ? [] : ["Masses", "", "1 1", "2 1", ""]),
    diameters ? "Atoms # sphere" : "Atoms # charge",
    "",
    ...Array.from(species, (s, p) => `${p + 1} ${s + 1} ${sizes ? `${sizes[p]} 1` : charges[s]} ${at(p)}`),
    "",
  ].join("\n");
}

/** The script of a case: what LAMMPS runs, and what is read. */
export function scriptText({ units = "lj", diameters, lines }: ScriptCase, data = "start.data"): string {
  return [
    `# ${units}`,
    `variable start index ${data}`,
    `units ${units}`,
    `atom_style ${diameters ? "sphere" : "charge"}`,
    "boundary p p p",
    "box tilt large",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of LAMMPS
    "read_data ${start}",
    ...lines,
    "",
  ].join("\n");
}
