import { type Box, minimumImage, type System } from "softfield";

/**
 * How well a bet on a place did: the share of particles that lie nearer to it than the one that moved most. 0: none
 * does; ½ on average by chance, whatever the place. O(N)
 */
export function nearerShare({ box, positions }: System, place: ArrayLike<number>, particle: number): number {
  const d = box.dimension;
  const own = squareDistance(box, positions, particle, place);
  const n = positions.length / d;
  let nearer = 0;
  for (let p = 0; p < n; p++) if (squareDistance(box, positions, p, place) < own) nearer++;
  return nearer / (n - 1);
}

function squareDistance(box: Box, positions: Float64Array, p: number, place: ArrayLike<number>): number {
  const d = box.dimension;
  const u = new Float64Array(d);
  for (let c = 0; c < d; c++) u[c] = positions[p * d + c] - place[c];
  minimumImage(box, u);
  return u.reduce((sum, x) => sum + x * x, 0);
}
