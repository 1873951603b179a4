import { coordinate, element, textElement } from "../svg.ts";
import { textWidth } from "../text.ts";
import { type Ends, hiddenBy, type Mark, type Rectangle } from "./ink.ts";
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

/** Where a guide begins and ends on the page. */
export function guideEnds(plane: Plane, guide: Guide): Ends {
  const { left, right, top, bottom } = plane;
  if (guide.kind === "vertical") return [pageX(plane, guide.at), top, pageX(plane, guide.at), bottom];
  if (guide.kind === "horizontal") return [left, pageY(plane, guide.at), right, pageY(plane, guide.at)];
  const at = (v: number): number => guide.through[1] * (v / guide.through[0]) ** guide.exponent;
  const [a, b] = guide.between;
  return [pageX(plane, a), pageY(plane, at(a)), pageX(plane, b), pageY(plane, at(b))];
}

/** The line, and its label with a halo, to be drawn over the curves where it hides least of `marks`; the label's place. */
export function drawGuide(
  plane: Plane,
  guide: Guide,
  marks: readonly Mark[],
): { line: string; label: string; place?: Rectangle } {
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
  const at = labelPlace(plane, { guide, ends, marks });
  const label = textElement(guide.label, {
    ...at,
    "font-size": size,
    fill: theme.ink,
    stroke: theme.background,
    "stroke-width": size * 0.3,
    "stroke-linejoin": "round",
    "paint-order": "stroke",
  });
  return { line, label, place: rectangleOf(plane, at, labelWidth(plane, guide.label)) };
}

/** What a label takes up, with a little room. */
function labelWidth({ theme }: Plane, label: string): number {
  return textWidth(label, theme.smallFontSize) + theme.smallFontSize * 0.2;
}

function rectangleOf({ theme }: Plane, { x, y, "text-anchor": anchor }: TextPlace, width: number): Rectangle {
  const height = theme.smallFontSize;
  return { left: anchor === "start" ? x : x - width, top: y - height * 0.8, width, height };
}

/** Where a text stands: at (x, y) of its baseline. */
interface TextPlace {
  readonly x: number;
  readonly y: number;
  readonly "text-anchor": "start" | "end";
}

/** Shares of the visible part of a sloping line at which its label may stand, the best first. */
const SHARES = [0.5, 0.35, 0.65, 0.2, 0.8, 0.08, 0.92];

/** Beside the line and within the chart: above what rises to the left, above what falls to the right, or else below. */
function labelPlace(
  plane: Plane,
  { guide, ends, marks }: { guide: Guide; ends: Ends; marks: readonly Mark[] },
): TextPlace {
  const { theme, left, right, top, bottom } = plane;
  const [x0, y0, x1, y1] = ends;
  const size = theme.smallFontSize;
  const width = labelWidth(plane, guide.label!);
  if (guide.kind === "horizontal") {
    const above = { x: left + size * 0.8, y: y0 - size * 0.35, "text-anchor": "start" } as const;
    return freest([above, { ...above, x: right - size * 0.8, "text-anchor": "end" }], {
      plane,
      width,
      marks,
    });
  }
  if (guide.kind === "vertical") {
    const fits = x0 + size * 0.3 + width < right;
    const at = { x: x0 + size * (fits ? 0.3 : -0.3), "text-anchor": fits ? "start" : "end" } as const;
    const rows = [1.1, 2.4, 3.7, 5].map((down) => top + size * down);
    return freest(
      [rows[0], bottom - size * 0.5, ...rows.slice(1), bottom - size * 1.8].map((y) => ({ ...at, y })),
      { plane, width, marks },
    );
  }
  const [from, to] = within(y0, y1, [top, bottom]);
  const rises = y1 < y0;
  const places = SHARES.flatMap((share) => {
    const part = from + share * (to - from);
    const [mx, my] = [x0 + part * (x1 - x0), y0 + part * (y1 - y0)];
    const above = { x: mx + size * (rises ? -0.5 : 0.5), y: my - size * 0.3 };
    const below = { x: mx + size * (rises ? 0.5 : -0.5), y: my + size };
    return [
      { ...above, "text-anchor": rises ? "end" : "start" } as const,
      { ...below, "text-anchor": rises ? "start" : "end" } as const,
    ];
  });
  return freest(places, { plane, width, marks });
}

/** The first of the places at which a text hides nothing, or least; out of the axes' rectangle only where all are. */
function freest(
  places: readonly TextPlace[],
  { plane, width, marks }: { plane: Plane; width: number; marks: readonly Mark[] },
): TextPlace {
  const faults = places.map((at) => {
    const place = rectangleOf(plane, at, width);
    const { left, top } = place;
    const inside =
      left >= plane.left && left + width <= plane.right && top >= plane.top && at.y <= plane.bottom;
    return hiddenBy(place, marks) + (inside ? 0 : marks.length + 1);
  });
  return places[faults.indexOf(Math.min(...faults))];
}

/** The part of the way from a to b, 0 … 1, that lies between two limits; all of it where none does. */
function within(a: number, b: number, [low, high]: readonly [number, number]): [number, number] {
  if (a === b) return [0, 1];
  const [p, q] = [(low - a) / (b - a), (high - a) / (b - a)];
  const [from, to] = [Math.max(0, Math.min(p, q)), Math.min(1, Math.max(p, q))];
  return from < to ? [from, to] : [0, 1];
}
