import { rowCount, type Table, type TableColumn } from "./table.ts";

/** Characters that a piece of text is gathered to before it is handed on. */
const PIECE_CHARACTERS = 1 << 16;

/**
 * A number as decimal text that reads back as the same double: integers plainly, others with 17 significant
 * digits; nan, inf and -inf as numpy and pandas spell them.
 */
export function formatReal(x: number): string {
  if (Number.isInteger(x)) return Object.is(x, -0) ? "-0" : String(x);
  if (Number.isFinite(x)) return x.toPrecision(17);
  return Number.isNaN(x) ? "nan" : x > 0 ? "inf" : "-inf";
}

/**
 * A table as tab- or comma-separated text: a line of names, then a line a row, in pieces of some 64 kB.
 * Where the metadata name units, so do the names: "x (Å)". Texts that hold the separator, a quote or a line break are quoted as RFC 4180 says. Cost O(cells).
 */
export function* delimitedText(table: Table, separator: "\t" | ","): Generator<string> {
  const rows = rowCount(table);
  const cells = table.columns.map((column) => cellFormatter(column, separator));
  const named = table.metadata?.units !== undefined;
  const header = ({ name, unit }: TableColumn) => (named && unit !== undefined ? `${name} (${unit})` : name);
  let text = `${table.columns.map((column) => quoted(header(column), separator)).join(separator)}\n`;
  for (let row = 0; row < rows; row++) {
    for (let c = 0; c < cells.length; c++) text += (c > 0 ? separator : "") + cells[c](row);
    text += "\n";
    if (text.length >= PIECE_CHARACTERS) {
      yield text;
      text = "";
    }
  }
  if (text !== "") yield text;
}

function cellFormatter({ values }: TableColumn, separator: string): (row: number) => string {
  if (values instanceof Int32Array) return (row) => String(values[row]);
  if (values instanceof Float64Array) return (row) => formatReal(values[row]);
  return (row) => quoted(values[row], separator);
}

function quoted(text: string, separator: string): string {
  if (!text.includes(separator) && !/["\r\n]/.test(text)) return text;
  return `"${text.replaceAll('"', '""')}"`;
}
