import { type Minimum, type MinimumOptions, minimumOf, SoftfieldError, type WorkControl } from "softfield";
import type { CholeskyFactor } from "softfield/sparse";
import type { Configuration } from "../shell/load.ts";
import type { Params } from "./params.ts";
import { given, required } from "./params.ts";

/** A configuration that a client holds, at its minimum: factor and inverse are made once, for all that it asks of it. */
export interface HeldGlass {
  readonly configuration: Configuration;
  readonly minimum: Minimum;
}

/** A factor of a client's own matrix, and where its numbers stand in the inverse's blocks. */
export interface HeldFactor {
  readonly factor: CholeskyFactor;
  /** Rows of the matrix; the blocks may have a few more. */
  readonly size: number;
  readonly pick: (blocks: { readonly lower: Float64Array; readonly diagonal: Float64Array }) => Float64Array;
}

type Held = { readonly glass: HeldGlass } | { readonly factor: HeldFactor };

/** What one client holds in its thread, by numbers that no other thread of the process gives. */
export class SessionState {
  readonly #held = new Map<number, Held>();
  #count: number;

  /** @param thread number of the thread in its process */
  constructor(thread: number) {
    this.#count = thread * 2 ** 32;
  }

  hold(held: Held): number {
    this.#held.set(++this.#count, held);
    return this.#count;
  }

  close(handle: number): boolean {
    return this.#held.delete(handle);
  }

  get size(): number {
    return this.#held.size;
  }

  glass(params: Params): HeldGlass {
    return this.glassOf(required("handle", params.whole("handle")));
  }

  glassOf(handle: number): HeldGlass {
    const held = this.#of(handle);
    if ("glass" in held) return held.glass;
    throw new SoftfieldError("usage", "this handle is no glass", { field: "handle" });
  }

  factor(params: Params): HeldFactor {
    const held = this.#of(required("handle", params.whole("handle")));
    if ("factor" in held) return held.factor;
    throw new SoftfieldError("usage", "this handle is no factor", { field: "handle" });
  }

  #of(handle: number): Held {
    const held = this.#held.get(handle);
    if (held) return held;
    throw new SoftfieldError("usage", `nothing is held as ${handle}: it was closed`, { field: "handle" });
  }
}

/** A glass at its minimum. */
export function glassOf(configuration: Configuration, params: Params, control: WorkControl): HeldGlass {
  const options = given<MinimumOptions>({
    refine: params.flag("refine"),
    arithmetic: params.word("arithmetic", ["fast", "reproducible"]),
    pin: params.whole("pin"),
    factor: params.flag("factor"),
  });
  return { configuration, minimum: minimumOf(configuration.system, configuration.model, options, control) };
}
