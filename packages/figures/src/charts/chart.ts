import { CURVE_COLOURS } from "../palette.ts";
import { coordinate, element, svgDocument, textElement } from "../svg.ts";
import { textWidth } from "../text.ts";
import { type StyleName, type Theme, themeOf } from "../theme.ts";
import { type Axis, type AxisOptions, makeAxis } from "./axis.ts";
import { drawGuide, type Guide, guideEnds } from "./guide.ts";
import { allOver, alongLine, inked, type Mark, type Rectangle } from "./ink.ts";
import { type Corner, keyElement } from "./key.ts";
import { type NumberedMark, numberLabels, numberLines, roomForNumbers } from "./numbers.ts";
import { checkSeries, drawSeries, type Plane, pageX, pageY, type Series } from "./series.ts";

/** What `chart` draws. */
export interface ChartInput {
  readonly x: AxisOptions;
  readonly y: AxisOptions;
  readonly series: readonly Series[];
  readonly guides?: readonly Guide[];
  /** Values of x with a line down the chart each, their labels in a row above it. */
  readonly numbers?: readonly NumberedMark[];
  readonly title?: string;
  readonly style?: StyleName;
  /** Points; default of the style. */
  readonly width?: number;
  /** Height over width; default 0.78. */
  readonly aspect?: number;
  /** Corner of the key of labelled series, if no other hides less; default "top-right". */
  readonly key?: Corner | "none";
  /** Why there is nothing to see, in words that stand in its middle, where no point of any series can be drawn. */
  readonly empty?: string;
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
  const numbers = input.numbers ?? [];
  const top = y! + theme.margin + (input.title ? size * 1.4 : 0) + roomForNumbers(theme, numbers);
  const bottom = y! + height! - theme.margin * 0.5 - size * 2.75;
  const small = theme.smallFontSize;
  const yRoom = { length: bottom - top, size: small, upright: true };
  const yAxis = makeAxis("y", input.y, all("y", "low", "high"), yRoom);
  const widest = Math.max(small * 0.56, ...yAxis.ticks.map(({ label }) => textWidth(label, small)));
  const left = x! + theme.margin * 0.5 + size * 1.9 + widest;
  const page = x! + width!;
  const xRoom = { length: page - theme.margin - left, size: small, upright: false };
  const xAxis = makeAxis("x", input.x, all("x"), xRoom);
  const plane: Plane = {
    theme,
    xAxis,
    yAxis,
    left,
    right: rightEnd(xAxis, { left, page, theme }),
    top,
    bottom,
  };
  const colours = input.series.map((series, k) => series.colour ?? CURVE_COLOURS[k % CURVE_COLOURS.length]);
  const curves = input.series.map((series, k) => drawSeries(plane, series, colours[k]));
  const lines = (input.guides ?? []).map((guide) => alongLine(plane, guideEnds(plane, guide)));
  const drawn = inked(plane, input.series);
  const within = input.inset ? allOver(plane, insetPlace(plane, input.inset.at)) : [];
  const key =
    input.key === "none"
      ? { markup: "" }
      : keyElement(plane, {
          series: input.series,
          colours,
          marks: [...drawn, ...lines.flat(), ...within],
          corner: input.key ?? "top-right",
        });
  const occupied = [...drawn, ...within, ...(key.place ? allOver(plane, key.place) : [])];
  const labels: Mark[] = [];
  const guides = (input.guides ?? []).map((guide, n) => {
    const others = lines.filter((_, other) => other !== n).flat();
    const drawn = drawGuide(plane, guide, [...occupied, ...others, ...labels]);
    if (drawn.place) labels.push(...allOver(plane, drawn.place));
    return drawn;
  });
  const ground = element("rect", { x: x!, y: y!, width: width!, height: height!, fill: theme.background });
  return [
    ground,
    clipped(
      plane,
      [
        numberLines(plane, numbers),
        ...guides.map(({ line }) => line),
        ...curves,
        ...guides.map(({ label }) => label),
      ].join("\n"),
    ),
    numberLabels(plane, numbers),
    axes(plane, input, [x!, y! + theme.margin + size * 0.9]),
    key.markup,
    drawn.length === 0 ? emptyNote(plane, input.empty ?? "no data") : "",
    inset(plane, input),
  ].join("\n");
}

/** Lines of words in the middle of a chart without data. */
function emptyNote({ theme, left, right, top, bottom }: Plane, words: string): string {
  const size = theme.smallFontSize;
  const lines: string[] = [];
  for (const word of words.split(" ")) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && textWidth(longer, size) <= right - left - size) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines
    .map((line, k) =>
      textElement(line, {
        x: (left + right) / 2,
        y: (top + bottom) / 2 + (k - (lines.length - 1) / 2) * size * 1.35,
        "text-anchor": "middle",
        "font-size": size,
        fill: theme.ink,
      }),
    )
    .join("");
}

/** Where the axes' rectangle ends, so that the last label below it ends on the page. */
function rightEnd(axis: Axis, { left, page, theme }: { left: number; page: number; theme: Theme }): number {
  const last = axis.ticks.at(-1);
  if (last === undefined) return page - theme.margin;
  const half = textWidth(last.label, theme.smallFontSize) / 2;
  return Math.min(page - theme.margin, left + (page - half - left) / axis.position(last.value));
}

/** Marks cut at the axes' rectangle by a nested viewport: no identifiers that could clash in one page. */
function clipped({ left, right, top, bottom }: Plane, marks: string): string {
  const [width, height] = [right - left, bottom - top];
  const viewBox = [left, top, width, height].map(coordinate).join(" ");
  return element("svg", { x: left, y: top, width, height, viewBox, overflow: "hidden" }, marks);
}

function axes(plane: Plane, input: ChartInput, [pageLeft, title]: readonly [number, number]): string {
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
  const label = { "text-anchor": "middle", fill: theme.ink };
  /** Smaller where it would not fit along its axis. */
  const fitted = (text: string, length: number): number =>
    theme.fontSize * Math.min(1, length / textWidth(text, theme.fontSize));
  const [mx, my, lx] = [
    (left + right) / 2,
    (top + bottom) / 2,
    pageLeft + theme.margin * 0.5 + theme.fontSize * 0.9,
  ];
  text += textElement(xAxis.label, {
    class: "x-label",
    x: mx,
    y: bottom + small * 1.25 + theme.fontSize * 1.25,
    ...label,
    "font-size": fitted(xAxis.label, right - pageLeft),
  });
  text += textElement(yAxis.label, {
    class: "y-label",
    transform: `translate(${coordinate(lx)} ${coordinate(my)}) rotate(-90)`,
    ...label,
    "font-size": fitted(yAxis.label, bottom - top + 1.6 * theme.margin),
  });
  if (input.title)
    text += textElement(input.title, {
      x: left,
      y: title,
      "text-anchor": "start",
      "font-size": fitted(input.title, right - left),
      fill: theme.ink,
    });
  return (
    element("path", { d: frame + marks, fill: "none", stroke: theme.ink, "stroke-width": theme.frameWidth }) +
    text
  );
}

/** A chart within a chart, its type and lines at four fifths of the size. */
function inset(plane: Plane, { inset }: ChartInput): string {
  if (inset === undefined) return "";
  const { theme } = plane;
  const part = 0.8;
  const smaller: Theme = {
    ...theme,
    fontSize: theme.fontSize * part,
    smallFontSize: theme.smallFontSize * part,
    lineWidth: theme.lineWidth * part,
    margin: theme.margin * 0.5,
  };
  const { left, top, width, height } = insetPlace(plane, inset.at);
  return chartBody(inset.chart, smaller, [left, top, width, height]);
}

function insetPlace(
  { left, right, top, bottom }: Plane,
  [a, b, c, d]: readonly [number, number, number, number],
): Rectangle {
  const [width, height] = [right - left, bottom - top];
  return {
    left: left + a * width,
    top: bottom - d * height,
    width: (c - a) * width,
    height: (d - b) * height,
  };
}
