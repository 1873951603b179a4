import type { CompressedRows } from "../sparse/index.ts";
import { formatReal } from "./delimited.ts";
import { npyBytes, npzOf } from "./write-npz.ts";

/** A matrix as the .npz that `scipy.sparse.load_npz` opens, in compressed rows. */
export function csrNpzBytes({ size, starts, columns, values }: CompressedRows): Uint8Array {
  const format = npyBytes(["csr"], []);
  return npzOf({
    indices: npyBytes(columns),
    indptr: npyBytes(starts),
    format,
    shape: npyBytes(BigInt64Array.of(BigInt(size), BigInt(size))),
    data: npyBytes(values),
  });
}

/** A symmetric matrix as Matrix Market text, its lower triangle, numbers to the last bit; `comment`: a line a text. */
export function* matrixMarketText(
  { size, starts, columns, values }: CompressedRows,
  comment: readonly string[] = [],
): Generator<string> {
  let lower = 0;
  for (let row = 0; row < size; row++)
    for (let at = starts[row]; at < starts[row + 1]; at++) if (columns[at] <= row) lower++;
  yield "%%MatrixMarket matrix coordinate real symmetric\n";
  for (const line of comment) yield `% ${line}\n`;
  yield `${size} ${size} ${lower}\n`;
  for (let row = 0; row < size; row++)
    for (let at = starts[row]; at < starts[row + 1]; at++)
      if (columns[at] <= row) yield `${row + 1} ${columns[at] + 1} ${formatReal(values[at])}\n`;
}
