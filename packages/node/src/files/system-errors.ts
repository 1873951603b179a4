import { accessSync, constants, existsSync } from "node:fs";
import { dirname } from "node:path";
import { SoftfieldError } from "softfield";
import { wordsOf } from "./errors.ts";

/** A failure of the operating system that a user can mend, in words; anything else passes unchanged. */
export function systemError(error: unknown): unknown {
  if (error instanceof SoftfieldError) return error;
  if (isOutOfMemory(error)) {
    const message = `too little memory: ${(error as Error).message}; give the process more (ulimit -v, --mem of Slurm)`;
    return new SoftfieldError("resource", message, {}, { cause: error });
  }
  const { code: said, path, syscall } = (error ?? {}) as NodeJS.ErrnoException;
  // mkdir of a whole path says ENOENT even where the file system is read-only
  const code = said === "ENOENT" && syscall === "mkdir" && path ? (writeFault(path) ?? said) : said;
  const words = wordsOf(code, "other");
  if (words === undefined) return error;
  const place = path ? { file: path } : {};
  return new SoftfieldError("input", `${path ?? "file system"}: ${words}`, place, { cause: error });
}

/** What keeps a folder from being made where none is yet; nothing where it may be made. */
function writeFault(path: string): string | undefined {
  let folder = dirname(path);
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  try {
    accessSync(folder, constants.W_OK);
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  }
}

/** Whether an engine, or the system that loads a library, had too little memory. */
function isOutOfMemory(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as NodeJS.ErrnoException;
  if (code === "ENOMEM" || code === "ERR_WORKER_OUT_OF_MEMORY") return true;
  if (code === "ERR_DLOPEN_FAILED")
    return /failed to map segment|cannot allocate memory/i.test(error.message);
  return error instanceof RangeError && /allocat|out of memory/i.test(error.message);
}
