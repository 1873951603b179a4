import { FigureError } from "../errors.ts";
import type { StyleName, Theme } from "../theme.ts";

/** What `gradientFigure` draws: the particles of one interaction in a plane, with a vector on each. */
export interface GradientInput {
  /** n×2, unit λ, y upwards */
  readonly points: ArrayLike<number>;
  /** n×2, e.g. ∂ε/∂x of each; the longest is drawn 0.3 of the mean bond long, the others in proportion. */
  readonly vectors: ArrayLike<number>;
  /** n names, in the particles. */
  readonly names: readonly string[];
  /** n labels beside the vectors. */
  readonly labels: readonly string[];
  /** Pairs of particles that are joined by a line. */
  readonly bonds: readonly (readonly [number, number])[];
  /** An arc at `at` from the direction of one particle to that of another, the shorter way, with a label. */
  readonly angle?: {
    readonly at: number;
    readonly from: number;
    readonly to: number;
    readonly label: string;
  };
  /** Lines below. */
  readonly caption?: readonly string[];
  readonly style?: StyleName;
  /** pt; default half the style's. */
  readonly width?: number;
}

/** The longest vector, in mean bonds: two that point at each other do not meet. */
const LONGEST = 0.3;

/** A point or a direction of the page, pt, y downwards. */
export type Point = readonly [number, number];

/** Where things stand on the page. */
export interface Page {
  readonly theme: Theme;
  readonly width: number;
  readonly height: number;
  /** Centre of each particle's disc. */
  readonly centres: readonly Point[];
  readonly radius: number;
  /** From the rim of its disc; undefined for a vector of no length. */
  readonly arrows: readonly ({ readonly from: Point; readonly along: Point } | undefined)[];
}

/** Fits particles, tips and their labels into the width. */
export function layOut(
  { points, vectors, bonds, caption = [] }: GradientInput,
  theme: Theme,
  width: number,
): Page {
  const bondLength =
    bonds.reduce(
      (sum, [p, q]) => sum + Math.hypot(points[2 * p] - points[2 * q], points[2 * p + 1] - points[2 * q + 1]),
      0,
    ) / bonds.length;
  let longest = 0;
  for (let k = 0; k < vectors.length; k += 2)
    longest = Math.max(longest, Math.hypot(vectors[k], vectors[k + 1]));
  if (!(bondLength > 0 && bondLength < Infinity && longest < Infinity))
    throw new FigureError("points", "positions and vectors must be finite, and particles apart.");
  const reach = longest > 0 ? (LONGEST * bondLength) / longest : 0;
  const ends = [0, 1].map((axis) => {
    const values = Array.from({ length: points.length / 2 }, (_, k) => points[2 * k + axis]);
    const tips = values.map((value, k) => value + reach * vectors[2 * k + axis]);
    return [Math.min(...values, ...tips), Math.max(...values, ...tips)];
  }) as [[number, number], [number, number]];
  const [[left, right], [low, high]] = ends;
  const side = theme.margin + 2.6 * theme.fontSize;
  const scale =
    Math.min(width - 2 * side, 1e9) / Math.max(right - left, 0.75 * (high - low), 0.1 * bondLength);
  const top = theme.margin + 2.4 * theme.fontSize;
  const below = 2.4 * theme.fontSize + caption.length * theme.smallFontSize * 1.35 + theme.margin;
  const middle = (left + right) / 2;
  const radius = 0.72 * theme.fontSize;
  const centres = Array.from(
    { length: points.length / 2 },
    (_, k): Point => [width / 2 + (points[2 * k] - middle) * scale, top + (high - points[2 * k + 1]) * scale],
  );
  const arrows = centres.map(([x, y], k) => {
    const along: Point = [vectors[2 * k] * reach * scale, -vectors[2 * k + 1] * reach * scale];
    const length = Math.hypot(...along);
    if (!(length > 0)) return undefined;
    return { from: [x + (radius * along[0]) / length, y + (radius * along[1]) / length] as const, along };
  });
  return { theme, width, height: top + (high - low) * scale + below, centres, radius, arrows };
}
