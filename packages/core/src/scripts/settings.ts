import type { Command } from "./commands.ts";
import type { DataFile } from "./datafile.ts";
import type { StyleUse } from "./styles/style.ts";

/** What a script has said so far of potential, types and configuration. */
export class Settings {
  units = "lj";
  dimension: 2 | 3 | undefined;
  atomStyle: string | undefined;
  /** Types of atoms, where a command or a file has told it. */
  typeCount: number | undefined;
  /** The largest type that any command names. */
  leastTypes = 1;
  labels = new Map<string, number>();
  /** By type. */
  masses = new Map<number, number>();
  charges = new Map<number, number>();
  /** Those of the data file, once they were asked for: "file" where atoms of a type differ. */
  fileCharges: ReadonlyMap<number, number> | "file" | undefined;
  dielectric = 1;
  /** pair_style; several of a hybrid. */
  styles: StyleUse[] = [];
  hybrid: "hybrid" | "hybrid/overlay" | undefined;
  pairStyle: Command | undefined;
  /** The first data file that is read, and where; without `file` where it is not there. */
  data: { readonly command: Command; readonly name: string; readonly file: DataFile | undefined } | undefined;
  /** What the configuration goes through after that. */
  later: Command[] = [];
  /** What is not in the potential though LAMMPS has it, for people. */
  notes: string[] = [];
  /** Where coefficients may stand that are not seen. */
  restart: Command | undefined;
  /** A command that adds to the potential what no pair style is; an error once the script has ended. */
  foreign: { readonly command: Command; readonly why: string } | undefined;

  /** `clear`: all is as in the beginning. */
  clear(): void {
    Object.assign(this, new Settings());
  }

  /** Something changes the configuration that was read. */
  happened(command: Command): void {
    if (this.data !== undefined) this.later.push(command);
  }

  /** The number of types, once all is known. */
  get types(): number {
    return this.typeCount ?? this.leastTypes;
  }

  note(command: Command, text: string): void {
    const note = `${command.file}, line ${command.line}: ${text}`;
    if (!this.notes.includes(note)) this.notes.push(note);
  }
}
