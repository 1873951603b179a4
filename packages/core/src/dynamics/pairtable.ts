import type { Address, Arena } from "../kernels/index.ts";
import {
  COEFFICIENT_STRIDE,
  Coefficient,
  Form,
  kernelTable,
  maxCutoff,
  type PairModel,
  type PotentialTable,
  pairCutoff,
} from "../models/index.ts";

/** A species pair (s ≤ t) of the neighbour list. */
export interface PairType {
  readonly s: number;
  readonly t: number;
  /** r_c of the pair (an upper bound over all particles, where diameters mix), unit λ */
  readonly cutoff: number;
}

/** A pair model as the kernels read it. */
export interface PairTable {
  readonly types: readonly PairType[];
  /** of the generic kernel */
  readonly form: Form;
  /** 0: 2DIPL, 3DIPL; 8: Lennard-Jones; undefined: only the generic kernel knows this form. */
  readonly powerLaw: 0 | 8 | undefined;
  /** Rows of the power-law kernel, one a type. */
  readonly powerRows: Address;
  /** Rows of the generic kernel, one a type. */
  readonly genericRows: Address;
  readonly tables: Address;
}

const POWER_ROW = 12;
const TABLE_WORDS = 8;

/**
 * Puts a model's coefficients into the arena in the layouts of both force kernels.
 * `diameters` (N, read) widens the cutoff of the list to the largest pair.
 */
export function pairTable(arena: Arena, model: PairModel, diameters: Float64Array | undefined): PairTable {
  const types: PairType[] = [];
  for (let s = 0; s < model.species.length; s++) {
    for (let t = s; t < model.species.length; t++) {
      const cutoff = model.mixing === undefined ? pairCutoff(model, s, t) : maxCutoff(model, diameters);
      types.push({ s, t, cutoff });
    }
  }
  const { form, coefficients, tables } = kernelTable(model);
  const rows = types.map(({ s, t }) => {
    const at = (s * model.species.length + t) * COEFFICIENT_STRIDE;
    return coefficients.subarray(at, at + COEFFICIENT_STRIDE);
  });
  const powerLaw = model.mixing === undefined ? powerLawVariant(form, rows) : undefined;
  return {
    types,
    form,
    powerLaw,
    powerRows: powerLaw === undefined ? 0 : putRows(arena, rows.map(powerRow), POWER_ROW),
    genericRows: putRows(arena, rows, COEFFICIENT_STRIDE),
    tables: putTables(arena, tables),
  };
}

function putRows(arena: Arena, rows: readonly Float64Array[], width: number): Address {
  const all = new Float64Array(rows.length * width);
  rows.forEach((row, k) => {
    all.set(row, k * width);
  });
  return arena.putF64(all);
}

/** Each table: address of its polynomials, intervals, degree, 1 where the next goes on below, then rMin and spacing as f64. */
function putTables(arena: Arena, tables: readonly PotentialTable[]): Address {
  const addresses = tables.map((table) => arena.putF64(table.polynomials));
  const at = arena.alloc(Math.max(1, tables.length) * TABLE_WORDS * 4);
  tables.forEach((table, k) => {
    const intervals = table.polynomials.length / (table.degree + 1);
    arena
      .i32(at + k * TABLE_WORDS * 4, 4)
      .set([addresses[k], intervals, table.degree, table.continued ? 1 : 0]);
    arena.f64(at + k * TABLE_WORDS * 4 + 16, 2).set([table.rMin, table.spacing]);
  });
  return at;
}

/** 0 for a·x⁻¹⁰, 8 for a·x⁻¹² + b·x⁻⁶, both with a smoothing polynomial up to x⁶. */
function powerLawVariant(form: Form, rows: readonly Float64Array[]): 0 | 8 | undefined {
  if (form !== Form.PowerLaw) return undefined;
  const short = rows.every((row) => [4, 5, 6].every((l) => row[Coefficient.Smoothing + l] === 0));
  if (!short) return undefined;
  const exponents = rows.map((row) => {
    const [, n, b, m] = row.subarray(Coefficient.Parameters) as unknown as [number, number, number, number];
    return b === 0 ? `${n}` : `${n}-${m}`;
  });
  if (exponents.every((e) => e === "10")) return 0;
  return exponents.every((e) => e === "12-6") ? 8 : undefined;
}

/** From powers of x = r/λ to powers of r: r_c², A, B, P₀…P₂, a, b, c₀…c₃ (see assembly/dynamics/forces.ts). */
function powerRow(row: Float64Array): Float64Array {
  const epsilon = row[Coefficient.Epsilon];
  const l2 = row[Coefficient.Lambda] * row[Coefficient.Lambda];
  const l6 = l2 * l2 * l2;
  const rc = row[Coefficient.Cutoff] * row[Coefficient.Lambda];
  const n = row[Coefficient.Parameters + 1];
  const highest = n === 10 ? (l6 * l6) / l2 : l6 * l6;
  const a = epsilon * row[Coefficient.Parameters] * highest;
  const b = epsilon * row[Coefficient.Parameters + 2] * l6;
  const c = [0, 1, 2, 3].map((l) => epsilon * row[Coefficient.Smoothing + l]);
  const [c0, c1, c2, c3] = [c[0], c[1] / l2, c[2] / (l2 * l2), c[3] / l6];
  return Float64Array.of(rc * rc, -n * a, -6 * b, 2 * c1, 4 * c2, 6 * c3, a, b, c0, c1, c2, c3);
}
