import { sha256Hex } from "softfield/internal";
import type { Ensemble } from "./campaign.ts";
import { canonicalJson, type Json } from "./canonical.ts";

/** What determines the result of one stage of a sample, beside the seed. */
export interface StageIdentity {
  readonly name: string;
  /** Stages whose results it reads. */
  readonly inputs: readonly string[];
  /** Raised whenever the stage's results change for the same options: its old results are then made anew. */
  readonly version: number;
  /** Everything of the ensemble that the result depends on; `undefined` where the stage is not asked for. */
  readonly options: (ensemble: Ensemble) => Json | undefined;
}

/**
 * Identity of a stage's results for an ensemble: SHA-256 over its name, version, options and the identities of
 * what it reads, so that a change anywhere gives new results below it and leaves those above it as they are.
 *
 * @returns 64 hexadecimal digits, or `undefined` where the stage is not asked for
 */
export function stageHash(
  stage: StageIdentity,
  ensemble: Ensemble,
  all: readonly StageIdentity[],
): string | undefined {
  const options = stage.options(ensemble);
  if (options === undefined) return undefined;
  const inputs = stage.inputs.map((name) => {
    const input = all.find((other) => other.name === name);
    return (input && stageHash(input, ensemble, all)) ?? null;
  });
  return sha256Hex(canonicalJson({ stage: stage.name, version: stage.version, options, inputs }));
}
