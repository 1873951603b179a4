import { type Series, variable } from "./series.ts";
import { termsOf } from "./terms.ts";
import {
  COEFFICIENT_STRIDE,
  Coefficient,
  Form,
  type PairModel,
  type PairTerm,
  type PotentialTable,
} from "./types.ts";

/** What the dynamics computes with. */
export type KernelTable = Pick<PairModel, "form" | "coefficients" | "tables">;

/** Taylor polynomials of this degree, this many to an octave of distances: φ…φ″ to rounding, φ‴ to some 1e-12. */
const DEGREE = 9;
const INTERVALS = 128;
/** Octaves below the cutoff; tables of a user end them at their first row. Nearer pairs are refused as overlaps. */
const OCTAVES = 7;

const known = new WeakMap<PairModel, KernelTable>();

/**
 * A model as it is evaluated, here and by the kernels: itself where they know its form, else piecewise Taylor polynomials
 * of the sum of its terms, between the radii where one of them changes. Made once a model; some 50 ms a pair of species.
 */
export function kernelTable(model: PairModel): KernelTable {
  if (model.form !== Form.Terms) return model;
  const made = known.get(model) ?? tabulate(model, (term) => term.charged !== true);
  known.set(model, made);
  return made;
}

const knownCharged = new WeakMap<PairModel, KernelTable>();

/** The terms of a model that are multiplied by the charges of the particles; undefined where it has none. */
export function chargedTable(model: PairModel): KernelTable | undefined {
  if (model.charges !== "file") return undefined;
  const made = knownCharged.get(model) ?? tabulate(model, (term) => term.charged === true);
  knownCharged.set(model, made);
  return made;
}

function tabulate(model: PairModel, takes: (term: PairTerm) => boolean): KernelTable {
  const terms = termsOf(model);
  const coefficients = model.coefficients.slice();
  const tables: PotentialTable[] = [];
  const places = new Map<readonly PairTerm[], number>();
  terms.forEach((list, k) => {
    const row = k * COEFFICIENT_STRIDE;
    const taken = list.filter(takes);
    // no distance is within the cutoff of no term
    if (taken.length === 0) coefficients[row + Coefficient.Cutoff] = 0;
    if (!places.has(list)) {
      places.set(list, tables.length);
      tables.push(...pairTables(taken, coefficients.subarray(row), model.mixing !== undefined));
    }
    coefficients[row + Coefficient.Parameters] = places.get(list)!;
  });
  return { form: Form.Table, coefficients, tables };
}

/** Outer to inner. Distances are in units of λ of the row, energies in units of its ε. */
function pairTables(list: readonly PairTerm[], row: Float64Array, mixed: boolean): PotentialTable[] {
  if (list.length === 0) return [];
  const unit = row[Coefficient.Lambda];
  const ratio = ({ lambda }: PairTerm) => (mixed ? 1 : lambda / unit);
  const end = row[Coefficient.Cutoff];
  const breaks = breaksOf(list, ratio);
  const least = Math.max(end / 2 ** OCTAVES, ...list.map((term) => term.least * ratio(term)));
  const octaves = Array.from({ length: OCTAVES }, (_, k) => end / 2 ** k);
  const radii = [...new Set([...breaks, ...octaves])]
    .filter((x) => x > least && x <= end)
    .sort((a, b) => b - a);
  return radii.map((upper, k) => {
    const lower = radii[k + 1] ?? least;
    const intervals = Math.ceil((INTERVALS * (upper - lower)) / lower);
    const spacing = (upper - lower) / intervals;
    const polynomials = new Float64Array(intervals * (DEGREE + 1));
    for (let n = 0; n < intervals; n++) {
      const middle = lower + (n + 0.5) * spacing;
      const about = sumSeries(list, middle, ratio, row[Coefficient.Epsilon]);
      polynomials.set(fromLeft(about, spacing), n * (DEGREE + 1));
    }
    return { rMin: lower, spacing, polynomials, degree: DEGREE, continued: k + 1 < radii.length };
  });
}

/** Where terms end or derivatives of them jump. */
function breaksOf(list: readonly PairTerm[], ratio: (term: PairTerm) => number): number[] {
  return list.flatMap((term) => [term.cutoff, ...term.jumps.map(({ x }) => x)].map((x) => x * ratio(term)));
}

/** The distances x = r/λ within the cutoff of a pair of species where φ is not smooth; ascending. */
export function breaksWithin(model: PairModel, s: number, t: number): number[] {
  if (model.form !== Form.Terms) return [];
  const at = s * model.species.length + t;
  const [, unit, end] = model.coefficients.subarray(at * COEFFICIENT_STRIDE);
  const ratio = ({ lambda }: PairTerm) => (model.mixing ? 1 : lambda / unit);
  const within = breaksOf(termsOf(model)[at], ratio).filter((x) => x < end * (1 - 1e-9));
  return [...new Set(within)].sort((a, b) => a - b);
}

function sumSeries(
  list: readonly PairTerm[],
  u: number,
  ratio: (term: PairTerm) => number,
  energy: number,
): Series {
  const sum = new Array<number>(DEGREE + 1).fill(0);
  for (const term of list) {
    const scale = ratio(term);
    const x = u / scale;
    if (x > term.cutoff) continue;
    let factor = term.epsilon / energy;
    term.series(variable(x, DEGREE)).forEach((value, k) => {
      sum[k] = sum[k] + factor * value;
      factor /= scale;
    });
  }
  return sum;
}

/** From powers of the distance from the middle of an interval to powers of (x − left end)/spacing. */
function fromLeft(about: Series, spacing: number): number[] {
  let power = 1;
  const c = about.map((value, k) => value * (k === 0 ? 1 : (power *= spacing)));
  for (let k = 0; k < DEGREE; k++) {
    for (let l = DEGREE - 1; l >= k; l--) c[l] = c[l] - 0.5 * c[l + 1];
  }
  return c;
}
