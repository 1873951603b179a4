import { arrowHead } from "../arrow.ts";
import { FigureError, requireLength } from "../errors.ts";
import { coordinate, element, textElement } from "../svg.ts";
import type { Theme } from "../theme.ts";
import { finishMap, layOutMap, legendNumber, lengthBar, type MapOptions, type MapPage } from "./page.ts";
import { fractional, fractionalFromCorner, inSlab, type MapBox, wrapSegment } from "./projection.ts";
import { magnitudeQuantile, saturationOf } from "./saturation.ts";

/** What `displacementMap` draws: one vector a particle. */
export interface DisplacementMapInput extends MapOptions {
  readonly box: MapBox;
  /** N×d, unit λ, wrapped or not. */
  readonly positions: ArrayLike<number>;
  /** N×d, e.g. the thermal displacement X (Eq. 2, Zylberg 2017), unit λ/ε. */
  readonly displacements: ArrayLike<number>;
  /** Length of an arrow against |X|: proportional (default), or log(1 + 99|X|/saturation)/log(100). */
  readonly scale?: "linear" | "log";
  /** |X| drawn with the full arrow length; larger ones are cut to it. Default the 0.995 quantile, two digits. */
  readonly saturation?: number;
  /** Arrow length at saturation, unit λ of the map; default 2.5 mean particle spacings. */
  readonly arrowLength?: number;
  /** Subtract the mean vector first: X is defined up to a translation. Default true. */
  readonly centred?: boolean;
  /** At most so many arrows are drawn, the longest first; default 30,000. */
  readonly maxArrows?: number;
  /** Name of the vector in the legend; default `|*X*|`. */
  readonly label?: string;
  /** Of the vectors, in the legend; default λ/ε. */
  readonly unit?: string;
}

/** Arrows shorter than this on the page (pt) are not drawn. */
const SHORTEST = 0.15;

/**
 * A map of vectors as arrows from the particles (Fig. 1 left of Zylberg 2017), as an SVG document.
 * Arrows across the edge of the box are drawn in two halves; in 3D the particles of the slab, their vectors
 * projected along its axis. O(N) (O(N log N) to find the scale).
 */
export function displacementMap(input: DisplacementMapInput): string {
  const { box, positions, displacements } = input;
  const d = box.dimension;
  if (positions.length % d !== 0)
    throw new FigureError(
      "positions",
      `positions has ${positions.length} entries, no multiple of dimension ${d}.`,
    );
  requireLength("displacements", displacements, positions.length);
  const footer = (input.legend ?? true) ? (input.style === "slides" ? 44 : 20) : 0;
  const page = layOutMap(box, input, footer);
  const arrows = projectArrows(input, page);
  const saturation = input.saturation ?? saturationOf(arrows.sizes);
  const { across, up } = page.projection;
  const count = Math.max(1, arrows.sizes.length);
  const spacing = Math.sqrt((across[0] * up[1]) / count);
  const arrowLength = input.arrowLength ?? 2.5 * spacing;

  const maxArrows = input.maxArrows ?? 30_000;
  const floor = count <= maxArrows ? 0 : magnitudeQuantile(arrows.sizes, 1 - maxArrows / count);

  let shafts = "";
  let heads = "";
  for (let n = 0; n < arrows.sizes.length; n++) {
    const size = arrows.sizes[n];
    if (!(size > 0) || size < floor) continue;
    const part = Math.min(1, size / saturation);
    const drawn = (input.scale === "log" ? Math.log(1 + 99 * part) / Math.log(100) : part) * arrowLength;
    if (drawn * page.scale < SHORTEST) continue;
    const [s, t, ds, dt] = arrows.vectors.slice(4 * n, 4 * n + 4) as [number, number, number, number];
    const factor = drawn / size;
    wrapSegment([s, t], [ds * factor, dt * factor], (s0, t0, s1, t1) => {
      shafts += `M${coordinate(page.x(s0, t0))} ${coordinate(page.y(s0, t0))}L${coordinate(page.x(s1, t1))} ${coordinate(page.y(s1, t1))}`;
    });
    heads += wrappedHead(page, [s, t, ds * factor, dt * factor]);
  }
  const { theme } = page;
  const width = Math.min(theme.lineWidth * 0.5, 0.16 * spacing * page.scale);
  const content = `${element("path", { d: shafts, fill: "none", stroke: theme.ink, "stroke-width": width })}
${element("path", { d: heads, fill: theme.ink })}`;
  const legend = footer === 0 ? "" : arrowLegend(page, { input, saturation, arrowLength, width });
  return finishMap(page, content, legend);
}

/** Start and vector of each arrow in fractional coordinates of the drawn edges, and its drawn-plane length in λ. */
function projectArrows(
  input: DisplacementMapInput,
  { projection }: MapPage,
): { vectors: number[]; sizes: number[] } {
  const { positions, displacements } = input;
  const d = projection.dimension;
  const mean = new Float64Array(d);
  if (input.centred ?? true)
    for (let k = 0; k < displacements.length; k++)
      mean[k % d] += displacements[k] / (displacements.length / d);
  const vectors: number[] = [];
  const sizes: number[] = [];
  const own = new Float64Array(d);
  const [a, b] = projection.axes;
  for (let p = 0; p < positions.length / d; p++) {
    const slab = projection.slab;
    if (slab && !inSlab(projection, fractionalFromCorner(projection, positions, p * d, slab.axis))) continue;
    for (let c = 0; c < d; c++) own[c] = displacements[p * d + c] - mean[c];
    const ds = fractional(projection, own, 0, a);
    const dt = fractional(projection, own, 0, b);
    const size = Math.hypot(ds * projection.across[0] + dt * projection.up[0], dt * projection.up[1]);
    if (!Number.isFinite(size)) continue;
    const s = fractionalFromCorner(projection, positions, p * d, a);
    const t = fractionalFromCorner(projection, positions, p * d, b);
    vectors.push(s - Math.floor(s), t - Math.floor(t), ds, dt);
    sizes.push(size);
  }
  return { vectors, sizes };
}

/** A head is no longer than this, pt: wider than the shaft at any size of lines. */
function largestHead({ lineWidth }: Theme): number {
  return 3 * lineWidth;
}

/** The head of an arrow, moved into the box with its tip. */
function wrappedHead(page: MapPage, [s, t, ds, dt]: readonly [number, number, number, number]): string {
  const tipS = s + ds - Math.floor(s + ds);
  const tipT = t + dt - Math.floor(t + dt);
  const [x, y] = [page.x(tipS, tipT), page.y(tipS, tipT)];
  return arrowHead(
    [x, y],
    [page.x(tipS, tipT) - page.x(tipS - ds, tipT - dt), y - page.y(tipS - ds, tipT - dt)],
    largestHead(page.theme),
  );
}

/** One arrow of full length with its value, and a length bar. */
function arrowLegend(
  page: MapPage,
  scale: { input: DisplacementMapInput; saturation: number; arrowLength: number; width: number },
): string {
  const { theme } = page;
  const { input } = scale;
  const size = theme.smallFontSize;
  const line = page.bottom + theme.margin + size * 0.5;
  const length = scale.arrowLength * page.scale;
  const x0 = page.left + 1;
  const law = input.scale === "log" ? " (arrow length logarithmic)" : "";
  return (
    element("path", {
      d: `M${coordinate(x0)} ${coordinate(line)}h${coordinate(length)}`,
      stroke: theme.ink,
      "stroke-width": scale.width,
    }) +
    element("path", { d: arrowHead([x0 + length, line], [length, 0], largestHead(theme)), fill: theme.ink }) +
    textElement(
      `${input.label ?? "|*X*|"} ≥ ${legendNumber(scale.saturation)} ${input.unit ?? "λ/ε"}${law}`,
      {
        x: x0 + length + size * 0.6,
        y: line + size * 0.35,
        "font-size": size,
        fill: theme.ink,
      },
    ) +
    lengthBar(page, line)
  );
}
