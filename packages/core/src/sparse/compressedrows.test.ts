import fc from "fast-check";
import { expect, test } from "vitest";
import { toDense } from "./blockops.ts";
import type { BlockSize, BlockSymmetric } from "./blocksymmetric.ts";
import { blockedRows, type CompressedRows, compressedRows } from "./compressedrows.ts";
import { graphCoordinates } from "./graphcoordinates.ts";
import { analyze } from "./symbolic.ts";

/** A random block-symmetric matrix; hidden unknowns have diagonal D alone. */
function randomBlocks(size: number, w: BlockSize, hidden: number, numbers: () => number): BlockSymmetric {
  const columns = Array.from({ length: size }, (_, k) =>
    Array.from({ length: size }, (_, i) => i).filter((i) => i > k && numbers() > 0.2),
  );
  const columnStarts = new Int32Array(size + 1);
  columns.forEach((rows, k) => {
    columnStarts[k + 1] = columnStarts[k] + rows.length;
  });
  const d = w - hidden;
  const isHidden = (a: number) => a >= d;
  const lower = new Float64Array(columnStarts[size] * w * w);
  for (let k = 0; k < lower.length; k++) {
    const [a, b] = [Math.floor((k % (w * w)) / w), k % w];
    lower[k] = isHidden(a) && isHidden(b) ? 0 : numbers();
  }
  const diagonal = new Float64Array(size * w * w);
  for (let k = 0; k < size; k++)
    for (let a = 0; a < w; a++)
      for (let b = 0; b <= a; b++) {
        const value = isHidden(a) && isHidden(b) ? (a === b ? -2 - numbers() : 0) : numbers();
        diagonal[(k * w + a) * w + b] = value;
        diagonal[(k * w + b) * w + a] = value;
      }
  const rows = Int32Array.from(columns.flat());
  return { size, dimension: w, columnStarts, rows, lower, diagonal, ...(hidden > 0 && { hidden }) };
}

function dense({ size, starts, columns, values }: CompressedRows): Float64Array {
  const all = new Float64Array(size * size);
  for (let row = 0; row < size; row++)
    for (let at = starts[row]; at < starts[row + 1]; at++) {
      if (at > starts[row]) expect(columns[at]).toBeGreaterThan(columns[at - 1]);
      all[row * size + columns[at]] = values[at];
    }
  return all;
}

const matrices = fc.record({
  size: fc.integer({ min: 1, max: 7 }),
  d: fc.constantFrom(2, 3),
  hidden: fc.constantFrom(0, 1),
  numbers: fc.infiniteStream(fc.integer({ min: -64, max: 64 }).map((n) => n / 64)),
});

test("rows hold the matrix, the Schur complement of hidden unknowns taken off", () => {
  fc.assert(
    fc.property(matrices, ({ size, d, hidden, numbers }) => {
      const next = () => numbers.next().value as number;
      const w = (d + hidden) as BlockSize;
      const matrix = randomBlocks(size, w, hidden, next);
      const { hidden: _, ...plain } = matrix;
      const whole = toDense(plain);
      const n = size * w;
      const expected = new Float64Array((size * d) ** 2);
      const at = (i: number) => Math.floor(i / d) * w + (i % d);
      for (let i = 0; i < size * d; i++)
        for (let j = 0; j < size * d; j++) {
          let value = whole[at(i) * n + at(j)];
          if (hidden > 0)
            for (let k = 0; k < size; k++) {
              const h = k * w + d;
              value -= (whole[at(i) * n + h] * whole[h * n + at(j)]) / whole[h * n + h];
            }
          expected[i * size * d + j] = value;
        }
      const found = dense(compressedRows(matrix));
      found.forEach((value, k) => {
        expect(Math.abs(value - expected[k])).toBeLessThan(1e-12);
      });
    }),
  );
});

test("rows of particles that are left out are empty, and the others have their names", () => {
  const matrix = randomBlocks(2, 2, 0, () => 0.5);
  const { starts, columns } = compressedRows(matrix, Int32Array.of(3, 1), 5);
  expect([...starts]).toEqual([0, 0, 0, 4, 8, 8, 8, 12, 16, 16, 16]);
  expect([...columns.slice(0, 4)]).toEqual([2, 3, 6, 7]);
});

test("blocks of any size hold a matrix by rows, and give its numbers back", () => {
  fc.assert(
    fc.property(matrices, fc.constantFrom(2, 3, 4), ({ size, d, numbers }, block) => {
      const next = () => numbers.next().value as number;
      const rows = compressedRows(randomBlocks(size, d as BlockSize, 0, next));
      const { matrix, pick } = blockedRows(rows, block as BlockSize);
      expect([...pick(matrix)]).toEqual([...rows.values]);
      const whole = toDense(matrix);
      const n = matrix.size * block;
      const expected = dense(rows);
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++) {
          const inside = i < rows.size && j < rows.size;
          const value = inside ? expected[i * rows.size + j] : i === j ? 1 : 0;
          expect(whole[i * n + j]).toBe(value);
        }
    }),
  );
});

test("what is no symmetric matrix by rows is refused with its place", () => {
  const sound = { size: 2, starts: Int32Array.of(0, 2, 4), columns: Int32Array.of(0, 1, 0, 1) };
  const of = (values: number[], other: Partial<CompressedRows> = {}) =>
    blockedRows({ ...sound, values: Float64Array.from(values), ...other }, 2);
  expect(() => of([1, 2, 2, 1])).not.toThrow();
  expect(() => of([1, 2, 3, 1])).toThrow("entry (0, 1) differs from its mirror image");
  expect(() => of([1, 2, Number.NaN, 1])).toThrow("entry (1, 0) is NaN");
  expect(() => of([1, 2, 2, 1], { columns: Int32Array.of(1, 0, 0, 1) })).toThrow("row 0: its columns");
  expect(() => of([1, 2, 2, 1], { columns: Int32Array.of(0, 2, 0, 1) })).toThrow("numbers below 2");
  expect(() => of([1, 2, 2, 1], { starts: Int32Array.of(0, 5, 4) })).toThrow("row 1 ends before it begins");
  expect(() => of([1, 2, 2])).toThrow("do not fit each other");
});

test("without coordinates a grid is ordered about as well as by them", () => {
  const side = 60;
  const size = side * side;
  const columnStarts = new Int32Array(size + 1);
  const rows: number[] = [];
  const fractional = new Float64Array(2 * size);
  for (let k = 0; k < size; k++) {
    const [x, y] = [k % side, Math.floor(k / side)];
    if (x + 1 < side) rows.push(k + 1);
    if (y + 1 < side) rows.push(k + side);
    columnStarts[k + 1] = rows.length;
    fractional.set([x / side, y / side], 2 * k);
  }
  const pattern = { size, columnStarts, rows: Int32Array.from(rows) };
  const blind = analyze(pattern, graphCoordinates(pattern), { blockSize: 2 }).nonzeros;
  expect(blind).toBeLessThan(1.5 * analyze(pattern, { dimension: 2, fractional }).nonzeros);
});
