import type { Box } from "softfield/internal";
import { inverseVectors, product } from "softfield/internal";
import type { BondData } from "../engine/bondlayer.ts";

/** The transpose of a 3×3 matrix. */
export function transposed(m: Float64Array): number[] {
  return Array.from({ length: 9 }, (_, k) => m[(k % 3) * 3 + Math.floor(k / 3)]);
}

/** Rows: fractional coordinate a of a world point. */
export function fractionMatrix(box: Box): number[] {
  const d = box.dimension;
  const inverse = inverseVectors(box);
  return Array.from({ length: 9 }, (_, k) => {
    const [a, c] = [Math.floor(k / 3), k % 3];
    return a < d && c < d ? inverse[c * d + a] : a === c ? 1 : 0;
  });
}

/** A point (d) in fractions of the edges of a box. */
export function fractionsOf(box: Box, point: Float64Array): number[] {
  return Array.from(product(point, inverseVectors(box), box.dimension));
}

/** First bond with |value| ≥ threshold, by bisection. */
export function firstAbove({ bonds, count }: BondData, threshold: number): number {
  let [low, high] = [0, count];
  while (low < high) {
    const k = (low + high) >> 1;
    if (Math.abs(bonds[4 * k + 3]) < threshold) low = k + 1;
    else high = k;
  }
  return low;
}

/** Entries x, y, z, index; in 2D followed by images of particles that stick out of the box. O(N). */
export function withGhosts(box: Box, positions: Float32Array, radius: number): Float32Array {
  const d = box.dimension;
  const n = positions.length / d;
  const ghosts = d === 2 ? imagesAtEdges(box, positions, radius) : [];
  const entries = new Float32Array(4 * n + ghosts.length);
  for (let p = 0; p < n; p++) {
    for (let c = 0; c < d; c++) entries[4 * p + c] = positions[p * d + c];
    entries[4 * p + 3] = p;
  }
  entries.set(ghosts, 4 * n);
  return entries;
}

function imagesAtEdges({ vectors }: Box, positions: Float32Array, radius: number): number[] {
  const [lx, , xy, ly] = vectors as unknown as [number, number, number, number];
  const images: number[] = [];
  const slant = Math.hypot(1, xy / ly) * radius;
  for (let p = 0; 2 * p < positions.length; p++) {
    const [x, y] = [positions[2 * p], positions[2 * p + 1]];
    const across = x - (xy * y) / ly;
    const sx = across < slant ? 1 : across > lx - slant ? -1 : 0;
    const sy = y < radius ? 1 : y > ly - radius ? -1 : 0;
    if (sx !== 0) images.push(x + sx * lx, y, 0, p);
    if (sy !== 0) images.push(x + sy * xy, y + sy * ly, 0, p);
    if (sx !== 0 && sy !== 0) images.push(x + sx * lx + sy * xy, y + sy * ly, 0, p);
  }
  return images;
}
