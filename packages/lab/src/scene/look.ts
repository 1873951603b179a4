import type { Box } from "softfield";
import { type Camera, edges } from "./camera.ts";

/** Where one looks from: the point in the middle in fractions of the box, the zoom over that of the whole box, in 3D the rotation's first two rows. */
export function lookOf(camera: Camera, box: Box): string {
  if (!camera.moved) return "";
  const v = edges(box);
  const d = box.dimension;
  // The box is lower triangular: rows are its edges.
  const s = [0, 0, 0];
  const rest = Array.from(camera.target);
  for (let a = d - 1; a >= 0; a--) {
    s[a] = rest[a] / v[a * 3 + a];
    for (let c = 0; c < 3; c++) rest[c] -= s[a] * v[a * 3 + c];
  }
  const numbers = [...s.slice(0, d), camera.relativeZoom, ...(d === 3 ? camera.rotation.subarray(0, 6) : [])];
  return numbers.map((x) => String(Number(x.toFixed(4)))).join(",");
}

/** Looks from where a link says; false where it does not say so for a box of this dimension. */
export function lookFrom(camera: Camera, box: Box, text: string): boolean {
  const numbers = text.split(",").map(Number);
  const d = box.dimension;
  if (numbers.length !== (d === 2 ? 3 : 10) || numbers.some((x) => !Number.isFinite(x))) return false;
  const v = edges(box);
  for (let c = 0; c < 3; c++) {
    camera.target[c] = 0;
    for (let a = 0; a < d; a++) camera.target[c] += numbers[a] * v[a * 3 + c];
  }
  camera.relativeZoom = Math.min(60, Math.max(0.3, numbers[d]));
  if (d === 3) camera.face(numbers.slice(4, 7), numbers.slice(7, 10));
  camera.moved = true;
  return true;
}
