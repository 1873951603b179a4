import { SoftfieldError } from "../errors.ts";
import { formatReal } from "./delimited.ts";
import { type Frame, linePieces, type SpatialFrame, spatialFrame } from "./frame.ts";

const IMAGE_FLAGS = ["ix", "iy", "iz"] as const;

/** Where the bounds of a 2D frame's box begin in z; LAMMPS wants z = 0 inside it. */
const PLANE_DEPTH = -0.5;

/** The section of further columns; LAMMPS reads it into a fix property/atom, and stops at it without one. */
export const COLUMN_SECTION = "Softfield";

/**
 * A frame as a LAMMPS data file, in pieces: atom_style atomic with masses by type (1 by default), or sphere, of density 1, where the frame has
 * diameters. Types are the frame's, else the order in which its species are listed; comments name the species. Bounds are
 * chosen so that hi − lo gives back every box length to the last bit. Further columns are left out, or stand in a section
 * Softfield, which ASE does not read and LAMMPS so:
 *
 *     fix s all property/atom d_lte d_lte_max
 *     read_data FILE fix s NULL Softfield
 *
 * @throws usage error where some dimension is not periodic: a data file can't say so
 */
export function lammpsDataText(
  frame: Frame,
  options: { readonly columns?: boolean } = {},
): Generator<string> {
  const spatial = spatialFrame(frame, PLANE_DEPTH);
  requirePeriodic(spatial);
  const { count, vectors: v, positions, columns } = spatial;
  const types = typesOf(frame, count);
  const typeCount = Math.max(
    frame.species?.names.length ?? 1,
    types.reduce((a, b) => Math.max(a, b), 1),
  );
  const names = typeNames(frame, types);
  const bounds = [0, 1, 2].map((a) => exactBounds(spatial.origin[a], v[4 * a]));
  const tilts = [v[3], v[6], v[7]];
  const images = imageColumns(spatial);
  const velocity = columns.find(({ name, width }) => name === "velocity" && width === 3);
  const diameter = columns.find(({ name, width }) => name === "diameter" && width === 1)?.values;
  const typeNamed = Array.from({ length: typeCount }, (_, t) => names.get(t + 1));
  const massOf = massesByType(frame, types);
  const masses = typeNamed.map(
    (name, t) => `${t + 1} ${massOf(t + 1)}${name === undefined ? "" : ` # ${name}`}`,
  );
  const allNamed = typeNamed.every((name) => name !== undefined && !/\s/.test(name));
  const head = [
    "LAMMPS data file written by softfield",
    "",
    `${count} atoms`,
    `${typeCount} atom types${diameter && allNamed ? ` # ${typeNamed.join(" ")}` : ""}`,
    "",
    ...bounds.map(([lo, hi], a) => `${formatReal(lo)} ${formatReal(hi)} ${"xyz"[a]}lo ${"xyz"[a]}hi`),
    ...(tilts.some((tilt) => tilt !== 0) ? [`${tilts.map(formatReal).join(" ")} xy xz yz`] : []),
    "",
    ...(diameter ? ["Atoms # sphere"] : ["Masses", "", ...masses, "", "Atoms # atomic"]),
    "",
    "",
  ].join("\n");
  const id = idsOf(frame);
  const further = options.columns ? columns.filter((column) => !isKnown(column.name)) : [];
  const furtherNames = further.flatMap(({ name, width }) => columnNames(name, width));
  return chained(
    linePieces(count, head, (a) => {
      const flags = images ? images.map((values) => ` ${values[a]}`).join("") : "";
      const size = diameter ? `${formatReal(diameter[a])} 1 ` : "";
      return `${id(a)} ${types[a]} ${size}${triple(positions, a)}${flags}\n`;
    }),
    velocity &&
      linePieces(
        count,
        "\nVelocities\n\n",
        (a) => `${id(a)} ${triple(velocity.values, a)}${diameter ? " 0 0 0" : ""}\n`,
      ),
    furtherNames.length > 0
      ? linePieces(count, `\n${COLUMN_SECTION} # ${furtherNames.join(" ")}\n\n`, (a) => {
          let row = String(id(a));
          for (const { width, values } of further)
            for (let k = 0; k < width; k++) row += ` ${formatReal(values[a * width + k])}`;
          return `${row}\n`;
        })
      : undefined,
  );
}

/** Columns that have a place of their own in a data file. */
function isKnown(name: string): boolean {
  return name === "velocity" || name === "diameter" || (IMAGE_FLAGS as readonly string[]).includes(name);
}

/**
 * A frame as one frame of a LAMMPS text dump, in pieces: id type [element] x y z, image flags and further
 * columns. The bounds of a tilted box are those of the axis-parallel box around it, as LAMMPS has them.
 */
export function lammpsDumpText(frame: Frame): Generator<string> {
  const spatial = spatialFrame(frame, PLANE_DEPTH);
  const { count, vectors: v, positions, columns } = spatial;
  const types = typesOf(frame, count);
  const { species } = frame;
  const names = columns.flatMap(({ name, width }) => columnNames(name, width));
  const flags = spatial.periodic.map((flag, a) => (flag || a >= frame.box.dimension ? "pp" : "ff")).join(" ");
  const tilts = [v[3], v[6], v[7]] as const;
  const triclinic = tilts.some((tilt) => tilt !== 0);
  const rows = tiltedBounds(spatial).map(
    ([lo, hi], a) => `${formatReal(lo)} ${formatReal(hi)}${triclinic ? ` ${formatReal(tilts[a])}` : ""}`,
  );
  const head = [
    "ITEM: TIMESTEP",
    `${frame.timestep ?? 0}`,
    "ITEM: NUMBER OF ATOMS",
    `${count}`,
    `ITEM: BOX BOUNDS ${triclinic ? "xy xz yz " : ""}${flags}`,
    ...rows,
    `ITEM: ATOMS ${["id", "type", ...(species ? ["element"] : []), "x", "y", "z", ...names].join(" ")}`,
    "",
  ].join("\n");
  const id = idsOf(frame);
  return linePieces(count, head, (a) => {
    let row = `${id(a)} ${types[a]} `;
    if (species) row += `${species.names[species.index[a]]} `;
    row += triple(positions, a);
    for (const { width, values } of columns) {
      for (let k = 0; k < width; k++) row += ` ${formatReal(values[a * width + k])}`;
    }
    return `${row}\n`;
  });
}

/** Those of particles where all of a type share it, else of the frame's types, else 1. */
function massesByType({ masses, columns }: Frame, types: Int32Array): (type: number) => number {
  const own = new Map<number, number>();
  const column = columns?.get("mass");
  for (let a = 0; column?.width === 1 && a < types.length; a++) {
    const mass = column.values[a];
    own.set(types[a], (own.get(types[a]) ?? mass) === mass ? mass : Number.NaN);
  }
  return (type) => [own.get(type), masses?.get(type)].find((mass) => mass !== undefined && mass > 0) ?? 1;
}

/** A third dimension without extent need not be periodic. */
function requirePeriodic({ periodic, positions }: SpatialFrame): void {
  const flat = positions.every((x, k) => k % 3 !== 2 || x === positions[2]);
  if (periodic.every((flag, axis) => flag || (axis === 2 && flat))) return;
  throw new SoftfieldError(
    "usage",
    "a LAMMPS data file can't say that a boundary is not periodic: write a dump or extended XYZ instead.",
  );
}

function* chained(...parts: (Generator<string> | undefined)[]): Generator<string> {
  for (const part of parts) if (part) yield* part;
}

function triple(values: Float64Array, a: number): string {
  return `${formatReal(values[3 * a])} ${formatReal(values[3 * a + 1])} ${formatReal(values[3 * a + 2])}`;
}

function idsOf({ ids }: Frame): (a: number) => number {
  return ids ? (a) => ids[a] : (a) => a + 1;
}

function typesOf({ types, species }: Frame, count: number): Int32Array {
  return types ?? species?.index.map((index) => index + 1) ?? new Int32Array(count).fill(1);
}

/** The species' name of each type, where all particles of the type share it. */
function typeNames({ species }: Frame, types: Int32Array): Map<number, string> {
  const names = new Map<number, string>();
  if (!species) return names;
  const mixed = new Set<number>();
  types.forEach((type, a) => {
    const name = species.names[species.index[a]];
    if ((names.get(type) ?? name) !== name) mixed.add(type);
    names.set(type, name);
  });
  for (const type of mixed) names.delete(type);
  return names;
}

function imageColumns({ columns }: SpatialFrame): Float64Array[] | undefined {
  const found = IMAGE_FLAGS.map(
    (flag) => columns.find(({ name, width }) => name === flag && width === 1)?.values,
  );
  return found.every((values) => values !== undefined) ? (found as Float64Array[]) : undefined;
}

function columnNames(name: string, width: number): string[] {
  const plain = name.replace(/\s+/g, "_");
  if (name === "velocity" && width === 3) return ["vx", "vy", "vz"];
  return width === 1 ? [plain] : Array.from({ length: width }, (_, k) => `${plain}[${k + 1}]`);
}

/**
 * [lo + before, hi + after] from which a reader gets (hi + after − after) − (lo + before − before) = length in
 * floating point, the lower bound at the origin given or, failing that, within a rounding error of zero.
 * Only where tilts exceed the box may no such bounds exist.
 */
function exactBounds(origin: number, length: number, before = 0, after = 0): [number, number] {
  for (const start of [origin, 0, length + after - after - length]) {
    const lo = start + before;
    const hi = start + length + after;
    // The right bound may lie a rounding error beside the sum.
    for (const steps of [0, 1, -1, 2, -2]) {
      const moved = hi + steps * 2 ** -53 * Math.abs(hi);
      if (moved - after - (lo - before) === length) return [lo, moved];
    }
  }
  return [before, length + after];
}

/** The bounds of the box around the cell; a reader gets the cell back by undoing the tilts. */
function tiltedBounds({ vectors: v, origin }: SpatialFrame): [number, number][] {
  const [xy, xz, yz] = [v[3], v[6], v[7]];
  return [
    exactBounds(origin[0], v[0], Math.min(0, xy, xz, xy + xz), Math.max(0, xy, xz, xy + xz)),
    exactBounds(origin[1], v[4], Math.min(0, yz), Math.max(0, yz)),
    exactBounds(origin[2], v[8]),
  ];
}
