import { assembleSnapshot, vectorColumn } from "./assemble.ts";
import type { LineCursor } from "./cursor.ts";
import { type DumpBox, latticeOf, unscale } from "./lammps-dump-box.ts";
import { type ColumnKind, ParticleTable } from "./particles.ts";
import type { InfoValue, Snapshot } from "./types.ts";

/** Suffixes of coordinate columns in the order in which they are preferred; scaled ones multiply the box. */
const COORDINATE_SETS = [
  { suffix: "", scaled: false },
  { suffix: "u", scaled: false },
  { suffix: "s", scaled: true },
  { suffix: "su", scaled: true },
] as const;

/** The table for a dump's columns, which `where` names: "ITEM: ATOMS". @throws input error at the cursor's line */
export function dumpTable(
  names: readonly string[],
  count: number,
  cursor: LineCursor,
  where: string,
): ParticleTable {
  if (names.length === 0) {
    throw cursor.error(`${where} names no columns; write the dump with dump custom … id type x y z.`);
  }
  const twice = names.find((name, k) => names.indexOf(name) !== k);
  if (twice !== undefined) throw cursor.error(`${where} names the column ${twice} twice.`);
  const coordinates = coordinateColumns(names);
  if (!coordinates) {
    throw cursor.error(
      `${where} has no coordinates (x y z, xs ys zs, xu yu zu or xsu ysu zsu) among ${names.join(" ")}.`,
    );
  }
  const label = names.includes("element") ? "element" : "typelabel";
  const kind = (name: string): ColumnKind => {
    if (coordinates.names.includes(name)) return "coordinate";
    if (name === "id" || name === "type") return "integer";
    if (name === label) return "species";
    return name === "typelabel" ? "ignored" : "real";
  };
  return new ParticleTable(
    names.map((name) => ({ name, kind: kind(name), width: 1 })),
    count,
  );
}

/** What stands before the rows of a frame of a dump. */
export interface DumpHead {
  readonly source: string;
  readonly format: string;
  readonly frame: number;
  readonly timestep: number;
  readonly box: DumpBox;
  readonly info: ReadonlyMap<string, InfoValue>;
}

/** The snapshot of a frame whose rows have come. */
export function dumpSnapshot(table: ParticleTable, { box, ...head }: DumpHead): Snapshot {
  const names = table.plans.map((plan) => plan.name);
  const coordinates = coordinateColumns(names)!;
  const d = coordinates.names.length as 2 | 3;
  const positions = vectorColumn(table, coordinates.names)!;
  if (coordinates.scaled) unscale(positions, d, box);
  const velocities = ["vx", "vy", "vz"].slice(0, d);
  const hasVelocities = velocities.every((name) => names.includes(name));
  return assembleSnapshot({
    ...head,
    dimension: d,
    lattice: latticeOf(box, d, head.source),
    origin: box.origin.slice(0, d),
    periodic: box.periodic.slice(0, d),
    table,
    positions,
    velocities: vectorColumn(table, velocities),
    roles: {
      positions: coordinates.names,
      velocities: hasVelocities ? velocities : [],
      species: table.plans.find((plan) => plan.kind === "species")?.name,
      types: names.includes("type") ? "type" : undefined,
      ids: names.includes("id") ? "id" : undefined,
    },
  });
}

function coordinateColumns(names: readonly string[]): { names: string[]; scaled: boolean } | undefined {
  for (const { suffix, scaled } of COORDINATE_SETS) {
    const set = ["x", "y", "z"].map((axis) => axis + suffix);
    const d = names.includes(set[2]) ? 3 : 2;
    if (set.slice(0, d).every((name) => names.includes(name))) return { names: set.slice(0, d), scaled };
  }
  return undefined;
}
