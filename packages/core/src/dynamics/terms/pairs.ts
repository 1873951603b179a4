import type { Address, Arena } from "../../kernels/index.ts";
import {
  breaksWithin,
  COEFFICIENT_STRIDE,
  Coefficient,
  evaluatePairs,
  Form,
  mixStrength,
  type PairModel,
  STRENGTHS,
} from "../../models/index.ts";
import type { ForceArguments } from "../blocks.ts";
import type { ListBlock } from "../neighborlist.ts";
import { coefficientRows, type PairType, pairTypes } from "../pairtypes.ts";
import { addEvaluated } from "./evaluated.ts";
import { placeTable, type RadialFunction, type RadialTable, radialTable } from "./radialtable.ts";
import type { FieldParts, KernelTerm } from "./term.ts";

/** Kinds of pair potentials in assembly/dynamics/forces.ts. */
const Kind = { power: 0, lennardJones: 1, table: 2, contact: 3 } as const;
/** f64 of a row there. */
const ROW = 12;

/** The energy of pairs, Σ φ(r). */
export function pairTerm(parts: FieldParts): KernelTerm | undefined {
  // the term of embedded atoms adds their pairs
  if (parts.model.embedding) return undefined;
  if (parts.model.charges === "file" || tooRough(parts.model, parts.types))
    return { add: () => addEvaluated(parts) };
  const { arena, kernels, model, dimension, list, types, x, g, diameters, sums } = parts;
  const { kind, rows } = kernelRows(parts);
  const at = arena.putF64(
    Float64Array.from(rows.flatMap((row) => [...row, ...new Array(ROW - row.length).fill(0)])),
  );
  const eta = model.mixing?.nonAdditivity ?? 0;
  const strength = STRENGTHS.indexOf(model.mixing?.strength ?? "constant");
  const ofBlock = (full: boolean, block: ListBlock, gradient: Address, into: Address): ForceArguments => [
    dimension,
    kind,
    full ? 1 : 0,
    types.length,
    block.segmentStarts,
    block.segments,
    block.neighbours,
    x,
    gradient,
    list.shifts,
    at,
    diameters,
    eta,
    strength,
    into,
  ];
  const { blocks } = parts;
  if (blocks)
    return {
      add: (full) => blocks.add((block, gradient, into) => ofBlock(full, block, gradient, into), g, sums),
    };
  return { add: (full) => kernels.pairForces(...ofBlock(full, list.blocks[0], g, sums)) };
}

/** How the dynamics computes the pairs of a model: who names a glass by what made it asks for this. */
export function pairKernel(model: PairModel): "power law" | "contact" | "table" {
  const rows = coefficientRows(model, pairTypes(model, undefined));
  if (isPowerLaw(model, rows)) return "power law";
  const contact =
    model.form === Form.Contact && rows.every((row) => [2, 2.5].includes(row[Coefficient.Parameters]));
  return contact ? "contact" : "table";
}

/** The rows of all types in the layout of the kind that serves them. */
function kernelRows(parts: FieldParts): { kind: number; rows: number[][] } {
  const { model, types } = parts;
  const rows = coefficientRows(model, types);
  const kernel = pairKernel(model);
  if (kernel === "power law") {
    const tenth = rows.every((row) => row[Coefficient.Parameters + 1] === 10);
    return { kind: tenth ? Kind.power : Kind.lennardJones, rows: rows.map(powerRow) };
  }
  if (kernel === "contact") return { kind: Kind.contact, rows: rows.map((row) => contactRow(model, row)) };
  return { kind: Kind.table, rows: tableRows(parts, rows) };
}

/** Whether all pairs are a·x⁻¹⁰, or all a·x⁻¹² + b·x⁻⁶, with smoothing up to x⁶: the presets of SI A, Zylberg 2017. */
function isPowerLaw(model: PairModel, rows: readonly Float64Array[]): boolean {
  if (model.form !== Form.PowerLaw || model.mixing !== undefined) return false;
  const short = rows.every((row) => [4, 5, 6].every((l) => row[Coefficient.Smoothing + l] === 0));
  const exponents = rows.map((row) => {
    const [, n, b, m] = row.subarray(Coefficient.Parameters) as unknown as [number, number, number, number];
    return b === 0 ? `${n}` : `${n}-${m}`;
  });
  return short && ["10", "12-6"].some((law) => exponents.every((e) => e === law));
}

/** From powers of x = r/λ to powers of r. */
function powerRow(row: Float64Array): number[] {
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
  return [rc * rc, -n * a, -6 * b, 2 * c1, 4 * c2, 6 * c3, a, b, c0, c1, c2, c3];
}

/** 1/r_c², ε/λ² and ε of a row; pairs without energy have no cutoff, and no distance is within it. */
function scales(model: PairModel, row: Float64Array): [number, number, number] {
  const epsilon = row[Coefficient.Epsilon];
  const lambda = model.mixing === undefined ? row[Coefficient.Lambda] : 1;
  const cutoff = row[Coefficient.Cutoff] * lambda;
  return [cutoff > 0 ? 1 / (cutoff * cutoff) : 1e300, epsilon / (lambda * lambda), epsilon];
}

function contactRow(model: PairModel, row: Float64Array): number[] {
  return [...scales(model, row), 0, row[Coefficient.Parameters]];
}

/** The row of a table for a model of one species whose diameters mix, as `pairForces` takes it. */
export function mixedRow(arena: Arena, model: PairModel): Address {
  const types = [{ s: 0, t: 0 }];
  return arena.putF64(
    Float64Array.from(tableRows({ arena, model, types }, coefficientRows(model, types)).flat()),
  );
}

function tableRows(
  parts: { arena: Arena; model: PairModel; types: readonly Pick<PairType, "s" | "t">[] },
  rows: readonly Float64Array[],
): number[][] {
  const { arena, model, types } = parts;
  const places = new Map<RadialTable, ReturnType<typeof placeTable>>();
  return rows.map((row, k) => {
    const table = tableOf(model, types[k].s, types[k].t, row);
    const place = places.get(table) ?? placeTable(arena, table);
    places.set(table, place);
    const { lowBits, toEnergy, leastU } = table;
    const [inverse, force, energy] = scales(model, row);
    const cutoff = row[Coefficient.Cutoff];
    const linear = 0.5 * energy * cutoff * cutoff;
    return [
      inverse,
      force,
      energy,
      linear,
      leastU,
      place.origin,
      lowBits,
      toEnergy,
      table.breaks.length,
      place.breaks,
    ];
  });
}

const known = new WeakMap<PairModel, Map<string, RadialTable>>();

/** The table of a pair of species, made once a model. Types that differ in ε and λ only share it. */
function tableOf(model: PairModel, s: number, t: number, row: Float64Array): RadialTable {
  const tables = known.get(model) ?? new Map<string, RadialTable>();
  known.set(model, tables);
  const key = model.form === Form.Terms ? `${s} ${t}` : row.subarray(Coefficient.Cutoff).join(" ");
  const cutoff = row[Coefficient.Cutoff] || 1;
  const table = tables.get(key) ?? radialTable(cutoff, formOf(model, s, t), breaksWithin(model, s, t));
  tables.set(key, table);
  return table;
}

/** φ/ε of a pair of species as a function of x = r/λ. */
function formOf(model: PairModel, s: number, t: number): RadialFunction {
  const row = (s * model.species.length + t) * COEFFICIENT_STRIDE;
  const lambda = model.mixing === undefined ? model.coefficients[row + Coefficient.Lambda] : 1;
  // of a pair of diameters 1, as it is evaluated
  const strength = mixStrength(model.mixing?.strength ?? "constant", 1, 1, 1);
  const epsilon = model.coefficients[row + Coefficient.Epsilon] * strength;
  const pair = { species: Int32Array.of(s, t), diameters: Float64Array.of(1, 1) };
  return (x, value, slope) => {
    if (epsilon === 0) return;
    const m = x.length;
    const [phi2, phi3] = [new Float64Array(m), new Float64Array(m)];
    const ends = { i: new Int32Array(m), j: new Int32Array(m).fill(1) };
    const r = x.map((d) => d * lambda);
    evaluatePairs(model, pair, { ...ends, r, phi0: value, phi1: slope, phi2, phi3 }, { anyDistance: true });
    for (let k = 0; k < m; k++) {
      value[k] /= epsilon;
      slope[k] *= lambda / epsilon;
    }
  };
}

/** Beyond this error of its tables a model's pairs are evaluated by their formula, in TypeScript: rough rows of digits. */
const ROUGH = 1e-10;

/** Whether tables of the kernels are too coarse for a model's pairs. */
export function tooRough(model: PairModel, types: readonly PairType[]): boolean {
  if (pairKernel(model) !== "table") return false;
  const rows = coefficientRows(model, types);
  return rows.some((row, k) => tableOf(model, types[k].s, types[k].t, row).error > ROUGH);
}
