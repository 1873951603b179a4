import { inputError, type LineCursor } from "./cursor.ts";
import type { ColumnPlan } from "./particles.ts";

/** Columns of the atom styles that are read, before the optional image flags. */
const STYLE_COLUMNS: Readonly<Record<string, string>> = {
  atomic: "id type x y z",
  charge: "id type q x y z",
  bond: "id molecule type x y z",
  angle: "id molecule type x y z",
  molecular: "id molecule type x y z",
  full: "id molecule type q x y z",
  sphere: "id type diameter density x y z",
};
const IMAGE_FLAGS = ["ix", "iy", "iz"];

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
): { vectors: number[]; origin: Float64Array } {
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
    };
  }
  const bounds = ["xlo xhi", "ylo yhi", "zlo zhi"].map(need);
  const lengths = bounds.map(([lo, hi]) => hi! - lo!);
  const flat = lengths.findIndex((length) => !(length > 0));
  if (flat >= 0) {
    const keyword = ["xlo xhi", "ylo yhi", "zlo zhi"][flat];
    throw inputError(
      source,
      `"${bounds[flat].join(" ")} ${keyword}": the upper bound must exceed the lower.`,
      {
        field: keyword,
      },
    );
  }
  const [xy, xz, yz] = numbers.get("xy xz yz") ?? [0, 0, 0];
  return {
    vectors: [lengths[0], 0, 0, xy!, lengths[1], 0, xz!, yz!, lengths[2]],
    origin: Float64Array.from(bounds, ([lo]) => lo!),
  };
}

/** The columns of the Atoms section, from the style behind its # or from their number. */
export function atomColumns(
  cursor: LineCursor,
  tokens: readonly string[],
  { style, labelled }: { style: string; labelled: boolean },
): ColumnPlan[] {
  const columns = STYLE_COLUMNS[style]?.split(" ");
  if (!columns) {
    throw cursor.error(
      `atom_style ${style} is not read; known are ${Object.keys(STYLE_COLUMNS).join(", ")}. ` +
        "In LAMMPS, change it with atom_style atomic, or write a dump custom … id type x y z instead.",
      { field: "Atoms" },
    );
  }
  if (tokens.length !== columns.length && tokens.length !== columns.length + 3) {
    throw cursor.error(
      `has ${tokens.length} columns, but atom_style ${style} has ${columns.length} (${columns.join(" ")}), or ` +
        `${columns.length + 3} with image flags. If the file is of another style, say so in its section line, ` +
        'e.g. "Atoms # charge".',
      { field: "Atoms" },
    );
  }
  const names = tokens.length === columns.length ? columns : [...columns, ...IMAGE_FLAGS];
  return names.map((name): ColumnPlan => {
    if (["x", "y", "z"].includes(name)) return { name, kind: "coordinate", width: 1 };
    if (name === "type") return { name, kind: labelled ? "species" : "integer", width: 1 };
    return { name, kind: ["id", "molecule", ...IMAGE_FLAGS].includes(name) ? "integer" : "real", width: 1 };
  });
}
