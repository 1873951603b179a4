import { inputError, type LineCursor } from "./cursor.ts";
import { decimalNumber } from "./numbers.ts";
import type { Snapshot } from "./types.ts";

/** What a LAMMPS data file says of its types: how many, their masses, their names. */
export class DataTypes {
  /** As the header announces it. */
  count: number | undefined;
  /** Type, as a text, to its label. */
  readonly labels = new Map<string, string>();
  readonly masses = new Map<number, number>();
  /** From comments behind masses or behind the number of types. */
  readonly #names = new Map<number, string>();

  /** "2 atom types # S L": names of types where there are no masses to name them beside. */
  announce(count: string, comment: readonly string[]): void {
    if (/^\d+$/.test(count)) this.count = Number(count);
    if (comment.length !== this.count) return;
    for (const [t, name] of comment.entries()) this.#names.set(t + 1, name);
  }

  /** "1 1.0 # S": what LAMMPS users, OVITO and ASE write to name a type. */
  massLine(cursor: LineCursor): void {
    if (this.labels.size > 0) return;
    const text = cursor.text();
    const [type, mass] = text.replace(/#.*/, "").trim().split(/\s+/);
    const value = decimalNumber(mass ?? "");
    if (!/^\d+$/.test(type) || !(value > 0 && Number.isFinite(value)))
      throw cursor.error(`expected a type and its mass, found "${cursor.preview()}".`, { field: "Masses" });
    this.masses.set(Number(type), value);
    const name = /#\s*(\S+)\s*$/.exec(text);
    if (name) this.#names.set(Number(type), name[1]);
  }

  /** @throws input error where lines of the section Masses are missing */
  check(source: string): void {
    const told = this.masses.size;
    if (told === 0 || told === (this.count ?? told)) return;
    throw inputError(
      source,
      `section Masses tells ${told} of ${this.count} types: lines are missing, or there are too many.`,
      { field: "Masses" },
    );
  }

  /** Adds species by the names of the types, where every type that occurs has one. */
  named(snapshot: Snapshot): Snapshot {
    const { types } = snapshot;
    if (!types || snapshot.species || !types.every((type) => this.#names.has(type))) return snapshot;
    const names = [...new Set(this.#names.values())];
    return {
      ...snapshot,
      species: { names, index: types.map((type) => names.indexOf(this.#names.get(type)!)) },
    };
  }
}
