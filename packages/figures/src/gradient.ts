import { arrowHead } from "./arrow.ts";
import { FigureError, requireLength } from "./errors.ts";
import { coordinate, element, svgDocument, textElement } from "./svg.ts";
import { type StyleName, type Theme, themeOf } from "./theme.ts";

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

interface Page {
  readonly theme: Theme;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  /** pt a λ */
  readonly scale: number;
  /** λ a unit of the vectors */
  readonly reach: number;
  readonly height: number;
  /** Mean of the particles, pt. */
  readonly centre: readonly [number, number];
}

/** The geometry of f_α (SI Fig. 1 of Zylberg 2017) from positions and gradients, as an SVG document. */
export function gradientFigure(input: GradientInput): string {
  const { points, vectors, names, labels, bonds, angle, caption = [] } = input;
  const n = points.length / 2;
  if (!(Number.isInteger(n) && n > 0) || bonds.length === 0)
    throw new FigureError(
      "points",
      `${points.length} coordinates and ${bonds.length} bonds are no interaction.`,
    );
  requireLength("vectors", vectors, points.length);
  requireLength("names", names, n);
  requireLength("labels", labels, n);
  const theme = themeOf(input.style);
  const width = input.width ?? theme.width / 2;
  const page = layOut(input, theme, width);
  const { x, y } = page;
  const lines = bonds.map(([p, q]) => {
    const [from, to] = [p, q].map(
      (k) => `${coordinate(x(points[2 * k]!))} ${coordinate(y(points[2 * k + 1]!))}`,
    );
    return `M${from}L${to}`;
  });
  const body = [
    element("path", {
      d: lines.join(""),
      stroke: theme.faint,
      "stroke-width": theme.lineWidth * 0.6,
      "stroke-dasharray": `${coordinate(theme.lineWidth * 2)} ${coordinate(theme.lineWidth * 1.5)}`,
    }),
    ...(angle ? [arc(input, angle, page)] : []),
    ...names.flatMap((_, k) => vectorOn(input, k, page)),
    ...names.map((name, k) => disc(name, [x(points[2 * k]!), y(points[2 * k + 1]!)], theme)),
    ...caption.map((line, k) =>
      textElement(line, {
        x: width / 2,
        y: page.height - theme.margin - (caption.length - 1 - k) * theme.smallFontSize * 1.35,
        "font-size": theme.smallFontSize,
        "text-anchor": "middle",
        fill: theme.ink,
      }),
    ),
  ];
  return svgDocument(width, page.height, theme.font, theme.background, body.join("\n"));
}

/** Fits particles, tips and their labels into the width. */
function layOut({ points, vectors, bonds, caption = [] }: GradientInput, theme: Theme, width: number): Page {
  const bondLength =
    bonds.reduce(
      (sum, [p, q]) =>
        sum + Math.hypot(points[2 * p]! - points[2 * q]!, points[2 * p + 1]! - points[2 * q + 1]!),
      0,
    ) / bonds.length;
  let longest = 0;
  for (let k = 0; k < vectors.length; k += 2)
    longest = Math.max(longest, Math.hypot(vectors[k]!, vectors[k + 1]!));
  if (!(bondLength > 0 && bondLength < Infinity && longest < Infinity))
    throw new FigureError("points", "positions and vectors must be finite, and particles apart.");
  const reach = longest > 0 ? (LONGEST * bondLength) / longest : 0;
  const ends = [0, 1].map((axis) => {
    const values = Array.from({ length: points.length / 2 }, (_, k) => points[2 * k + axis]!);
    const tips = values.map((value, k) => value + reach * vectors[2 * k + axis]!);
    return [Math.min(...values, ...tips), Math.max(...values, ...tips)];
  }) as [[number, number], [number, number]];
  const [[left, right], [low, high]] = ends;
  const side = theme.margin + 2.6 * theme.fontSize;
  const scale =
    Math.min(width - 2 * side, 1e9) / Math.max(right - left, 0.75 * (high - low), 0.1 * bondLength);
  const top = theme.margin + 2.4 * theme.fontSize;
  const drawn = (high - low) * scale;
  const below = 2.4 * theme.fontSize + caption.length * theme.smallFontSize * 1.35 + theme.margin;
  const middle = (left + right) / 2;
  const x = (value: number) => width / 2 + (value - middle) * scale;
  const y = (value: number) => top + (high - value) * scale;
  const mean = (axis: number) =>
    Array.from({ length: points.length / 2 }, (_, k) => points[2 * k + axis]!).reduce((a, b) => a + b, 0) /
    (points.length / 2);
  return { theme, scale, reach, height: top + drawn + below, x, y, centre: [x(mean(0)), y(mean(1))] };
}

/** The arrow on a particle, from its rim, with its label beside it; nothing for a vector of no length. */
function vectorOn({ points, vectors, labels }: GradientInput, k: number, page: Page): string[] {
  const { theme, scale, reach } = page;
  const [vx, vy] = [vectors[2 * k]! * reach * scale, -vectors[2 * k + 1]! * reach * scale];
  const length = Math.hypot(vx, vy);
  if (!(length > 0)) return [];
  const [ux, uy] = [vx / length, vy / length];
  const rim = discRadius(theme);
  const [x0, y0] = [page.x(points[2 * k]!) + rim * ux, page.y(points[2 * k + 1]!) + rim * uy];
  const most = theme.fontSize * 0.9;
  const shaft = 1 - (0.8 * Math.min(0.42 * length, most)) / length;
  return [
    element("path", {
      d: `M${coordinate(x0)} ${coordinate(y0)}l${coordinate(vx * shaft)} ${coordinate(vy * shaft)}`,
      stroke: theme.negative,
      "stroke-width": theme.lineWidth,
    }),
    element("path", { d: arrowHead([x0 + vx, y0 + vy], [vx, vy], most), fill: theme.negative }),
    beside(labels[k]!, { x: x0 + vx / 2, y: y0 + vy / 2, ux, uy }, page),
  ];
}

/** A label beside the middle of an arrow, on the side away from the particles; above or to the right of one on their axis. */
function beside(
  label: string,
  { x, y, ux, uy }: { x: number; y: number; ux: number; uy: number },
  { theme, centre }: Page,
): string {
  const size = theme.smallFontSize;
  const outward = -uy * (x - centre[0]) + ux * (y - centre[1]);
  const preferred = Math.abs(uy) > Math.abs(ux) ? -uy : -ux;
  const side = (Math.abs(outward) > 0.5 ? outward : preferred) > 0 ? 1 : -1;
  const [nx, ny] = [-uy * side, ux * side];
  const anchor = nx > 0.5 ? "start" : nx < -0.5 ? "end" : "middle";
  return textElement(label, {
    x: x + nx * size * 0.8,
    y: y + ny * size * 1.1 + size * 0.35,
    "font-size": size,
    "text-anchor": anchor,
    fill: theme.negative,
  });
}

function discRadius(theme: Theme): number {
  return 0.72 * theme.fontSize;
}

function disc(name: string, [cx, cy]: readonly [number, number], theme: Theme): string {
  const size = theme.fontSize;
  return (
    element("circle", {
      cx,
      cy,
      r: discRadius(theme),
      fill: theme.background,
      stroke: theme.ink,
      "stroke-width": theme.frameWidth,
    }) +
    textElement(name, {
      x: cx,
      y: cy + 0.33 * size,
      "font-size": size,
      "text-anchor": "middle",
      fill: theme.ink,
    })
  );
}

function arc({ points }: GradientInput, angle: NonNullable<GradientInput["angle"]>, page: Page): string {
  const { theme } = page;
  const [x0, y0] = [page.x(points[2 * angle.at]!), page.y(points[2 * angle.at + 1]!)];
  const towards = (k: number) => {
    const [dx, dy] = [page.x(points[2 * k]!) - x0, page.y(points[2 * k + 1]!) - y0];
    const length = Math.hypot(dx, dy);
    return [dx / length, dy / length] as const;
  };
  const radius = 2 * theme.fontSize;
  const [from, to] = [towards(angle.from), towards(angle.to)];
  const sweep = from[0] * to[1] - from[1] * to[0] > 0 ? 1 : 0;
  const half = [from[0] + to[0], from[1] + to[1]] as const;
  const length = Math.hypot(...half) || 1;
  const far = radius + theme.fontSize * 0.9;
  return (
    element("path", {
      d:
        `M${coordinate(x0 + radius * from[0])} ${coordinate(y0 + radius * from[1])}` +
        `A${coordinate(radius)} ${coordinate(radius)} 0 0 ${sweep} ${coordinate(x0 + radius * to[0])} ${coordinate(y0 + radius * to[1])}`,
      fill: "none",
      stroke: theme.ink,
      "stroke-width": theme.frameWidth,
    }) +
    textElement(angle.label, {
      x: x0 + (far * half[0]) / length,
      y: y0 + (far * half[1]) / length + theme.fontSize * 0.35,
      "font-size": theme.fontSize,
      "text-anchor": "middle",
      fill: theme.ink,
    })
  );
}
