import { SoftfieldError } from "../errors.ts";
import type { LineCursor } from "./cursor.ts";
import { CommentFlaw, parseComment } from "./extxyz-comment.ts";
import { type TriangularLattice, triangularLattice } from "./lattice.ts";
import type { ColumnKind, ColumnPlan } from "./particles.ts";
import type { InfoValue } from "./types.ts";
import { boxAdvice, plainColumns, xyzDialect } from "./xyz-dialects.ts";

/** Names of columns by what they hold. */
export const POSITION = /^(pos|positions?)$/i;
export const SPECIES = /^(species|element|symbols?)$/i;
export const TYPES = /^(z|numbers|types?|particle_?type)$/i;
export const IDS = /^ids?$/i;
export const VELOCITY = /^(velo|vel|velocity|velocities)$/i;
const CONSUMED_KEYS = new Set(["lattice", "properties", "pbc", "origin"]);

const EXAMPLE = 'e.g. Lattice="10 0 0 0 10 0 0 0 10" Properties=species:S:1:pos:R:3 pbc="T T T"';

/** What the comment line says about the rows that follow. */
export interface ExtxyzHeader {
  /** The columns of rows of so many tokens. */
  readonly plans: (width: number) => readonly ColumnPlan[];
  readonly lattice: TriangularLattice;
  readonly origin: Float64Array;
  readonly periodic: readonly boolean[];
  readonly dimension: 2 | 3;
  readonly info: ReadonlyMap<string, InfoValue>;
}

/**
 * Reads the comment line: of extended XYZ, of atooms or RUMD, or any where the caller knows the edges of the box.
 *
 * @throws input errors that name the flaw and the field
 */
export function readHeader(cursor: LineCursor, edges?: readonly number[]): ExtxyzHeader {
  const dialect = xyzDialect(cursor.text());
  if (dialect && "flaw" in dialect)
    throw cursor.error(`the comment line: ${dialect.flaw}.`, { field: "Lattice" });
  const pairs = parseComment(cursor.text());
  const known = pairs instanceof CommentFlaw ? undefined : lookUp(pairs, "lattice");
  if (edges && (dialect || known !== undefined)) {
    throw new SoftfieldError("usage", `${cursor.source}: the file says its own box; leave --box out.`, {
      file: cursor.source,
      field: "box",
    });
  }
  if (dialect) {
    const { lengths, columns: plans, info } = dialect;
    if (plans(4).filter(({ kind }) => kind === "coordinate").length !== 1)
      throw cursor.error("the comment line names no columns of positions.", { field: "columns" });
    return orthogonal(cursor, lengths, { plans, info, centred: true });
  }
  if (edges && (pairs instanceof CommentFlaw || lookUp(pairs, "properties") === undefined)) {
    return orthogonal(cursor, edges, { plans: plainColumns, info: new Map(), centred: false });
  }
  if (pairs instanceof CommentFlaw) throw cursor.error(`character ${pairs.at}: ${pairs.message}.`);
  const plans = columnPlans(pairs, cursor);
  const dimension = plans.find((plan) => POSITION.test(plan.name))!.width as 2 | 3;
  const info = new Map([...pairs].filter(([key]) => !CONSUMED_KEYS.has(key.toLowerCase())));
  if (edges) return orthogonal(cursor, edges, { plans: () => plans, info, centred: false });
  const { vectors, flat } = latticeVectors(pairs, dimension, cursor);
  const periodic = periodicFlags(pairs, dimension, cursor);
  return {
    plans: () => plans,
    lattice: triangularLattice(vectors, dimension, cursor.source, cursor.line),
    origin: originOf(pairs, dimension, cursor),
    periodic: flat ? [periodic[0], periodic[1], false] : periodic,
    dimension,
    info,
  };
}

/** The header of a rectangular box of the given edges; without a third one the positions lie in a plane. */
function orthogonal(
  cursor: LineCursor,
  edges: readonly number[],
  rest: Pick<ExtxyzHeader, "plans" | "info"> & { readonly centred: boolean },
): ExtxyzHeader {
  const dimension = rest.plans(4).find(({ kind }) => kind === "coordinate")!.width as 2 | 3;
  if (
    (edges.length !== 2 && edges.length !== 3) ||
    !edges.every((edge) => edge > 0 && Number.isFinite(edge))
  ) {
    throw new SoftfieldError(
      "usage",
      `--box ${edges.join(",")}: give two or three positive edges, Lx,Ly,Lz.`,
      {
        file: cursor.source,
        field: "box",
      },
    );
  }
  const lengths = Array.from({ length: dimension }, (_, k) => edges[k] ?? 1);
  const vectors = lengths.flatMap((length, a) => lengths.map((_, c) => (a === c ? length : 0)));
  return {
    plans: rest.plans,
    lattice: triangularLattice(vectors, dimension, cursor.source, cursor.line),
    origin: Float64Array.from(lengths, (length) => (rest.centred ? -length / 2 : 0)),
    periodic: lengths.map((_, k) => k < edges.length),
    dimension,
    info: rest.info,
  };
}

function lookUp(pairs: ReadonlyMap<string, InfoValue>, name: string): InfoValue | undefined {
  for (const [key, value] of pairs) if (key.toLowerCase() === name) return value;
  return undefined;
}

/** Reads Properties=name:kind:width:…; without it the rows are plain XYZ: species x y z. */
function columnPlans(pairs: ReadonlyMap<string, InfoValue>, cursor: LineCursor): ColumnPlan[] {
  const declared = lookUp(pairs, "properties") ?? "species:S:1:pos:R:3";
  const fail = (message: string) =>
    cursor.error(`Properties: ${message}; ${EXAMPLE}.`, { field: "Properties" });
  const parts = String(declared).split(":");
  if (parts.length % 3 !== 0) throw fail(`"${declared}" is not a list of name:kind:width`);
  const plans: ColumnPlan[] = [];
  for (let k = 0; k < parts.length; k += 3) {
    const [name, kind, width] = [parts[k], parts[k + 1], parts[k + 2]];
    if (!/^[RISL]$/.test(kind)) throw fail(`the kind of ${name} is "${kind}", not one of R, I, S, L`);
    if (!/^[1-9]\d{0,3}$/.test(width)) throw fail(`the width of ${name} is "${width}", not a small number`);
    if (plans.some((plan) => plan.name === name)) throw fail(`${name} is declared twice`);
    if (SPECIES.test(name) && plans.some((plan) => SPECIES.test(plan.name)))
      throw fail("species are declared twice");
    plans.push({ name, kind: columnKind(name, kind), width: Number(width) });
  }
  const positions = plans.filter((plan) => POSITION.test(plan.name));
  if (positions.length !== 1) throw fail("exactly one column pos:R:3 (or pos:R:2) is needed");
  const [{ kind, width }] = positions as [ColumnPlan];
  if (kind !== "coordinate" || (width !== 2 && width !== 3))
    throw fail("the positions must be pos:R:3 or pos:R:2");
  for (const plan of plans) {
    if (plan.width !== 1 && [SPECIES, TYPES, IDS].some((role) => role.test(plan.name))) {
      throw fail(`${plan.name} must have width 1`);
    }
  }
  return plans;
}

function columnKind(name: string, kind: string): ColumnKind {
  if (kind === "R") return POSITION.test(name) ? "coordinate" : "real";
  if (kind === "I") return "integer";
  if (kind === "L") return "logical";
  return SPECIES.test(name) ? "species" : "ignored";
}

/**
 * d×d edge vectors from Lattice; a 2D file may give four numbers or nine with its plane in the first two. A third vector
 * of zeros, as ASE writes it for planar systems, becomes one across the plane: the box is then `flat`.
 */
function latticeVectors(
  pairs: ReadonlyMap<string, InfoValue>,
  dimension: 2 | 3,
  cursor: LineCursor,
): { readonly vectors: number[]; readonly flat: boolean } {
  const value = lookUp(pairs, "lattice");
  if (value === undefined) {
    throw cursor.error(
      `the comment line has no Lattice, so the periodic box is unknown: ${boxAdvice(cursor.text())}, or add it, ${EXAMPLE}.`,
      {
        field: "Lattice",
      },
    );
  }
  const numbers = (Array.isArray(value) ? value : [value]).flat();
  const allowed = dimension === 2 ? [4, 9] : [9];
  if (!allowed.includes(numbers.length) || !numbers.every(isFiniteNumber)) {
    throw cursor.error(`Lattice must hold ${allowed.join(" or ")} finite numbers, ${EXAMPLE}.`, {
      field: "Lattice",
    });
  }
  if (numbers.length === dimension * dimension) {
    const flat = dimension === 3 && [2, 5, 6, 7, 8].every((k) => numbers[k] === 0);
    return { vectors: flat ? [...numbers.slice(0, 8), 1] : numbers, flat };
  }
  if ([2, 5, 6, 7].some((k) => numbers[k] !== 0)) {
    throw cursor.error("Lattice: positions have two components but the box leans out of their plane.", {
      field: "Lattice",
    });
  }
  return { vectors: [0, 1, 3, 4].map((k) => numbers[k]), flat: false };
}

function isFiniteNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function periodicFlags(
  pairs: ReadonlyMap<string, InfoValue>,
  dimension: 2 | 3,
  cursor: LineCursor,
): boolean[] {
  const value = lookUp(pairs, "pbc") ?? [true, true, true];
  const flags = (Array.isArray(value) ? value.flat() : [value, value, value]).map((flag) =>
    flag === 1 ? true : flag === 0 ? false : flag,
  );
  if (flags.length < dimension || flags.length > 3 || !flags.every((flag) => typeof flag === "boolean")) {
    throw cursor.error(`pbc must be ${dimension} flags, e.g. pbc="T T F".`, { field: "pbc" });
  }
  return flags.slice(0, dimension) as boolean[];
}

function originOf(pairs: ReadonlyMap<string, InfoValue>, dimension: 2 | 3, cursor: LineCursor): Float64Array {
  const value = lookUp(pairs, "origin");
  if (value === undefined) return new Float64Array(dimension);
  const numbers = Array.isArray(value) ? value.flat() : [value];
  if (numbers.length < dimension || !numbers.every(isFiniteNumber)) {
    throw cursor.error(`Origin must hold ${dimension} numbers.`, { field: "Origin" });
  }
  return Float64Array.from(numbers.slice(0, dimension));
}
