import { coordinate, element, textElement } from "../svg.ts";
import { textWidth } from "../text.ts";
import { hiddenBy, type Mark, type Rectangle } from "./ink.ts";
import { markerElement, type Plane, type Series } from "./series.ts";

export type Corner = "top-right" | "top-left" | "bottom-right" | "bottom-left";

const CORNERS: readonly Corner[] = ["top-right", "top-left", "bottom-right", "bottom-left"];

/** Lines of the key, in letters. */
const ROW = 1.35;
/** Type that is tried, the largest that hides nothing taken: a key is worth less than what it would hide. */
const SIZES = [1, 0.85, 0.7];

/** What a key is made of, and what it should not hide. */
export interface KeyInput {
  readonly series: readonly Series[];
  /** One a series. */
  readonly colours: readonly string[];
  /** What is drawn already. */
  readonly marks: readonly Mark[];
  /** The corner that is taken if no other hides less. */
  readonly corner: Corner;
}

/** The key: a sample of line and marker and the label of each labelled series, in the corner where it hides least. */
export function keyElement(
  plane: Plane,
  { series, colours, marks, corner }: KeyInput,
): { readonly markup: string; readonly place?: Rectangle } {
  const entries = series.flatMap((one, k) =>
    one.label ? [{ one, label: one.label, colour: colours[k] }] : [],
  );
  if (entries.length === 0) return { markup: "" };
  const { theme } = plane;
  const widest = Math.max(...entries.map(({ label }) => textWidth(label, 1)));
  const { size, place, rectangle, hides } = leastHiding(plane, { corner, marks }, (letter) => ({
    width: letter * (3.1 + widest),
    height: letter * ROW * entries.length,
  }));
  const right = place.endsWith("right");
  const x = right ? plane.right - size * 2.4 : plane.left + size * 0.8;
  const ground =
    hides === 0
      ? ""
      : element("rect", {
          x: rectangle.left,
          y: rectangle.top,
          width: rectangle.width,
          height: rectangle.height,
          fill: theme.background,
          "fill-opacity": 0.75,
        });
  const rows = entries
    .map(({ one, label, colour }, n) => {
      const middle = rectangle.top + size * ROW * (n + 0.5);
      const centre = `${coordinate(x + size * 0.85)} ${coordinate(middle)}`;
      return (
        (one.line === "none" ? "" : sample(plane, one, { x, y: middle, colour, size })) +
        markerElement(theme, one, [centre], colour) +
        textElement(label, {
          x: right ? x - size * 0.5 : x + size * 2.3,
          y: middle + size * 0.35,
          "text-anchor": right ? "end" : "start",
          "font-size": size,
          fill: theme.ink,
        })
      );
    })
    .join("");
  return { markup: ground + rows, place: rectangle };
}

function leastHiding(
  plane: Plane,
  { corner, marks }: Pick<KeyInput, "corner" | "marks">,
  extent: (letter: number) => { width: number; height: number },
): { size: number; place: Corner; rectangle: Rectangle; hides: number } {
  const corners = [corner, ...CORNERS.filter((other) => other !== corner)];
  const tried = SIZES.flatMap((part) => {
    const size = plane.theme.smallFontSize * part;
    return corners.map((place) => {
      const rectangle = rectangleIn(plane, place, extent(size));
      return { size, place, rectangle, hides: hiddenBy(rectangle, marks) };
    });
  });
  return tried.find(({ hides }) => hides === 0) ?? tried.reduce((a, b) => (b.hides < a.hides ? b : a));
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
  { x, y, colour, size }: { x: number; y: number; colour: string; size: number },
): string {
  const dashed = line === "dashed" ? `${coordinate(size * 0.4)} ${coordinate(size * 0.28)}` : undefined;
  return element("path", {
    d: `M${coordinate(x)} ${coordinate(y)}h${coordinate(size * 1.7)}`,
    stroke: colour,
    "stroke-width": theme.lineWidth * 0.75,
    "stroke-dasharray": line === "dotted" ? `${coordinate(size * 0.15)} ${coordinate(size * 0.25)}` : dashed,
  });
}
