import { SoftfieldError } from "../errors.ts";
import type { PairModel } from "../models/index.ts";
import { reducedBox, type System } from "../space/index.ts";
import { atParticle } from "./assemble.ts";
import { planarBox, planarPositions, planeOf } from "./planar.ts";
import { type SystemOptions, speciesIndices } from "./species.ts";
import type { Snapshot } from "./types.ts";

/** A configuration in a model, with the way back to its file. */
export interface PlacedSystem {
  readonly system: System;
  /** N, the file's ids, where it has them: particle a of the system has id ids[a]. */
  readonly ids?: Float64Array;
  /** In 2D from a file with three components: the common z of the particles. */
  readonly plane?: number;
  /** Labels of the file whose species were assumed: types by their order, the one name by the one species. */
  readonly assumed?: ReadonlyMap<string, string>;
}

/**
 * Places a snapshot's particles in a model: box, dimension, species indices and, for a model with a mixing
 * rule, diameters.
 *
 * Species are taken by name; numeric types stand for the model's species in its order, from 1; an explicit
 * mapping overrides both. A two-dimensional model takes files with a z column if all z agree. A box that leans by
 * more than half of an edge is exchanged for one of the same lattice that does not.
 *
 * @throws SoftfieldError "model" for species, "geometry" for dimension and periodicity; cost O(N)
 */
export function toSystem(snapshot: Snapshot, model: PairModel, options: SystemOptions = {}): PlacedSystem {
  const plane = planeOf(snapshot);
  const dimension = modelDimension(snapshot, model, plane);
  requirePeriodic(snapshot, dimension);
  const diameters = model.mixing ? particleDiameters(snapshot, options.diameters) : undefined;
  const { species, assumed } = speciesIndices(snapshot, model, options);
  const masses = particleMassesOf(snapshot, model);
  const charges = model.charges === "file" ? particleChargesOf(snapshot, model) : undefined;
  const system: System = {
    box: reducedBox(dimension === snapshot.dimension ? snapshot.box : planarBox(snapshot.box)),
    positions: dimension === snapshot.dimension ? snapshot.positions : planarPositions(snapshot.positions),
    species,
    diameters,
    masses,
    charges,
  };
  return {
    system,
    ids: snapshot.ids,
    plane: dimension === 2 && plane !== undefined ? plane : undefined,
    assumed: assumed.size > 0 ? assumed : undefined,
  };
}

function modelDimension(snapshot: Snapshot, model: PairModel, plane: number | undefined): 2 | 3 {
  const flat = snapshot.dimension === 2 || (plane !== undefined && snapshot.count > 1);
  const wanted = model.dimension ?? (flat ? 2 : 3);
  if (wanted === 3 && flat) {
    const why =
      plane === undefined
        ? "its positions have two components"
        : `all ${snapshot.count} particles share one z, ${plane}`;
    throw new SoftfieldError(
      "geometry",
      `${snapshot.source}: is two-dimensional (${why}), but model ${model.name} is three-dimensional. ` +
        'If the simulation was two-dimensional, take a two-dimensional model (one of your own has "dimension": 2); if not, ' +
        "the file does not hold what the particles' third coordinate was.",
      { file: snapshot.source, field: "z" },
    );
  }
  if (wanted === 2 && !flat && !(snapshot.count === 1)) {
    const a = firstOutOfPlane(snapshot);
    const message =
      `z = ${snapshot.positions[3 * a + 2]} differs from particle 0's z = ${snapshot.positions[2]}, but model ${model.name} ` +
      "is two-dimensional: choose a three-dimensional model, or give all particles the same z.";
    throw atParticle(snapshot, a, "z", message, "geometry");
  }
  return wanted;
}

function firstOutOfPlane({ positions, count }: Snapshot): number {
  let worst = 0;
  for (let a = 1; a < count; a++) {
    const offset = Math.abs(positions[3 * a + 2] - positions[2]);
    if (offset > Math.abs(positions[3 * worst + 2] - positions[2])) worst = a;
  }
  return worst;
}

/** Throws "geometry" where the box is not periodic along one of so many axes. */
export function requirePeriodic(snapshot: Snapshot, dimension: 2 | 3): void {
  const axis = snapshot.periodic.slice(0, dimension).indexOf(false);
  if (axis < 0) return;
  throw new SoftfieldError(
    "geometry",
    `${snapshot.source}: the box is not periodic along ${"xyz"[axis]}; softfield treats periodic boxes only. ` +
      "If the configuration was made with periodic boundaries, say so in the file " +
      '(extended XYZ: pbc="T T T"; LAMMPS dump: pp in ITEM: BOX BOUNDS).',
    { file: snapshot.source, field: "pbc" },
  );
}

/** Masses that the file tells, particle by particle or by type; undefined where all are 1 and the model says no others. */
function particleMassesOf(snapshot: Snapshot, model: PairModel): Float64Array | undefined {
  const { columns, types, masses: byType } = snapshot;
  const [name, column] =
    [...columns].find(([key, { width }]) => width === 1 && /^mass(es)?$/i.test(key)) ?? [];
  const typed = types && byType && Float64Array.from(types, (type) => byType.get(type) ?? Number.NaN);
  const masses = column?.values ?? typed;
  if (masses === undefined || (model.masses === undefined && masses.every((mass) => mass === 1)))
    return undefined;
  const bad = masses.findIndex((mass) => !(mass > 0 && Number.isFinite(mass)));
  if (bad < 0) return masses;
  const found = Number.isNaN(masses[bad]) ? "there is no mass of its type" : `the mass is ${masses[bad]}`;
  throw atParticle(snapshot, bad, name ?? "Masses", `${found}; it must be a positive number.`, "input");
}

/** The charges of a column q or charge. */
export function chargeColumn({ columns }: Snapshot): Float64Array | undefined {
  return [...columns].find(
    ([key, { width }]) => width === 1 && /^(q|charges?|initial_charges)$/i.test(key),
  )?.[1].values;
}

function particleChargesOf(snapshot: Snapshot, model: PairModel): Float64Array {
  const charges = chargeColumn(snapshot);
  if (charges === undefined) {
    throw new SoftfieldError(
      "model",
      `${snapshot.source}: model ${model.name} takes the charges of the configuration, which has no column q or charge: add one (LAMMPS data: atom_style charge or full; dump: q), or give the model its charges by species.`,
      { file: snapshot.source, field: "q" },
    );
  }
  const bad = charges.findIndex((charge) => !Number.isFinite(charge));
  if (bad < 0) return charges;
  throw atParticle(snapshot, bad, "q", `the charge is ${charges[bad]}; it must be a number.`, "input");
}

/** Names under which other programs keep diameters (ASE, matscipy, freud), for advice. */
const DIAMETER_NAMES = /^(size|sizes|sigma|sigmas|diameters?|d|diam|radii|radius|r)$/i;

/** Per-particle diameters from the column asked for, else from a column diameter, or twice a column radius. */
function particleDiameters(snapshot: Snapshot, asked: string | undefined): Float64Array {
  const find = (name: string) =>
    [...snapshot.columns].find(
      ([key, column]) => key.toLowerCase() === name.toLowerCase() && column.width === 1,
    )?.[1].values;
  const radius = find("radius");
  const diameters = asked === undefined ? (find("diameter") ?? radius?.map((r) => 2 * r)) : find(asked);
  if (!diameters) throw noDiameters(snapshot, asked);
  const bad = diameters.findIndex((sigma) => !(sigma > 0 && Number.isFinite(sigma)));
  if (bad >= 0) {
    const message = `the diameter is ${diameters[bad]}; it must be a positive number.`;
    throw atParticle(snapshot, bad, asked ?? "diameter", message, "input");
  }
  return diameters;
}

function noDiameters(snapshot: Snapshot, asked: string | undefined): SoftfieldError {
  const single = [...snapshot.columns].filter(([, { width }]) => width === 1).map(([name]) => name);
  const likely =
    single.find((name) => DIAMETER_NAMES.test(name)) ?? (single.length === 1 ? single[0] : undefined);
  const there =
    single.length === 0
      ? "It has no further column of numbers: add one"
      : `Its columns of numbers are ${single.join(", ")}: name the one that holds diameters with --diameters ${likely ?? "COLUMN"}`;
  return new SoftfieldError(
    asked === undefined ? "model" : "usage",
    asked === undefined
      ? `${snapshot.source}: the model mixes diameters particle by particle, but the file has no column "diameter" or "radius". ${there}.`
      : `${snapshot.source}: --diameters ${asked}: there is no such column of one number a particle. ${there}.`,
    { file: snapshot.source, field: "diameter" },
  );
}
