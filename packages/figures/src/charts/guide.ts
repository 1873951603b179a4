import { coordinate, element, plainLength, textElement } from "../svg.ts";
import { type Plane, pageX, pageY } from "./series.ts";

/** A line that guides the eye. */
export type Guide =
  /** y = y₀ (x/x₀)^exponent between two x, e.g. the −9/4 of Fig. 2. */
  | {
      readonly kind: "power";
      readonly exponent: number;
      readonly through: readonly [number, number];
      readonly between: readonly [number, number];
      readonly label?: string;
    }
  /** A line across the chart at one value. */
  | { readonly kind: "vertical"; readonly at: number; readonly label?: string }
  | { readonly kind: "horizontal"; readonly at: number; readonly label?: string };

/** Two points of the page: x₀, y₀, x₁, y₁. */
export type Ends = readonly [number, number, number, number];

/** Where a guide begins and ends on the page. */
export function guideEnds(plane: Plane, guide: Guide): Ends {
  const { left, right, top, bottom } = plane;
  if (guide.kind === "vertical") return [pageX(plane, guide.at), top, pageX(plane, guide.at), bottom];
  if (guide.kind === "horizontal") return [left, pageY(plane, guide.at), right, pageY(plane, guide.at)];
  const at = (v: number): number => guide.through[1] * (v / guide.through[0]) ** guide.exponent;
  const [a, b] = guide.between;
  return [pageX(plane, a), pageY(plane, at(a)), pageX(plane, b), pageY(plane, at(b))];
}

/** The line, and its label with a halo, to be drawn over the curves. */
export function drawGuide(plane: Plane, guide: Guide): { line: string; label: string } {
  const { theme } = plane;
  const size = theme.smallFontSize;
  const ends = guideEnds(plane, guide);
  const [x0, y0, x1, y1] = ends;
  const line = element("path", {
    d: `M${coordinate(x0)} ${coordinate(y0)}L${coordinate(x1)} ${coordinate(y1)}`,
    stroke: theme.faint,
    "stroke-width": theme.lineWidth * 0.6,
    "stroke-dasharray":
      guide.kind === "power" ? undefined : `${coordinate(size * 0.4)} ${coordinate(size * 0.3)}`,
  });
  if (guide.label === undefined) return { line, label: "" };
  const label = textElement(guide.label, {
    ...labelPlace(plane, guide, ends),
    "font-size": size,
    fill: theme.ink,
    stroke: theme.background,
    "stroke-width": size * 0.3,
    "stroke-linejoin": "round",
    "paint-order": "stroke",
  });
  return { line, label };
}

/** Beside the line and within the chart: above what rises to the left, above what falls to the right. */
function labelPlace({ theme, left, right, top, bottom }: Plane, guide: Guide, [x0, y0, x1, y1]: Ends) {
  const size = theme.smallFontSize;
  if (guide.kind === "horizontal")
    return { x: left + size * 0.8, y: y0 - size * 0.35, "text-anchor": "start" };
  if (guide.kind === "vertical") {
    const fits = x0 + size * (0.3 + 0.6 * plainLength(guide.label!)) < right;
    return {
      x: x0 + size * (fits ? 0.3 : -0.3),
      y: top + size * 1.1,
      "text-anchor": fits ? "start" : "end",
    };
  }
  // in the middle of what is seen of it
  const [from, to] = within(y0, y1, [top, bottom]);
  const middle = (from + to) / 2;
  const [mx, my] = [x0 + middle * (x1 - x0), y0 + middle * (y1 - y0)];
  const rises = y1 < y0;
  return { x: mx + size * (rises ? -0.5 : 0.5), y: my - size * 0.3, "text-anchor": rises ? "end" : "start" };
}

/** The part of the way from a to b, 0 … 1, that lies between two limits; all of it where none does. */
function within(a: number, b: number, [low, high]: readonly [number, number]): [number, number] {
  if (a === b) return [0, 1];
  const [p, q] = [(low - a) / (b - a), (high - a) / (b - a)];
  const [from, to] = [Math.max(0, Math.min(p, q)), Math.min(1, Math.max(p, q))];
  return from < to ? [from, to] : [0, 1];
}
