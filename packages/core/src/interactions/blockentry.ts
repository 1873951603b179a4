import type { Blocks } from "./terms.ts";

/** The block of M, or of G, between particles p and q, whose place is `at`: entry (a, b). */
export function blockEntry(
  { width, lower, diagonal }: Pick<Blocks, "width" | "lower" | "diagonal">,
  p: number,
  q: number,
  at: number,
): (a: number, b: number) => number {
  const size = width * width;
  if (p === q) return (a, b) => diagonal[p * size + a * width + b];
  return p > q ? (a, b) => lower[at * size + a * width + b] : (a, b) => lower[at * size + b * width + a];
}
