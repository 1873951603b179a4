import { decimalNumber } from "./numbers.ts";
import type { ColumnPlan } from "./particles.ts";
import type { InfoValue } from "./types.ts";

/** What a comment line of another program than ASE and OVITO says: the box by its edges, centred on the origin. */
export interface XyzDialect {
  /** 2 or 3. */
  readonly lengths: readonly number[];
  /** The columns of rows of so many tokens, which matters where the line does not say them. */
  readonly columns: (width: number) => readonly ColumnPlan[];
  readonly info: ReadonlyMap<string, InfoValue>;
}

/** RUMD's columns where its comment line names none, as far as they come. */
const RUMD_COLUMNS = ["type", "x", "y", "z", "imx", "imy", "imz", "vx", "vy", "vz"];

/**
 * Understands the comment lines of atooms, "step:0 columns:id,pos cell:5.0,5.0,5.0" or "cell=5.0,5.0,5.0", and of RUMD,
 * "ioformat=2 … sim_box=RectangularSimulationBox,5.0,5.0,5.0 columns=type,x,y,z,imx,imy,imz" (ioformat=1:
 * boxLengths=5.0,5.0,5.0). Undefined for any other line; a flaw where a box is of a kind that is not read.
 */
export function xyzDialect(comment: string): XyzDialect | { readonly flaw: string } | undefined {
  if (/\blattice\s*=/i.test(comment)) return undefined;
  const words = comment.trim().split(/\s+/);
  // Older versions of atooms write cell=5.0,5.0,5.0 alone.
  const atooms = words.some((word) => /^cell[:=]/.test(word));
  const separator = words.some((word) => /^cell:/.test(word)) ? ":" : "=";
  const pairs = new Map(
    words
      .filter((word) => word.indexOf(separator) > 0)
      .map((word) => {
        const at = word.indexOf(separator);
        return [word.slice(0, at), word.slice(at + 1)] as const;
      }),
  );
  const box = atooms ? pairs.get("cell") : (pairs.get("boxLengths") ?? pairs.get("sim_box"));
  if (box === undefined) return undefined;
  const parts = box.split(",").filter((part) => part !== "");
  const kind = /^[A-Za-z]/.test(parts[0] ?? "") ? parts.shift() : "RectangularSimulationBox";
  if (kind !== "RectangularSimulationBox")
    return { flaw: `a ${kind} is not read, only a RectangularSimulationBox` };
  const lengths = parts.map(decimalNumber);
  if ((lengths.length !== 2 && lengths.length !== 3) || !lengths.every((x) => x > 0 && Number.isFinite(x)))
    return { flaw: `the box "${box}" is not two or three positive lengths` };
  const named = pairs.get("columns")?.split(",");
  const consumed = ["cell", "boxLengths", "sim_box", "columns"];
  return {
    lengths,
    columns: (width) => {
      if (named) return atooms ? atoomsColumns(named, lengths.length) : namedColumns(named);
      return atooms ? plainColumns(width) : rumdColumns(width);
    },
    info: new Map([...pairs].filter(([key]) => !consumed.includes(key))),
  };
}

/** atooms names vectors by one word: id,pos,vel. */
function atoomsColumns(names: readonly string[], dimension: number): ColumnPlan[] {
  return names.map((name): ColumnPlan => {
    const plain = name.replace(/^particle\./, "");
    if (/^(id|species|name|type)$/.test(plain)) return { name: "species", kind: "species", width: 1 };
    if (/^pos(ition)?$/.test(plain)) return { name: "pos", kind: "coordinate", width: dimension };
    if (/^vel(ocity)?$/.test(plain)) return { name: "velo", kind: "real", width: dimension };
    return { name: plain, kind: "real", width: 1 };
  });
}

/** Columns that are named one by one, the coordinates x, y, z side by side. */
function namedColumns(names: readonly string[]): ColumnPlan[] {
  const plans: ColumnPlan[] = [];
  for (const name of names) {
    if (name === "x") plans.push({ name: "pos", kind: "coordinate", width: names.includes("z") ? 3 : 2 });
    else if (name === "vx") plans.push({ name: "velo", kind: "real", width: names.includes("vz") ? 3 : 2 });
    else if (!/^v?[yz]$/.test(name))
      plans.push({ name, kind: name === "type" ? "integer" : "real", width: 1 });
  }
  return plans;
}

/** The columns of rows of so many tokens in a RUMD file that names none; what is beyond the known ones is passed over. */
function rumdColumns(width: number): ColumnPlan[] {
  const whole = [10, 7, 4].find((known) => known <= width) ?? 4;
  return [...namedColumns(RUMD_COLUMNS.slice(0, whole)), ...ignoredColumns(width - whole)];
}

/** The columns of rows of so many tokens in a plain XYZ file: the species, x, y, z and what is passed over. */
export function plainColumns(width: number): ColumnPlan[] {
  return [
    { name: "species", kind: "species", width: 1 },
    { name: "pos", kind: "coordinate", width: 3 },
    ...ignoredColumns(width - 4),
  ];
}

/**
 * Where a comment is of one to three numbers, words of a box around them or none, the option that makes them its edges; else,
 * as for "Atoms. Timestep: 5000", the option alone.
 */
export function boxAdvice(comment: string): string {
  const words: readonly string[] = comment.match(/[A-Za-z]\w*/g) ?? [];
  const ofBox = /^(box|cell|lattice|boxlengths?|size|sizes|edges?|sides?|l|lx|ly|lz|x|y|z|a|b|c|[ed]\d*)$/i;
  if (words.some((word) => !ofBox.test(word))) return "give its edges with --box Lx,Ly,Lz";
  const numbers = (comment.match(/(?<![\w.])\d+\.?\d*(?:[eE][+-]?\d+)?(?![\w.])/g) ?? []).filter(
    (x) => Number(x) > 0,
  );
  if (numbers.length === 0 || numbers.length > 3) return "give its edges with --box Lx,Ly,Lz";
  const edges = numbers.length === 1 ? [numbers[0], numbers[0], numbers[0]] : numbers;
  return `give its edges with --box ${edges.join(",")} if the numbers of the comment are they`;
}

function ignoredColumns(count: number): ColumnPlan[] {
  return count > 0 ? [{ name: "rest", kind: "ignored", width: count }] : [];
}
