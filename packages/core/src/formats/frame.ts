import { SoftfieldError } from "../errors.ts";
import type { PairModel } from "../models/index.ts";
import type { Box, System } from "../space/index.ts";
import type { InfoValue, ParticleColumn, Snapshot } from "./types.ts";

/** What a configuration file is written from; every `Snapshot` is one. */
export interface Frame {
  readonly box: Box;
  /** N×d, d the box's. */
  readonly positions: Float64Array;
  /** d; default zero. */
  readonly origin?: Float64Array;
  /** d; default all periodic. */
  readonly periodic?: readonly boolean[];
  readonly species?: Snapshot["species"];
  readonly types?: Int32Array;
  readonly ids?: Float64Array;
  readonly columns?: ReadonlyMap<string, ParticleColumn>;
  readonly info?: ReadonlyMap<string, InfoValue>;
  readonly timestep?: number;
  /** Masses by type. */
  readonly masses?: Snapshot["masses"];
}

/** What is written beside the particles of a system. */
export interface FrameExtras extends Pick<Frame, "ids" | "info" | "timestep" | "origin"> {
  /** Per-particle results by name: N values, or N×d for vectors. */
  readonly columns?: Readonly<Record<string, Float64Array>>;
}

/** The frame of a system in a model, with species by their names in it. */
export function frameOfSystem(system: System, model: PairModel, extras: FrameExtras = {}): Frame {
  const count = system.species.length;
  const columns = new Map<string, ParticleColumn>();
  if (system.diameters) columns.set("diameter", { width: 1, values: system.diameters });
  if (system.charges) columns.set("q", { width: 1, values: system.charges });
  if (system.masses) columns.set("mass", { width: 1, values: system.masses });
  for (const [name, values] of Object.entries(extras.columns ?? {})) {
    const width = values.length / count;
    if (!Number.isInteger(width) || width < 1) {
      throw new SoftfieldError("usage", `column ${name} has ${values.length} values for ${count} particles`, {
        field: name,
      });
    }
    columns.set(name, { width, values });
  }
  const { units } = model;
  const info = new Map([
    ...(extras.info ?? []),
    ...(units === undefined ? [] : ([["units", units]] as const)),
  ]);
  return {
    box: system.box,
    positions: system.positions,
    species: { names: model.species, index: system.species },
    types: system.species.map((species) => species + 1),
    masses: model.masses ? new Map(model.masses.map((mass, s) => [s + 1, mass])) : undefined,
    ids: extras.ids,
    origin: extras.origin,
    info: info.size > 0 ? info : undefined,
    timestep: extras.timestep,
    columns,
  };
}

/** A frame with the third dimension that files expect: a 2D one lies in z = 0 of a box one high. */
export interface SpatialFrame {
  readonly count: number;
  /** 3×3 */
  readonly vectors: Float64Array;
  /** 3 */
  readonly origin: Float64Array;
  readonly periodic: readonly boolean[];
  /** N×3 */
  readonly positions: Float64Array;
  /** Vectors of a 2D frame have a third component 0. */
  readonly columns: readonly (ParticleColumn & { readonly name: string })[];
}

/** Brings a frame into three dimensions; `depth` is where a 2D frame's box begins in z. */
export function spatialFrame(frame: Frame, depth: number): SpatialFrame {
  const { box, positions } = frame;
  const planar = box.dimension === 2;
  const v = box.vectors;
  const origin = frame.origin ?? new Float64Array(box.dimension);
  const periodic = frame.periodic ?? Array.from({ length: box.dimension }, () => true);
  return {
    count: positions.length / box.dimension,
    vectors: planar ? Float64Array.of(v[0], 0, 0, v[2], v[3], 0, 0, 0, 1) : v,
    origin: planar ? Float64Array.of(origin[0], origin[1], depth) : origin,
    periodic: planar ? [...periodic, false] : periodic,
    positions: planar ? padded(positions) : positions,
    columns: [...(frame.columns ?? [])].map(([name, { width, values }]) =>
      planar && width === 2 ? { name, width: 3, values: padded(values) } : { name, width, values },
    ),
  };
}

function padded(planar: Float64Array): Float64Array {
  const count = planar.length / 2;
  const spatial = new Float64Array(3 * count);
  for (let a = 0; a < count; a++) {
    spatial[3 * a] = planar[2 * a];
    spatial[3 * a + 1] = planar[2 * a + 1];
  }
  return spatial;
}

/** Gathers lines to pieces of some 64 kB. */
export function* linePieces(count: number, head: string, line: (row: number) => string): Generator<string> {
  let text = head;
  for (let row = 0; row < count; row++) {
    text += line(row);
    if (text.length >= 1 << 16) {
      yield text;
      text = "";
    }
  }
  if (text !== "") yield text;
}
