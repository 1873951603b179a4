import { SoftfieldError } from "./errors.ts";
import { nearest } from "./nearest.ts";

/** Things of one kind by their names, in the order in which they are listed: built in, and whatever is added. */
export class NamedRegistry<Thing extends { readonly name: string }> {
  readonly #what: string;
  readonly #things: Map<string, Thing>;

  /** @param what it is, for messages: "load", "indicator" */
  constructor(what: string, builtIn: readonly Thing[]) {
    this.#what = what;
    this.#things = new Map(builtIn.map((one) => [one.name, one]));
  }

  get all(): readonly Thing[] {
    return [...this.#things.values()];
  }

  get names(): readonly string[] {
    return [...this.#things.keys()];
  }

  /** Adds one; another of the same name gives way to it. Throws "usage" where the name is none. */
  add(thing: Thing): void {
    if (!/^[a-z][a-z0-9-]*$/.test(thing.name)) {
      const message = `"${thing.name}" is no name of ${this.#one()}: give lower-case letters, digits and hyphens`;
      throw new SoftfieldError("usage", message, { field: "name" });
    }
    this.#things.set(thing.name, thing);
  }

  remove(name: string): void {
    this.#things.delete(name);
  }

  find(name: string): Thing | undefined {
    return this.#things.get(name);
  }

  /** That of a name; throws "usage" with those that there are. */
  get(name: string): Thing {
    const found = this.find(name);
    if (found) return found;
    throw new SoftfieldError("usage", this.unknown(name), { field: this.#what });
  }

  /** What to say of a name that is none of these. */
  unknown(name: string): string {
    const close = nearest(name, this.names);
    const hint = close === undefined ? ";" : `, did you mean "${close}"?`;
    return `there is no ${this.#what} "${name}"${hint} there are ${this.names.join(", ")}`;
  }

  #one(): string {
    return /^[aeiou]/.test(this.#what) ? `an ${this.#what}` : `a ${this.#what}`;
  }
}
