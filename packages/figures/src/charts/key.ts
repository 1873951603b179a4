import { coordinate, element, plainLength, textElement } from "../svg.ts";
import type { Ends } from "./guide.ts";
import { markerElement, type Plane, pageX, pageY, type Series } from "./series.ts";

export type Corner = "top-right" | "top-left" | "bottom-right" | "bottom-left";

const CORNERS: readonly Corner[] = ["top-right", "top-left", "bottom-right", "bottom-left"];

/** What a key is made of, and what it should not hide. */
export interface KeyInput {
  readonly series: readonly Series[];
  /** One a series. */
  readonly colours: readonly string[];
  /** Guide lines. */
  readonly lines: readonly Ends[];
  /** The corner that is taken if no other hides less. */
  readonly corner: Corner;
}

interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The key: a sample of line and marker and the label of each labelled series, in the corner where it hides least. */
export function keyElement(plane: Plane, { series, colours, lines, corner }: KeyInput): string {
  const entries = series.flatMap((one, k) =>
    one.label ? [{ one, label: one.label, colour: colours[k]! }] : [],
  );
  if (entries.length === 0) return "";
  const { theme } = plane;
  const size = theme.smallFontSize;
  const row = size * 1.35;
  const widest = Math.max(...entries.map(({ label }) => plainLength(label)));
  const extent = { width: size * (3 + 0.56 * widest), height: row * entries.length };
  const marks = inked(plane, series, lines);
  const hidden = (place: Corner): number => {
    const { left, top, width, height } = rectangleIn(plane, place, extent);
    return marks.filter(([x, y]) => x >= left && x <= left + width && y >= top && y <= top + height).length;
  };
  const order = [corner, ...CORNERS.filter((other) => other !== corner)];
  const hides = order.map(hidden);
  const chosen = order[hides.indexOf(Math.min(...hides))]!;
  const rectangle = rectangleIn(plane, chosen, extent);
  const right = chosen.endsWith("right");
  const x = right ? plane.right - size * 2.4 : plane.left + size * 0.8;
  const ground =
    Math.min(...hides) === 0
      ? ""
      : element("rect", {
          x: rectangle.left,
          y: rectangle.top,
          width: rectangle.width,
          height: rectangle.height,
          fill: theme.background,
          "fill-opacity": 0.75,
        });
  return (
    ground +
    entries
      .map(({ one, label, colour }, n) => {
        const middle = rectangle.top + row * (n + 0.5);
        const place = `${coordinate(x + size * 0.85)} ${coordinate(middle)}`;
        return (
          (one.line === "none" ? "" : sample(plane, one, { x, y: middle, colour })) +
          markerElement(theme, one, [place], colour) +
          textElement(label, {
            x: right ? x - size * 0.5 : x + size * 2.3,
            y: middle + size * 0.35,
            "text-anchor": right ? "end" : "start",
            "font-size": size,
            fill: theme.ink,
          })
        );
      })
      .join("")
  );
}

function rectangleIn(
  plane: Plane,
  corner: Corner,
  { width, height }: { width: number; height: number },
): Rectangle {
  const gap = plane.theme.smallFontSize * 0.4;
  return {
    left: corner.endsWith("right") ? plane.right - gap - width : plane.left + gap,
    top: corner.startsWith("top") ? plane.top + gap : plane.bottom - gap - height,
    width,
    height,
  };
}

function sample(
  { theme }: Plane,
  { line }: Series,
  { x, y, colour }: { x: number; y: number; colour: string },
): string {
  const size = theme.smallFontSize;
  const dashed = line === "dashed" ? `${coordinate(size * 0.6)} ${coordinate(size * 0.35)}` : undefined;
  return element("path", {
    d: `M${coordinate(x)} ${coordinate(y)}h${coordinate(size * 1.7)}`,
    stroke: colour,
    "stroke-width": theme.lineWidth * 0.75,
    "stroke-dasharray": line === "dotted" ? `${coordinate(size * 0.15)} ${coordinate(size * 0.25)}` : dashed,
  });
}

/** Points on the page along everything that is drawn, close enough together to tell whether a key would hide it. */
function inked(plane: Plane, series: readonly Series[], lines: readonly Ends[]): [number, number][] {
  const found: [number, number][] = [];
  const along = ([x0, y0, x1, y1]: Ends) => {
    const steps = Math.max(
      1,
      Math.ceil(Math.min(2000, Math.hypot(x1 - x0, y1 - y0)) / plane.theme.smallFontSize),
    );
    for (let k = 0; k <= steps; k++) found.push([x0 + ((x1 - x0) * k) / steps, y0 + ((y1 - y0) * k) / steps]);
  };
  lines.forEach(along);
  for (const { x, y, low = [], high = [], line } of series) {
    for (const [values, joined] of [
      [y, line !== "none"],
      [low, true],
      [high, true],
    ] as const) {
      let before: [number, number] | undefined;
      for (let k = 0; k < values.length; k++) {
        const point: [number, number] = [pageX(plane, x[k]!), pageY(plane, values[k]!)];
        if (!point.every(Number.isFinite)) before = undefined;
        else {
          if (joined && before) along([...before, ...point]);
          else found.push(point);
          before = point;
        }
      }
    }
  }
  return found;
}
