import { randomBytes } from "node:crypto";
import { constants, rmSync } from "node:fs";
import { access, type FileHandle, open, realpath, rename, stat, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { SoftfieldError } from "softfield";
import { syncFolder } from "./durable.ts";
import { fileError } from "./errors.ts";

/** What a file is written from: all at once, or piece by piece. */
export type FileContent =
  | string
  | Uint8Array
  | Iterable<string | Uint8Array>
  | AsyncIterable<string | Uint8Array>;

/** Text is gathered to writes of about this many characters. */
const GATHERED_CHARACTERS = 1 << 18;

/**
 * Writes a file so that it either appears whole or not at all: first as a temporary file in the same folder, synced to the disk,
 * then renamed. A symbolic link is followed; devices and pipes are written directly.
 *
 * @param inputs files that must not be overwritten, since the content comes from them
 * @throws SoftfieldError "resource" in words; nothing is left behind then
 */
export async function writeFileAtomically(
  path: string,
  content: FileContent,
  inputs: readonly string[] = [],
): Promise<void> {
  try {
    const target = await checkedTarget(path, inputs);
    if (target.direct) {
      await writeAll(await open(target.path, "w"), content, false);
      return;
    }
    const temporary = join(
      dirname(target.path),
      `.${basename(target.path)}.${randomBytes(6).toString("hex")}.part`,
    );
    // before the file is there: a signal may come as soon as it is
    const forget = removeIfKilled(temporary);
    try {
      await writeAll(await open(temporary, "wx"), content, true);
      await rename(temporary, target.path);
    } catch (cause) {
      await unlink(temporary).catch(() => undefined);
      throw cause;
    } finally {
      forget();
    }
    syncFolder(dirname(target.path));
  } catch (cause) {
    throw fileError(cause, path, "write");
  }
}

/** Exit codes of processes that a signal ended, as shells count them. */
const SIGNALLED = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Until the returned function is called, Ctrl-C and SIGTERM remove a file before they end the process; where a command
 * handles them itself, that is left to it.
 */
function removeIfKilled(path: string): () => void {
  const names = ["SIGINT", "SIGTERM"] as const;
  if (names.some((name) => process.listenerCount(name) > 0)) return () => undefined;
  const end = (name: keyof typeof SIGNALLED) => {
    rmSync(path, { force: true });
    process.exit(SIGNALLED[name]);
  };
  for (const name of names) process.once(name, end);
  return () => {
    for (const name of names) process.off(name, end);
  };
}

/**
 * Checks before long work that a file can be written at its end: the folder exists and is writable, the path is
 * no folder and none of the inputs. A file that is there already is refused unless `force`; devices and pipes are not.
 *
 * @throws SoftfieldError "resource" or "usage", in words
 */
export async function checkOutputPath(
  path: string,
  { inputs = [], force }: { readonly inputs?: readonly string[]; readonly force: boolean },
): Promise<void> {
  try {
    const target = await checkedTarget(path, inputs);
    if (target.exists && !target.direct && !force) {
      throw new SoftfieldError("usage", `${path}: is there already; --force overwrites it`, { file: path });
    }
    await access(target.direct ? target.path : dirname(target.path), constants.W_OK);
  } catch (cause) {
    throw fileError(cause, path, "write");
  }
}

interface Target {
  readonly path: string;
  readonly exists: boolean;
  /** A device or a pipe: can't be replaced by renaming. */
  readonly direct: boolean;
}

async function checkedTarget(path: string, inputs: readonly string[]): Promise<Target> {
  const found = await stat(path).catch(ignoreMissing);
  if (!found) {
    await stat(dirname(path));
    return { path, exists: false, direct: false };
  }
  if (found.isDirectory()) throw Object.assign(new Error("is a folder"), { code: "EISDIR" });
  for (const input of inputs) {
    const other = await stat(input).catch(ignoreMissing);
    if (other && other.ino === found.ino && other.dev === found.dev) {
      throw new SoftfieldError("usage", `${path}: is the input itself; choose another name for the output.`, {
        file: path,
      });
    }
  }
  return { path: await realpath(path), exists: true, direct: !found.isFile() };
}

function ignoreMissing(cause: NodeJS.ErrnoException): undefined {
  if (cause.code !== "ENOENT") throw cause;
  return undefined;
}

/** Writes and closes. */
async function writeAll(file: FileHandle, content: FileContent, sync: boolean): Promise<void> {
  try {
    const pieces = typeof content === "string" || content instanceof Uint8Array ? [content] : content;
    let gathered = "";
    for await (const piece of pieces) {
      if (typeof piece === "string") gathered += piece;
      if (gathered.length > GATHERED_CHARACTERS || typeof piece !== "string") {
        await file.appendFile(gathered);
        gathered = "";
      }
      if (typeof piece !== "string") await file.appendFile(piece);
    }
    if (gathered !== "") await file.appendFile(gathered);
    if (sync) await file.sync();
  } finally {
    await file.close();
  }
}
