import { type CheckpointContent, decodeCheckpoint, encodeCheckpoint, sameRun } from "../dynamics/index.ts";
import { SoftfieldError } from "../errors.ts";
import type { System } from "../space/index.ts";
import { wholeLoad } from "./deformation.ts";
import { resolveShear, type ShearSettings } from "./options.ts";
import type { PathPoint, PlasticEvent, ShearOptions, ShearWork } from "./types.ts";

/** What of a run at its last event a checkpoint keeps. */
export interface SavedRun extends SavedHeader {
  /** N×d, the minimum that the run goes on from. */
  readonly positions: Float64Array;
}

interface SavedHeader {
  readonly events: readonly PlasticEvent[];
  readonly path: readonly PathPoint[];
  readonly strain: number;
  readonly idle: number;
  readonly turns: readonly number[];
  readonly stretches?: readonly number[];
  readonly work: ShearWork;
}

/** What makes a run this one and no other, as JSON. */
export type RunIdentity = Readonly<Record<string, unknown>>;

/** A run as bytes; `original`: what it began with. */
export function encodeRun(
  identity: RunIdentity,
  original: System,
  { positions, events, ...rest }: SavedRun,
): Uint8Array {
  const header: SavedHeader = { events: events.map(({ displacements, ...event }) => event), ...rest };
  const fields = events.flatMap(({ displacements }, k) =>
    displacements ? [[`displacements ${k}`, displacements] as const] : [],
  );
  return encodeCheckpoint({
    header: { ...identity, ...header },
    arrays: { original: original.positions, positions, ...Object.fromEntries(fields) },
  });
}

/** Options with all their defaults, as a run has them or as they were given: some callers say what others leave out. */
function wholeOptions(given: ShearOptions | Pick<ShearSettings, "deformation">) {
  if ("deformation" in given) return { ...given, deformation: wholeLoad(given.deformation) };
  const { deformation, ...options } = resolveShear(given);
  return { ...options, deformation: wholeLoad(deformation) };
}

/** What a run is known by, with the defaults of its options, and of those of a cyclic load. */
function wholeIdentity({ options, load, ...rest }: RunIdentity): RunIdentity {
  const cyclic = load as { readonly options: ShearOptions } | undefined;
  return {
    ...rest,
    ...(options !== undefined && { options: wholeOptions(options as ShearSettings) }),
    ...(cyclic && { load: { ...cyclic, options: wholeOptions(cyclic.options) } }),
  };
}

/** Throws "usage" where a checkpoint is of another run or configuration. */
export function checkRun(
  identity: RunIdentity,
  original: System,
  { header, arrays }: CheckpointContent,
): void {
  const [own, saved] = [identity, header].map(wholeIdentity);
  for (const key of Object.keys(own)) {
    if (sameRun(saved[key], own[key])) continue;
    throw new SoftfieldError(
      "usage",
      `the checkpoint is of another run: its ${key} differ from those asked for`,
      { field: key },
    );
  }
  const given = arrays.original as Float64Array;
  if (given.length !== original.positions.length || given.some((x, k) => x !== original.positions[k])) {
    throw new SoftfieldError("usage", "the checkpoint is of another configuration: the positions differ");
  }
}

/** The other way. Throws "usage" where it is of another run or configuration, "input" where corrupt. */
export function decodeRun(identity: RunIdentity, original: System, checkpoint: Uint8Array): SavedRun {
  const content = decodeCheckpoint(checkpoint);
  checkRun(identity, original, content);
  const { header, arrays } = content;
  const { events, path, strain, idle, turns, stretches, work } = header as unknown as SavedHeader;
  return {
    events: events.map((event, k) => {
      const displacements = arrays[`displacements ${k}`] as Float64Array | undefined;
      return { ...event, displacements };
    }),
    path,
    strain,
    idle,
    turns,
    stretches,
    work,
    positions: arrays.positions as Float64Array,
  };
}
