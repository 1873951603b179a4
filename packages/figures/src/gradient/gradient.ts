import { arrowHead } from "../arrow.ts";
import { FigureError, requireLength } from "../errors.ts";
import { coordinate, element, svgDocument, textElement } from "../svg.ts";
import { type Theme, themeOf } from "../theme.ts";
import { drawnPoints, freePlace, halfExtent, labelPlaces, outline, type Place, segment } from "./labels.ts";
import { type GradientInput, layOut, type Page, type Point } from "./layout.ts";

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
  const joined = bonds.map(([p, q]) => [page.centres[p], page.centres[q]] as const);
  const covered = drawnPoints(page, joined);
  const arc = angle ? arcOf(angle, page, covered) : [];
  const places = labelPlaces(page, labels, covered);
  const body = [
    element("path", {
      d: joined.map(([from, to]) => `M${pair(from)}L${pair(to)}`).join(""),
      stroke: theme.faint,
      "stroke-width": theme.lineWidth * 0.6,
      "stroke-dasharray": `${coordinate(theme.lineWidth * 2)} ${coordinate(theme.lineWidth * 1.5)}`,
    }),
    ...arc,
    ...names.flatMap((_, k) => arrow(page, k)),
    ...names.map((name, k) => disc(name, page.centres[k], page)),
    ...places.flatMap((place, k) =>
      place ? [text(labels[k], place, { size: theme.smallFontSize, fill: theme.negative })] : [],
    ),
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

/** The arrow on a particle, from its rim; nothing for a vector of no length. */
function arrow({ theme, arrows }: Page, k: number): string[] {
  const found = arrows[k];
  if (!found) return [];
  const {
    from,
    from: [x, y],
    along,
    along: [vx, vy],
  } = found;
  const length = Math.hypot(vx, vy);
  const most = theme.fontSize * 0.9;
  const shaft = 1 - (0.8 * Math.min(0.42 * length, most)) / length;
  return [
    element("path", {
      d: `M${pair(from)}l${coordinate(vx * shaft)} ${coordinate(vy * shaft)}`,
      stroke: theme.negative,
      "stroke-width": theme.lineWidth,
    }),
    element("path", { d: arrowHead([x + vx, y + vy], along, most), fill: theme.negative }),
  ];
}

function disc(name: string, centre: Point, { theme, radius }: Page): string {
  const rim = element("circle", {
    cx: centre[0],
    cy: centre[1],
    r: radius,
    fill: theme.background,
    stroke: theme.ink,
    "stroke-width": theme.frameWidth,
  });
  const size = theme.fontSize;
  return rim + text(name, { middle: centre, half: halfExtent(name, size) }, { size, fill: theme.ink });
}

/** The arc of the angle with its label on the bisector, beyond what is drawn there; both are added to `covered`. */
function arcOf(angle: NonNullable<GradientInput["angle"]>, page: Page, covered: Point[]): string[] {
  const { theme, centres } = page;
  const [x0, y0] = centres[angle.at];
  const towards = (k: number) => {
    const [dx, dy] = [centres[k][0] - x0, centres[k][1] - y0];
    const length = Math.hypot(dx, dy);
    return [dx / length, dy / length] as const;
  };
  const size = theme.fontSize;
  const radius = 2 * size;
  const [from, to] = [towards(angle.from), towards(angle.to)];
  const sweep = from[0] * to[1] - from[1] * to[0] > 0 ? 1 : 0;
  const sum = [from[0] + to[0], from[1] + to[1]] as const;
  const bisector: Point = [sum[0] / (Math.hypot(...sum) || 1), sum[1] / (Math.hypot(...sum) || 1)];
  const at = (distance: number, [x, y]: Point): Point => [x0 + distance * x, y0 + distance * y];
  const half = halfExtent(angle.label, size);
  const tried = [0.9, 1.4, 2, 2.7, 3.5].map((beyond) => ({
    middle: at(radius + beyond * size, bisector),
    half,
  }));
  const [start, top, end] = [from, bisector, to].map((direction) => at(radius, direction)) as [
    Point,
    Point,
    Point,
  ];
  const place = freePlace(tried, page, covered);
  covered.push(...segment(start, top), ...segment(top, end), ...outline(place));
  const path = element("path", {
    d: `M${pair(start)}A${coordinate(radius)} ${coordinate(radius)} 0 0 ${sweep} ${pair(end)}`,
    fill: "none",
    stroke: theme.ink,
    "stroke-width": theme.frameWidth,
  });
  return [path + text(angle.label, place, { size, fill: theme.ink })];
}

function text(
  label: string,
  { middle: [x, y] }: Place,
  { size, fill }: { size: number; fill: Theme["ink"] },
): string {
  return textElement(label, {
    x,
    y: y + 0.33 * size,
    "font-size": size,
    "text-anchor": "middle",
    fill,
  });
}

function pair([x, y]: Point): string {
  return `${coordinate(x)} ${coordinate(y)}`;
}
