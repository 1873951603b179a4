import { SoftfieldError } from "../errors.ts";
import { type Box, inverseVectors } from "../space/index.ts";

/** How a box is cut into cells for a neighbour list. */
export interface CellGrid {
  /** cells along x, y, z (1 along z in 2D) */
  readonly cells: readonly [number, number, number];
  readonly cellCount: number;
  /** h⁻¹, d×d, lower triangular */
  readonly inverse: Float64Array;
  /** distance between opposite faces, one an axis */
  readonly widths: readonly number[];
}

/** A grid whose cells are at least `reach` wide; unit λ. (Finer cells test fewer pairs, but more and shorter runs: slower.) */
export function cellGrid(box: Box, reach: number): CellGrid {
  const d = box.dimension;
  const inverse = inverseVectors(box);
  const widths: number[] = [];
  for (let a = 0; a < d; a++) {
    let square = 0;
    for (let c = 0; c < d; c++) square += inverse[c * d + a] * inverse[c * d + a];
    widths.push(1 / Math.sqrt(square));
  }
  const along = (a: number) => (a < d ? Math.max(1, Math.floor(widths[a] / reach)) : 1);
  const cells = [along(0), along(1), along(2)] as const;
  return { cells, cellCount: cells[0] * cells[1] * cells[2], inverse, widths };
}

/** Cells to either side that a distance reaches over, one number an axis (0 along z in 2D). */
export function cellReach(grid: CellGrid, distance: number): [number, number, number] {
  const along = (a: number) =>
    a < grid.widths.length ? Math.ceil((distance * grid.cells[a]) / grid.widths[a]) : 0;
  return [along(0), along(1), along(2)];
}

/** Throws "geometry" where a particle would interact with its own image. */
export function checkCutoff(grid: CellGrid, cutoff: number): void {
  const narrowest = Math.min(...grid.widths);
  if (narrowest > cutoff) return;
  throw new SoftfieldError(
    "geometry",
    `the box is ${narrowest.toPrecision(4)} wide, less than the cutoff ${cutoff.toPrecision(4)}: ` +
      "particles would interact with their own images; take more particles",
    { field: "box" },
  );
}

/** Vectors of all image shifts up to ±images along x, y and z, `stride` f64 each, x fastest; none along z in 2D. */
export function shiftVectors(box: Box, images: number, stride: 2 | 4): Float64Array {
  const d = box.dimension;
  const width = 2 * images + 1;
  const count = width * width * width;
  const shifts = new Float64Array(count * stride);
  for (let k = 0; k < count; k++) {
    let rest = k;
    for (let a = 0; a < d; a++) {
      const turns = (rest % width) - images;
      rest = Math.floor(rest / width);
      for (let c = 0; c <= a; c++) shifts[k * stride + c] += turns * box.vectors[a * d + c];
    }
  }
  return shifts;
}
