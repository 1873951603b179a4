import { readFileSync } from "node:fs";

const file = readFileSync(new URL("../../node/fonts/LiberationSans-Regular.ttf", import.meta.url));
const data = new DataView(file.buffer, file.byteOffset, file.byteLength);

/** Where the tables of the TrueType file begin, by tag. */
const tables = new Map(
  Array.from({ length: data.getUint16(4) }, (_, k) => {
    const entry = 12 + 16 * k;
    return [file.toString("latin1", entry, entry + 4), data.getUint32(entry + 8)] as const;
  }),
);
const unitsPerEm = data.getUint16(tables.get("head")! + 18);
const longMetrics = data.getUint16(tables.get("hhea")! + 34);

/** The glyph of a letter by the Unicode subtable (format 4) of cmap; 0 where the font has none. */
function glyphOf(letter: string): number {
  const code = letter.codePointAt(0)!;
  const cmap = tables.get("cmap")!;
  const entries = Array.from({ length: data.getUint16(cmap + 2) }, (_, k) => cmap + 4 + 8 * k);
  const unicode = entries.find((at) => data.getUint16(at) === 3 && data.getUint16(at + 2) === 1)!;
  const table = cmap + data.getUint32(unicode + 4);
  const segments = data.getUint16(table + 6) / 2;
  for (let k = 0; k < segments; k++) {
    if (code > data.getUint16(table + 14 + 2 * k)) continue;
    const start = data.getUint16(table + 16 + 2 * segments + 2 * k);
    if (code < start) return 0;
    const delta = data.getUint16(table + 16 + 4 * segments + 2 * k);
    const place = table + 16 + 6 * segments + 2 * k;
    const range = data.getUint16(place);
    if (range === 0) return (code + delta) & 0xffff;
    const glyph = data.getUint16(place + range + 2 * (code - start));
    return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
  }
  return 0;
}

/** Whether the bundled font, all that PNG and PDF are set in, has a letter. */
export function hasGlyph(letter: string): boolean {
  return glyphOf(letter) !== 0;
}

/** Advance width of a text in the bundled font at size 1, by the font's own metrics (hmtx). */
export function fontWidth(text: string): number {
  return Array.from(text).reduce((sum, letter) => {
    const glyph = Math.min(glyphOf(letter), longMetrics - 1);
    return sum + data.getUint16(tables.get("hmtx")! + 4 * glyph) / unitsPerEm;
  }, 0);
}
