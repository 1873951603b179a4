import { element } from "../svg.ts";
import { textWidth } from "../text.ts";
import type { MapPage } from "./page.ts";
import { fractionalFromCorner, inSlab } from "./projection.ts";

/** A point marked on a heat map with its number. */
export interface NumberedPoint {
  readonly number: number;
  /** d, unit λ, wrapped or not. */
  readonly position: ArrayLike<number>;
}

/** What is marked on a map. */
interface Marked {
  readonly spots?: readonly NumberedPoint[];
  readonly rankedSpots?: number;
  readonly events?: readonly NumberedPoint[];
}

/** Page coordinates of a point, wrapped into the box; undefined outside the slab. */
function place(page: MapPage, { position }: NumberedPoint): Point | undefined {
  const { projection } = page;
  if (
    projection.slab &&
    !inSlab(projection, fractionalFromCorner(projection, position, 0, projection.slab.axis))
  )
    return;
  const [s, t] = projection.axes.map((k) => {
    const f = fractionalFromCorner(projection, position, 0, k);
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

/** Rings of the spots, and the numbers of the first `rankedSpots` (default 10) where they cover least. */
export function spotMarks(page: MapPage, input: Marked): string {
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

/** Discs of the events with their numbers. */
export function eventMarks(page: MapPage, input: Marked): string {
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
