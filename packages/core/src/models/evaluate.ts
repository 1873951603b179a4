import { SoftfieldError } from "../errors.ts";
import { formOf } from "./forms/registry.ts";
import { jet } from "./jet.ts";
import { chargedTable, type KernelTable, kernelTable } from "./kerneltables.ts";
import { mixDiameters, mixStrength } from "./mixing.ts";
import { addSmoothing, highestSmoothing } from "./smoothing.ts";
import { evaluateTable } from "./table.ts";
import { COEFFICIENT_STRIDE, Coefficient, Form, type PairModel, type PotentialTable } from "./types.ts";

/** What of a configuration sets the parameters of its pairs; a `System` is one. */
export interface Particles {
  /** N, index into the model's species. Read. */
  readonly species: Int32Array;
  /** N, unit λ; needed by models with a mixing rule, ignored by others. Read. */
  readonly diameters?: Float64Array;
  /** N; needed by models whose charges are the file's, ignored by others. Read. */
  readonly charges?: Float64Array;
}

/** A batch of m pairs; an `Interactions` is one. */
export interface PairBatch {
  /** m, particle indices of both ends. Read. */
  readonly i: Int32Array;
  readonly j: Int32Array;
  /** m, distance, unit λ. Read. */
  readonly r: Float64Array;
  /** m, φ(r), unit ε. Overwritten. */
  readonly phi0: Float64Array;
  /** m, φ′(r), ε/λ. Overwritten. */
  readonly phi1: Float64Array;
  /** m, φ″(r), ε/λ². Overwritten. */
  readonly phi2: Float64Array;
  /** m, φ‴(r), ε/λ³. Overwritten. */
  readonly phi3: Float64Array;
  /** m, φ⁗(r), ε/λ⁴, where it is wanted. Overwritten. */
  readonly phi4?: Float64Array | undefined;
}

/** How many pairs are evaluated, and what becomes of those that are too near. */
export interface EvaluateOptions {
  /** Pairs to evaluate, from the start of the arrays; all by default. */
  readonly count?: number;
  /** For the dynamics: no distance is refused; below the first row of a table its first polynomial goes on. */
  readonly anyDistance?: boolean;
}

/**
 * Evaluates φ(r) = ε_ij [form(x) + Σ_ℓ c_{2ℓ} x^{2ℓ}] (A.1, A.3 of Zylberg 2017), x = r/λ_ij, and its first
 * three derivatives by r (four, where there is room for them), for a batch of pairs; all are 0 for x > x_c.
 *
 * @throws SoftfieldError "geometry" where r is not positive or lies below the first row of a table; "model"
 * where diameters are missing or mix to a λ_ij ≤ 0.
 * Cost: O(m), no allocation per pair.
 */
export function evaluatePairs(
  model: PairModel,
  particles: Particles,
  pairs: PairBatch,
  { count = pairs.r.length, anyDistance = false }: EvaluateOptions = {},
): void {
  const options = { count, anyDistance };
  evaluateTerms(model, kernelTable(model), particles, pairs, options);
  const charged = chargedTable(model);
  if (charged) addCharged(model, charged, particles, pairs, options);
}

/** Adds what is multiplied by the charges of both ends. */
function addCharged(
  model: PairModel,
  table: KernelTable,
  particles: Particles,
  pairs: PairBatch,
  options: Required<EvaluateOptions>,
): void {
  const { charges } = particles;
  if (charges === undefined) throw noCharges(model);
  const value = () => new Float64Array(options.count);
  const { i, j, r } = pairs;
  const own = { i, j, r, phi0: value(), phi1: value(), phi2: value(), phi3: value(), phi4: value() };
  evaluateTerms(model, table, particles, own, options);
  for (let k = 0; k < options.count; k++) {
    const product = charges[i[k]] * charges[j[k]];
    pairs.phi0[k] += product * own.phi0[k];
    pairs.phi1[k] += product * own.phi1[k];
    pairs.phi2[k] += product * own.phi2[k];
    pairs.phi3[k] += product * own.phi3[k];
    if (pairs.phi4) pairs.phi4[k] += product * own.phi4[k];
  }
}

/** A model whose charges are the file's was given a configuration without any. */
export function noCharges(model: PairModel): SoftfieldError {
  return new SoftfieldError(
    "model",
    `model "${model.name}" takes the charges of the configuration, which has none: give it a column q or charge, or the model its charges by species`,
    { field: "charges" },
  );
}

function evaluateTerms(
  model: PairModel,
  { form: kind, coefficients, tables }: KernelTable,
  particles: Particles,
  pairs: PairBatch,
  { count, anyDistance }: Required<EvaluateOptions>,
): void {
  const form = formOf(model.definition);
  const composed = model.form === Form.Terms;
  const speciesCount = model.species.length;
  const { species } = particles;
  const diameters = mixedDiameters(model, particles);
  const strength = model.mixing?.strength;
  const { i, j, r, phi0, phi1, phi2, phi3, phi4 } = pairs;
  const highest = highestSmoothing(coefficients);
  for (let k = 0; k < count; k++) {
    const row = (species[i[k]] * speciesCount + species[j[k]]) * COEFFICIENT_STRIDE;
    const lambda = diameters
      ? mixedLength(model, particles, diameters, i[k], j[k])
      : coefficients[row + Coefficient.Lambda];
    const x = r[k] / lambda;
    if (!(x > 0) && !anyDistance) throw overlap(i[k], j[k], r[k]);
    if (x > coefficients[row + Coefficient.Cutoff]) {
      phi0[k] = phi1[k] = phi2[k] = phi3[k] = 0;
      if (phi4) phi4[k] = 0;
      continue;
    }
    const parameters = row + Coefficient.Parameters;
    if (kind === Form.Table) {
      let table = tables[coefficients[parameters]];
      if (composed) table = segmentAt(tables, coefficients[parameters], x);
      if (x < table.rMin && !anyDistance) throw belowTable(i[k], j[k], r[k], table.rMin * lambda);
      evaluateTable(table, x);
    } else {
      form.jet!(coefficients, parameters, x, tables);
    }
    addSmoothing(coefficients, row + Coefficient.Smoothing, highest, x);
    const inverse = 1 / lambda;
    let scale = coefficients[row + Coefficient.Epsilon];
    if (strength !== undefined && diameters) {
      scale *= mixStrength(strength, diameters[i[k]], diameters[j[k]], lambda);
    }
    phi0[k] = scale * jet.d0;
    phi1[k] = (scale *= inverse) * jet.d1;
    phi2[k] = (scale *= inverse) * jet.d2;
    phi3[k] = scale * inverse * jet.d3;
    if (phi4) phi4[k] = scale * inverse * inverse * jet.d4;
  }
}

/** The table of a chain, outer to inner, that holds x; the innermost below all. */
function segmentAt(tables: readonly PotentialTable[], first: number, x: number): PotentialTable {
  let at = first;
  while (x < tables[at].rMin && tables[at].continued) at++;
  return tables[at];
}

function mixedDiameters(model: PairModel, particles: Particles): Float64Array | undefined {
  if (model.mixing === undefined) return undefined;
  if (particles.diameters === undefined) {
    throw new SoftfieldError(
      "model",
      `model "${model.name}" mixes per-particle diameters, but the configuration has none: give it a column of diameters`,
      { field: "diameters" },
    );
  }
  return particles.diameters;
}

function mixedLength(
  model: PairModel,
  particles: Particles,
  diameters: Float64Array,
  i: number,
  j: number,
): number {
  const lambda = mixDiameters(diameters[i], diameters[j], model.mixing?.nonAdditivity ?? 0);
  if (!(lambda > 0)) throw unmixable(model, particles, i, j);
  return lambda;
}

function overlap(i: number, j: number, r: number): SoftfieldError {
  return new SoftfieldError(
    "geometry",
    `particles ${i} and ${j} are ${r} apart: remove one of them, or move them apart`,
    { particle: i },
  );
}

function belowTable(i: number, j: number, r: number, rMin: number): SoftfieldError {
  return new SoftfieldError(
    "geometry",
    `particles ${i} and ${j} are ${r} apart, below the first row of the table of φ (${rMin}): extend the table`,
    { particle: i },
  );
}

function unmixable(model: PairModel, particles: Particles, i: number, j: number): SoftfieldError {
  const [a, b] = [particles.diameters![i], particles.diameters![j]];
  return new SoftfieldError(
    "model",
    `diameters ${a} and ${b} of particles ${i} and ${j} mix to λ_ij = ${mixDiameters(a!, b!, model.mixing!.nonAdditivity)} in model "${model.name}": diameters must be positive and η|σ_i − σ_j| < 1`,
    { particle: i, field: "diameters" },
  );
}
