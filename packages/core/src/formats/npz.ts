import { inputError } from "./cursor.ts";
import type { FrameRequest } from "./format.ts";
import { fault, type NpyArray, npyArray } from "./npy.ts";
import { noSuchFrame } from "./particles.ts";
import { likelyOrigin, namedSpecies, type SnapshotParts, snapshotOf } from "./snapshot-of.ts";
import type { ParticleColumn, Snapshot } from "./types.ts";
import { unzipped } from "./zip.ts";

/** What arrays are called, in the order of preference. */
const POSITIONS = [
  "positions",
  "position",
  "pos",
  "coordinates",
  "coords",
  "coord",
  "xyz",
  "points",
  "x",
  "r",
  "R",
  "X",
];
const BOX = [
  "box",
  "cell",
  "lattice",
  "box_vectors",
  "L",
  "box_size",
  "box_lengths",
  "boxlength",
  "box_length",
];
const SPECIES = ["species", "types", "type", "typeid", "particle_types", "numbers", "Z"];
const IDS = ["ids", "id"];
const VELOCITIES = ["velocities", "velocity", "vel", "v"];

/** Whether a zip archive holds NumPy arrays. */
export function isNpz(head: Uint8Array): boolean {
  const starts = head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4;
  return starts && new TextDecoder().decode(head.subarray(30, 300)).includes(".npy");
}

export function countNpzFrames(bytes: Uint8Array, source: string): number {
  const [, positions] = required(arraysOf(bytes, source), POSITIONS, source);
  return positions.shape.length === 3 ? positions.shape[0] : 1;
}

/**
 * Reads a .npz of numpy.savez: positions (N×d, or frames×N×d), box (d edges, or d×d vectors as rows; one a frame, or one
 * for all), and, if there, types or species (numbers or texts), ids, velocities, origin, pbc; any other array of N rows is
 * a column.
 */
export function readNpz(bytes: Uint8Array, request: FrameRequest): Snapshot {
  const { source, frame } = request;
  const arrays = arraysOf(bytes, source);
  const [positionsName, positions] = required(arrays, POSITIONS, source);
  const several = positions.shape.length === 3;
  const frames = several ? positions.shape[0] : 1;
  if (frame >= frames) throw noSuchFrame(source, frame, frames);
  const [count, d] = positions.shape.slice(-2);
  if (d !== 2 && d !== 3)
    throw fault(source, positionsName, `has the shape ${shapeOf(positions)}; it must be N×2 or N×3`);
  const take = (array: NpyArray, size: number): Float64Array => {
    if (!(array.values instanceof Float64Array)) throw fault(source, "positions or box", "holds texts");
    return array.values.length === size
      ? array.values.slice()
      : array.values.slice(frame * size, (frame + 1) * size);
  };
  const [boxName, box] = required(arrays, BOX, source);
  const vectors = boxVectors(box, boxName, { d, frame, frames, source });
  const x = take(positions, count * d);
  const used = new Set([positionsName, boxName, "origin", "pbc"]);
  const find = (names: readonly string[], shape: readonly number[]): NpyArray | undefined => {
    const name = names.find((known) => arrays.has(known) && shape.join() === arrays.get(known)!.shape.join());
    if (name !== undefined) used.add(name);
    return name === undefined ? undefined : arrays.get(name);
  };
  const kinds = find(SPECIES, [count]);
  const ids = find(IDS, [count]);
  const velocities =
    find(VELOCITIES, [count, d]) ?? (several ? find(VELOCITIES, [frames, count, d]) : undefined);
  const origin = arrays.get("origin")?.values;
  const pbc = arrays.get("pbc")?.values;
  return snapshotOf(request, {
    format: "npz",
    dimension: d,
    vectors,
    origin: origin instanceof Float64Array && origin.length === d ? origin : likelyOrigin(x, vectors, d),
    ...(pbc instanceof Float64Array && pbc.length >= d
      ? { periodic: Array.from(pbc.slice(0, d), (flag) => flag !== 0) }
      : {}),
    positions: x,
    ...speciesOf(kinds),
    ids:
      ids?.values instanceof Float64Array && ids.values.every(Number.isSafeInteger) ? ids.values : undefined,
    velocities: velocities && take(velocities, count * d),
    columns: columnsOf(arrays, used, count),
    hasMoreFrames: frame + 1 < frames,
    digits: positions.digits,
  });
}

function speciesOf(kinds: NpyArray | undefined): Pick<SnapshotParts, "species" | "types"> {
  if (!kinds) return {};
  if (!(kinds.values instanceof Float64Array)) return { species: namedSpecies(kinds.values) };
  return kinds.values.every(Number.isSafeInteger) ? { types: Int32Array.from(kinds.values) } : {};
}

function columnsOf(
  arrays: ReadonlyMap<string, NpyArray>,
  used: ReadonlySet<string>,
  count: number,
): Map<string, ParticleColumn> {
  const columns = new Map<string, ParticleColumn>();
  for (const [name, { shape, values }] of arrays) {
    if (used.has(name) || !(values instanceof Float64Array) || shape[0] !== count || shape.length > 2)
      continue;
    columns.set(name, { width: shape[1] ?? 1, values });
  }
  return columns;
}

function boxVectors(
  box: NpyArray,
  name: string,
  { d, frame, frames, source }: { d: 2 | 3; frame: number; frames: number; source: string },
): number[] {
  const values = box.values instanceof Float64Array ? Array.from(box.values) : [];
  // With as many frames as dimensions, d numbers are the edges of all frames, and d×d of them vectors, or edges of each.
  const { shape: given } = box;
  const perFrame = frames > 1 && given[0] === frames && given.join() !== String(d);
  if (perFrame && given.join() === `${d},${d}`)
    throw fault(source, name, `may be vectors or edges of ${frames} frames; save it as ${frames}×${d}×${d}`);
  const shape = perFrame ? given.slice(1) : given;
  const size = shape.reduce((product, length) => product * length, 1);
  const mine = perFrame ? values.slice(frame * size, (frame + 1) * size) : values;
  if (shape.length === 2 && shape[0] === d && shape[1] === d) return mine;
  const edges = size === 1 ? Array.from({ length: d }, () => mine[0]) : mine;
  if (edges.length !== d || shape.length > 1)
    throw fault(source, name, `has the shape ${shapeOf(box)}; give ${d} edges, or ${d}×${d} vectors as rows`);
  return edges.flatMap((edge, a) => edges.map((_, c) => (a === c ? edge : 0)));
}

function arraysOf(bytes: Uint8Array, source: string): Map<string, NpyArray> {
  const arrays = new Map<string, NpyArray>();
  for (const [name, file] of unzipped(bytes, source)) {
    if (!name.endsWith(".npy")) continue;
    const array = npyArray(file, name.slice(0, -4), source);
    if (array) arrays.set(name.slice(0, -4), array);
  }
  return arrays;
}

function required(
  arrays: ReadonlyMap<string, NpyArray>,
  names: readonly string[],
  source: string,
): [string, NpyArray & { readonly shape: readonly number[] }] {
  const name = names.find((known) => arrays.has(known));
  const there = [...arrays.keys()].join(", ") || "none";
  if (name === undefined)
    throw inputError(
      source,
      `has no array ${names.slice(0, 3).join(", ")} (or ${names.slice(3).join(", ")}); its arrays are ${there}. Save it with one of these names, e.g. numpy.savez("glass.npz", positions=…, box=…, types=…).`,
      {
        field: names[0],
      },
    );
  const array = arrays.get(name)!;
  if (names === POSITIONS && array.shape.length !== 2 && array.shape.length !== 3)
    throw fault(source, name, `has the shape ${shapeOf(array)}; it must be N×d or frames×N×d`);
  return [name, array];
}

function shapeOf({ shape }: NpyArray): string {
  return shape.length === 0 ? "of a single number" : shape.join("×");
}
