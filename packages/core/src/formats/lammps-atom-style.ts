import type { SoftfieldError } from "../errors.ts";
import type { LineCursor } from "./cursor.ts";
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
  ellipsoid: "id type ellipsoidflag density x y z",
  "bpm/sphere": "id molecule type diameter density x y z",
  dipole: "id type q x y z mux muy muz",
  dpd: "id type theta x y z",
  hybrid: "id type x y z",
};
const IMAGE_FLAGS = ["ix", "iy", "iz"];
const INTEGERS = ["id", "type", "molecule", "ellipsoidflag", ...IMAGE_FLAGS];
/** Styles that may be guessed: the rest are rare, and named only when asked for. */
const COMMON = ["atomic", "charge", "molecular", "full", "sphere", "bpm/sphere"];

/** The names of the styles, for `--atom-style`. */
export const atomStyles = Object.keys(STYLE_COLUMNS);

/** What a file and its reader's caller say of the columns of the section Atoms. */
export interface AtomsHint {
  /** What the caller says; decides. */
  readonly asked?: string | undefined;
  /** The comment behind "Atoms #", which counts only where it is the name of a style. */
  readonly comment: string;
  /** Types that the header announces. */
  readonly typeCount: number | undefined;
  /** Types stand as labels. */
  readonly labelled: boolean;
  /** The header announces bonds, so the atoms have molecules. */
  readonly bonded: boolean;
}

/**
 * The columns of the section Atoms, from the style asked for, the one behind its #, or the only one that the first row
 * can be of. @throws input error naming the styles that have as many columns
 */
export function atomColumns(cursor: LineCursor, tokens: readonly string[], hint: AtomsHint): ColumnPlan[] {
  const named = hint.asked ?? knownStyle(hint.comment);
  const fitting = candidates(tokens, hint);
  if (named !== undefined) {
    const columns = columnsIn(named, tokens.length);
    const flaw = columns && rowFlaw(columns, tokens, hint);
    // A flaw that no other style cures is one of the row, which its reader will name.
    if (!columns || (flaw !== undefined && fitting.length > 0)) {
      throw misfit(cursor, tokens, fitting, { style: named, flaw });
    }
    return plans(columns, hint.labelled);
  }
  const common = COMMON.filter((style) => fitting.includes(style));
  const wide = COMMON.filter((style) => columnsIn(style, tokens.length));
  const only =
    common.includes("atomic") || (common.length === 0 && wide[0] === "atomic")
      ? "atomic"
      : common.length === 1
        ? common[0]
        : undefined;
  if (only === undefined) throw misfit(cursor, tokens, fitting);
  return plans(columnsIn(only, tokens.length)!, hint.labelled);
}

function knownStyle(comment: string): string | undefined {
  const style = comment.trim().split(/\s+/)[0].toLowerCase();
  return style in STYLE_COLUMNS ? style : undefined;
}

/** The columns of a style in a row of so many tokens, with or without image flags; undefined where they do not fit. */
function columnsIn(style: string, width: number): string[] | undefined {
  const columns = STYLE_COLUMNS[style].split(" ");
  if (style === "hybrid" && width > columns.length) {
    return [...columns, ...Array.from({ length: width - columns.length }, (_, k) => `hybrid${k + 1}`)];
  }
  if (width === columns.length) return columns;
  return width === columns.length + 3 ? [...columns, ...IMAGE_FLAGS] : undefined;
}

/** Why a row can't be of a style: a broken number where an integer should be, or a type that is not announced. */
function rowFlaw(
  columns: readonly string[],
  tokens: readonly string[],
  { typeCount, labelled }: AtomsHint,
): string | undefined {
  for (const [k, name] of columns.entries()) {
    if (name === "type" && labelled) continue;
    if (!INTEGERS.includes(name)) continue;
    if (!/^[+-]?\d+$/.test(tokens[k])) return `its ${name} would be "${tokens[k]}"`;
    if (name === "type" && typeCount !== undefined && Number(tokens[k]) > typeCount)
      return `its type would be ${tokens[k]}, and the header announces ${typeCount}`;
  }
  return undefined;
}

/** The styles that a row can be of; bond and angle stand in the same columns as molecular. */
function candidates(tokens: readonly string[], hint: AtomsHint): string[] {
  return atomStyles.filter((style) => {
    const columns = /^(hybrid|bond|angle)$/.test(style) ? undefined : columnsIn(style, tokens.length);
    if (!columns || (hint.bonded && !columns.includes("molecule"))) return false;
    return rowFlaw(columns, tokens, hint) === undefined;
  });
}

function misfit(
  cursor: LineCursor,
  tokens: readonly string[],
  fitting: readonly string[],
  named?: { readonly style: string; readonly flaw: string | undefined },
): SoftfieldError {
  const columns = (style: string) => `${style} (${STYLE_COLUMNS[style]})`;
  const width = `has ${tokens.length} columns`;
  const words = !named
    ? `${width}, and the line of the section Atoms does not say of which atom_style`
    : named.flaw === undefined
      ? `${width}, but atom_style ${columns(named.style)} has ${STYLE_COLUMNS[named.style].split(" ").length}, or 3 more with image flags`
      : `is not of atom_style ${columns(named.style)}: ${named.flaw}`;
  const advice =
    fitting.length > 0
      ? `This row can be of atom_style ${fitting.map(columns).join(" or ")}: say which it is, e.g. --atom-style ${fitting[0]}, or in the file, "Atoms # ${fitting[0]}"`
      : `No style that is read here fits; known are ${atomStyles.join(", ")}. In LAMMPS, write a dump custom … id type x y z instead`;
  return cursor.error(`${words}. ${advice}.`, { field: "Atoms" });
}

function plans(columns: readonly string[], labelled: boolean): ColumnPlan[] {
  return columns.map((name): ColumnPlan => {
    if (["x", "y", "z"].includes(name)) return { name, kind: "coordinate", width: 1 };
    if (name === "type") return { name, kind: labelled ? "species" : "integer", width: 1 };
    if (name.startsWith("hybrid")) return { name, kind: "ignored", width: 1 };
    return { name, kind: INTEGERS.includes(name) ? "integer" : "real", width: 1 };
  });
}
