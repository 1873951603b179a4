import { type Plane, pageX, pageY, type Series } from "./series.ts";

/** Two points of the page: x₀, y₀, x₁, y₁. */
export type Ends = readonly [number, number, number, number];

/** A place on the page, points. */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A point of the page on which something is drawn. */
export type Mark = readonly [number, number];

/** How many marks a rectangle would hide. */
export function hiddenBy({ left, top, width, height }: Rectangle, marks: readonly Mark[]): number {
  return marks.filter(([x, y]) => x >= left && x <= left + width && y >= top && y <= top + height).length;
}

/** Marks along a straight line, half a letter apart. */
export function alongLine(plane: Plane, [x0, y0, x1, y1]: Ends): Mark[] {
  const length = Math.min(4000, Math.hypot(x1 - x0, y1 - y0));
  const steps = Math.max(1, Math.ceil((2 * length) / plane.theme.smallFontSize));
  return Array.from({ length: steps + 1 }, (_, k) => [
    x0 + ((x1 - x0) * k) / steps,
    y0 + ((y1 - y0) * k) / steps,
  ]);
}

/** Marks all over a rectangle. */
export function allOver(plane: Plane, { left, top, width, height }: Rectangle): Mark[] {
  const step = plane.theme.smallFontSize / 2;
  const rows = Array.from({ length: Math.ceil(height / step) + 1 }, (_, k) => Math.min(height, k * step));
  return rows.flatMap((y) => alongLine(plane, [left, top + y, left + width, top + y]));
}

/** Marks along all curves and intervals of the series. */
export function inked(plane: Plane, series: readonly Series[]): Mark[] {
  return series.flatMap((one) => {
    const { x, y, low = [], high = [], line } = one;
    if (one.interval !== "bars")
      return [
        ...alongCurve(plane, x, y, line !== "none"),
        ...alongCurve(plane, x, low, true),
        ...alongCurve(plane, x, high, true),
      ];
    const bars = Array.from(low, (from, k): Ends => {
      const px = pageX(plane, x[k]);
      return [px, pageY(plane, from), px, pageY(plane, high[k])];
    });
    return [
      ...alongCurve(plane, x, y, line !== "none"),
      ...bars.filter((ends) => ends.every(Number.isFinite)).flatMap((ends) => alongLine(plane, ends)),
    ];
  });
}

function alongCurve(plane: Plane, x: ArrayLike<number>, y: ArrayLike<number>, joined: boolean): Mark[] {
  const found: Mark[] = [];
  let before: Mark | undefined;
  for (let k = 0; k < y.length; k++) {
    const point: Mark = [pageX(plane, x[k]), pageY(plane, y[k])];
    if (!point.every(Number.isFinite)) before = undefined;
    else {
      if (joined && before) found.push(...alongLine(plane, [...before, ...point]));
      else found.push(point);
      before = point;
    }
  }
  return found;
}
