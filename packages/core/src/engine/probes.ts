import { root } from "../elementary.ts";
import { SoftfieldError } from "../errors.ts";
import { type Box, minimumImage, reducedBox, volume } from "../space/index.ts";
import { type BlockSymmetric, multiply } from "../sparse/index.ts";
import { norm } from "../vectors.ts";
import type { Differences } from "./differences.ts";
import type { Calls } from "./engine.ts";
import { pick, signs, Use } from "./signs.ts";

/** What is said of forces before they are used, instead of being measured. */
export interface DifferenceOptions {
  /** Displacement of first differences, unit of length; default: where they change least when it is changed tenfold. */
  readonly step?: number | undefined;
  /** Largest displacement of an atom's coordinate in second differences; default: as `step`. */
  readonly secondStep?: number | undefined;
  /** How far the force of a displaced particle reaches, unit of length; default: as far as forces were seen to change. */
  readonly range?: number | undefined;
}

/** Displacements that are tried, over the mean distance of neighbours. */
const TRIED = [1e-2, 1e-3, 1e-4, 1e-5, 1e-6];
const TRIED_SECOND = [3e-2, 1e-2, 3e-3, 1e-3, 3e-4, 1e-4];
/** Differences that change more than this at every displacement are none. */
const UNSETTLED = 0.1;
/** Particles that are displaced one by one to see how far that is felt. */
const PROBES = 4;
/** What is felt less than this, of the largest, or than so many times the noise, does not count. */
const FELT = 1e-9;
const NOISES = 10;
/** Forces and the slope of the energy agree at least so well, or the forces are none of it. */
const CONSERVATIVE = 1e-3;

/** Mean distance of neighbours, (V/N)^{1/d}. */
export function spacing(box: Box, count: number): number {
  return root(volume(box) / count, box.dimension);
}

/**
 * How far a particle's displacement is felt and by how much it is best displaced, from some 40 calls.
 *
 * Throws "numerics" where forces do not repeat, or are not those of the energy.
 */
export async function measured(
  calls: Calls,
  x: Float64Array,
  asked: DifferenceOptions,
): Promise<Differences> {
  const { box, count: n } = calls;
  const length = spacing(box, n);
  const v = signs(x.length, 0, Use.probe, 0);
  const inLengths = (tried: readonly number[], given: number | undefined) =>
    given === undefined ? tried.map((t) => t * length) : [given, given / 2];
  const first = await settled(calls, inLengths(TRIED, asked.step), async (h) => {
    const { plus, minus } = await calls.both(x, v, h);
    return plus.gradient.map((g, k) => (g - minus.gradient[k]) / (2 * h));
  });
  const step = asked.step ?? first.step;
  await checkConservative(calls, x, Math.max(30 * step, 1e-3 * length));
  const { gradient: rest } = await calls.at(x);
  const second = await settled(calls, inLengths(TRIED_SECOND, asked.secondStep), async (h) => {
    const { plus, minus } = await calls.both(x, v, h);
    return plus.gradient.map((g, k) => (g + minus.gradient[k] - 2 * rest[k]) / (h * h));
  });
  const range = asked.range ?? (await feltRange(calls, x, 10 * step, Math.max(FELT, NOISES * first.noise)));
  return {
    step,
    noise: first.noise,
    secondStep: asked.secondStep ?? second.step,
    secondNoise: second.noise,
    range,
  };
}

/** Displacements at which differences settle, and how far apart those of two neighbouring ones are. */
interface Settled {
  readonly step: number;
  readonly noise: number;
}

/** The displacement at which differences of gradients along random signs change least when it becomes smaller. */
async function settled(
  calls: Calls,
  tried: readonly number[],
  difference: (h: number) => Promise<Float64Array>,
): Promise<Settled> {
  const found: Float64Array[] = [];
  for (const h of tried) found.push(await difference(h));
  let best: Settled = { step: tried[0], noise: Infinity };
  for (let k = 0; k + 1 < tried.length; k++) {
    const apart = norm(found[k].map((value, e) => value - found[k + 1][e])) / norm(found[k + 1]);
    if (apart < best.noise) best = { step: Math.sqrt(tried[k] * tried[k + 1]), noise: apart };
  }
  if (best.noise < UNSETTLED) return best;
  throw new SoftfieldError(
    "numerics",
    `${calls.engine.name}: differences of forces do not settle at any displacement (${(100 * best.noise).toPrecision(2)} % apart at ` +
      `${best.step.toPrecision(2)}): the forces are not smooth, or not the same at each call`,
  );
}

/** −F·v against the slope of the energy. */
async function checkConservative(calls: Calls, x: Float64Array, h: number): Promise<void> {
  // about a place where forces do not vanish
  const away = signs(x.length, 0, Use.probe, 1);
  const v = signs(x.length, 0, Use.probe, 2);
  const there = x.map((value, k) => value + 10 * h * away[k]);
  const { gradient } = await calls.at(there);
  const { plus, minus } = await calls.both(there, v, h);
  const slope = (plus.energy - minus.energy) / (2 * h);
  const along = gradient.reduce((sum, g, k) => sum + g * v[k], 0);
  const size = Math.abs(along) + norm(gradient);
  if (Math.abs(slope - along) <= CONSERVATIVE * size) return;
  throw new SoftfieldError(
    "numerics",
    `${calls.engine.name}: forces are not the slope of the energy: ${along.toPrecision(5)} by forces, ${slope.toPrecision(5)} by energies ` +
      "along a random displacement. Are there walls, thermostats or constraints among the forces that the energy does not count?",
  );
}

/** The largest distance at which a displaced particle is felt. */
async function feltRange(calls: Calls, x: Float64Array, h: number, least: number): Promise<number> {
  const { count: n } = calls;
  const box = reducedBox(calls.box);
  const d = box.dimension;
  const du = new Float64Array(d);
  let range = 0;
  for (let k = 0; k < Math.min(PROBES, n); k++) {
    const p = pick(n, 0, Use.probe, 10 + k);
    const v = new Float64Array(x.length);
    signs(d, 0, Use.probe, 20 + k).forEach((sign, a) => {
      v[p * d + a] = sign;
    });
    const { plus, minus } = await calls.both(x, v, h);
    const felt = Float64Array.from({ length: n }, (_, i) => {
      let most = 0;
      for (let a = 0; a < d; a++)
        most = Math.max(most, Math.abs(plus.gradient[i * d + a] - minus.gradient[i * d + a]));
      return most;
    });
    for (let i = 0; i < n; i++) {
      if (felt[i] <= least * felt[p]) continue;
      for (let a = 0; a < d; a++) du[a] = x[i * d + a] - x[p * d + a];
      range = Math.max(range, norm(minimumImage(box, du)));
    }
  }
  // the next shell of a particle that was not tried may lie a little further
  return 1.1 * range;
}

/** |M·v − the difference of gradients along v| over |M·v|, v random signs: large where forces reach beyond M's blocks. */
export async function missing(
  calls: Calls,
  x: Float64Array,
  matrix: BlockSymmetric,
  step: number,
): Promise<number> {
  const v = signs(x.length, 0, Use.probe, 3);
  const { plus, minus } = await calls.both(x, v, step);
  const product = multiply(matrix, v);
  const apart = product.map((value, k) => value - (plus.gradient[k] - minus.gradient[k]) / (2 * step));
  return norm(apart) / norm(product);
}
