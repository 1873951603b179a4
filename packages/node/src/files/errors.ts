import { SoftfieldError } from "softfield";

const READ_WORDS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "you may not read it",
  EPERM: "you may not read it",
  EISDIR: "is a folder, not a file",
  ENOTDIR: "a part of its path is not a folder",
  EIO: "the disk failed while reading it",
};

const WRITE_WORDS: Readonly<Record<string, string>> = {
  ENOENT: "its folder does not exist; make it with mkdir -p",
  EACCES: "you may not write into that folder",
  EPERM: "you may not write into that folder",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "your disk quota is used up",
  EISDIR: "is a folder; name a file in it",
  ENOTDIR: "a part of its path is not a folder",
  ENAMETOOLONG: "the name is too long",
  EFBIG: "the file grew larger than the system allows",
};

/** A failure of the operating system put in words; what is a `SoftfieldError` already passes unchanged. */
export function fileError(cause: unknown, path: string, action: "read" | "write"): unknown {
  const code = (cause as NodeJS.ErrnoException | null)?.code;
  if (cause instanceof SoftfieldError || typeof code !== "string") return cause;
  const words = (action === "read" ? READ_WORDS : WRITE_WORDS)[code] ?? (cause as Error).message;
  const kind = action === "read" ? "input" : "resource";
  return new SoftfieldError(kind, `${path}: can't ${action} it: ${words}.`, { file: path }, { cause });
}
