import { coordinate } from "./svg.ts";

/** Path of the filled head of an arrow with its tip at (x, y) along (vx, vy), pt: 0.42 of the arrow long, at most `most`. */
export function arrowHead(
  [x, y]: readonly [number, number],
  [vx, vy]: readonly [number, number],
  most: number,
): string {
  const length = Math.hypot(vx, vy);
  const head = Math.min(0.42 * length, most);
  const [ux, uy] = [(vx / length) * head, (vy / length) * head];
  const corner = (side: number): string =>
    `${coordinate(x - ux - side * uy)} ${coordinate(y - uy + side * ux)}`;
  return `M${coordinate(x)} ${coordinate(y)}L${corner(0.38)}L${corner(-0.38)}Z`;
}
