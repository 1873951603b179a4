import { randomUUID } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statfsSync,
  statSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { makeFolder, readJson, replaceFile, syncFolder, writeSynced } from "@softfield/node";
import { SoftfieldError } from "softfield";
import { checkHeader, headerPath, readHeader, refuseOccupied, writeHeader } from "./header.ts";
import {
  type Check,
  type Examined,
  examine,
  type Failure,
  MANIFEST,
  type MadeBy,
  type Manifest,
  sha256,
  soundManifest,
} from "./manifest.ts";
import { holdsResults, type StoreUse, seedFolders, storeUse } from "./usage.ts";

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
  /** Whether store.json was lost and is written anew. */
  readonly recovered: boolean;
  #serial = 0;

  private constructor(root: string, recovered = false) {
    this.root = root;
    this.recovered = recovered;
  }

  /** Opens a campaign's store. @throws SoftfieldError where the folder holds none, another campaign's or a newer one */
  static open(folder: string, campaign: string): Store {
    const root = resolve(folder);
    const found = readHeader(root);
    if (found.status !== "sound") {
      const words = holdsResults(root)
        ? `${headerPath(root)}: is ${found.status === "missing" ? "missing" : "damaged"}, though results lie beside it; ` +
          "'softfield run' writes it anew where they are this campaign's"
        : `${root}: no campaign has been run into this folder yet; 'softfield run' does it`;
      throw new SoftfieldError("input", words, { file: root });
    }
    checkHeader(root, found.header, campaign);
    return new Store(root);
  }

  /**
   * Opens a campaign's store, or makes it in a new or empty folder. A store whose store.json was lost is recovered where
   * results of the campaign, at `places`, prove that it is the campaign's.
   *
   * @throws SoftfieldError where the folder holds anything else
   */
  static create(folder: string, campaign: string, places: readonly StagePlace[] = []): Store {
    const root = resolve(folder);
    const { status } = readHeader(root);
    let recovered = false;
    if (status !== "sound") {
      makeRoot(root);
      const bare = new Store(root);
      recovered = status !== "foreign" && places.some((place) => bare.#holdsAny(place));
      if (!recovered) refuseOccupied(root, campaign, status);
      writeHeader(root, campaign);
    }
    Store.open(root, campaign);
    for (const name of ["tmp", "claims"]) makeFolder(root, name);
    return new Store(root, recovered);
  }

  /** Whether a sound result or a failure of a stage is there. */
  #holdsAny(place: StagePlace): boolean {
    return (
      this.seeds(place).some((seed) => this.manifest(place, seed) !== undefined) ||
      this.failedSeeds(place).some((seed) => this.failure(place, seed) !== undefined)
    );
  }

  /** Folder of a stage's results for one seed. */
  sampleFolder(place: StagePlace, seed: number): string {
    return join(this.root, place.stage, place.folder, `seed=${seed}`);
  }

  /** The manifest of a stage's result that is there and sound. */
  manifest(place: StagePlace, seed: number, check: Check = "sizes"): Manifest | undefined {
    return soundManifest(this.sampleFolder(place, seed), place.hash, check);
  }

  /** The manifest of a stage's result that lies in its place, or the file that is damaged or missing there. */
  examine(place: StagePlace, seed: number, check: Check): Examined {
    return examine(this.sampleFolder(place, seed), place.hash, check);
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
    const { stage, hash } = place;
    const manifest: Manifest = { status: "done", stage, hash, seed, files: describe(files), made };
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
  recordFailure(what: Omit<Failure, "status">, place: StagePlace, nonce: string): void {
    const failure: Failure = { status: "failed", ...what };
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
      if (nonces.has(name.split(".")[0])) continue;
      rmSync(join(this.root, "tmp", name), { recursive: true, force: true });
    }
  }

  /** Removes a folder of results and their failures, sample by sample; files in it that are none stay. */
  remove({ stage, folder }: Pick<StagePlace, "stage" | "folder">): void {
    const path = join(this.root, stage, folder);
    for (const name of seedFolders(path)) {
      // out of sight first: a result is there whole, or not at all
      const aside = join(this.root, "tmp", `removed.${randomUUID()}`);
      renameSync(join(path, name), aside);
      rmSync(aside, { recursive: true, force: true });
    }
    rmSync(join(this.root, "failures", stage, folder), { recursive: true, force: true });
    for (const empty of [path, join(this.root, stage)]) {
      if (existsSync(empty) && readdirSync(empty).length === 0) rmdirSync(empty);
    }
  }

  /** What the store takes on its disk. Looks at every file. */
  use(): StoreUse {
    return storeUse(this.root);
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

/** Makes the store's folder and all above it. */
function makeRoot(root: string): void {
  const found = statSync(root, { throwIfNoEntry: false });
  if (found?.isDirectory()) return;
  if (found !== undefined) {
    const message = `${root}: is a file; give "output" a folder`;
    throw new SoftfieldError("usage", message, { file: root, field: "output" });
  }
  mkdirSync(root, { recursive: true });
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
