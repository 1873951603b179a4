import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";

/** Writes a new file and has the disk confirm it. Errors of the system name the path. */
export function writeSynced(path: string, bytes: Uint8Array | string): void {
  const file = openSync(path, "wx");
  try {
    writeFileSync(file, bytes);
    fsyncSync(file);
  } catch (error) {
    // failures of an open file name no path
    throw Object.assign(error as NodeJS.ErrnoException, { path });
  } finally {
    closeSync(file);
  }
}

/** Makes renames in a folder last through a power failure; systems that can't sync folders are left alone. */
export function syncFolder(path: string): void {
  let folder: number;
  try {
    folder = openSync(path, "r");
  } catch {
    return;
  }
  try {
    fsyncSync(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "EINVAL" && code !== "EPERM" && code !== "EISDIR") throw error;
  } finally {
    closeSync(folder);
  }
}

/** Replaces a file so that readers see the old content or the new, whole; `temporary` is a path of its own beside it. */
export function replaceFile(path: string, content: Uint8Array | string, temporary: string): void {
  mkdirSync(dirname(path), { recursive: true });
  try {
    writeSynced(temporary, content);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw Object.assign(error as NodeJS.ErrnoException, { path });
  }
  syncFolder(dirname(path));
}

/** A JSON file, or nothing where it is missing, torn or not of the expected kind. */
export function readJson<T>(path: string, isSound: (value: Partial<T>) => boolean): T | undefined {
  try {
    const value = JSON.parse(readFileSync(path, "utf8")) as Partial<T> | null;
    return typeof value === "object" && value !== null && isSound(value) ? (value as T) : undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined || code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw error;
  }
}

/** Makes a folder and all above it, each confirmed by the disk; `base` must exist. */
export function makeFolder(base: string, ...names: readonly string[]): string {
  let path = base;
  for (const name of names) {
    const parent = path;
    path = join(parent, name);
    try {
      mkdirSync(path);
      syncFolder(parent);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
  return path;
}
