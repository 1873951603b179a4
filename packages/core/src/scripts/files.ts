import { type Command, scriptError } from "./commands.ts";

/** How a script reads other files: their contents by the name that stands in it, undefined where there is none. */
export type ReadScriptFile = (name: string) => Uint8Array | string | undefined;

/** The contents of a file that a command names. */
export function mustRead(command: Command, read: ReadScriptFile, name: string): Uint8Array | string {
  const content = read(name);
  if (content !== undefined) return content;
  throw scriptError(
    command,
    `the file ${name} is not there: put it beside the script, or name its folder in LAMMPS_POTENTIALS`,
  );
}

/** A file's contents as a text. */
export function textOf(content: Uint8Array | string): string {
  return typeof content === "string" ? content : new TextDecoder().decode(content);
}
