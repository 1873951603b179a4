import { SoftfieldError } from "../errors.ts";
import { BUILT_IN } from "./builtin.ts";
import type { Indicator } from "./indicator.ts";

/** The indicators by name, in the order in which they are listed. */
export class IndicatorRegistry {
  readonly #indicators = new Map(BUILT_IN.map((one) => [one.name, one]));

  get all(): readonly Indicator[] {
    return [...this.#indicators.values()];
  }

  get names(): readonly string[] {
    return [...this.#indicators.keys()];
  }

  /** Adds an indicator; one of the same name gives way to it. Throws "usage" where the name is none. */
  add(indicator: Indicator): void {
    if (!/^[a-z][a-z0-9-]*$/.test(indicator.name)) {
      const message = `"${indicator.name}" is no name of an indicator: give lower-case letters, digits and hyphens`;
      throw new SoftfieldError("usage", message, { field: "name" });
    }
    this.#indicators.set(indicator.name, indicator);
  }

  remove(name: string): void {
    this.#indicators.delete(name);
  }

  find(name: string): Indicator | undefined {
    return this.#indicators.get(name);
  }

  /** The indicator of a name; throws "usage" with those that there are. */
  get(name: string): Indicator {
    const found = this.find(name);
    if (found) return found;
    const message = `there is no indicator "${name}"; there are ${this.names.join(", ")}`;
    throw new SoftfieldError("usage", message, { field: "indicator" });
  }
}

/** What softness is read from: built in, and whatever is added. */
export const indicators = new IndicatorRegistry();
