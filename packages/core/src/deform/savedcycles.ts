import { decodeCheckpoint, encodeCheckpoint } from "../dynamics/index.ts";
import type { System } from "../space/index.ts";
import { checkRun, type RunIdentity } from "./saved.ts";
import type { ShearState } from "./types.ts";

/** What of a cyclic load at a turning point a checkpoint keeps. */
export interface SavedCycles<Record extends SavedRecord> {
  /** What JSON holds to the last bit. */
  readonly record: Record;
  /** The minima at γ = 0 that it came by, and last where it stands. */
  readonly states: readonly ShearState[];
  /** Of each event; undefined where they are not kept. */
  readonly displacements: readonly (Float64Array | undefined)[];
}

interface SavedRecord {
  readonly events: readonly unknown[];
}

interface SavedHeader<Record> {
  readonly record: Record;
  readonly places: readonly { readonly strain: number; readonly turns: readonly number[] }[];
}

/** A cyclic load as bytes; `original`: what it began with. */
export function encodeCycles<Record extends SavedRecord>(
  identity: RunIdentity,
  original: System,
  { record, states, displacements }: SavedCycles<Record>,
): Uint8Array {
  const header: SavedHeader<Record> = {
    record,
    places: states.map(({ strain, turns }) => ({ strain, turns: Array.from(turns) })),
  };
  const arrays = states.flatMap(({ positions, stretches }, k) => [
    [`positions ${k}`, positions] as const,
    [`stretches ${k}`, stretches] as const,
  ]);
  const fields = displacements.flatMap((own, k) => (own ? [[`displacements ${k}`, own] as const] : []));
  return encodeCheckpoint({
    header: { ...identity, ...header },
    arrays: { original: original.positions, ...Object.fromEntries([...arrays, ...fields]) },
  });
}

/** The other way. Throws "usage" where it is of another run or configuration, "input" where corrupt. */
export function decodeCycles<Record extends SavedRecord>(
  identity: RunIdentity,
  original: System,
  checkpoint: Uint8Array,
): SavedCycles<Record> {
  const content = decodeCheckpoint(checkpoint);
  checkRun(identity, original, content);
  const { record, places } = content.header as unknown as SavedHeader<Record>;
  const array = (name: string) => content.arrays[name] as Float64Array | undefined;
  return {
    record,
    states: places.map(({ strain, turns }, k) => ({
      ...{ original, strain, turns: Int32Array.from(turns) },
      positions: array(`positions ${k}`) ?? new Float64Array(),
      stretches: array(`stretches ${k}`) ?? new Float64Array(),
    })),
    displacements: record.events.map((_, k) => array(`displacements ${k}`)),
  };
}
