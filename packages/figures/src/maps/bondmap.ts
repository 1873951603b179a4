import { requireLength } from "../errors.ts";
import { coordinate, element, textElement } from "../svg.ts";
import { textWidth } from "../text.ts";
import { finishMap, layOutMap, legendNumber, lengthBar, type MapOptions, type MapPage } from "./page.ts";
import { fractional, fractionalFromCorner, inSlab, type MapBox, wrapSegment } from "./projection.ts";
import { magnitudeQuantile, saturationOf } from "./saturation.ts";

/** What `bondMap` draws: one value a bond. */
export interface BondMapInput extends MapOptions {
  readonly box: MapBox;
  /** N×d, unit λ, wrapped or not. */
  readonly positions: ArrayLike<number>;
  /** m, first particle of each bond. */
  readonly i: ArrayLike<number>;
  /** m×d, x_j − x_i through the image that the bond joins, unit λ. */
  readonly du: ArrayLike<number>;
  /** m, signed value of each bond, e.g. E_α. Values that are not finite are left out. */
  readonly values: ArrayLike<number>;
  /** N; with it the particles are drawn below the bonds as faint discs, larger for species 1. */
  readonly species?: ArrayLike<number>;
  /** |value| at which width and opacity are full; default the 0.995 quantile of |value| in view, two digits. */
  readonly saturation?: number;
  /** Weight = min(1, |value|/saturation)^exponent; default 1.5. */
  readonly exponent?: number;
  /** At most so many bonds are drawn, the largest |value| first; default 60,000. */
  readonly maxBonds?: number;
  /** Name of the value in the legend, in the markup of titles; default `*E*_{α}`. */
  readonly label?: string;
}

/** Number of classes of width and opacity; each class and sign is one path. */
export const BOND_CLASSES = 32;
/** Opacity of the faintest class drawn and of the fullest. */
const OPACITY = [0.08, 1] as const;
/** Width of the faintest class as a part of the fullest. */
const THINNEST = 0.2;

/** Stroke of a class k of BOND_CLASSES, 1 … BOND_CLASSES, for a width of full weight. */
function stroke(k: number, full: number): { width: number; opacity: number } {
  const weight = k / BOND_CLASSES;
  return {
    width: full * (THINNEST + (1 - THINNEST) * weight),
    opacity: OPACITY[0] + (OPACITY[1] - OPACITY[0]) * weight,
  };
}

/** Width of a bond of full weight: thinner where bonds are short on the page. */
function fullWidth(page: MapPage, bondLength: number): number {
  return Math.min(page.theme.lineWidth * 1.6, Math.max(0.5, 0.42 * bondLength * page.scale));
}

/**
 * A map of bonds: thickness and opacity by |value|, orange where negative, black where positive (Figs. 1 right and
 * 3 left of Zylberg 2017), as an SVG document.
 *
 * The weight w = min(1, |value|/saturation)^exponent is rounded to 1/32; width grows from 20 % to 100 % of a full
 * line and opacity from 8 % to 100 % with it; w < 1/64 is not drawn. A bond across the edge of the box is drawn as
 * its two halves. In 3D the bonds whose midpoint lies in the slab are drawn. O(m) (O(m log m) to find the scale).
 */
export function bondMap(input: BondMapInput): string {
  const { box, values, i, du } = input;
  const d = box.dimension;
  const m = values.length;
  requireLength("i", i, m);
  requireLength("du", du, m * d);
  const footer = (input.legend ?? true) ? legendHeight(input) : 0;
  const page = layOutMap(box, input, footer);
  const seen = bondsInView(input, page);
  const sizes = seen.map((bond) => Math.abs(values[bond]));
  const saturation = input.saturation ?? saturationOf(sizes);
  const exponent = input.exponent ?? 1.5;
  const maxBonds = input.maxBonds ?? 60_000;
  const floor = seen.length <= maxBonds ? 0 : magnitudeQuantile(sizes, 1 - maxBonds / seen.length);

  const paths = new ClassPaths(page);
  let length = 0;
  for (const bond of seen) {
    for (let c = 0; c < d; c++) length += du[bond * d + c] ** 2 / seen.length;
    const value = values[bond];
    if (Math.abs(value) < floor) continue;
    const weight = Math.min(1, Math.abs(value) / saturation) ** exponent;
    const k = Math.round(weight * BOND_CLASSES);
    if (k > 0) paths.add(k, value < 0, input, bond);
  }
  const full = fullWidth(page, Math.sqrt(length || 1));
  const discs = input.species === undefined ? "" : particleDiscs(page, input);
  const legend = footer === 0 ? "" : bondLegend(page, { input, saturation, exponent, full });
  return finishMap(page, discs + paths.render(full), legend);
}

/** Indices of the bonds with a finite value whose midpoint lies in view. */
function bondsInView(input: BondMapInput, { projection }: MapPage): number[] {
  const { positions, i, du, values } = input;
  const d = projection.dimension;
  const seen: number[] = [];
  for (let bond = 0; bond < values.length; bond++) {
    if (!Number.isFinite(values[bond])) continue;
    const slab = projection.slab;
    if (slab !== undefined) {
      const start = fractionalFromCorner(projection, positions, i[bond] * d, slab.axis);
      if (!inSlab(projection, start + fractional(projection, du, bond * d, slab.axis) / 2)) continue;
    }
    seen.push(bond);
  }
  return seen;
}

/** Path data gathered by class and sign, in the order in which they are painted: the heaviest last. */
class ClassPaths {
  readonly page: MapPage;
  readonly positive: string[] = new Array(BOND_CLASSES + 1).fill("");
  readonly negative: string[] = new Array(BOND_CLASSES + 1).fill("");

  constructor(page: MapPage) {
    this.page = page;
  }

  add(k: number, isNegative: boolean, { positions, i, du }: BondMapInput, bond: number): void {
    const { projection, x, y } = this.page;
    const d = projection.dimension;
    const [a, b] = projection.axes;
    const start = i[bond] * d;
    const s = fractionalFromCorner(projection, positions, start, a);
    const t = fractionalFromCorner(projection, positions, start, b);
    const ds = fractional(projection, du, bond * d, a);
    const dt = fractional(projection, du, bond * d, b);
    const target = isNegative ? this.negative : this.positive;
    wrapSegment([s, t], [ds, dt], (s0, t0, s1, t1) => {
      const [x0, y0] = [Math.round(x(s0, t0) * 100), Math.round(y(s0, t0) * 100)];
      const [x1, y1] = [Math.round(x(s1, t1) * 100), Math.round(y(s1, t1) * 100)];
      target[k] += `M${x0 / 100} ${y0 / 100}l${(x1 - x0) / 100} ${(y1 - y0) / 100}`;
    });
  }

  render(full: number): string {
    const { theme } = this.page;
    let out = "";
    for (let k = 1; k <= BOND_CLASSES; k++) {
      const { width, opacity } = stroke(k, full);
      for (const [data, colour] of [
        [this.positive[k], theme.ink],
        [this.negative[k], theme.negative],
      ] as const) {
        if (data === "") continue;
        out += `\n${element("path", { d: data, stroke: colour, "stroke-width": width, "stroke-opacity": opacity })}`;
      }
    }
    return element("g", { fill: "none", "stroke-linecap": "butt" }, `${out}\n`);
  }
}

/** Faint discs below the bonds: radius 0.38 λ, or 0.5 λ for species 1. */
function particleDiscs(page: MapPage, { positions, species }: BondMapInput): string {
  const { projection, scale } = page;
  const d = projection.dimension;
  const data = ["", ""];
  for (let p = 0; p < species!.length; p++) {
    if (
      projection.slab &&
      !inSlab(projection, fractionalFromCorner(projection, positions, p * d, projection.slab.axis))
    )
      continue;
    const [s, t] = projection.axes.map((k) => {
      const f = fractionalFromCorner(projection, positions, p * d, k);
      return f - Math.floor(f);
    }) as [number, number];
    data[species![p] === 1 ? 1 : 0] += `M${coordinate(page.x(s, t))} ${coordinate(page.y(s, t))}h0`;
  }
  const circles = data.map((path, large) =>
    path === ""
      ? ""
      : `${element("path", { d: path, stroke: "#eceff1", "stroke-width": (large === 1 ? 1 : 0.76) * scale, "stroke-linecap": "round" })}\n`,
  );
  return circles.join("");
}

function legendHeight(input: BondMapInput): number {
  return input.style === "slides" ? 44 : 20;
}

/** Five sample lines from −saturation to +saturation, and a length bar. */
function bondLegend(
  page: MapPage,
  {
    input,
    saturation,
    exponent,
    full,
  }: { input: BondMapInput; saturation: number; exponent: number; full: number },
): string {
  const { theme } = page;
  const size = theme.smallFontSize;
  const line = page.bottom + theme.margin + size * 0.5;
  const label = input.label ?? "*E*_{α}";
  const first = page.left + textWidth(label, size) + size * 0.3;
  const step = Math.min(0.155 * (page.right - page.left), (0.8 * (page.right - page.left) - first) / 4);
  const samples = [-1, -0.5, 0.5, 1];
  let out = textElement(label, { x: page.left, y: line + size * 0.35, "font-size": size, fill: theme.ink });
  samples.forEach((part, n) => {
    const { width, opacity } = stroke(
      Math.max(1, Math.round(Math.abs(part) ** exponent * BOND_CLASSES)),
      full,
    );
    const x = first + n * step;
    const bound = part === -1 ? "≤ " : part === 1 ? "≥ " : "";
    out += element("path", {
      d: `M${coordinate(x + step * 0.2)} ${coordinate(line)}h${coordinate(step * 0.6)}`,
      stroke: part < 0 ? theme.negative : theme.ink,
      "stroke-width": width,
      "stroke-opacity": opacity,
    });
    out += textElement(`${bound}${legendNumber(part * saturation)}`, {
      x: x + step / 2,
      y: line + size * 1.35,
      "text-anchor": "middle",
      "font-size": size,
      fill: theme.ink,
    });
  });
  return out + lengthBar(page, line);
}
