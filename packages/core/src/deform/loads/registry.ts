import { SoftfieldError } from "../../errors.ts";
import { nearest } from "../../nearest.ts";
import type { Load } from "./load.ts";
import { pure, simple } from "./shears.ts";
import { compression, tension } from "./uniaxial.ts";

/** The loads by name, in the order in which they are listed. */
export class LoadRegistry {
  readonly #loads = new Map([simple, pure, tension, compression].map((one) => [one.name, one]));

  get all(): readonly Load[] {
    return [...this.#loads.values()];
  }

  get names(): readonly string[] {
    return [...this.#loads.keys()];
  }

  /** Adds a load; one of the same name gives way to it. Throws "usage" where the name is none. */
  add(load: Load): void {
    if (!/^[a-z][a-z0-9-]*$/.test(load.name)) {
      const message = `"${load.name}" is no name of a load: give lower-case letters, digits and hyphens`;
      throw new SoftfieldError("usage", message, { field: "name" });
    }
    this.#loads.set(load.name, load);
  }

  remove(name: string): void {
    this.#loads.delete(name);
  }

  find(name: string): Load | undefined {
    return this.#loads.get(name);
  }

  /** The load of a name; throws "usage" with those that there are. */
  get(name: string): Load {
    const found = this.find(name);
    if (found) return found;
    const close = nearest(name, this.names);
    const message = `there is no load "${name}"${close ? `, did you mean "${close}"?` : ";"} there are ${this.names.join(", ")}`;
    throw new SoftfieldError("usage", message, { field: "load" });
  }
}

/** How glasses are deformed: built in, and whatever is added. */
export const loads = new LoadRegistry();
