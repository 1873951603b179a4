import { FigureError } from "../errors.ts";
import { coordinate, element } from "../svg.ts";
import type { Theme } from "../theme.ts";
import type { Axis } from "./axis.ts";

/** One curve of a chart: columns of a table. */
export interface Series {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** Ends of the confidence interval of each y. */
  readonly low?: ArrayLike<number>;
  readonly high?: ArrayLike<number>;
  /** How the interval is drawn; default "band". */
  readonly interval?: "band" | "bars";
  /** Default "solid"; "steps" holds each y until the next x, as a distribution function does. */
  readonly line?: "solid" | "dashed" | "dotted" | "steps" | "none";
  /** Default "none". */
  readonly markers?: "disc" | "ring" | "square" | "open-square" | "triangle" | "open-triangle" | "none";
  /** Size of the markers, 1 by default; smaller where points lie close. */
  readonly markerSize?: number;
  /** Default: the next of the palette. */
  readonly colour?: string;
  /** Entry of the key. */
  readonly label?: string;
}

/** The rectangle of the axes on the page, and where values fall in it. */
export interface Plane {
  readonly theme: Theme;
  readonly xAxis: Axis;
  readonly yAxis: Axis;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Page coordinates of a value. */
export function pageX({ xAxis, left, right }: Plane, value: number): number {
  return left + xAxis.position(value) * (right - left);
}

/** Page coordinates of a value. */
export function pageY({ yAxis, top, bottom }: Plane, value: number): number {
  return bottom - yAxis.position(value) * (bottom - top);
}

/** Whether a value can be shown: finite, positive on a logarithmic axis. */
function drawable(axis: Axis, value: number): boolean {
  return Number.isFinite(value) && (!axis.log || value > 0);
}

function within(axis: Axis, value: number): boolean {
  return drawable(axis, value) && value >= axis.domain[0] && value <= axis.domain[1];
}

/** Refuses a series whose columns do not fit each other. */
export function checkSeries(series: Series, k: number): void {
  const m = series.x.length;
  for (const [name, column] of Object.entries({ y: series.y, low: series.low, high: series.high }))
    if (column !== undefined && column.length !== m)
      throw new FigureError(
        `series[${k}].${name}`,
        `series ${series.label ?? k}: ${name} has ${column.length} entries, x has ${m}; give one of each a point.`,
      );
  if ((series.low === undefined) !== (series.high === undefined))
    throw new FigureError(
      `series[${k}]`,
      `series ${series.label ?? k}: an interval needs both low and high.`,
    );
}

/** The marks of one series. */
export function drawSeries(plane: Plane, series: Series, colour: string): string {
  return intervals(plane, series, colour) + curve(plane, series, colour) + markers(plane, series, colour);
}

/** The runs of points that can be drawn, gaps left out, as lists of indices. */
function runs(plane: Plane, { x, y }: Series): number[][] {
  const found: number[][] = [[]];
  for (let k = 0; k < x.length; k++) {
    if (drawable(plane.xAxis, x[k]) && drawable(plane.yAxis, y[k])) found.at(-1)!.push(k);
    else if (found.at(-1)!.length > 0) found.push([]);
  }
  return found.filter((run) => run.length > 0);
}

/** A coordinate far outside the picture is brought to its neighbourhood: the clip cuts it anyway. */
function nearPage(value: number): string {
  return coordinate(Math.min(FAR, Math.max(-FAR, value)));
}

const FAR = 5000;

function point(plane: Plane, x: number, y: number): string {
  return `${nearPage(pageX(plane, x))} ${nearPage(pageY(plane, y))}`;
}

function curve(plane: Plane, series: Series, colour: string): string {
  const style = series.line ?? "solid";
  if (style === "none") return "";
  let d = "";
  for (const run of runs(plane, series)) {
    run.forEach((k, n) => {
      const at = point(plane, series.x[k], series.y[k]);
      if (n === 0) d += `M${at}`;
      else if (style === "steps") d += `H${at.split(" ")[0]}V${at.split(" ")[1]}`;
      else d += `L${at}`;
    });
  }
  const width = plane.theme.lineWidth * 0.75;
  const dashes = { dashed: `${4 * width} ${2.5 * width}`, dotted: `${width} ${2 * width}` };
  return element("path", {
    d,
    fill: "none",
    stroke: colour,
    "stroke-width": width,
    "stroke-linejoin": "round",
    "stroke-dasharray": style === "dashed" || style === "dotted" ? dashes[style] : undefined,
  });
}

function intervals(plane: Plane, series: Series, colour: string): string {
  const { x, low, high } = series;
  if (low === undefined || high === undefined) return "";
  const foot = (v: number): number => (plane.yAxis.log && !(v > 0) ? plane.yAxis.domain[0] : v);
  let d = "";
  const known = (k: number): boolean => Number.isFinite(low[k]) && Number.isFinite(high[k]);
  for (const all of runs(plane, series)) {
    const run = all.filter(known);
    if (series.interval === "bars") {
      const cap = plane.theme.lineWidth * 1.2;
      for (const k of run) {
        const [px, p0, p1] = [pageX(plane, x[k]), pageY(plane, foot(low[k])), pageY(plane, foot(high[k]))];
        const end = (py: number): string =>
          `M${coordinate(px - cap)} ${coordinate(py)}h${coordinate(2 * cap)}`;
        d += `M${coordinate(px)} ${coordinate(p0)}V${coordinate(p1)}${end(p0)}${end(p1)}`;
      }
    } else {
      const upper = run.map((k) => point(plane, x[k], foot(high[k])));
      const lower = run.map((k) => point(plane, x[k], foot(low[k]))).reverse();
      if (run.length > 0) d += `M${[...upper, ...lower].join("L")}Z`;
    }
  }
  if (d === "") return "";
  return series.interval === "bars"
    ? element("path", { d, fill: "none", stroke: colour, "stroke-width": plane.theme.frameWidth })
    : element("path", { d, fill: colour, "fill-opacity": 0.18 });
}

/** Path of one marker of radius r around the origin. */
const SHAPES: Readonly<Record<string, (r: number) => string>> = {
  disc: (r) =>
    `m${coordinate(-r)} 0a${coordinate(r)} ${coordinate(r)} 0 1 0 ${coordinate(2 * r)} 0a${coordinate(r)} ${coordinate(r)} 0 1 0 ${coordinate(-2 * r)} 0z`,
  square: (r) =>
    `m${coordinate(-0.88 * r)} ${coordinate(-0.88 * r)}h${coordinate(1.76 * r)}v${coordinate(1.76 * r)}h${coordinate(-1.76 * r)}z`,
  triangle: (r) =>
    `m0 ${coordinate(-1.15 * r)}l${coordinate(r)} ${coordinate(1.75 * r)}h${coordinate(-2 * r)}z`,
};

/** Markers as markup at places on the page; open ones are filled with the background. */
export function markerElement(
  theme: Theme,
  { markers: kind = "none", markerSize = 1 }: Pick<Series, "markers" | "markerSize">,
  places: string[],
  colour: string,
): string {
  if (kind === "none" || places.length === 0) return "";
  const open = kind === "ring" || kind.startsWith("open-");
  const shape = SHAPES[kind === "ring" ? "disc" : kind.replace("open-", "")](
    theme.lineWidth * 1.35 * markerSize,
  );
  return element("path", {
    d: places.map((place) => `M${place}${shape}`).join(""),
    fill: open ? theme.background : colour,
    stroke: colour,
    "stroke-width": theme.lineWidth * 0.5 * markerSize,
  });
}

function markers(plane: Plane, series: Series, colour: string): string {
  const places: string[] = [];
  for (let k = 0; k < series.x.length; k++)
    if (within(plane.xAxis, series.x[k]) && within(plane.yAxis, series.y[k]))
      places.push(point(plane, series.x[k], series.y[k]));
  return markerElement(plane.theme, series, places, colour);
}
