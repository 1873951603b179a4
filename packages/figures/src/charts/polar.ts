import { CURVE_COLOURS } from "../palette.ts";
import { coordinate, element, svgDocument, textElement } from "../svg.ts";
import { textWidth } from "../text.ts";
import { type StyleName, type Theme, themeOf } from "../theme.ts";
import { linearTicks, type Tick } from "./ticks.ts";

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
  const { width, margin, smallFontSize: size } = theme;
  const largest = curves.reduce(
    (most, { radii, points = [] }) =>
      Math.max(most, ...Array.from(radii), ...points.map(([, radius]) => radius)),
    0,
  );
  const reach = largest > 0 ? 1.05 * largest : 1;
  const outer = (width - 2 * margin) / 2 - textWidth("180°", size);
  const dial = { theme, reach, outer, centre: [width / 2, margin + size * 1.4 + outer] as const };
  const rings = linearTicks(0, reach, 4).filter(({ value }) => value > 0 && value <= reach);
  const { circles, labels } = drawnRings(dial, rings, clearestAngle(curves, rings));
  const lines = curves.map((curve, k) => drawnCurve(dial, curve, colourOf(k)));
  const top = dial.centre[1] + outer + size * 2.6;
  const name = textElement(label, { x: margin, y: top, "font-size": size, fill: theme.ink });
  const key = drawnKey(theme, curves, top);
  const content = circles + spokes(dial) + lines.join("") + labels + name + key.content;
  return svgDocument(width, key.bottom + margin, theme.font, theme.background, content);
}

/** Where radii and angles lie on the page. */
interface Dial {
  readonly theme: Theme;
  readonly centre: readonly [number, number];
  /** The largest radius, and how long it is. */
  readonly reach: number;
  readonly outer: number;
}

const colourOf = (k: number) => CURVE_COLOURS[k % CURVE_COLOURS.length];

function placeOn({ centre: [x0, y0], outer, reach }: Dial, degrees: number, radius: number) {
  const angle = (degrees * Math.PI) / 180;
  const r = (outer * radius) / reach;
  return [x0 + r * Math.cos(angle), y0 - r * Math.sin(angle)] as const;
}

const thin = ({ faint, frameWidth }: Theme) => ({
  fill: "none",
  stroke: faint,
  "stroke-width": frameWidth * 0.6,
});

/** Of `RING_ANGLES` the one at which no curve comes near to a ring's number. */
function clearestAngle(curves: readonly PolarCurve[], rings: readonly Tick[]): number {
  const gapAt = (angle: number): number =>
    Math.min(
      ...curves.map(({ radii }) => {
        const radius = radii[Math.round((angle / 360) * radii.length) % radii.length];
        return Math.min(...rings.map(({ value }) => Math.abs(value - radius)));
      }),
    );
  return RING_ANGLES.reduce((best, angle) => (gapAt(angle) > gapAt(best) ? angle : best));
}

/** Rings, and their numbers, which go on top of the curves. */
function drawnRings(dial: Dial, rings: readonly Tick[], angle: number) {
  const { theme, centre, outer, reach } = dial;
  const [cx, cy] = centre;
  const circles = rings.map(({ value }) =>
    element("circle", { cx, cy, r: (outer * value) / reach, ...thin(theme) }),
  );
  const labels = rings.map(({ value, label }) => {
    const [x, y] = placeOn(dial, angle, value);
    return textElement(label, {
      x,
      y,
      "font-size": theme.smallFontSize * 0.9,
      fill: theme.ink,
      stroke: theme.background,
      "stroke-width": theme.smallFontSize * 0.25,
      "paint-order": "stroke",
      "text-anchor": "middle",
    });
  });
  return { circles: circles.join(""), labels: labels.join("") };
}

function spokes(dial: Dial): string {
  const { theme, centre, outer, reach } = dial;
  const [x0, y0] = centre;
  const size = theme.smallFontSize;
  let out = "";
  for (let degrees = 0; degrees < 360; degrees += 45) {
    const [x, y] = placeOn(dial, degrees, reach);
    out += element("path", {
      d: `M${coordinate(x0)} ${coordinate(y0)}L${coordinate(x)} ${coordinate(y)}`,
      ...thin(theme),
    });
    const [tx, ty] = placeOn(dial, degrees, reach * (1 + (1.05 * size) / outer));
    out += textElement(`${degrees}°`, {
      x: tx,
      y: ty + size * 0.35,
      "font-size": size,
      fill: theme.ink,
      "text-anchor": "middle",
    });
  }
  return out;
}

function drawnCurve(dial: Dial, { radii, points = [] }: PolarCurve, colour: string): string {
  const { lineWidth } = dial.theme;
  const step = 360 / radii.length;
  const path = Array.from(radii, (radius, n) => {
    const [x, y] = placeOn(dial, n * step, radius);
    return `${n === 0 ? "M" : "L"}${coordinate(x)} ${coordinate(y)}`;
  });
  const line = element("path", {
    d: `${path.join("")}Z`,
    fill: "none",
    stroke: colour,
    "stroke-width": lineWidth,
    "stroke-linejoin": "round",
  });
  const discs = points.map(([degrees, radius]) => {
    const [cx, cy] = placeOn(dial, degrees, radius);
    return element("circle", { cx, cy, r: lineWidth * 1.2, fill: colour });
  });
  return line + discs.join("");
}

/** The curves' names below `top`, in up to three columns. */
function drawnKey(theme: Theme, curves: readonly PolarCurve[], top: number) {
  const { width, margin, smallFontSize: size } = theme;
  const widest = Math.max(...curves.map(({ label: text }) => textWidth(text, size))) + 2 * size;
  const columns = Math.max(1, Math.min(3, Math.floor((width - 2 * margin) / widest)));
  const across = (width - 2 * margin) / columns;
  let y = top;
  let content = "";
  curves.forEach(({ label: text }, k) => {
    const column = k % columns;
    if (column === 0) y += size * 1.3;
    const x = margin + column * across;
    content += element("path", {
      d: `M${coordinate(x)} ${coordinate(y - size * 0.35)}h${coordinate(size)}`,
      stroke: colourOf(k),
      "stroke-width": theme.lineWidth,
    });
    content += textElement(text, { x: x + size * 1.3, y, "font-size": size, fill: theme.ink });
  });
  return { content, bottom: y };
}
