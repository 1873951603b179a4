import { parseSpeciesMap, readSnapshotStream, type Snapshot, SoftfieldError, toSystem } from "softfield";
import { isGzip, lineOf } from "softfield/formats";
import { describeSnapshot } from "softfield/internal";
import { modelOf } from "./filemodel.ts";
import { framesJob } from "./frames.ts";
import { handOver } from "./handover.ts";
import type { OpenedFile, OpenInput } from "./messages.ts";
import { wrapped } from "./pace.ts";

/** The frames of files of at most so many bytes are counted as they are opened: it takes a moment. */
const COUNTED = 16e6;

/** Reads a file that was dropped on the page, as `softfield lte` reads it. */
export async function openJob(input: OpenInput): Promise<OpenedFile> {
  const { name, species } = input;
  const snapshot = await read(input);
  const options = species.trim() === "" ? {} : { species: parseSpeciesMap(species) };
  const names = options.species && [...options.species.values()];
  const { modelName, model } = modelOf(input.model, snapshot, { file: name, names });
  const { system, ids } = toSystem(snapshot, model, options);
  const lines = Int32Array.from({ length: snapshot.count }, (_, a) => lineOf(snapshot, a) ?? 0);
  const summary = { ...describeSnapshot(snapshot), source: name };
  const corner = snapshot.origin.slice(0, system.box.dimension);
  const places = wrapped(system.box, system.positions, corner);
  const frames = input.bytes.byteLength <= COUNTED ? await framesJob(input) : undefined;
  return handOver(
    { system, model, modelName, summary, corner, lines, places, frames, ...(ids ? { ids } : {}) },
    [lines, places],
  );
}

async function read({ bytes, name, frame }: OpenInput): Promise<Snapshot> {
  const head = new Uint8Array(bytes);
  if (!isGzip(head)) return readSnapshotStream([head], { source: name, frame });
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  try {
    // The checksum at the end of a gzip stream says that nothing is missing.
    return await readSnapshotStream(chunksOf(stream), { source: name, frame, complete: true });
  } catch (cause) {
    if (cause instanceof SoftfieldError) throw cause;
    throw damaged(name, cause);
  }
}

async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function damaged(file: string, cause: unknown): SoftfieldError {
  const message = cause instanceof Error ? cause.message : "";
  const words = /truncat|unexpected end|complete/i.test(message)
    ? "the compressed file ends too early: it is truncated, copy it again"
    : "the compressed file is damaged: copy it again";
  return new SoftfieldError("input", `${file}: ${words}.`, { file }, { cause });
}
