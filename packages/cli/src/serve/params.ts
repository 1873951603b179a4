import { PieceFolder } from "@softfield/node";
import { type PairModel, SoftfieldError, type WindowedOptions } from "softfield";
import { type Quantity, quantityOf, SHEAR_PLANES } from "softfield/internal";
import type { LoadCliOptions } from "../shell/loads.ts";
import type { WireArray } from "./frames.ts";
import type { Request } from "./messages.ts";

/** The parameters of a request, each read as what it must be; what is missing or something else is refused by name. */
export class Params {
  readonly #given: Request["params"];
  readonly #arrays: Request["arrays"];
  readonly #used = new Set<string>();

  constructor({ params, arrays }: Pick<Request, "params" | "arrays">) {
    this.#given = params;
    this.#arrays = arrays;
  }

  #value(name: string): unknown {
    this.#used.add(name);
    return this.#given[name] ?? undefined;
  }

  number(name: string): number | undefined {
    const value = this.#value(name);
    if (value === undefined || (typeof value === "number" && Number.isFinite(value))) return value;
    throw wrong(name, value, "a number");
  }

  /** A whole number, of at least `least`. */
  whole(name: string, least = Number.MIN_SAFE_INTEGER): number | undefined {
    const value = this.number(name);
    if (value === undefined || (Number.isSafeInteger(value) && value >= least)) return value;
    throw wrong(name, value, `a whole number${least > Number.MIN_SAFE_INTEGER ? ` from ${least}` : ""}`);
  }

  positive(name: string): number | undefined {
    const value = this.number(name);
    if (value === undefined || value > 0) return value;
    throw wrong(name, value, "a positive number");
  }

  /** A number in units of the model, or a text with a unit: "300K". */
  quantity(name: string, kind: Quantity, model: PairModel): number | undefined {
    const value = this.#value(name);
    if (typeof value !== "string") return this.number(name);
    const found = quantityOf(value, kind, model);
    if ("value" in found) return found.value;
    throw new SoftfieldError("usage", `${name} = ${value}: ${found.wanted}`, { field: name });
  }

  flag(name: string): boolean | undefined {
    const value = this.#value(name);
    if (value === undefined || typeof value === "boolean") return value;
    throw wrong(name, value, "true or false");
  }

  text(name: string): string | undefined {
    const value = this.#value(name);
    if (value === undefined || typeof value === "string") return value;
    throw wrong(name, value, "a text");
  }

  /** One of these words. */
  word<Word extends string>(name: string, words: readonly Word[]): Word | undefined {
    const value = this.text(name);
    const found = words.find((word) => word === value);
    if (value === undefined || found !== undefined) return found;
    throw wrong(name, value, `one of ${words.join(", ")}`);
  }

  texts(name: string): readonly string[] | undefined {
    const value = this.#value(name);
    if (value === undefined) return undefined;
    if (Array.isArray(value) && value.every((one): one is string => typeof one === "string")) return value;
    throw wrong(name, value, "a list of texts");
  }

  /** A JSON object. */
  object(name: string): Readonly<Record<string, unknown>> | undefined {
    const value = this.#value(name);
    if (value === undefined) return undefined;
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
    throw wrong(name, value, "an object");
  }

  /** Parameters within an object of this name, with the arrays of the request. */
  within(name: string): Params | undefined {
    const params = this.object(name);
    return params && new Params({ params, arrays: this.#arrays });
  }

  array(name: string): WireArray | undefined {
    return this.#arrays[name];
  }

  reals(name: string): Float64Array | undefined {
    const values = this.array(name)?.values;
    if (values === undefined || values instanceof Float64Array) return values;
    throw wrong(name, "an array of other numbers", "an array of doubles");
  }

  integers(name: string): Int32Array | undefined {
    const values = this.array(name)?.values;
    if (values === undefined || values instanceof Int32Array) return values;
    throw wrong(name, "an array of other numbers", "an array of 32-bit integers");
  }

  /** Refuses what no one asked for: a misspelt name must not be taken for its default. */
  complete(): void {
    const unknown = Object.keys(this.#given).find((name) => !this.#used.has(name));
    if (unknown === undefined) return;
    const known = [...this.#used].join(", ");
    throw new SoftfieldError("usage", `there is no option ${unknown} here; there are ${known}`, {
      field: unknown,
    });
  }
}

/** Which deformation loads a glass, as the command line's options say it. */
export function loadIn(params: Params): LoadCliOptions {
  return given<LoadCliOptions>({
    load: params.text("load"),
    kind: params.text("kind"),
    plane: params.word("plane", SHEAR_PLANES),
    angle: params.number("angle"),
    backwards: params.flag("backwards"),
    pressure: params.number("pressure"),
  });
}

/** Windows for glasses too large for an exact inverse; undefined where none are asked for. */
export function windowsIn(params: Params): WindowedOptions | undefined {
  const reach = params.positive("windows");
  const samples = params.whole("samples", 1);
  const pieces = params.text("pieces");
  if (reach !== undefined)
    return {
      reach,
      ...given({ samples, pieces: pieces === undefined ? undefined : new PieceFolder(pieces) }),
    };
  const field = samples !== undefined ? "samples" : pieces !== undefined ? "pieces" : undefined;
  if (field === undefined) return undefined;
  throw new SoftfieldError("usage", `${field} is of windows: give their reach as well`, { field });
}

/** What must be there. */
export function required<T>(name: string, value: T | undefined): T {
  if (value !== undefined) return value;
  throw new SoftfieldError("usage", `${name} is missing`, { field: name });
}

/** The options that were given, without the others: an absent one has its default. */
export function given<T extends object>(options: { readonly [K in keyof T]: T[K] | undefined }): Partial<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function wrong(name: string, value: unknown, wanted: string): SoftfieldError {
  return new SoftfieldError("usage", `${name} = ${JSON.stringify(value)}: give ${wanted}`, { field: name });
}
