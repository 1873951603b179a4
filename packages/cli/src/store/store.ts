import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statfsSync } from "node:fs";
import { join, resolve } from "node:path";
import { SoftfieldError } from "softfield";
import { makeFolder, readJson, replaceFile, syncFolder, writeSynced } from "./durable.ts";
import {
  type Check,
  type Failure,
  MANIFEST,
  type MadeBy,
  type Manifest,
  sha256,
  soundManifest,
} from "./manifest.ts";

/** Version of the store's layout; a store of a newer one is refused. */
export const STORE_VERSION = 1;

const FORMAT = "softfield-store";

interface StoreHeader {
  readonly format: typeof FORMAT;
  readonly version: number;
  readonly campaign: string;
}

/** Where the results of one stage of one ensemble lie: STAGE/MODEL-nN-HASH/seed=S/. */
export interface StagePlace {
  readonly stage: string;
  readonly hash: string;
  /** MODEL-nN-HASH, HASH being the first 12 digits. */
  readonly folder: string;
}

/** A stage's results: names of files and their bytes, which depend on hash and seed alone. */
export type StageFiles = Readonly<Record<string, Uint8Array>>;

/**
 * A campaign's folder. Results appear whole: all files of a stage are written into a folder of `tmp`, synced,
 * and moved to their place by one rename.
 */
export class Store {
  readonly root: string;
  #serial = 0;

  private constructor(root: string) {
    this.root = root;
  }

  /** Opens a campaign's store. @throws SoftfieldError where the folder holds none, another campaign's or a newer one */
  static open(folder: string, campaign: string): Store {
    const root = resolve(folder);
    const header = readHeader(root);
    if (header === undefined) {
      throw new SoftfieldError(
        "input",
        `${root}: no campaign has been run into this folder yet; 'softfield run' does it`,
        {
          file: root,
        },
      );
    }
    checkHeader(root, header, campaign);
    return new Store(root);
  }

  /** Opens a campaign's store, or makes it in a new or empty folder. */
  static create(folder: string, campaign: string): Store {
    const root = resolve(folder);
    if (readHeader(root) === undefined) {
      mkdirSync(root, { recursive: true });
      const found = readdirSync(root).filter(
        (name) => !/^store\.json(\..*)?$|^tmp$|^claims$|^\.nfs/.test(name),
      );
      if (found.length > 0) {
        const message = `${root}: holds ${found[0]} and no campaign; give "output" a new or empty folder`;
        throw new SoftfieldError("usage", message, { file: root, field: "output" });
      }
      const header: StoreHeader = { format: FORMAT, version: STORE_VERSION, campaign };
      replaceFile(
        join(root, "store.json"),
        `${JSON.stringify(header)}\n`,
        join(root, `store.json.${randomUUID()}`),
      );
    }
    const store = Store.open(root, campaign);
    for (const name of ["tmp", "claims"]) makeFolder(root, name);
    return store;
  }

  /** Folder of a stage's results for one seed. */
  sampleFolder(place: StagePlace, seed: number): string {
    return join(this.root, place.stage, place.folder, `seed=${seed}`);
  }

  /** The manifest of a stage's result that is there and sound. */
  manifest(place: StagePlace, seed: number, check: Check = "sizes"): Manifest | undefined {
    return soundManifest(this.sampleFolder(place, seed), place.hash, check);
  }

  /** Seeds for which something lies in a stage's place, sound or not; ascending. */
  seeds(place: StagePlace): number[] {
    return listSeeds(join(this.root, place.stage, place.folder), /^seed=(\d+)$/);
  }

  /** The bytes of one file of a stage's result, or nothing where they are missing or not those of the manifest. */
  read(place: StagePlace, seed: number, name: string): Uint8Array | undefined {
    const expected = this.manifest(place, seed)?.files[name];
    if (expected === undefined) return undefined;
    const bytes = readFileSync(join(this.sampleFolder(place, seed), name));
    return sha256(bytes) === expected.sha256 ? bytes : undefined;
  }

  /**
   * Publishes a stage's result. Where another run was faster its result stays, if it is sound.
   *
   * @param nonce of the run, which names its temporary folders
   * @throws SoftfieldError "numerics" where the other run's bytes differ
   */
  publish(
    place: StagePlace,
    seed: number,
    result: { files: StageFiles; made: MadeBy; nonce: string },
  ): Manifest {
    const { files, made, nonce } = result;
    const manifest: Manifest = { stage: place.stage, hash: place.hash, seed, files: describe(files), made };
    const aside = this.#aside(place, seed, nonce);
    try {
      mkdirSync(aside);
      for (const [name, bytes] of Object.entries(files)) writeSynced(join(aside, name), bytes);
      writeSynced(join(aside, MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`);
      syncFolder(aside);
      const parent = makeFolder(this.root, place.stage, place.folder);
      this.#moveIn(aside, place, { seed, manifest });
      syncFolder(parent);
    } finally {
      rmSync(aside, { recursive: true, force: true });
    }
    this.clearFailure(place, seed);
    return manifest;
  }

  #moveIn(aside: string, place: StagePlace, { seed, manifest }: { seed: number; manifest: Manifest }): void {
    const target = this.sampleFolder(place, seed);
    for (;;) {
      try {
        renameSync(aside, target);
        return;
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code !== "ENOTEMPTY" && code !== "EEXIST" && code !== "ENOTDIR") throw error;
      }
      const other = this.manifest(place, seed, "bytes");
      if (other !== undefined) {
        refuseDifference(target, manifest, other);
        return;
      }
      this.discard(place, seed);
    }
  }

  /** Removes a stage's damaged result. */
  discard(place: StagePlace, seed: number): void {
    const aside = join(this.root, "tmp", `damaged.${randomUUID()}`);
    try {
      renameSync(this.sampleFolder(place, seed), aside);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
    rmSync(aside, { recursive: true, force: true });
  }

  /** Notes that a stage of a sample failed, and why. */
  recordFailure(failure: Failure, place: StagePlace, nonce: string): void {
    const aside = this.#aside(place, failure.seed, nonce);
    replaceFile(this.#failurePath(place, failure.seed), `${JSON.stringify(failure, null, 1)}\n`, aside);
  }

  failure(place: StagePlace, seed: number): Failure | undefined {
    return readJson<Failure>(this.#failurePath(place, seed), ({ hash }) => hash === place.hash);
  }

  /** Seeds for which a stage failed. */
  failedSeeds(place: StagePlace): number[] {
    return listSeeds(join(this.root, "failures", place.stage, place.folder), /^seed=(\d+)\.json$/);
  }

  clearFailure(place: StagePlace, seed: number): void {
    rmSync(this.#failurePath(place, seed), { force: true });
  }

  /** Removes temporary folders of runs that are over; `live` are the nonces of those that are not, asked late. */
  sweep(live: () => ReadonlySet<string>): void {
    const names = readdirSync(join(this.root, "tmp"));
    const nonces = live();
    for (const name of names) {
      if (nonces.has(name.split(".")[0]!)) continue;
      rmSync(join(this.root, "tmp", name), { recursive: true, force: true });
    }
  }

  /** Bytes free on the store's disk. */
  freeBytes(): number {
    const { bavail, bsize } = statfsSync(this.root);
    return bavail * bsize;
  }

  /** A name of its own for every result: threads of one run share its nonce, ensembles may share seeds. */
  #aside({ hash }: StagePlace, seed: number, nonce: string): string {
    return join(this.root, "tmp", `${nonce}.${hash.slice(0, 12)}.${seed}.${this.#serial++}`);
  }

  #failurePath(place: StagePlace, seed: number): string {
    return join(this.root, "failures", place.stage, place.folder, `seed=${seed}.json`);
  }
}

function readHeader(root: string): StoreHeader | undefined {
  return readJson<StoreHeader>(join(root, "store.json"), ({ format }) => format === FORMAT);
}

function checkHeader(root: string, header: StoreHeader, campaign: string): void {
  if (header.version > STORE_VERSION) {
    throw new SoftfieldError(
      "input",
      `${root}: is a store of version ${header.version}; this softfield knows up to ${STORE_VERSION}: use a newer one`,
      { file: root },
    );
  }
  if (header.campaign !== campaign) {
    throw new SoftfieldError(
      "usage",
      `${root}: holds the campaign "${header.campaign}", not "${campaign}"; give "output" a folder of its own`,
      { file: root, field: "output" },
    );
  }
}

function refuseDifference(path: string, mine: Manifest, other: Manifest): void {
  for (const [name, { sha256: digest }] of Object.entries(mine.files)) {
    if (other.files[name]?.sha256 === digest) continue;
    throw new SoftfieldError(
      "numerics",
      `${join(path, name)}: softfield ${mine.made.softfield} on ${mine.made.host} and ` +
        `${other.made.softfield} on ${other.made.host} made different bytes of the same seed; please report it`,
      { file: join(path, name) },
    );
  }
}

function describe(files: StageFiles): Manifest["files"] {
  return Object.fromEntries(
    Object.entries(files).map(([name, bytes]) => [name, { bytes: bytes.length, sha256: sha256(bytes) }]),
  );
}

function listSeeds(folder: string, pattern: RegExp): number[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((name) => pattern.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}
