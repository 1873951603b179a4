/** A thread that makes runs of an isoconfigurational ensemble, one after another, as `ensemble.ts` asks. */
import { serveThread } from "@softfield/node";
import { isoconfigurationalRun } from "softfield";
import type { RunSetup } from "./ensemble.ts";

await serveThread(
  ({ system, model, ...options }: RunSetup) =>
    (seed: number): Float64Array[] =>
      isoconfigurationalRun(system, model, { ...options, seed }),
);
