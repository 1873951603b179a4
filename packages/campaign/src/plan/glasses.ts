import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { gunzipSync } from "node:zlib";
import { fileError, replaceFile } from "@softfield/node";
import {
  findInteractions,
  type PairModel,
  readSnapshot,
  SoftfieldError,
  type System,
  toSystem,
} from "softfield";
import { doubtsOfFit } from "softfield/internal";
import { parseSeeds } from "./seeds.ts";

/** One configuration of a file. */
export interface GlassFile {
  /** Absolute. */
  readonly path: string;
  /** From 0. */
  readonly frame: number;
}

/** How an ensemble's own files are named and read, as the campaign file says it. */
export interface GlassesDefinition {
  readonly glasses: string | readonly string[];
  /** "all" frames of a trajectory, the "first", the "last", or numbers from 0: "0..200". */
  readonly frames: string | number;
  readonly species?: Readonly<Record<string, string>> | undefined;
  readonly diameters?: string | undefined;
  /** Go down to the inherent structure where a file holds no minimum; otherwise that is refused. */
  readonly minimize: boolean;
}

/** Glasses that an ensemble has, not makes. */
export interface OwnGlasses extends Omit<GlassesDefinition, "glasses" | "frames"> {
  /** By the number of a sample, which is made of the content: see `contentNumber`. */
  readonly files: ReadonlyMap<number, GlassFile>;
  readonly particles: number;
  readonly dimension: 2 | 3;
}

/** What is known of a file that has not changed since. */
interface Known {
  readonly size: number;
  readonly modified: number;
  /** Of each frame that was read. */
  readonly frames: Readonly<
    Record<
      number,
      {
        readonly number: number;
        readonly particles: number;
        readonly dimension: 2 | 3;
        readonly last: boolean;
      }
    >
  >;
}

/** Name of the list of files and numbers in a store's folder: what samples are of which file, and a cache. */
const GLASSES_FILE = "glasses.json";

/**
 * The configurations that an ensemble of files holds, each read, placed in the model and checked.
 *
 * @param folder that paths and patterns begin in; `*` and `?` within a name
 * @param cache folder of the store: what was read before and is unchanged is not read again
 * @throws SoftfieldError that names file, line and particle: nothing begins before all files are sound
 */
export function ownGlasses(
  definition: GlassesDefinition,
  model: PairModel,
  { folder, cache }: { readonly folder: string; readonly cache: string },
): OwnGlasses {
  const { glasses, frames, ...rest } = definition;
  const patterns = typeof glasses === "string" ? [glasses] : glasses;
  const paths = [...new Set(patterns.flatMap((pattern) => matching(folder, pattern)))];
  const key = createHash("sha256")
    .update(JSON.stringify([model.definition, rest.species ?? null, rest.diameters ?? null]))
    .digest("hex");
  const notes = new Notes(cache, key);
  const files = new Map<number, GlassFile>();
  let [particles, dimension] = [0, model.dimension ?? 3];
  for (const path of paths) {
    for (const { frame, ...content } of framesOf({ path, frames }, model, { ...rest, notes })) {
      const where = shown(path, frame);
      const twin = files.get(content.number);
      if (twin) {
        const message = `${where} holds the same configuration as ${shown(twin.path, twin.frame)}: it would count twice`;
        throw new SoftfieldError("input", message, { file: path });
      }
      if (files.size > 0 && content.particles !== particles) {
        const message = `${where} has ${content.particles} particles, the others of its ensemble ${particles}: make it an ensemble of its own`;
        throw new SoftfieldError("input", message, { file: path });
      }
      [particles, dimension] = [content.particles, content.dimension];
      files.set(content.number, { path, frame });
    }
  }
  notes.keep();
  return { ...rest, files, particles, dimension };
}

/** The configuration of a sample; throws where the file is no longer what it was when the campaign was read. */
export function readGlass(own: OwnGlasses, model: PairModel, number: number): System {
  const file = own.files.get(number);
  if (!file) throw new SoftfieldError("input", `no file of the ensemble holds sample ${number}`);
  const { system } = placed(bytesOf(file.path), file, model, own);
  if (contentNumber(system) === number) return system;
  const message = `${shown(file.path, file.frame)} has changed since the run began: begin it again`;
  throw new SoftfieldError("input", message, { file: file.path });
}

/**
 * A number that stands for a configuration in its model: the first 52 bits of SHA-256 over box, positions, species and what
 * particles have of their own, to the last bit.
 */
function contentNumber({ box, positions, species, diameters, masses, charges }: System): number {
  const hash = createHash("sha256").update(`softfield-glass ${box.dimension} ${species.length}`);
  for (const values of [box.vectors, positions, species, diameters, masses, charges]) {
    hash.update(values ? `${values.length};` : "-;");
    if (values) hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  return Number.parseInt(hash.digest("hex").slice(0, 13), 16);
}

interface Reading extends Pick<GlassesDefinition, "species" | "diameters"> {
  readonly notes: Notes;
}

/** The frames of a file that are asked for, each with what stands for its content. */
function framesOf(
  { path, frames }: { path: string; frames: string | number },
  model: PairModel,
  { notes, ...meaning }: Reading,
) {
  const wanted = wantedFrames(frames, path);
  let bytes: Uint8Array | undefined;
  const found: { frame: number; number: number; particles: number; dimension: 2 | 3 }[] = [];
  for (let frame = 0; ; frame++) {
    const known = notes.of(path, frame);
    if (known === undefined) bytes ??= bytesOf(path);
    const content = known ?? contentOf(bytes as Uint8Array, { path, frame }, model, meaning);
    notes.add(path, frame, content);
    const { last, ...rest } = content;
    if (wanted === "last" ? last : wanted(frame)) found.push({ frame, ...rest });
    if (last || (wanted !== "last" && !wanted.more(frame))) break;
  }
  if (found.length > 0) return found;
  throw new SoftfieldError("input", `${path}: has none of the frames ${frames}`, { file: path });
}

type Wanted = "last" | (((frame: number) => boolean) & { readonly more: (frame: number) => boolean });

function wantedFrames(frames: string | number, path: string): Wanted {
  if (frames === "last") return "last";
  const that = (is: (frame: number) => boolean, most: number): Wanted =>
    Object.assign(is, { more: (frame: number) => frame < most });
  if (frames === "all") return that(() => true, Infinity);
  if (frames === "first") return that((frame) => frame === 0, 0);
  const parsed = parseSeeds(frames);
  if (parsed.status === "parsed") {
    const asked = new Set(parsed.seeds);
    return that((frame) => asked.has(frame), Math.max(...parsed.seeds));
  }
  const message = `${path}: frames ${frames}: give all, first, last, or numbers from 0 such as 0..200`;
  throw new SoftfieldError("input", message, { file: path });
}

function contentOf(
  bytes: Uint8Array,
  file: GlassFile,
  model: PairModel,
  meaning: Pick<GlassesDefinition, "species" | "diameters">,
) {
  const { system, last } = placed(bytes, file, model, meaning);
  const where = shown(file.path, file.frame);
  try {
    // too small a box, cores in cores, or nothing that interacts
    doubtsOfFit(system, model);
    findInteractions(system, model);
  } catch (cause) {
    if (!(cause instanceof SoftfieldError) || cause.message.includes(file.path)) throw cause;
    throw new SoftfieldError(
      cause.code,
      `${where}: ${cause.message}`,
      { ...cause.place, file: file.path },
      { cause },
    );
  }
  return {
    number: contentNumber(system),
    particles: system.species.length,
    dimension: system.box.dimension,
    last,
  };
}

function placed(
  bytes: Uint8Array,
  { path, frame }: GlassFile,
  model: PairModel,
  { species, diameters }: Pick<GlassesDefinition, "species" | "diameters">,
): { system: System; last: boolean } {
  const snapshot = readSnapshot(bytes, { source: path, frame });
  const map = species && new Map(Object.entries(species));
  const { system } = toSystem(snapshot, model, {
    ...(map && { species: map }),
    ...(diameters !== undefined && { diameters }),
  });
  return { system, last: !snapshot.hasMoreFrames };
}

function bytesOf(path: string): Uint8Array {
  try {
    const bytes = readFileSync(path);
    return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
  } catch (cause) {
    throw fileError(cause, path, "read");
  }
}

const shown = (path: string, frame: number) => (frame === 0 ? path : `${path}, frame ${frame},`);

/** The files of a path or a pattern, sorted. */
function matching(folder: string, pattern: string): string[] {
  const whole = resolve(folder, pattern);
  if (existsSync(whole)) {
    if (statSync(whole).isFile()) return [whole];
    throw new SoftfieldError(
      "input",
      `${pattern}: is a folder; name its files, e.g. ${join(pattern, "*.data")}`,
      { file: whole },
    );
  }
  const [root, ...parts] = whole.split(sep);
  let found = [root === "" ? sep : `${root}${sep}`];
  for (const part of parts) {
    const likely = /[*?]/.test(part);
    found = found.flatMap((path) => {
      if (!likely) return existsSync(join(path, part)) ? [join(path, part)] : [];
      if (!statSync(path).isDirectory()) return [];
      const name = new RegExp(
        `^${part
          .replace(/[.+^${}()|[\]\\]/g, "\\$&")
          .replaceAll("*", ".*")
          .replaceAll("?", ".")}$`,
      );
      const entries = readdirSync(path).filter((entry) => name.test(entry));
      return entries
        .filter((entry) => part.startsWith(".") || !entry.startsWith("."))
        .map((entry) => join(path, entry));
    });
  }
  const files = found.filter((path) => statSync(path).isFile()).sort();
  if (files.length > 0) return files;
  throw new SoftfieldError("input", `${pattern}: there is no such file`, { file: whole });
}

/** What was read of files before, kept in the store's folder. */
class Notes {
  readonly #path: string;
  readonly #folder: string;
  readonly #key: string;
  readonly #files: Record<string, Known> = {};
  readonly #others: Record<string, Record<string, Known>>;
  readonly #stats = new Map<string, { size: number; modified: number }>();
  #changed = false;

  constructor(folder: string, key: string) {
    this.#folder = folder;
    this.#path = join(folder, GLASSES_FILE);
    this.#key = key;
    this.#others = readNotes(this.#path);
    Object.assign(this.#files, this.#others[key] ?? {});
  }

  of(path: string, frame: number) {
    const { size, modified } = this.#stat(path);
    const known = this.#files[this.#name(path)];
    return known?.size === size && known.modified === modified ? known.frames[frame] : undefined;
  }

  add(path: string, frame: number, content: Known["frames"][number]): void {
    if (this.of(path, frame)) return;
    const name = this.#name(path);
    const stat = this.#stat(path);
    const known = this.#files[name];
    const sound = known?.size === stat.size && known.modified === stat.modified;
    this.#files[name] = { ...stat, frames: { ...(sound && known.frames), [frame]: content } };
    this.#changed = true;
  }

  /** Writes them, once there is a store. */
  keep(): void {
    if (!this.#changed || !existsSync(this.#folder)) return;
    const text = JSON.stringify({ ...this.#others, [this.#key]: this.#files }, null, 1);
    try {
      replaceFile(this.#path, `${text}\n`, `${this.#path}.${process.pid}.part`);
    } catch {
      // a store that can't be written to: files are read again
    }
  }

  #name(path: string): string {
    return relative(this.#folder, path);
  }

  #stat(path: string) {
    const found = this.#stats.get(path) ?? statOf(path);
    this.#stats.set(path, found);
    return found;
  }
}

function statOf(path: string): { size: number; modified: number } {
  const { size, mtimeMs } = statSync(path);
  return { size, modified: mtimeMs };
}

function readNotes(path: string): Record<string, Record<string, Known>> {
  try {
    const found = JSON.parse(readFileSync(path, "utf8")) as unknown;
    return typeof found === "object" && found !== null
      ? (found as Record<string, Record<string, Known>>)
      : {};
  } catch {
    return {};
  }
}
