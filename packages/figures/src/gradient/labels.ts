import { textWidth } from "../text.ts";
import type { Page, Point } from "./layout.ts";

/** A label's rectangle: its middle, and half its width and height, pt. */
export interface Place {
  readonly middle: Point;
  readonly half: Point;
}

/** Directions that are tried around a disc. */
const AROUND = 24;
/** Points of a disc's rim that a label must not cover. */
const RIM = 32;

/** Half the width and height of a label in a font size, subscripts included. */
export function halfExtent(label: string, size: number): Point {
  return [0.5 * textWidth(label, size), 0.72 * size];
}

/**
 * A place for the label of every arrow that covers nothing and stays on the page: beside the arrow, preferably away
 * from the other particles; else around its particle, ever further. `covered`: the points of the page that are drawn
 * on, to which those of the labels are added.
 */
export function labelPlaces(page: Page, labels: readonly string[], covered: Point[]): (Place | undefined)[] {
  const size = page.theme.smallFontSize;
  return labels.map((label, k) => {
    if (!page.arrows[k]) return undefined;
    const half = halfExtent(label, size);
    const tried = candidates(page, k).map(({ at, outwards: [ux, uy] }): Place => {
      const reach: Point = [half[0] * Math.abs(ux) + 0.45 * size, half[1] * Math.abs(uy) + 0.45 * size];
      return { middle: add(at, [ux * reach[0], uy * reach[1]]), half };
    });
    const chosen = freePlace(tried, page, covered);
    covered.push(...outline(chosen));
    return chosen;
  });
}

/** The first place that covers nothing and stays on the page; where there is none, the one that covers fewest points. */
export function freePlace(tried: readonly Place[], page: Page, covered: readonly Point[]): Place {
  const faults = tried.map((place) => faultsOf(place, page, covered));
  return tried[faults.indexOf(Math.min(...faults))];
}

/** Points of the page that discs, arrows and lines between particles are drawn on. */
export function drawnPoints(
  { centres, radius, arrows }: Page,
  lines: readonly (readonly [Point, Point])[],
): Point[] {
  return [
    ...centres.flatMap((centre) => circle(centre, radius, RIM)),
    ...arrows.flatMap((arrow) => (arrow ? segment(arrow.from, add(arrow.from, arrow.along)) : [])),
    ...lines.flatMap(([from, to]) => segment(from, to)),
  ];
}

/** Points that the label is beside, and in which direction of them, the best first. */
function candidates({ theme, centres, radius, arrows }: Page, k: number): { at: Point; outwards: Point }[] {
  const { from, along } = arrows[k] as NonNullable<Page["arrows"][number]>;
  const away = unit(subtract(centres[k], mean(centres)));
  const across = unit([-along[1], along[0]]);
  const others = across[0] * away[0] + across[1] * away[1];
  // on the axis of the particles neither side is away from them: above, or to the right
  const preferred = Math.abs(across[0]) > Math.abs(across[1]) ? across[0] : -across[1];
  const sign = (Math.abs(others) > 0.05 ? others : preferred) > 0 ? 1 : -1;
  const sides = [scaled(across, sign), scaled(across, -sign)];
  const beside = [0.5, 0.8, 1].flatMap((share) =>
    sides.map((outwards) => ({ at: add(from, scaled(along, share)), outwards })),
  );
  const ring = circle([0, 0], 1, AROUND).sort((a, b) => dot(b, away) - dot(a, away));
  const around = [0, 0.6, 1.2, 2].flatMap((further) =>
    ring.map((outwards) => ({
      at: add(centres[k], scaled(outwards, radius + further * theme.smallFontSize)),
      outwards,
    })),
  );
  return [...beside, ...around];
}

/** Points that a label covers, and many more where it leaves the page. */
function faultsOf({ middle: [x, y], half: [w, h] }: Place, page: Page, covered: readonly Point[]): number {
  const outside = x - w < 0 || x + w > page.width || y - h < 0 || y + h > page.height;
  const hit = covered.filter(([px, py]) => Math.abs(px - x) < w && Math.abs(py - y) < h).length;
  return hit + (outside ? covered.length + 1 : 0);
}

/** Points a point apart from one place to another. */
export function segment(from: Point, to: Point): Point[] {
  const step = subtract(to, from);
  const count = Math.ceil(Math.hypot(...step));
  return Array.from({ length: count + 1 }, (_, n) => add(from, scaled(step, n / Math.max(count, 1))));
}

/** The rim of a label and its middle, close enough that no other label of its kind fits between. */
export function outline({ middle, half: [w, h] }: Place): Point[] {
  return [-1, 0, 1].flatMap((row) => segment(add(middle, [-w, row * h]), add(middle, [w, row * h])));
}

function circle([x, y]: Point, radius: number, count: number): Point[] {
  return Array.from({ length: count }, (_, n) => {
    const angle = (2 * Math.PI * n) / count;
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)] as const;
  });
}

function mean(points: readonly Point[]): Point {
  return scaled(points.reduce(add, [0, 0]), 1 / points.length);
}

function unit(v: Point): Point {
  return scaled(v, 1 / (Math.hypot(...v) || 1));
}

function dot(a: Point, b: Point): number {
  return a[0] * b[0] + a[1] * b[1];
}

function add(a: Point, b: Point): Point {
  return [a[0] + b[0], a[1] + b[1]];
}

function subtract(a: Point, b: Point): Point {
  return [a[0] - b[0], a[1] - b[1]];
}

function scaled(a: Point, by: number): Point {
  return [a[0] * by, a[1] * by];
}
