import { type Dirent, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { readJson } from "@softfield/node";
import { MANIFEST, type Manifest } from "./manifest.ts";

/** What one folder STAGE/MODEL-nN-HASH of a store holds. */
export interface FolderUse {
  readonly stage: string;
  /** MODEL-nN-HASH */
  readonly folder: string;
  readonly samples: number;
  readonly bytes: number;
}

/** What a store takes on its disk: sizes of its files. */
export interface StoreUse {
  /** Of everything below the store's folder: results, failures, logs, reports. */
  readonly bytes: number;
  /** Folders of results, proven by a manifest in them. */
  readonly results: readonly FolderUse[];
}

/** Looks at every file of a store; what a run moves or removes meanwhile is passed over. */
export function storeUse(root: string): StoreUse {
  let bytes = 0;
  const results: FolderUse[] = [];
  for (const entry of entriesOf(root)) {
    const path = join(root, entry.name);
    if (!entry.isDirectory()) {
      bytes += bytesOf(path);
      continue;
    }
    for (const inner of entriesOf(path)) {
      const size = bytesOf(join(path, inner.name));
      bytes += size;
      const seeds = inner.isDirectory() ? seedFolders(join(path, inner.name)) : [];
      const place = { stage: entry.name, folder: inner.name };
      if (isProven(path, place, seeds)) results.push({ ...place, samples: seeds.length, bytes: size });
    }
  }
  return { bytes, results };
}

/** Whether a folder holds any stage's results, of whichever campaign. */
export function holdsResults(root: string): boolean {
  return entriesOf(root).some(({ name: stage }) =>
    entriesOf(join(root, stage)).some(({ name: folder }) => {
      const path = join(root, stage);
      return isProven(path, { stage, folder }, seedFolders(join(path, folder)));
    }),
  );
}

/** Names seed=S in a folder of results. */
export function seedFolders(path: string): string[] {
  return entriesOf(path).flatMap(({ name }) => (/^seed=\d+$/.test(name) ? name : []));
}

/** A folder's results are a stage's where one manifest in it says stage and hash of the folder's path. */
function isProven(
  path: string,
  { stage, folder }: Pick<FolderUse, "stage" | "folder">,
  seeds: readonly string[],
): boolean {
  const [, hash] = /-n\d+-([0-9a-f]{12})$/.exec(folder) ?? [];
  if (hash === undefined) return false;
  const isOf = (found: Partial<Manifest>) => found.stage === stage && found.hash?.startsWith(hash) === true;
  return seeds.some((seed) => readJson<Manifest>(join(path, folder, seed, MANIFEST), isOf) !== undefined);
}

function bytesOf(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return stat.size;
  return entriesOf(path).reduce((sum, { name }) => sum + bytesOf(join(path, name)), 0);
}

function entriesOf(path: string): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return [];
    throw error;
  }
}
