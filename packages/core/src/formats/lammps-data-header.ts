import { inputError, type LineCursor } from "./cursor.ts";

/** Header keywords that name box numbers, with how many stand before them. */
const BOX_KEYWORDS: Readonly<Record<string, number>> = {
  "xlo xhi": 2,
  "ylo yhi": 2,
  "zlo zhi": 2,
  "xy xz yz": 3,
  avec: 3,
  bvec: 3,
  cvec: 3,
  "abc origin": 3,
};

/** The keyword of the box that ends a header line, whatever stands before it. */
export function boxKeyword(tokens: readonly string[]): string | undefined {
  const text = tokens.join(" ");
  return Object.keys(BOX_KEYWORDS).find((keyword) => text === keyword || text.endsWith(` ${keyword}`));
}

/** The keyword of a header line: one of the box, or the words from the first letter on. */
export function headerKeyword(tokens: readonly string[]): string {
  return boxKeyword(tokens) ?? tokens.slice(tokens.findIndex((token) => /^[A-Za-z]/.test(token))).join(" ");
}

/** The numbers before a keyword of the box on a line of the header; undefined where it is of another kind. */
export function boxNumbers(
  cursor: LineCursor,
  tokens: readonly string[],
  keyword: string,
): number[] | undefined {
  const wanted = BOX_KEYWORDS[keyword];
  if (wanted === undefined) return undefined;
  if (tokens.length !== wanted + keyword.split(" ").length) {
    throw cursor.error(`${wanted} numbers must stand before ${keyword}.`, { field: keyword });
  }
  const numbers: number[] = [];
  cursor.rewind();
  while (numbers.length < wanted && cursor.next()) {
    const value = cursor.real();
    if (!Number.isFinite(value)) throw cursor.error(`${keyword}: ${cursor.numberFlaw()}`, { field: keyword });
    numbers.push(value);
  }
  return numbers;
}

/** Edge vectors (3×3) and origin from the header's numbers; restricted (xlo xhi …) or general (avec …). */
export function dataBox(
  numbers: ReadonlyMap<string, readonly number[]>,
  source: string,
): { vectors: number[]; origin: Float64Array; flat: boolean } {
  const need = (keyword: string): readonly number[] => {
    const found = numbers.get(keyword);
    if (found) return found;
    throw inputError(source, `the header has no line "… ${keyword}", so the periodic box is unknown.`, {
      field: keyword,
    });
  };
  if (numbers.has("avec")) {
    return {
      vectors: ["avec", "bvec", "cvec"].flatMap(need),
      origin: Float64Array.from(need("abc origin")),
      flat: false,
    };
  }
  const bounds = ["xlo xhi", "ylo yhi", "zlo zhi"].map(need);
  const lengths = bounds.map(([lo, hi]) => hi! - lo!);
  // The box of a planar file may have no height at all.
  const flat = lengths[2] === 0;
  if (flat) lengths[2] = 1;
  const inverted = lengths.findIndex((length) => !(length > 0));
  if (inverted >= 0) {
    const keyword = ["xlo xhi", "ylo yhi", "zlo zhi"][inverted];
    throw inputError(
      source,
      `"${bounds[inverted].join(" ")} ${keyword}": the upper bound must exceed the lower.`,
      {
        field: keyword,
      },
    );
  }
  const [xy, xz, yz] = numbers.get("xy xz yz") ?? [0, 0, 0];
  return {
    vectors: [lengths[0], 0, 0, xy!, lengths[1], 0, xz!, yz!, lengths[2]],
    origin: Float64Array.from(bounds, ([lo]) => lo!),
    flat,
  };
}
