import { CURVE_COLOURS } from "../palette.ts";
import { coordinate, element, svgDocument, textElement } from "../svg.ts";
import { textWidth } from "../text.ts";
import { type StyleName, themeOf } from "../theme.ts";
import { linearTicks } from "./ticks.ts";

/** One curve around the centre. */
export interface PolarCurve {
  /** In the key. */
  readonly label: string;
  /** Radii ≥ 0 at equal steps of the angle, from 0° on, all the way round. */
  readonly radii: ArrayLike<number>;
  /** Points beside: angle (degrees) and radius each. */
  readonly points?: readonly (readonly [number, number])[];
}

/** What `polarPlot` draws. */
export interface PolarInput {
  readonly curves: readonly PolarCurve[];
  /** What the radius is; markup. */
  readonly label: string;
  readonly style?: StyleName;
}

/** Degrees at which the rings' radii stand, the one furthest from all curves. */
const RING_ANGLES = [75, 105, 60, 120, 30, 150, 15, 165];

/** Curves over an angle, 0° to the right and counted anticlockwise, with rings of equal radius, as an SVG document. */
export function polarPlot({ curves, label, style }: PolarInput): string {
  const theme = themeOf(style);
  const size = theme.smallFontSize;
  const { width, margin } = theme;
  const largest = curves.reduce(
    (most, { radii, points = [] }) =>
      Math.max(most, ...Array.from(radii), ...points.map(([, radius]) => radius)),
    0,
  );
  const reach = largest > 0 ? 1.05 * largest : 1;
  const outer = (width - 2 * margin) / 2 - textWidth("180°", size);
  const [x0, y0] = [width / 2, margin + size * 1.4 + outer];
  const at = (degrees: number, radius: number) => {
    const angle = (degrees * Math.PI) / 180;
    const r = (outer * radius) / reach;
    return [x0 + r * Math.cos(angle), y0 - r * Math.sin(angle)] as const;
  };
  const thin = { fill: "none", stroke: theme.faint, "stroke-width": theme.frameWidth * 0.6 };
  const rings = linearTicks(0, reach, 4).filter(({ value }) => value > 0 && value <= reach);
  const gapAt = (angle: number): number =>
    Math.min(
      ...curves.map(({ radii }) => {
        const radius = radii[Math.round((angle / 360) * radii.length) % radii.length];
        return Math.min(...rings.map(({ value }) => Math.abs(value - radius)));
      }),
    );
  const ringAngle = RING_ANGLES.reduce((best, angle) => (gapAt(angle) > gapAt(best) ? angle : best));
  let out = "";
  let labels = "";
  for (const { value, label: text } of rings) {
    out += element("circle", { cx: x0, cy: y0, r: (outer * value) / reach, ...thin });
    const [x, y] = at(ringAngle, value);
    labels += textElement(text, {
      x,
      y,
      "font-size": size * 0.9,
      fill: theme.ink,
      stroke: theme.background,
      "stroke-width": size * 0.25,
      "paint-order": "stroke",
      "text-anchor": "middle",
    });
  }
  for (let degrees = 0; degrees < 360; degrees += 45) {
    const [x, y] = at(degrees, reach);
    out += element("path", {
      d: `M${coordinate(x0)} ${coordinate(y0)}L${coordinate(x)} ${coordinate(y)}`,
      ...thin,
    });
    const [tx, ty] = at(degrees, reach * (1 + (1.05 * size) / outer));
    out += textElement(`${degrees}°`, {
      x: tx,
      y: ty + size * 0.35,
      "font-size": size,
      fill: theme.ink,
      "text-anchor": "middle",
    });
  }
  curves.forEach(({ radii, points = [] }, k) => {
    const colour = CURVE_COLOURS[k % CURVE_COLOURS.length];
    const step = 360 / radii.length;
    const path = Array.from(radii, (radius, n) => {
      const [x, y] = at(n * step, radius);
      return `${n === 0 ? "M" : "L"}${coordinate(x)} ${coordinate(y)}`;
    });
    out += element("path", {
      d: `${path.join("")}Z`,
      fill: "none",
      stroke: colour,
      "stroke-width": theme.lineWidth,
      "stroke-linejoin": "round",
    });
    for (const [degrees, radius] of points) {
      const [x, y] = at(degrees, radius);
      out += element("circle", { cx: x, cy: y, r: theme.lineWidth * 1.2, fill: colour });
    }
  });
  out += labels;
  let y = y0 + outer + size * 2.6;
  out += textElement(label, { x: margin, y, "font-size": size, fill: theme.ink });
  const widest = Math.max(...curves.map(({ label: text }) => textWidth(text, size))) + 2 * size;
  const columns = Math.max(1, Math.min(3, Math.floor((width - 2 * margin) / widest)));
  const across = (width - 2 * margin) / columns;
  curves.forEach(({ label: text }, k) => {
    const column = k % columns;
    if (column === 0) y += size * 1.3;
    const x = margin + column * across;
    out += element("path", {
      d: `M${coordinate(x)} ${coordinate(y - size * 0.35)}h${coordinate(size)}`,
      stroke: CURVE_COLOURS[k % CURVE_COLOURS.length],
      "stroke-width": theme.lineWidth,
    });
    out += textElement(text, { x: x + size * 1.3, y, "font-size": size, fill: theme.ink });
  });
  return svgDocument(width, y + margin, theme.font, theme.background, out);
}
