import { conjugateGradients } from "./cg.ts";
import { fire } from "./fire.ts";
import { limitedMemoryBfgs } from "./lbfgs.ts";
import type { Descend, Method } from "./types.ts";

/** The first-order minimisers by name. */
export const descents: Readonly<Record<Method, Descend>> = {
  lbfgs: limitedMemoryBfgs,
  cg: conjugateGradients,
  fire,
};
