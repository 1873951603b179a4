import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { readJson } from "@softfield/node";

export const MANIFEST = "manifest.json";

/** What one stage of one sample left in its folder, and where and how it was made. */
export interface Manifest {
  /** For readers of the folder: what lies in its place is whole. */
  readonly status: "done";
  readonly stage: string;
  /** Identity of what determined the result beside the seed: see `stageHash`. */
  readonly hash: string;
  readonly seed: number;
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;
  /** Of this run of the stage; never part of the results. */
  readonly made: MadeBy;
}

/** Where, when and by what something was made. */
export interface MadeBy {
  readonly softfield: string;
  readonly node: string;
  readonly host: string;
  /** Seconds of wall time, by the monotonic clock. */
  readonly seconds: number;
  /** For people; nothing is decided by it. */
  readonly finished: string;
}

/** Why a stage of a sample gave no result. */
export interface Failure {
  readonly status: "failed";
  readonly stage: string;
  readonly hash: string;
  readonly seed: number;
  readonly reason: string;
  readonly made: MadeBy;
}

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** How thoroughly files are compared with their manifest: sizes only, or every byte. */
export type Check = "sizes" | "bytes";

/** What a look at a stage's folder finds: the manifest, or the file that is not as it should be. */
export type Examined =
  | { readonly status: "sound"; readonly manifest: Manifest }
  | { readonly status: "damaged"; readonly file: string };

/** Compares a stage's folder with its manifest. */
export function examine(folder: string, hash: string, check: Check): Examined {
  const manifest = readJson<Manifest>(
    join(folder, MANIFEST),
    (found) => found.hash === hash && typeof found.files === "object" && found.made !== undefined,
  );
  if (manifest === undefined) return { status: "damaged", file: join(folder, MANIFEST) };
  for (const [name, file] of Object.entries(manifest.files)) {
    const path = join(folder, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    const sound =
      stat?.size === file.bytes && (check === "sizes" || sha256(readFileSync(path)) === file.sha256);
    if (!sound) return { status: "damaged", file: path };
  }
  return { status: "sound", manifest };
}

/**
 * The manifest of a stage's folder if its files are all there as it says, else nothing: then the stage counts
 * as not done.
 */
export function soundManifest(folder: string, hash: string, check: Check = "sizes"): Manifest | undefined {
  const found = examine(folder, hash, check);
  return found.status === "sound" ? found.manifest : undefined;
}
