import { exponential, logarithm, power, root } from "../elementary.ts";
import { SoftfieldError } from "../errors.ts";
import { Arena, dynamicsKernels } from "../kernels/index.ts";
import type { GlassFormer, PairModel } from "../models/index.ts";
import { rectangularBox, type System } from "../space/index.ts";
import { Purpose, RandomStream } from "./random.ts";

/** Largest number of particles that fits one WebAssembly memory with its neighbour list. */
const MAX_PARTICLES = 4_000_000;
/** Particles start within this fraction of a lattice constant of their sites. */
const JITTER = 0.1;

/**
 * A disordered start: N particles of the model's species at its density, on random sites of a square or cubic
 * lattice, a little off them. The same seed gives the same bits everywhere.
 *
 * Throws "usage" on a bad N or seed, "model" where the model has no density, fractions or dimension.
 */
export function initialConfiguration(model: PairModel, count: number, seed: number): System {
  const { glass, dimension: d } = model;
  if (!glass || d === undefined) {
    throw new SoftfieldError(
      "model",
      `the model "${model.name}" has no dimension or no "glass" section (density, fractions), which making glasses needs`,
      { field: "glass" },
    );
  }
  if (model.mixing !== undefined && glass.diameters === undefined) {
    throw new SoftfieldError(
      "model",
      `the particles of model "${model.name}" have diameters, but its "glass" section does not say how they are distributed: give glass.diameters {min, max, exponent}`,
      { field: "glass.diameters" },
    );
  }
  if (!Number.isInteger(count) || count < 2 || count > MAX_PARTICLES) {
    throw new SoftfieldError(
      "usage",
      `the number of particles must be a whole number from 2 to ${MAX_PARTICLES}, got ${count}`,
      { field: "particles" },
    );
  }
  const arena = new Arena();
  const kernels = dynamicsKernels(arena);
  const places = new RandomStream(arena, kernels, seed, Purpose.Positions);
  const kinds = new RandomStream(arena, kernels, seed, Purpose.Species);
  const length = root(count / glass.density, d);
  let sitesAlong = 1;
  while (power(sitesAlong, d) < count) sitesAlong++;
  const sites = Int32Array.from({ length: power(sitesAlong, d) }, (_, k) => k);
  places.shuffle(sites);
  const spacing = length / sitesAlong;
  const positions = new Float64Array(count * d);
  for (let p = 0; p < count; p++) {
    let site = sites[p];
    for (let c = 0; c < d; c++) {
      positions[p * d + c] = spacing * ((site % sitesAlong) + 0.5 + JITTER * (2 * places.uniform() - 1));
      site = Math.floor(site / sitesAlong);
    }
  }
  const species = speciesByFractions(count, glass.fractions);
  kinds.shuffle(species);
  const box = rectangularBox(...Array.from({ length: d }, () => length));
  if (glass.diameters === undefined) return { box, positions, species };
  const ranks = Int32Array.from({ length: count }, (_, k) => k);
  new RandomStream(arena, kernels, seed, Purpose.Diameters).shuffle(ranks);
  return { box, positions, species, diameters: quantiles(ranks, glass.diameters) };
}

/**
 * The quantiles (rank + ½)/N of P(σ) ∼ σ^p: every sample has the same diameters, so that energies of samples do not
 * differ by what was drawn.
 */
function quantiles(
  ranks: Int32Array,
  { min, max, exponent }: NonNullable<GlassFormer["diameters"]>,
): Float64Array {
  const p = exponent + 1;
  const share = (rank: number) => (rank + 0.5) / ranks.length;
  const [low, high] = p === 0 ? [logarithm(min), logarithm(max)] : [power(min, p), power(max, p)];
  const at = (u: number) => low + u * (high - low);
  return Float64Array.from(ranks, (rank) =>
    p === 0 ? exponential(at(share(rank))) : exponential(logarithm(at(share(rank))) / p),
  );
}

/** Species in ascending order, as near to the fractions as whole particles allow (largest remainders first). */
function speciesByFractions(count: number, fractions: readonly number[]): Int32Array {
  const ideal = fractions.map((fraction) => fraction * count);
  const numbers = ideal.map((value) => Math.floor(value + 1e-9));
  const byRemainder = ideal.map((value, s) => ({ s, rest: value - numbers[s] }));
  byRemainder.sort((a, b) => b.rest - a.rest || a.s - b.s);
  let missing = count - numbers.reduce((sum, number) => sum + number, 0);
  for (let k = 0; missing > 0; k++, missing--) numbers[byRemainder[k % numbers.length].s]++;
  return Int32Array.from(numbers.flatMap((number, s) => Array.from({ length: number }, () => s)));
}
