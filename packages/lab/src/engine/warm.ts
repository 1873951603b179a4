import { type CanonicalSample, sampleLocalEnergies } from "softfield";
import type { Emit } from "./channel.ts";
import { minimumFor, progressTo, type StateInput } from "./minima.ts";

export interface WarmInput extends StateInput {
  /** ε/k_B */
  readonly temperature: number;
  readonly seed: number;
}

/** What a warm glass says of itself after each block of time. */
export interface WarmEvent {
  readonly type: "block";
  readonly sample: CanonicalSample;
  /** The first pictures of the block, each N×d: displacements from the minimum, λ. */
  readonly moves: readonly Float32Array[];
}

/** Blocks until a run ends by itself. */
const BLOCKS = 400;
/** Length of a block, τ₀. */
const BLOCK_TIME = 20;
/** Pictures a block that are sent. */
const PICTURES = 10;

/** Samples a warm glass as `softfield validate md` does, until it is stopped or leaves its minimum. */
export function warmJob({ temperature, seed, ...input }: WarmInput, send: Emit): CanonicalSample {
  const minimum = minimumFor(input, progressTo(send));
  const { system, interactions } = minimum;
  let moves: Float32Array[] = [];
  return sampleLocalEnergies(
    system,
    input.model,
    interactions,
    { temperature, seed, blocks: BLOCKS, blockTime: BLOCK_TIME },
    {
      onSample: (field) => {
        if (moves.length >= PICTURES) return;
        // The field's paths are continuous where particles leave the box.
        moves.push(Float32Array.from(field.positions(), (x, k) => x - system.positions[k]));
      },
      onBlock: (sample) => {
        const event: WarmEvent = { type: "block", sample, moves };
        send(
          event,
          moves.map(({ buffer }) => buffer as ArrayBuffer),
        );
        moves = [];
      },
    },
  );
}
