import { FigureError, requireLength } from "../errors.ts";
import { sequentialColour } from "../palette.ts";
import { coordinate, element, textElement } from "../svg.ts";
import { textWidth } from "../text.ts";
import {
  finishMap,
  layOutMap,
  legendNumber,
  lengthBar,
  lengthBarWidth,
  type MapOptions,
  type MapPage,
} from "./page.ts";
import { fractional, inSlab, type MapBox } from "./projection.ts";
import { magnitudeQuantile } from "./saturation.ts";

/** A point marked on a heat map with its number. */
export interface NumberedPoint {
  readonly number: number;
  /** d, unit λ, wrapped or not. */
  readonly position: ArrayLike<number>;
}

/** What `heatMap` draws: one value a bin. */
export interface HeatMapInput extends MapOptions {
  readonly box: MapBox;
  /** d, bins along each edge vector. */
  readonly counts: readonly number[];
  /** One value a bin, bin (b₀, b₁, b₂) at (b₂·n₁ + b₁)·n₀ + b₀; NaN stays white. */
  readonly values: ArrayLike<number>;
  /** Soft spots: a ring each, with the rank where it is at most `rankedSpots`. */
  readonly spots?: readonly NumberedPoint[];
  /** Spots of a larger rank get a ring without a number; default 10. */
  readonly rankedSpots?: number;
  /** Plastic events: a disc each with its ordinal (Fig. 3 right, Zylberg 2017). */
  readonly events?: readonly NumberedPoint[];
  /** Values at the ends of the palette; default 0 (or the least value where it is negative) to the 0.998 quantile. */
  readonly range?: readonly [number, number];
  /** Name of the value under the colour bar; default `softness, mean |*E*_{α}|`. */
  readonly label?: string;
  /** Of the value, behind its name in brackets; none without dimension. */
  readonly unit?: string | undefined;
}

/** Colours of the palette that are told apart; the bins of one colour are one path. */
export const HEAT_CLASSES = 64;

/**
 * A map of a coarse-grained field, bins as parallelograms of the box, with soft spots ringed and ranked and plastic
 * events numbered by occurrence (Fig. 3 right, Zylberg 2017), as an SVG document with a colour bar.
 *
 * In 3D the layer of bins that holds the slab's centre is drawn, and the points within the slab. O(bins).
 */
export function heatMap(input: HeatMapInput): string {
  const { box, counts, values } = input;
  requireLength("counts", counts, box.dimension);
  requireLength(
    "values",
    values,
    counts.reduce((product, n) => product * n, 1),
  );
  const theme = layOutMap(box, input, 0).theme;
  const footer = (input.legend ?? true) ? theme.smallFontSize * 3.1 : 0;
  const page = layOutMap(box, input, footer);
  const layer = layerOf(page, counts);
  const range = input.range ?? defaultRange(values);
  if (!(range[1] > range[0]))
    throw new FigureError(
      "range",
      `the colour range ${range[0]} … ${range[1]} is empty: give its lower end first.`,
    );
  const cells = heatCells(page, { input, layer, range });
  const legend = footer === 0 ? "" : colourBar(page, range, input);
  // marks stand above the frame: one at the edge of the box is seen whole
  return finishMap(page, cells, legend + spotMarks(page, input) + eventMarks(page, input));
}

function defaultRange(values: ArrayLike<number>): readonly [number, number] {
  const finite = Array.from(values).filter(Number.isFinite);
  const low = finite.reduce((least, value) => Math.min(least, value), 0);
  const high = Number(
    magnitudeQuantile(
      finite.map((value) => value - low),
      0.998,
    ).toPrecision(2),
  );
  return [low, low + (high || 1)];
}

/** The bin number along the slab's axis that the map shows; 0 in 2D. */
function layerOf({ projection }: MapPage, counts: readonly number[]): number {
  const slab = projection.slab;
  if (slab === undefined) return 0;
  const n = counts[slab.axis];
  return Math.floor((slab.centre - Math.floor(slab.centre)) * n);
}

/** Bins of one colour as one path; a thin stroke of the same colour closes the seams between them. */
function heatCells(
  page: MapPage,
  cells: { input: HeatMapInput; layer: number; range: readonly [number, number] },
): string {
  const { counts, values } = cells.input;
  const { axes, slab } = page.projection;
  const strides = [1, counts[0], counts[0] * counts[1]];
  const [nu, nv] = [counts[axes[0]], counts[axes[1]]];
  const offset = slab === undefined ? 0 : cells.layer * strides[slab.axis];
  const paths = new Array<string>(HEAT_CLASSES).fill("");
  for (let v = 0; v < nv; v++) {
    for (let u = 0; u < nu; u++) {
      const value = values[offset + u * strides[axes[0]] + v * strides[axes[1]]];
      if (!Number.isFinite(value)) continue;
      const part = (value - cells.range[0]) / (cells.range[1] - cells.range[0]);
      const k = Math.min(HEAT_CLASSES - 1, Math.max(0, Math.floor(part * HEAT_CLASSES)));
      const corner = (s: number, t: number): string =>
        `${coordinate(page.x(s / nu, t / nv))} ${coordinate(page.y(s / nu, t / nv))}`;
      paths[k] += `M${corner(u, v)}L${corner(u + 1, v)}L${corner(u + 1, v + 1)}L${corner(u, v + 1)}Z`;
    }
  }
  const drawn = paths.map((d, k) => {
    const colour = sequentialColour((k + 0.5) / HEAT_CLASSES);
    return d === "" ? "" : `\n${element("path", { d, fill: colour, stroke: colour })}`;
  });
  return element("g", { "stroke-width": 0.3 }, `${drawn.join("")}\n`);
}

/** Page coordinates of a point, wrapped into the box; undefined outside the slab. */
function place(page: MapPage, { position }: NumberedPoint): Point | undefined {
  const { projection } = page;
  if (projection.slab && !inSlab(projection, fractional(projection, position, 0, projection.slab.axis)))
    return;
  const [s, t] = projection.axes.map((k) => {
    const f = fractional(projection, position, 0, k);
    return f - Math.floor(f);
  }) as [number, number];
  return [page.x(s, t), page.y(s, t)];
}

/** Text with a halo, so that it reads on every colour. */
function haloText(text: string, at: Point, size: number, colours: readonly [string, string]): string {
  return element(
    "text",
    {
      x: at[0],
      y: at[1] + size * 0.36,
      "text-anchor": "middle",
      "font-size": size,
      fill: colours[0],
      stroke: colours[1],
      "stroke-width": size * 0.22,
      "stroke-linejoin": "round",
      "paint-order": "stroke",
    },
    text,
  );
}

/** Radius of an event's disc on the page. */
function eventRadius({ theme }: MapPage): number {
  return theme.fontSize * 0.72;
}

/** Radius of a spot's ring on the page. */
function ringRadius({ theme }: MapPage): number {
  return theme.smallFontSize * 0.42;
}

/** Size of a spot's number. */
function rankSize({ theme }: MapPage): number {
  return theme.smallFontSize * 0.9;
}

type Point = readonly [number, number];

/** What a number must not cover. */
interface Taken {
  readonly discs: readonly { readonly at: Point; readonly radius: number }[];
  readonly numbers: Point[];
}

/** Where a spot's number may stand: to the right, to the left, below, above, and so on further away. */
const DIRECTIONS: readonly Point[] = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
  [0.8, 0.8],
  [-0.8, 0.8],
  [0.8, -0.8],
  [-0.8, -0.8],
];

/** Half the width and height of a number. */
function halfNumber(page: MapPage, number: string): Point {
  return [textWidth(number, rankSize(page)) / 2, rankSize(page) * 0.38];
}

/**
 * Where a spot's number stands: beside its ring, or beyond the events and numbers that stand there, at the first place within the frame
 * that covers none of them; where there is none, at the one that covers fewest.
 */
function besideRing(
  page: MapPage,
  { at, number, taken }: { at: Point; number: string; taken: Taken },
): Point {
  const size = rankSize(page);
  const half = halfNumber(page, number);
  const gap = ringRadius(page) + size * 0.12;
  const places = [0, 0.75, 1.5, 2.4, 3.4].flatMap((further) =>
    DIRECTIONS.map(([ux, uy]): Point => {
      const reach = gap + further * size;
      const x = at[0] + ux * (reach + half[0]);
      const y = at[1] + uy * (reach + half[1]);
      // beside an edge of the box as far within as it takes
      return uy === 0 ? [x, Math.min(page.bottom - half[1], Math.max(page.top + half[1], y))] : [x, y];
    }),
  );
  const faults = places.map(([x, y]) => {
    const outside =
      x - half[0] < page.left ||
      x + half[0] > page.right ||
      y - half[1] < page.top ||
      y + half[1] > page.bottom;
    const covered = taken.discs.filter(({ at: [dx, dy], radius }) => {
      const [gx, gy] = [Math.max(0, Math.abs(dx - x) - half[0]), Math.max(0, Math.abs(dy - y) - half[1])];
      return Math.hypot(gx, gy) < radius;
    });
    const met = taken.numbers.filter(
      ([nx, ny]) => Math.abs(nx - x) < 2 * half[0] + 0.5 && Math.abs(ny - y) < 2 * half[1],
    );
    return covered.length + met.length + (outside ? 100 : 0);
  });
  return places[faults.indexOf(Math.min(...faults))];
}

function spotMarks(page: MapPage, input: HeatMapInput): string {
  const { theme } = page;
  const ranked = input.rankedSpots ?? 10;
  const spots = (input.spots ?? []).flatMap((spot) => {
    const at = place(page, spot);
    return at === undefined ? [] : [{ at, number: spot.number }];
  });
  const events = (input.events ?? []).map((event) => place(page, event)).filter((at) => at !== undefined);
  let rings = "";
  for (const { at, number } of spots) {
    const ring = { cx: at[0], cy: at[1], r: ringRadius(page), fill: "none" };
    rings += element("circle", { ...ring, stroke: theme.background, "stroke-width": theme.frameWidth * 3 });
    rings += element("circle", {
      ...ring,
      stroke: theme.ink,
      "stroke-width": theme.frameWidth * (number <= ranked ? 1.3 : 0.8),
    });
  }
  const taken: Taken = {
    discs: [
      ...spots.map(({ at }) => ({ at, radius: ringRadius(page) })),
      ...events.map((at) => ({ at, radius: eventRadius(page) })),
    ],
    numbers: [],
  };
  let numbers = "";
  for (const { at, number } of spots.filter((spot) => spot.number <= ranked)) {
    const text = String(number);
    const where = besideRing(page, { at, number: text, taken });
    taken.numbers.push(where);
    numbers += haloText(text, where, rankSize(page), [theme.ink, theme.background]);
  }
  return rings + numbers;
}

function eventMarks(page: MapPage, input: HeatMapInput): string {
  const { theme } = page;
  const radius = eventRadius(page);
  let out = "";
  for (const event of input.events ?? []) {
    const at = place(page, event);
    if (at === undefined) continue;
    out += element("circle", {
      cx: at[0],
      cy: at[1],
      r: radius,
      fill: "#00796b",
      stroke: theme.background,
      "stroke-width": theme.frameWidth * 1.5,
    });
    out += element(
      "text",
      {
        x: at[0],
        y: at[1] + theme.fontSize * 0.36,
        "text-anchor": "middle",
        "font-size": theme.fontSize,
        "font-weight": "bold",
        fill: theme.background,
      },
      String(event.number),
    );
  }
  return out;
}

/** The palette with its ends and middle labelled, the name of the value, and a length bar. */
function colourBar(page: MapPage, range: readonly [number, number], input: HeatMapInput): string {
  const { theme } = page;
  const size = theme.smallFontSize;
  const width = (page.right - page.left) * 0.42;
  const top = page.bottom + theme.margin * 0.9;
  const height = size * 0.85;
  const step = width / HEAT_CLASSES;
  let out = "";
  for (let k = 0; k < HEAT_CLASSES; k++) {
    const fill = sequentialColour((k + 0.5) / HEAT_CLASSES);
    out += element("rect", { x: page.left + k * step, y: top, width: width - k * step, height, fill });
  }
  out += element("rect", {
    x: page.left,
    y: top,
    width,
    height,
    fill: "none",
    stroke: theme.ink,
    "stroke-width": theme.frameWidth,
  });
  const anchors = ["start", "middle", "end"];
  [0, 0.5, 1].forEach((part, n) => {
    out += textElement(`${part === 1 ? "≥ " : ""}${legendNumber(range[0] + part * (range[1] - range[0]))}`, {
      x: page.left + part * width,
      y: top + height + size * 1.05,
      "text-anchor": anchors[n],
      "font-size": size,
      fill: theme.ink,
    });
  });
  const label = `${input.label ?? "softness, mean |*E*_{α}|"}${input.unit ? ` (${input.unit})` : ""}`;
  const x = page.left + width + size * 0.8;
  const room = page.right - lengthBarWidth(page) - size - x;
  out += textElement(label, {
    x,
    y: top + height * 0.9,
    "font-size": size * Math.min(1, room / textWidth(label, size)),
    fill: theme.ink,
  });
  return out + lengthBar(page, top + height * 0.6);
}
