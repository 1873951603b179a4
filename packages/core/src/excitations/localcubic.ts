import { SoftfieldError } from "../errors.ts";
import type { WorkControl } from "../progress.ts";
import { lengthUnit } from "../space/index.ts";
import { type CholeskyFactor, solve, solveWithin, withoutMean } from "../sparse/index.ts";
import { dot, norm, ontoRows, rowsOf, unit } from "../vectors.ts";
import type { CubicModeOptions } from "./cubic.ts";
import { expansionAlong } from "./expansion.ts";
import { type Part, Parts, type Surroundings } from "./parts.ts";
import { placeOfMode } from "./place.ts";
import { localisingForce } from "./pseudoharmonic.ts";

/** Where a local mode grows: around a particle, from a field. */
export interface LocalSeed {
  readonly particle: number;
  /** What some particles have of the field, up to a common translation. */
  readonly on: (particles: Int32Array) => Float64Array;
}

/** How local modes are grown. */
export interface LocalModeOptions extends CubicModeOptions {
  /** Beyond this distance from its centre a mode answers linearly, λ. Default 5 bond lengths in two dimensions, 4 in three. */
  readonly radius?: number;
  /** Steps towards a pseudo-harmonic mode before the mapping to a cubic one; default 2. */
  readonly localising?: number;
  /** Modes whose overlap |z·z′| exceeds this are one; default 0.9. */
  readonly overlap?: number;
}

/** Modes that grow at a time, so that their solves share passes over the factor. */
const TOGETHER = 8;
const [STEP, LEAST_STEP] = [0.7, 1e-3];
/** A mode on its way that overlaps so much with a known one will be it. */
const ARRIVED = 0.99;

/** A mode on its way, on the particles of its part: its field z, and q = M·z, which is 0 everywhere else. */
interface Walker {
  part: Part;
  field: Float64Array;
  force: Float64Array;
  stiffness: number;
  anharmonicity: number;
  quadratic: Float64Array;
  /** Steps left towards a pseudo-harmonic mode. */
  localising: number;
  steps: number;
  residual: number;
}

interface Found {
  readonly part: Part;
  readonly field: Float64Array;
}

/**
 * Cubic modes of parts of a glass: stationary points of (M:zz)³/(U‴_A:zzz)² with the third derivative U‴_A of the
 * interactions within `radius` of the mode's centre alone, while the glass around answers by M. So each place has its
 * own, where the same mapping of the whole glass (`cubicModes`) slides from everywhere to the few softest places. As M·z
 * is 0 outside of the part, z is wanted there alone, and a step is a solve among few particles (`solveWithin`); some fifteen
 * a seed. Fields (N×d, unit length) by overlap each once; no order. Seeds that do not converge are left out.
 */
export function localCubicModes(
  surroundings: Surroundings,
  factor: CholeskyFactor,
  seeds: readonly LocalSeed[],
  options: LocalModeOptions = {},
  control: WorkControl = {},
): Float64Array[] {
  const { dimension: d } = surroundings.interactions;
  const bond = lengthUnit(surroundings.box, surroundings.interactions.particleCount);
  const { radius = bond * (d === 2 ? 5 : 4), localising = 2, overlap = 0.9 } = options;
  const { tolerance = 1e-4, maxSteps = 60 } = options;
  const growth = new Growth(surroundings, factor, radius);
  // neighbours one after the other: they share the paths of the factor
  const { position } = factor.workspace.symbolic;
  const queue = [...seeds].sort((a, b) => position[a.particle] - position[b.particle]);
  let moving: Walker[] = [];
  for (let next = 0; next < queue.length || moving.length > 0; ) {
    if (control.signal?.aborted) throw new SoftfieldError("aborted", "local modes: stopped on request");
    while (moving.length < TOGETHER && next < queue.length)
      moving.push(growth.begun(queue[next++], Math.max(1, localising)));
    const answers = growth.answers(moving);
    const ended: Walker[] = [];
    moving = moving.filter((walker, k) => {
      const goesOn =
        walker.localising > 0
          ? growth.localised(walker, answers[k])
          : advance(walker, answers[k], tolerance) && walker.steps < maxSteps;
      if (!goesOn && walker.residual <= tolerance) ended.push(walker);
      return goesOn;
    });
    for (const walker of ended) growth.keep(walker, overlap);
    moving = moving.filter((walker, k) => !growth.isKnown(walker, moving.slice(0, k)));
    control.onProgress?.({ stage: "local modes", done: next - moving.length, total: seeds.length });
  }
  return growth.found.map(({ field }) => field);
}

/** What the modes of a glass grow in, and those that are found. */
class Growth {
  readonly found: Found[] = [];
  readonly #parts: Parts;
  readonly #factor: CholeskyFactor;
  readonly #dimension: number;
  readonly #count: number;
  /** x·b of these (of each component one) are the means of M⁻¹·b over all particles. */
  readonly #means: readonly Float64Array[];

  constructor(surroundings: Surroundings, factor: CholeskyFactor, radius: number) {
    const { interactions, positions } = surroundings;
    const d = interactions.dimension;
    this.#parts = new Parts(surroundings, radius);
    this.#factor = factor;
    this.#dimension = d;
    this.#count = interactions.particleCount;
    this.#means = Array.from({ length: d }, (_, a) =>
      solve(
        factor,
        positions.map((__, k) => (k % d === a ? 1 / interactions.particleCount : 0)),
      ),
    );
  }

  begun({ particle, on }: LocalSeed, localising: number): Walker {
    const part = this.#parts.around(particle);
    const field = on(part.particles);
    const quadratic = localisingForce(part.interactions, field);
    const none = { stiffness: 0, anharmonicity: 0, steps: 0, residual: Infinity };
    return { part, field, force: quadratic, quadratic, localising, ...none };
  }

  /** M⁻¹ of what each mode is driven by, on its own particles, without the mean over all. */
  answers(walkers: readonly Walker[]): Float64Array[] {
    const problems = walkers.map(({ part: { particles }, quadratic: b }) => ({ particles, b }));
    return solveWithin(this.#factor, problems).map((x, k) => this.#centred(x, problems[k]));
  }

  /** One step towards a pseudo-harmonic mode, around the particle that moves most; after the last whether it goes on. */
  localised(walker: Walker, answer: Float64Array): boolean {
    const length = norm(answer);
    walker.field = answer.map((x) => x / length);
    walker.force = walker.quadratic.map((x) => x / length);
    if (--walker.localising > 0) {
      const { peak } = placeOfMode(walker.part, walker.field);
      this.#moved(walker, walker.part.particles[peak]);
      walker.quadratic = localisingForce(walker.part.interactions, walker.field);
      return true;
    }
    Object.assign(walker, expanded(walker));
    return walker.anharmonicity !== 0;
  }

  /** Whether a mode on its way goes where another one is, or goes too. */
  isKnown(walker: Walker, others: readonly Walker[]): boolean {
    if (walker.localising > 0) return false;
    const { part, field } = walker;
    return (
      others.some(
        (other) => other.localising === 0 && other.part === part && overlaps(field, other.field) > ARRIVED,
      ) ||
      this.#near(part).some(
        (other) => overlaps(field, rowsOf(other.field, part.particles, this.#dimension)) > ARRIVED,
      )
    );
  }

  /** Takes a mode down, unless it is there. */
  keep({ part, force }: Walker, limit: number): void {
    const d = this.#dimension;
    const answer = solve(this.#factor, ontoRows(force, part.particles, d, this.#count));
    const field = unit(withoutMean(answer, d));
    if (this.#near(part).some((other) => Math.abs(dot(field, other.field)) > limit)) return;
    this.found.push({ part, field });
  }

  /** Modes whose parts have particles in common with this one. */
  #near({ centre }: Part): Found[] {
    return this.found.filter(({ part }) => this.#parts.meet(centre, part.centre));
  }

  /** Takes a mode to the part around another particle. */
  #moved(walker: Walker, centre: number): void {
    const before = walker.part;
    if (centre === before.centre) return;
    const part = this.#parts.around(centre);
    const particles = Int32Array.from(new Set([...before.particles, ...part.particles]));
    const b = new Float64Array(particles.length * this.#dimension);
    b.set(walker.force);
    const [x] = solveWithin(this.#factor, [{ particles, b }]);
    const all = ontoRows(this.#centred(x, { particles, b }), particles, this.#dimension, this.#count);
    walker.part = part;
    walker.field = rowsOf(all, part.particles, this.#dimension);
  }

  #centred(
    x: Float64Array,
    { particles, b }: { readonly particles: Int32Array; readonly b: Float64Array },
  ): Float64Array {
    const d = this.#dimension;
    const means = this.#means.map((weights) => dot(rowsOf(weights, particles, d), b));
    return x.map((value, k) => value - means[k % d]);
  }
}

/** One step of z ← z + a((κ/τ) G U‴_A:zz − z) that does not let the barrier rise; whether it goes on. */
function advance(walker: Walker, answer: Float64Array, tolerance: number): boolean {
  const { field, force, quadratic } = walker;
  const scale = walker.stiffness / walker.anharmonicity;
  const by = answer.map((x, k) => scale * x - field[k]);
  walker.residual = norm(by);
  walker.steps++;
  if (walker.residual <= tolerance) return false;
  const before = barrierOf(walker);
  for (let a = STEP; a >= LEAST_STEP; a /= 2) {
    const next = field.map((x, k) => x + a * by[k]);
    const length = norm(next);
    const tried = expanded({
      part: walker.part,
      field: next.map((x) => x / length),
      force: force.map((x, k) => (x + a * (scale * quadratic[k] - x)) / length),
    });
    if (barrierOf(tried) > before * (1 + 1e-12)) continue;
    Object.assign(walker, tried);
    return true;
  }
  return false;
}

type Expanded = Pick<Walker, "field" | "force" | "stiffness" | "anharmonicity" | "quadratic">;

const barrierOf = ({ stiffness: k, anharmonicity: t }: Expanded) => (k * k * k) / (t * t);

/** κ of the glass and τ of the part along a field. */
function expanded({ part, field, force }: Pick<Walker, "part" | "field" | "force">): Expanded {
  const { quadratic, anharmonicity } = expansionAlong(part.interactions, field);
  return { field, force, quadratic, anharmonicity, stiffness: dot(force, field) };
}

/** |cos| of the angle between two fields. */
const overlaps = (x: Float64Array, y: Float64Array) => Math.abs(dot(x, y)) / (norm(x) * norm(y));
