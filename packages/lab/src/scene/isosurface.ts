/** Corners of a cube by their bits x, y, z; six tetrahedra about its diagonal fill it. */
const TETRAHEDRA = [
  [0, 1, 3, 7],
  [0, 3, 2, 7],
  [0, 2, 6, 7],
  [0, 6, 4, 7],
  [0, 4, 5, 7],
  [0, 5, 1, 7],
] as const;

/** A field on the corners of a finer grid that goes once round the box. */
interface Fine {
  readonly counts: readonly [number, number, number];
  readonly values: Float32Array;
}

/** Between two bins so many values are interpolated. */
const FINER = 2;
/** No grid is finer than this along an edge. */
const MAX_POINTS = 48;

/**
 * Where a periodic field of bins (x fastest) is `threshold`: triangles, each vertex six numbers, its place in fractions
 * of the box and the direction in which the field falls. Surfaces are cut at the faces of the box and closed there,
 * as the field counts as low outside. `shift`: where the box of the picture begins, in fractions of that of the bins.
 * Marching tetrahedra, O(cells).
 */
export function isosurface(
  counts: readonly number[],
  values: Float32Array,
  threshold: number,
  shift: readonly number[] = [0, 0, 0],
): Float32Array {
  const fine = refined(counts, values, shift);
  const [nx, ny, nz] = fine.counts;
  const out: number[] = [];
  const at = (i: number, j: number, k: number): number =>
    i <= 0 || j <= 0 || k <= 0 || i >= nx || j >= ny || k >= nz
      ? Math.min(threshold - 1e-3, inside(fine, i, j, k))
      : inside(fine, i, j, k);
  const corner = new Float64Array(8);
  for (let k = 0; k < nz; k++)
    for (let j = 0; j < ny; j++)
      for (let i = 0; i < nx; i++) {
        let above = 0;
        for (let c = 0; c < 8; c++) {
          corner[c] = at(i + (c & 1), j + ((c >> 1) & 1), k + (c >> 2));
          if (corner[c] >= threshold) above++;
        }
        if (above === 0 || above === 8) continue;
        for (const tetrahedron of TETRAHEDRA) cut(fine, [i, j, k], tetrahedron, corner, threshold, out);
      }
  return Float32Array.from(out);
}

function inside({ counts: [nx, ny, nz], values }: Fine, i: number, j: number, k: number): number {
  return values[((i + nx) % nx) + nx * (((j + ny) % ny) + ny * ((k + nz) % nz))];
}

/** Trilinear, from the middles of bins to a grid of corners. */
function refined(counts: readonly number[], values: Float32Array, shift: readonly number[]): Fine {
  const finer = counts.map((n) => Math.max(n, Math.min(MAX_POINTS, FINER * n))) as [number, number, number];
  const [nx, ny, nz] = counts;
  const [fx, fy, fz] = finer;
  const fine = new Float32Array(fx * fy * fz);
  const wrap = (x: number, n: number) => ((x % n) + n) % n;
  for (let k = 0; k < fz; k++)
    for (let j = 0; j < fy; j++)
      for (let i = 0; i < fx; i++) {
        const p = [i / fx, j / fy, k / fz].map((s, c) => (s + shift[c]) * counts[c] - 0.5);
        const low = p.map(Math.floor);
        const t = p.map((x, c) => x - low[c]);
        let sum = 0;
        for (let c = 0; c < 8; c++) {
          const [a, b, d] = [c & 1, (c >> 1) & 1, c >> 2];
          const weight = (a ? t[0] : 1 - t[0]) * (b ? t[1] : 1 - t[1]) * (d ? t[2] : 1 - t[2]);
          const bin = wrap(low[0] + a, nx) + nx * (wrap(low[1] + b, ny) + ny * wrap(low[2] + d, nz));
          sum += weight * values[bin];
        }
        fine[i + fx * (j + fy * k)] = sum;
      }
  return { counts: finer, values: fine };
}

function cut(
  fine: Fine,
  cell: readonly [number, number, number],
  tetrahedron: readonly number[],
  corner: Float64Array,
  threshold: number,
  out: number[],
): void {
  const high = tetrahedron.filter((c) => corner[c] >= threshold);
  if (high.length === 0 || high.length === 4) return;
  const low = tetrahedron.filter((c) => corner[c] < threshold);
  const between = (a: number, b: number): number[] => {
    const t = (threshold - corner[a]) / (corner[b] - corner[a]);
    const place = [0, 1, 2].map((c) => {
      const [from, to] = [(a >> c) & 1, (b >> c) & 1];
      return cell[c] + from + t * (to - from);
    });
    return [...place.map((x, c) => x / fine.counts[c]), ...fall(fine, place)];
  };
  const triangle = (a: number[], b: number[], c: number[]) => out.push(...a, ...b, ...c);
  if (high.length === 2) {
    const [a, b] = high;
    const [c, d] = low;
    const corners = [between(a, c), between(a, d), between(b, d), between(b, c)];
    triangle(corners[0], corners[1], corners[2]);
    triangle(corners[0], corners[2], corners[3]);
    return;
  }
  const [one, others] = high.length === 1 ? [high[0], low] : [low[0], high];
  triangle(between(one, others[0]), between(one, others[1]), between(one, others[2]));
}

/** Minus the gradient near a point, by differences along the grid. */
function fall(fine: Fine, [x, y, z]: readonly number[]): number[] {
  const [i, j, k] = [Math.round(x), Math.round(y), Math.round(z)];
  const g = [
    inside(fine, i - 1, j, k) - inside(fine, i + 1, j, k),
    inside(fine, i, j - 1, k) - inside(fine, i, j + 1, k),
    inside(fine, i, j, k - 1) - inside(fine, i, j, k + 1),
  ];
  const size = Math.hypot(...g) || 1;
  return g.map((c) => c / size);
}
