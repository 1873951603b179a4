import { CURVE_COLOURS } from "../palette.ts";
import { coordinate, element, svgDocument, textElement } from "../svg.ts";
import { type StyleName, type Theme, themeOf } from "../theme.ts";
import { type AxisOptions, makeAxis } from "./axis.ts";
import { checkSeries, drawSeries, markerElement, type Plane, pageX, pageY, type Series } from "./series.ts";

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

/** What `chart` draws. */
export interface ChartInput {
  readonly x: AxisOptions;
  readonly y: AxisOptions;
  readonly series: readonly Series[];
  readonly guides?: readonly Guide[];
  readonly title?: string;
  readonly style?: StyleName;
  /** Points; default of the style. */
  readonly width?: number;
  /** Height over width; default 0.78. */
  readonly aspect?: number;
  /** Corner of the key of labelled series; default "top-right". */
  readonly key?: "top-right" | "top-left" | "bottom-right" | "bottom-left" | "none";
  /** A smaller chart within, in fractions of the axes' rectangle: [left, bottom, right, top]. */
  readonly inset?: { readonly chart: ChartInput; readonly at: readonly [number, number, number, number] };
}

/**
 * A chart of curves, points, error bars and confidence bands on linear or logarithmic axes, with guide lines and an
 * inset, as an SVG document. The same input gives the same bytes. O(points).
 */
export function chart(input: ChartInput): string {
  const theme = themeOf(input.style);
  const width = input.width ?? theme.width;
  const height = width * (input.aspect ?? 0.78);
  return svgDocument(
    width,
    height,
    theme.font,
    theme.background,
    chartBody(input, theme, [0, 0, width, height]),
  );
}

/** The markup of a chart in the rectangle [x, y, width, height] of a page. */
function chartBody(
  input: ChartInput,
  theme: Theme,
  [x, y, width, height]: readonly number[] & { length: 4 },
): string {
  input.series.forEach(checkSeries);
  const size = theme.fontSize;
  const all = (...names: ("x" | "y" | "low" | "high")[]): number[] =>
    input.series.flatMap((series) => names.flatMap((name) => Array.from(series[name] ?? [])));
  const xAxis = makeAxis("x", input.x, all("x"));
  const yAxis = makeAxis("y", input.y, all("y", "low", "high"));
  // a digit is about 0.56 em wide; a power's exponent is set smaller
  const widest = Math.max(1, ...yAxis.ticks.map(({ label }) => label.replace(/[\^_{}]/g, "").length));
  const plane: Plane = {
    theme,
    xAxis,
    yAxis,
    left: x! + theme.margin * 0.5 + size * 1.6 + widest * theme.smallFontSize * 0.56,
    right: x! + width! - theme.margin,
    top: y! + theme.margin + (input.title ? size * 1.4 : 0),
    bottom: y! + height! - theme.margin * 0.5 - size * 2.75,
  };
  const colours = input.series.map((series, k) => series.colour ?? CURVE_COLOURS[k % CURVE_COLOURS.length]!);
  const curves = input.series.map((series, k) => drawSeries(plane, series, colours[k]!));
  const guides = (input.guides ?? []).map((guide) => drawGuide(plane, guide));
  const ground = element("rect", { x: x!, y: y!, width: width!, height: height!, fill: theme.background });
  return [
    ground,
    clipped(plane, [...guides, ...curves].join("\n")),
    axes(plane, input, x!),
    key(plane, input, colours),
    inset(plane, input),
  ].join("\n");
}

/** Marks cut at the axes' rectangle by a nested viewport: no identifiers that could clash in one page. */
function clipped({ left, right, top, bottom }: Plane, marks: string): string {
  const [width, height] = [right - left, bottom - top];
  const viewBox = [left, top, width, height].map(coordinate).join(" ");
  return element("svg", { x: left, y: top, width, height, viewBox, overflow: "hidden" }, marks);
}

function axes(plane: Plane, input: ChartInput, pageLeft: number): string {
  const { theme, left, right, top, bottom, xAxis, yAxis } = plane;
  const small = theme.smallFontSize;
  const tick = theme.lineWidth * 2.2;
  const ink = { fill: theme.ink, "font-size": small };
  let marks = "";
  let text = "";
  for (const { value, label } of xAxis.ticks) {
    const px = pageX(plane, value);
    marks += `M${coordinate(px)} ${coordinate(bottom)}v${coordinate(-tick)}M${coordinate(px)} ${coordinate(top)}v${coordinate(tick)}`;
    text += textElement(label, { x: px, y: bottom + small * 1.25, "text-anchor": "middle", ...ink });
  }
  for (const { value, label } of yAxis.ticks) {
    const py = pageY(plane, value);
    marks += `M${coordinate(left)} ${coordinate(py)}h${coordinate(tick)}M${coordinate(right)} ${coordinate(py)}h${coordinate(-tick)}`;
    text += textElement(label, { x: left - small * 0.4, y: py + small * 0.35, "text-anchor": "end", ...ink });
  }
  for (const value of xAxis.minor)
    marks += `M${coordinate(pageX(plane, value))} ${coordinate(bottom)}v${coordinate(-tick / 2)}`;
  for (const value of yAxis.minor)
    marks += `M${coordinate(left)} ${coordinate(pageY(plane, value))}h${coordinate(tick / 2)}`;
  const frame = `M${coordinate(left)} ${coordinate(top)}H${coordinate(right)}V${coordinate(bottom)}H${coordinate(left)}Z`;
  const label = { "text-anchor": "middle", "font-size": theme.fontSize, fill: theme.ink };
  const [mx, my, lx] = [
    (left + right) / 2,
    (top + bottom) / 2,
    pageLeft + theme.margin * 0.5 + theme.fontSize * 0.9,
  ];
  text += textElement(input.x.label, { x: mx, y: bottom + small * 1.25 + theme.fontSize * 1.25, ...label });
  text += textElement(input.y.label, {
    transform: `translate(${coordinate(lx)} ${coordinate(my)}) rotate(-90)`,
    ...label,
  });
  if (input.title)
    text += textElement(input.title, {
      x: left,
      y: top - theme.fontSize * 0.5,
      ...label,
      "text-anchor": "start",
    });
  return (
    element("path", { d: frame + marks, fill: "none", stroke: theme.ink, "stroke-width": theme.frameWidth }) +
    text
  );
}

function drawGuide(plane: Plane, guide: Guide): string {
  const { theme, left, right, top, bottom } = plane;
  const size = theme.smallFontSize;
  let [x0, y0, x1, y1] = [left, top, right, bottom];
  if (guide.kind === "vertical") x0 = x1 = pageX(plane, guide.at);
  else if (guide.kind === "horizontal") y0 = y1 = pageY(plane, guide.at);
  else {
    const at = (v: number): number => guide.through[1] * (v / guide.through[0]) ** guide.exponent;
    const [a, b] = guide.between;
    [x0, y0, x1, y1] = [pageX(plane, a), pageY(plane, at(a)), pageX(plane, b), pageY(plane, at(b))];
  }
  const line = element("path", {
    d: `M${coordinate(x0)} ${coordinate(y0)}L${coordinate(x1)} ${coordinate(y1)}`,
    stroke: theme.faint,
    "stroke-width": theme.lineWidth * 0.6,
    "stroke-dasharray":
      guide.kind === "power" ? undefined : `${coordinate(size * 0.4)} ${coordinate(size * 0.3)}`,
  });
  if (guide.label === undefined) return line;
  const [lx, ly] =
    guide.kind === "power"
      ? [(x0 + x1) / 2 + size * 0.5, (y0 + y1) / 2 - size * 0.5]
      : guide.kind === "vertical"
        ? [x0 + size * 0.3, top + size * 1.1]
        : [left + size * 0.8, y0 - size * 0.35];
  return line + textElement(guide.label, { x: lx, y: ly, "font-size": size, fill: theme.ink });
}

/** The key: a sample of line and marker and the label of each labelled series, in a corner. */
function key(plane: Plane, input: ChartInput, colours: readonly string[]): string {
  const corner = input.key ?? "top-right";
  const entries = input.series
    .map((series, k) => ({ series, colour: colours[k]! }))
    .filter(({ series }) => series.label);
  if (corner === "none" || entries.length === 0) return "";
  const { theme } = plane;
  const size = theme.smallFontSize;
  const row = size * 1.35;
  const right = corner.endsWith("right");
  const x = right ? plane.right - size * 2.4 : plane.left + size * 0.8;
  const y = corner.startsWith("top")
    ? plane.top + size * 1.1
    : plane.bottom - size * 0.9 - row * (entries.length - 1);
  return entries
    .map(({ series, colour }, n) => {
      const middle = y + n * row;
      const dashed =
        series.line === "dashed" ? `${coordinate(size * 0.6)} ${coordinate(size * 0.35)}` : undefined;
      const sample = element("path", {
        d: `M${coordinate(x)} ${coordinate(middle)}h${coordinate(size * 1.7)}`,
        stroke: colour,
        "stroke-width": theme.lineWidth * 0.75,
        "stroke-dasharray":
          series.line === "dotted" ? `${coordinate(size * 0.15)} ${coordinate(size * 0.25)}` : dashed,
      });
      const place = `${coordinate(x + size * 0.85)} ${coordinate(middle)}`;
      return (
        (series.line === "none" ? "" : sample) +
        markerElement(theme, series, [place], colour) +
        textElement(series.label!, {
          x: right ? x - size * 0.5 : x + size * 2.3,
          y: middle + size * 0.35,
          "text-anchor": right ? "end" : "start",
          "font-size": size,
          fill: theme.ink,
        })
      );
    })
    .join("");
}

/** A chart within a chart, its type and lines at four fifths of the size. */
function inset(plane: Plane, { inset }: ChartInput): string {
  if (inset === undefined) return "";
  const { theme, left, right, top, bottom } = plane;
  const [a, b, c, d] = inset.at;
  const [width, height] = [right - left, bottom - top];
  const part = 0.8;
  const smaller: Theme = {
    ...theme,
    fontSize: theme.fontSize * part,
    smallFontSize: theme.smallFontSize * part,
    lineWidth: theme.lineWidth * part,
    margin: theme.margin * 0.5,
  };
  const rectangle = [left + a * width, bottom - d * height, (c - a) * width, (d - b) * height] as const;
  return chartBody(inset.chart, smaller, [...rectangle]);
}
