import { type Box, minimumImage } from "../space/index.ts";
import { dot } from "../vectors.ts";

/** Where a mode is. */
export interface ModePlace {
  /** The particle that moves most. */
  readonly peak: number;
  /** d, λ: the mean place of its particles weighted by |z_i|⁴ */
  readonly position: Float64Array;
  /** Root mean square distance from it by the same weights, λ. */
  readonly radius: number;
  /** (Σ|z_i|²)²/Σ|z_i|⁴ */
  readonly participation: number;
}

/** Place, size and participation of a mode z (N×d, read) of particles at `positions`. */
export function placeOfMode(
  { box, positions }: { readonly box: Box; readonly positions: Float64Array },
  z: Float64Array,
): ModePlace {
  const d = box.dimension;
  const weights = new Float64Array(z.length / d);
  for (let k = 0; k < z.length; k++) {
    const p = Math.floor(k / d);
    weights[p] = weights[p] + z[k] * z[k];
  }
  const second = weights.reduce((sum, w) => sum + w, 0);
  const fourth = weights.reduce((sum, w) => sum + w * w, 0);
  const peak = weights.reduce((most, w, p) => (w > weights[most] ? p : most), 0);
  const at = positions.subarray(peak * d, (peak + 1) * d);
  const centre = new Float64Array(d);
  const u = new Float64Array(d);
  let spread = 0;
  weights.forEach((w, p) => {
    if (w === 0) return;
    for (let a = 0; a < d; a++) u[a] = positions[p * d + a] - at[a];
    minimumImage(box, u);
    for (let a = 0; a < d; a++) {
      centre[a] = centre[a] + (w * w * u[a]) / fourth;
      spread += (w * w * u[a] * u[a]) / fourth;
    }
  });
  return {
    peak,
    position: centre.map((x, a) => x + at[a]),
    radius: Math.sqrt(Math.max(0, spread - dot(centre, centre))),
    participation: (second * second) / fourth,
  };
}
