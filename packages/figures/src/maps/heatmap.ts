import { FigureError, requireLength } from "../errors.ts";
import { sequentialColour } from "../palette.ts";
import { coordinate, element } from "../svg.ts";
import { colourBar, HEAT_CLASSES } from "./colourbar.ts";
import { eventMarks, type NumberedPoint, spotMarks } from "./marks.ts";
import { finishMap, layOutMap, type MapOptions, type MapPage } from "./page.ts";
import type { MapBox } from "./projection.ts";
import { magnitudeQuantile } from "./saturation.ts";

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
  const { slab, corner } = projection;
  if (slab === undefined) return 0;
  const n = counts[slab.axis];
  const centre = slab.centre + corner[slab.axis];
  return Math.floor((centre - Math.floor(centre)) * n);
}

/** By how many whole edges what spans `low` … `low + width` is moved to lie in the box, at one end of it or at both. */
function turnsOf(low: number, width: number): number[] {
  const turns = Math.floor(low + 1e-9);
  return low - turns + width > 1 + 1e-9 ? [turns, turns + 1] : [turns];
}

/** Bins of one colour as one path; a thin stroke of the same colour closes the seams between them. */
function heatCells(
  page: MapPage,
  cells: { input: HeatMapInput; layer: number; range: readonly [number, number] },
): string {
  const { counts, values } = cells.input;
  const { axes, slab, corner: origin } = page.projection;
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
      // a bin across the edge is drawn at both: what sticks out of the box is covered
      for (const us of turnsOf(u / nu - origin[axes[0]], 1 / nu)) {
        for (const vs of turnsOf(v / nv - origin[axes[1]], 1 / nv)) {
          const corner = (s: number, t: number): string => {
            const [across, up] = [s / nu - origin[axes[0]] - us, t / nv - origin[axes[1]] - vs];
            return `${coordinate(page.x(across, up))} ${coordinate(page.y(across, up))}`;
          };
          paths[k] += `M${corner(u, v)}L${corner(u + 1, v)}L${corner(u + 1, v + 1)}L${corner(u, v + 1)}Z`;
        }
      }
    }
  }
  const drawn = paths.map((d, k) => {
    const colour = sequentialColour((k + 0.5) / HEAT_CLASSES);
    return d === "" ? "" : `\n${element("path", { d, fill: colour, stroke: colour })}`;
  });
  return element("g", { "stroke-width": 0.3 }, `${drawn.join("")}\n`);
}
