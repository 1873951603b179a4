import { coordinate, element, svgDocument, textElement } from "../svg.ts";
import { textWidth } from "../text.ts";
import { type StyleName, type Theme, themeOf } from "../theme.ts";
import type { MapBox, Projection, Slab } from "./projection.ts";
import { projectBox } from "./projection.ts";

/** What every map of a box takes. */
export interface MapOptions {
  readonly style?: StyleName;
  /** Width of the whole figure in points; default of the style (paper 247 pt = 8.7 cm, slides 480 pt). */
  readonly width?: number;
  /** Above the map; markup `*italic*`, `_{sub}`, `^{super}`. Default none. */
  readonly title?: string;
  /** Draw the scale legend below the map; default true. */
  readonly legend?: boolean;
  /** 3D only: what part of the box is shown. */
  readonly slab?: Slab;
  /** d, λ: the corner of the box that is drawn; default that at the origin of the coordinates. */
  readonly origin?: ArrayLike<number> | undefined;
  /** Name of the unit of length; default λ. */
  readonly lengthUnit?: string;
}

/** The page of a map: the transformation from fractional coordinates to points, and room for what is around. */
export interface MapPage {
  readonly theme: Theme;
  readonly projection: Projection;
  readonly width: number;
  readonly height: number;
  /** Points per λ. */
  readonly scale: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** Page coordinates of the fractional point (s, t): x(s, t), y(s, t). */
  readonly x: (s: number, t: number) => number;
  readonly y: (s: number, t: number) => number;
  readonly title: string;
  readonly lengthUnit: string;
}

/** Lays out a map: margins, title, the box as large as the width allows, `footer` points for a legend. */
export function layOutMap(box: MapBox, options: MapOptions, footer: number): MapPage {
  const theme = themeOf(options.style);
  const projection = projectBox(box, options.slab, options.origin);
  const [ax, bx, by] = [projection.across[0], projection.up[0], projection.up[1]];
  const minX = Math.min(0, bx);
  const extent = Math.max(ax, ax + bx) - minX;
  const width = options.width ?? theme.width;
  const { margin } = theme;
  const scale = (width - 2 * margin) / extent;
  const title = options.title ?? "";
  const top = margin + (title === "" && projection.slab === undefined ? 0 : theme.fontSize * 1.5);
  const bottom = top + by * scale;
  return {
    theme,
    projection,
    width,
    height: bottom + margin + footer,
    scale,
    left: margin,
    right: width - margin,
    top,
    bottom,
    x: (s, t) => margin + (s * ax + t * bx - minX) * scale,
    y: (_, t) => bottom - t * by * scale,
    title,
    lengthUnit: options.lengthUnit ?? "λ",
  };
}

/** Outline of the box on the page. */
export function outline(page: MapPage): string {
  const corner = (s: number, t: number): string => `${coordinate(page.x(s, t))} ${coordinate(page.y(s, t))}`;
  return `M${corner(0, 0)}L${corner(1, 0)}L${corner(1, 1)}L${corner(0, 1)}Z`;
}

/** Puts the drawn parts together under the frame and title. */
export function finishMap(page: MapPage, content: string, legend: string): string {
  const { theme } = page;
  // what sticks out of the box (thick lines, arrow heads, discs) is covered by the page around it
  const around = element("path", {
    d: `M0 0H${coordinate(page.width)}V${coordinate(page.height)}H0Z${outline(page)}`,
    fill: theme.background,
    "fill-rule": "evenodd",
  });
  const frame = element("path", {
    d: outline(page),
    fill: "none",
    stroke: theme.ink,
    "stroke-width": theme.frameWidth,
    "stroke-linejoin": "round",
  });
  const title =
    page.title === ""
      ? ""
      : `${textElement(page.title, {
          x: page.left,
          y: theme.margin + theme.fontSize * 0.8,
          "font-size": theme.fontSize,
          fill: theme.ink,
        })}\n`;
  const body = `${content}\n${around}\n${title}${slabNote(page)}${frame}${legend === "" ? "" : `\n${legend}`}`;
  return svgDocument(page.width, page.height, theme.font, theme.background, body);
}

/** Of a 3D box, which slice is shown. */
function slabNote({ theme, projection: { slab }, right, lengthUnit }: MapPage): string {
  if (slab === undefined) return "";
  const [axis, centre] = ["xyz"[slab.axis], Number(slab.centre.toFixed(2))];
  const words =
    slab.half >= 0.5
      ? "the whole depth"
      : `slab at *${axis}* = ${centre} *L*, ${legendNumber(slab.thickness)} ${lengthUnit} thick`;
  return `${textElement(words, {
    x: right,
    y: theme.margin + theme.smallFontSize * 0.8,
    "text-anchor": "end",
    "font-size": theme.smallFontSize,
    fill: theme.ink,
  })}\n`;
}

/** The largest of 1, 2, 5 × 10^k that is at most `limit`. */
function niceBelow(limit: number): number {
  const power = 10 ** Math.floor(Math.log10(limit));
  const digit = limit / power;
  return power * (digit >= 5 ? 5 : digit >= 2 ? 2 : 1);
}

function lengthOfBar({ left, right, scale }: MapPage): number {
  return niceBelow(((right - left) * 0.16) / scale);
}

/** How wide the bar or its label is on the page. */
export function lengthBarWidth(page: MapPage): number {
  const length = lengthOfBar(page);
  return Math.max(
    length * page.scale,
    (length * page.scale + textWidth(`${length} ${page.lengthUnit}`, page.theme.smallFontSize)) / 2,
  );
}

/** A bar of a round length at the right end of the legend strip, with its label. */
export function lengthBar(page: MapPage, baseline: number): string {
  const { theme } = page;
  const length = lengthOfBar(page);
  const tall = theme.smallFontSize * 0.3;
  const x1 = page.right;
  const x0 = x1 - length * page.scale;
  return (
    element("path", {
      d: `M${coordinate(x0)} ${coordinate(baseline - tall)}v${coordinate(2 * tall)}m0 ${coordinate(-tall)}H${coordinate(x1)}m0 ${coordinate(-tall)}v${coordinate(2 * tall)}`,
      stroke: theme.ink,
      "stroke-width": theme.frameWidth,
      fill: "none",
    }) +
    textElement(`${length} ${page.lengthUnit}`, {
      // on the page where the label is longer than the bar
      x: Math.min(
        (x0 + x1) / 2,
        page.width - textWidth(`${length} ${page.lengthUnit}`, theme.smallFontSize) / 2,
      ),
      y: baseline + theme.smallFontSize * 1.35,
      "text-anchor": "middle",
      "font-size": theme.smallFontSize,
      fill: theme.ink,
    })
  );
}

/** A number as a reader wants it in a legend: three significant digits, a true minus, powers as 10ⁿ. */
export function legendNumber(value: number): string {
  const size = Math.abs(value);
  const sign = value < 0 ? "−" : "";
  if (size !== 0 && (size >= 1e4 || size < 1e-2)) {
    const power = Math.floor(Math.log10(size) + 1e-12);
    const digit = Number((size / 10 ** power).toPrecision(2));
    const exponent = String(power).replace("-", "−");
    return digit === 1 ? `${sign}10^{${exponent}}` : `${sign}${digit}×10^{${exponent}}`;
  }
  return `${sign}${Number(size.toPrecision(3))}`;
}
