import { pairsOf } from "../../interactions/index.ts";
import type { ForceField } from "../forcefield.ts";
import { type Descent, type DescentLimits, descentEnd } from "./types.ts";

const GROW = 1.1;
const SHRINK = 0.5;
const MIX = 0.25;
const MIX_DECAY = 0.99;
const PATIENCE = 5;
const MAX_UPHILL = 2000;

/**
 * FIRE 2.0 (Bitzek et al. 2006; Guénolé et al. 2020): damped dynamics, one evaluation a step.
 * The longest time step follows from the stiffest particle: dt < 2/√λ_max and λ_max ≤ 2 max_i Σ_j φ″_ij.
 */
export function fire(field: ForceField, limits: DescentLimits): Descent {
  const { kernels, count, stride, length, x, g, reference } = field;
  const [v, sums] = field.workVectors(2) as [number, number];
  field.arena.f64(v, length).fill(0);
  const first = field.evaluations;
  field.evaluateGradient();
  const longestStep = 1.4 / Math.sqrt(stiffest(field));
  let dt = 0.1 * longestStep;
  let mix = MIX;
  let downhill = 0;
  let uphill = 0;
  // as few passes over the vectors as the decisions between them allow
  for (;;) {
    const most = kernels.gradientSums(length, g, v, sums);
    const over = descentEnd(field, limits, first, most);
    if (over) return over;
    const [power, square] = field.arena.f64(sums, 2);
    if (-power > 0) {
      uphill = 0;
      if (++downhill > PATIENCE) {
        dt = Math.min(GROW * dt, longestStep);
        mix *= MIX_DECAY;
      }
    } else {
      if (++uphill > MAX_UPHILL) return { end: "stuck", evaluations: field.evaluations - first };
      downhill = 0;
      dt = Math.max(SHRINK * dt, 0.01 * longestStep);
      mix = MIX;
      kernels.axpy(length, -0.5 * dt, v, x);
      kernels.scaleAdd(length, 0, v, 0, v);
    }
    const speed = Math.sqrt(kernels.axpySquare(length, -dt, g, v) / square);
    // A step longer than allowed is shortened, not turned.
    const stepLength = dt * Math.sqrt(kernels.scaleAddLongest(count, stride, 1 - mix, v, -mix * speed, g));
    if (stepLength > limits.maxMove) kernels.scaleAdd(length, limits.maxMove / stepLength, v, 0, v);
    field.moved(kernels.drift(count, stride, dt, v, x, reference));
    field.evaluateGradient();
  }
}

/** max_i Σ_j |φ″_ij|, ε/λ². */
function stiffest(field: ForceField): number {
  const { i, j, phi2 } = pairsOf(field.interactions());
  const sums = new Float64Array(field.count);
  let most = 1e-300;
  for (let p = 0; p < phi2.length; p++) {
    const k = Math.abs(phi2[p]);
    most = Math.max(most, (sums[i[p]] += k), (sums[j[p]] += k));
  }
  return most;
}
