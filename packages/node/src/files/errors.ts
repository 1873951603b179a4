import { SoftfieldError } from "softfield";

/** What was done when the system refused. */
type Action = "read" | "write" | "other";
/** By action; `any` where the action has no words of its own. */
type Words = Readonly<Partial<Record<Action | "any", string>>>;

const DENIED: Words = {
  read: "you may not read it",
  write: "you may not write into that folder",
  any: "permission denied",
};

/** What the codes of the operating system mean. */
const WORDS: Readonly<Record<string, Words>> = {
  ENOENT: {
    read: "there is no such file",
    write: "its folder does not exist; make it with mkdir -p",
    any: "no such file or folder",
  },
  EACCES: DENIED,
  EPERM: DENIED,
  EEXIST: { any: "is in the way" },
  EISDIR: { write: "is a folder; name a file in it", any: "is a folder, not a file" },
  ENOTDIR: { any: "a part of its path is not a folder" },
  EIO: { read: "the disk failed while reading it" },
  ENOSPC: { any: "the disk is full" },
  EDQUOT: { any: "your disk quota is used up" },
  EROFS: { any: "the file system is read-only" },
  EMFILE: { any: "too many open files" },
  ENAMETOOLONG: { any: "the name is too long" },
  EFBIG: { write: "the file grew larger than the system allows" },
};

/** What a code of the operating system means to a user; nothing where it is none that they can mend. */
export function wordsOf(code: string | undefined, action: Action): string | undefined {
  const words = WORDS[code ?? ""];
  return words?.[action] ?? words?.any;
}

/** A failure of the operating system put in words; what is a `SoftfieldError` already passes unchanged. */
export function fileError(cause: unknown, path: string, action: "read" | "write"): unknown {
  const code = (cause as NodeJS.ErrnoException | null)?.code;
  if (cause instanceof SoftfieldError || typeof code !== "string") return cause;
  const words = wordsOf(code, action) ?? (cause as Error).message;
  const kind = action === "read" ? "input" : "resource";
  return new SoftfieldError(kind, `${path}: can't ${action} it: ${words}.`, { file: path }, { cause });
}
