import type { Box } from "softfield";
import type { BondData } from "../engine/bondlayer.ts";
import type { Picked } from "../state/pointed.ts";
import type { Camera } from "./camera.ts";

export interface Pickable {
  readonly box: Box;
  readonly positions: Float32Array;
  readonly radii: ArrayLike<number>;
  /** As drawn; entries from `first` on are seen. */
  readonly bonds: BondData | undefined;
  readonly threshold: number;
  readonly particles: boolean;
  /** Whether a point (its z) is within the slab shown. */
  readonly seen: (x: number, y: number, z: number) => boolean;
}

/** CSS pixels round a bond or particle that still count. */
const REACH = 7;

/** The bond or particle nearest to a point of the screen, those towards the eye first; a bond where both are near. */
export function pick(camera: Camera, at: readonly [number, number], scene: Pickable): Picked | undefined {
  const bond = scene.bonds ? nearestBond(camera, at, scene, scene.bonds) : undefined;
  if (bond) return bond;
  return scene.particles ? nearestParticle(camera, at, scene) : undefined;
}

function nearestParticle(
  camera: Camera,
  [mx, my]: readonly [number, number],
  { box, positions, radii, seen }: Pickable,
): Picked | undefined {
  const d = box.dimension;
  let best: Picked | undefined;
  let bestScore = Infinity;
  for (let p = 0; p * d < positions.length; p++) {
    const [x, y, z] = [positions[p * d], positions[p * d + 1], d === 3 ? positions[p * d + 2] : 0];
    const [sx, sy, depth] = camera.toScreen([x, y, z]);
    const distance = Math.hypot(sx - mx, sy - my);
    const reach = Math.max(REACH, radii[p] * camera.zoom * (d === 3 ? 0.35 : 1));
    if (distance > reach || !seen(x, y, z)) continue;
    const score = d === 3 ? -depth : distance;
    if (score < bestScore) [best, bestScore] = [{ kind: "particle", index: p }, score];
  }
  return best;
}

function nearestBond(
  camera: Camera,
  [mx, my]: readonly [number, number],
  { box, positions, threshold, seen }: Pickable,
  { bonds, starts, of, count }: BondData,
): Picked | undefined {
  const d = box.dimension;
  let best: Picked | undefined;
  let bestScore = Infinity;
  // Bonds are thinner than particles: near their middle a few pixels decide.
  const reach = Math.min(REACH, Math.max(3, 0.22 * camera.zoom));
  for (let k = count - 1; k >= 0; k--) {
    if (Math.abs(bonds[4 * k + 3]) < threshold) break;
    const p = starts[k] * d;
    const [x, y, z] = [positions[p], positions[p + 1], d === 3 ? positions[p + 2] : 0];
    const [ux, uy, uz] = [bonds[4 * k], bonds[4 * k + 1], bonds[4 * k + 2]];
    const [ax, ay, depth] = camera.toScreen([x, y, z]);
    if (Math.abs(ax - mx) > 2.5 * camera.zoom + REACH || Math.abs(ay - my) > 2.5 * camera.zoom + REACH)
      continue;
    const [bx, by] = camera.toScreen([x + ux, y + uy, z + uz]);
    const [dx, dy] = [bx - ax, by - ay];
    const t = ((mx - ax) * dx + (my - ay) * dy) / Math.max(1e-9, dx * dx + dy * dy);
    if (t < 0.25 || t > 0.75) continue;
    const distance = Math.hypot(ax + t * dx - mx, ay + t * dy - my);
    if (distance > reach || !seen(x + ux / 2, y + uy / 2, z + uz / 2)) continue;
    const score = d === 3 ? -depth + distance : distance;
    if (score < bestScore) [best, bestScore] = [{ kind: "bond", index: of[k] }, score];
  }
  return best;
}
