import { SoftfieldError } from "../errors.ts";
import { type Interactions, renamed } from "../interactions/index.ts";
import type { WorkControl } from "../progress.ts";
import { type Box, minimumImage } from "../space/index.ts";
import { withoutMean } from "../sparse/index.ts";
import { dot, norm } from "../vectors.ts";
import type { CubicModeOptions, Solve } from "./cubic.ts";
import { expansionAlong } from "./expansion.ts";
import { placeOfMode } from "./place.ts";
import { localisingForce } from "./pseudoharmonic.ts";

/** A glass in which modes are looked for place by place. */
export interface Surroundings {
  readonly box: Box;
  /** N×d, unit λ */
  readonly positions: Float64Array;
  readonly interactions: Interactions;
}

/** Where a local mode grows: around a particle, from a field (N×d). */
export interface LocalSeed {
  readonly particle: number;
  readonly field: Float64Array;
}

/** How local modes are grown. */
export interface LocalModeOptions extends CubicModeOptions {
  /** Beyond this distance from its centre a mode answers linearly, λ. Default 5 in two dimensions, 4 in three. */
  readonly radius?: number;
  /** Steps towards a pseudo-harmonic mode before the mapping to a cubic one; default 2. */
  readonly localising?: number;
  /** Modes whose overlap |z·z′| exceeds this are one; default 0.9. */
  readonly overlap?: number;
}

const TOGETHER = 8;
const [STEP, LEAST_STEP] = [0.7, 1e-3];

/** A mode on its way: its field z, and q = M·z, which is 0 outside of its own part of the glass. */
interface Walker {
  field: Float64Array;
  force: Float64Array;
  part: Part;
  stiffness: number;
  anharmonicity: number;
  quadratic: Float64Array;
  steps: number;
  residual: number;
}

/** The interactions around a particle, numbered by themselves. */
interface Part {
  readonly centre: number;
  readonly particles: Int32Array;
  readonly interactions: Interactions;
}

/**
 * Cubic modes of parts of a glass: stationary points of (M:zz)³/(U‴_A:zzz)² with the third derivative U‴_A of the
 * interactions within `radius` of the mode's centre alone, while the glass around answers by M. So each place has its
 * own, where the same mapping of the whole glass (`cubicModes`) slides from everywhere to the few softest places. One
 * solve a step, some fifteen a seed. Fields (N×d, unit length) by overlap each once; no order. Seeds that do not converge
 * are left out.
 */
export function localCubicModes(
  { box, positions, interactions }: Surroundings,
  solve: Solve,
  seeds: readonly LocalSeed[],
  options: LocalModeOptions = {},
  control: WorkControl = {},
): Float64Array[] {
  const { dimension: d } = interactions;
  const { radius = d === 2 ? 5 : 4, localising = 2, overlap = 0.9 } = options;
  const { tolerance = 1e-4, maxSteps = 60 } = options;
  const parts = new Map<number, Part>();
  const partOf = (centre: number) => {
    const known = parts.get(centre);
    if (known) return known;
    const part = partAround({ box, positions, interactions }, centre, radius);
    parts.set(centre, part);
    return part;
  };
  const found: Float64Array[] = [];
  const isKnown = (z: Float64Array, limit: number) => found.some((other) => Math.abs(dot(z, other)) > limit);
  const answers = (forces: readonly Float64Array[]) => {
    const length = positions.length;
    const b = new Float64Array(forces.length * length);
    forces.forEach((force, k) => {
      b.set(force, k * length);
    });
    const x = solve(b, forces.length);
    return forces.map((_, k) => withoutMean(x.subarray(k * length, (k + 1) * length), d));
  };
  for (let from = 0; from < seeds.length; from += TOGETHER) {
    if (control.signal?.aborted) throw new SoftfieldError("aborted", "local modes: stopped on request");
    let fields = seeds.slice(from, from + TOGETHER).map(({ field }) => field);
    let own = seeds.slice(from, from + TOGETHER).map(({ particle }) => partOf(particle));
    let forces: Float64Array[] = [];
    for (let step = 0; step < Math.max(1, localising); step++) {
      if (step > 0) own = fields.map((z) => partOf(placeOfMode({ box, positions }, z).peak));
      forces = fields.map((z, k) =>
        spread(own[k], localisingForce(own[k].interactions, gathered(own[k], z, d)), z.length, d),
      );
      fields = answers(forces);
      fields = fields.map((z, k) => {
        const length = norm(z);
        forces[k] = forces[k].map((x) => x / length);
        return z.map((x) => x / length);
      });
    }
    let moving = fields
      .map((field, k) => expanded({ field, force: forces[k], part: own[k] }, d))
      .filter(({ anharmonicity, field }) => anharmonicity !== 0 && !isKnown(field, 0.99));
    const walkers = moving;
    while (moving.length > 0) {
      const goals = answers(
        moving.map(({ part, quadratic, field }) => spread(part, quadratic, field.length, d)),
      );
      moving = moving.filter(
        (walker, k) => advance(walker, goals[k], d, tolerance) && walker.steps < maxSteps,
      );
    }
    for (const { field, residual } of walkers)
      if (residual <= tolerance && !isKnown(field, overlap)) found.push(field);
    const done = Math.min(seeds.length, from + TOGETHER);
    control.onProgress?.({ stage: "local modes", done, total: seeds.length });
  }
  return found;
}

/** One step of z ← z + a((κ/τ) G U‴_A:zz − z) that does not let the barrier rise; whether it goes on. */
function advance(walker: Walker, answer: Float64Array, d: number, tolerance: number): boolean {
  const { field, force, part, quadratic } = walker;
  const scale = walker.stiffness / walker.anharmonicity;
  const by = answer.map((x, k) => scale * x - field[k]);
  walker.residual = norm(by);
  walker.steps++;
  if (walker.residual <= tolerance) return false;
  const goal = spread(part, quadratic, field.length, d);
  const before = barrierOf(walker);
  for (let a = STEP; a >= LEAST_STEP; a /= 2) {
    const next = field.map((x, k) => x + a * by[k]);
    const length = norm(next);
    const tried = expanded(
      {
        field: next.map((x) => x / length),
        force: force.map((x, k) => (x + a * (scale * goal[k] - x)) / length),
        part,
      },
      d,
    );
    if (barrierOf(tried) > before * (1 + 1e-12)) continue;
    Object.assign(walker, { ...tried, steps: walker.steps, residual: walker.residual });
    return true;
  }
  return false;
}

const barrierOf = ({ stiffness: k, anharmonicity: t }: Pick<Walker, "stiffness" | "anharmonicity">) =>
  (k * k * k) / (t * t);

function expanded({ field, force, part }: Pick<Walker, "field" | "force" | "part">, d: number): Walker {
  const { quadratic, anharmonicity } = expansionAlong(part.interactions, gathered(part, field, d));
  return {
    field,
    force,
    part,
    quadratic,
    anharmonicity,
    stiffness: dot(force, field),
    steps: 0,
    residual: Infinity,
  };
}

function partAround({ box, positions, interactions }: Surroundings, centre: number, radius: number): Part {
  const { dimension: d, particleCount } = interactions;
  const names = new Int32Array(particleCount).fill(-1);
  const particles: number[] = [];
  const u = new Float64Array(d);
  for (let p = 0; p < particleCount; p++) {
    for (let a = 0; a < d; a++) u[a] = positions[p * d + a] - positions[centre * d + a];
    minimumImage(box, u);
    if (dot(u, u) > radius * radius) continue;
    names[p] = particles.length;
    particles.push(p);
  }
  return {
    centre,
    particles: Int32Array.from(particles),
    interactions: renamed(interactions, names, particles.length),
  };
}

function gathered({ particles }: Part, x: Float64Array, d: number): Float64Array {
  const own = new Float64Array(particles.length * d);
  particles.forEach((p, k) => {
    for (let a = 0; a < d; a++) own[k * d + a] = x[p * d + a];
  });
  return own;
}

function spread({ particles }: Part, own: Float64Array, length: number, d: number): Float64Array {
  const x = new Float64Array(length);
  particles.forEach((p, k) => {
    for (let a = 0; a < d; a++) x[p * d + a] = own[k * d + a];
  });
  return x;
}
