import { preset, rectangularBox, type System } from "softfield";
import { readJob } from "./read.ts";

/** Particles of the crystal along an edge, and how often it is read. */
const [EDGE, TIMES] = [20, 3];
/** λ, between neighbours: within the cutoff of the model. */
const SPACING = 1.15;

/**
 * Reads a small crystal, for nothing: engines compile what has run a few times, which makes up half of the time that the
 * first glass takes to be read (N = 10,000: 0.53 s of processor time without, 0.27 s with it, which itself takes 0.17 s).
 */
export function readAhead(): void {
  const model = preset("2dipl");
  const system = crystal();
  for (let k = 1; k <= TIMES; k++)
    readJob({ state: -k, system, model, kept: 1.1, corner: new Float64Array(2) }, () => undefined);
}

/** A triangular lattice of one species, which is at a minimum. */
function crystal(): System {
  const height = SPACING * Math.sqrt(0.75);
  const positions = new Float64Array(2 * EDGE * EDGE);
  for (let p = 0; p < EDGE * EDGE; p++) {
    const [column, row] = [p % EDGE, Math.floor(p / EDGE)];
    positions[2 * p] = SPACING * (column + 0.25 + (row % 2) / 2);
    positions[2 * p + 1] = height * (row + 0.5);
  }
  return {
    box: rectangularBox(EDGE * SPACING, EDGE * height),
    positions,
    species: new Int32Array(EDGE * EDGE),
  };
}
