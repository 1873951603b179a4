import { StiffnessSolver } from "../deform/index.ts";
import { ForceField } from "../dynamics/index.ts";
import { exponential, logarithm } from "../elementary.ts";
import { SoftfieldError } from "../errors.ts";
import { typicalForce } from "../interactions/index.ts";
import { type Minimum, onAllParticles } from "../minimum/index.ts";
import type { WorkControl } from "../progress.ts";
import { localThermalEnergy, lowestNormalModes } from "../response/index.ts";
import { logDeterminant, withoutMean } from "../sparse/index.ts";
import { dot, maxNorm, norm } from "../vectors.ts";
import { census, type Mode, modeAlong } from "./census.ts";
import type { Excitation } from "./excitation.ts";
import { lowestCurvature } from "./lowestcurvature.ts";
import { bondOf, curvatureProduct, minimumModeClimb } from "./minimummode.ts";
import { upPlanes } from "./planes.ts";
import { type Wells, wellsBeside } from "./wells.ts";

/** A way out of a minimum: over a saddle of index one into the minimum behind it. */
export interface ActivatedSaddle extends Wells {
  /** That moves furthest between the minima. */
  readonly particle: number;
  /** ω² < 0 of the unstable mode at the saddle, 1/τ₀². */
  readonly curvature: number;
  /** ν of the rate ν e^{−barrier/k_BT}, 1/τ₀. */
  readonly prefactor: number;
  /** Searches that ended here. */
  readonly found: number;
}

/** What searches have come to. */
export interface ActivatedSaddles {
  /** Distinct, the lowest barrier first: all lead back to the minimum. */
  readonly saddles: readonly ActivatedSaddle[];
  readonly searches: number;
  /** Ended at saddles that do not lead back to the minimum; and at none. */
  readonly elsewhere: number;
  readonly lost: number;
}

/** Of the first saddle along a direction, bond lengths, at most, and how many times that the energy is minimised on planes. */
const [SCALE, REACH] = [0.5, 4];
/** Steps from an excitation to the lowest mode, once the way up leaves the planes. */
const TURNS = 20;
/** Of the unstable mode at the saddle. */
const [REFINED, EXACT] = [300, 1e-6];
/** Saddles closer than this (bond lengths, any coordinate) are one. */
const SAME = 1e-3;

/**
 * Directions from which searches for saddles start: the `count` softest excitations of the census, and as many of the lowest
 * normal modes, which lead over ways out of the same places that lie across those of the excitations. Fields N×d, unit
 * length, 0 on rattlers. Errors as `localThermalEnergy`. Cost: a census and the modes.
 */
export function activationDirections(minimum: Minimum, count: number, control: WorkControl = {}): Mode[] {
  const { backbone } = minimum;
  const { dimension: d, particleCount } = backbone.interactions;
  const excitations = census(minimum, localThermalEnergy(minimum, {}, control), {}, control);
  const length = particleCount * d;
  const available = Math.min(count, length - d);
  const { vectors } = lowestNormalModes(minimum.factor(control), available, control);
  const modes = Array.from({ length: available }, (_, k): Mode => {
    const { field, ...along } = modeAlong(backbone.interactions, vectors.slice(k * length, (k + 1) * length));
    return { ...along, field: onAllParticles(backbone, field, d, 0) };
  });
  return [...excitations.slice(0, count), ...modes];
}

/**
 * Ways out of a minimum by activation (Barkema & Mousseau, Phys. Rev. Lett. 77, 4358, 1996), from both directions of
 * excitations, such as `activationDirections`: the energy is minimised on planes across the excitation as long as it has a minimum
 * there, then followed up the lowest mode and down across it to the saddle, where M has one negative eigenvalue (by the signs of
 * its factor), and down both ways. The prefactor is Vineyard's (J. Phys. Chem. Solids 3, 121, 1957),
 * ν = (|ω₋|/2π)·√(det M/|det M_saddle|), with the masses. Nothing proves that all ways out are found. Cost: some twenty
 * factorisations, a few thousand force evaluations and two minimisations a search.
 */
export function activatedSaddles(
  minimum: Minimum,
  excitations: readonly Pick<Excitation, "field" | "stiffness" | "anharmonicity">[],
  control: WorkControl = {},
): ActivatedSaddles {
  const field = ForceField.create(minimum.system, minimum.model);
  const solver = new StiffnessSolver(field, undefined, true);
  const start = field.positions();
  const rest = solver.factorize(solver.assemble());
  if (!rest || rest.factor.negative > 0)
    throw new SoftfieldError("not-a-minimum", "the configuration is no minimum of the energy");
  const bond = bondOf(field);
  const setting: Setting = {
    ...{ field, solver, start, energy: field.energy },
    typical: typicalForce(field.interactions()),
    determinant: logDeterminant(rest.factor),
    pins: rest.pins.length,
  };
  const directions = excitations.flatMap(({ field: along, stiffness, anharmonicity }): Direction[] => [
    { along, scale: Math.min(SCALE * bond, (2 * stiffness) / anharmonicity) },
    { along: along.map((x) => -x), scale: SCALE * bond },
  ]);
  const saddles: ActivatedSaddle[] = [];
  let [elsewhere, lost] = [0, 0];
  directions.forEach((direction, k) => {
    if (control.signal?.aborted) throw new SoftfieldError("aborted", "the search for saddles was stopped");
    control.onProgress?.({ stage: "saddles", done: k, total: directions.length });
    const top = topAlong(setting, direction);
    if (!top) {
      lost++;
      return;
    }
    const away = withoutMean(
      top.at.map((x, n) => x - start[n]),
      field.dimension,
    );
    const known = saddles.findIndex(({ saddle }) => maxNorm(saddle.map((u, n) => u - away[n])) < SAME * bond);
    if (known >= 0) {
      saddles[known] = { ...saddles[known], found: saddles[known].found + 1 };
      return;
    }
    const one = described(setting, top);
    if (one) saddles.push(one);
    else elsewhere++;
  });
  saddles.sort((a, b) => a.barrier - b.barrier);
  return { saddles, searches: directions.length, elsewhere, lost };
}

/** ν e^{−ΔE/k_BT}, 1/τ₀: the rate over a saddle by harmonic transition-state theory. */
export function harmonicRate(
  { prefactor, barrier }: Pick<ActivatedSaddle, "prefactor" | "barrier">,
  temperature: number,
): number {
  return prefactor * exponential(-barrier / temperature);
}

interface Setting {
  readonly field: ForceField;
  readonly solver: StiffnessSolver;
  readonly start: Float64Array;
  readonly energy: number;
  readonly typical: number;
  /** ln det M of the minimum without its pins, which are so many. */
  readonly determinant: number;
  readonly pins: number;
}

/** A unit displacement without mean against which a search goes up, and where the saddle may be, λ. */
interface Direction {
  readonly along: Float64Array;
  readonly scale: number;
}

/** A saddle, about its unstable mode, and ln |det M| there, pinned. */
interface Top {
  readonly at: Float64Array;
  readonly mode: Float64Array;
  readonly determinant: number;
}

function topAlong(
  { field, solver, start, typical, pins }: Setting,
  { along, scale }: Direction,
): Top | undefined {
  field.setPositions(start);
  const { x } = upPlanes(field, solver, along, { typical, scale, reach: REACH });
  const { vector } = lowestCurvature(curvatureProduct(field, x), along, TURNS);
  const climb = minimumModeClimb(field, solver, { x, mode: vector, typical });
  if (!climb || maxNorm(climb.at.map((value, p) => value - start[p])) < SAME * bondOf(field))
    return undefined;
  // other rattlers than at rest: determinants of matrices of two sizes
  if (climb.factored.pins.length !== pins) return undefined;
  return { at: climb.at, mode: climb.mode, determinant: logDeterminant(climb.factored.factor) };
}

/** What lies beside the saddle; undefined where the way back leads elsewhere. */
function described(setting: Setting, { at, mode, determinant }: Top): ActivatedSaddle | undefined {
  const { field, start, energy } = setting;
  const d = field.dimension;
  const roots = field.masses?.map(Math.sqrt);
  const over = (v: Float64Array) => (roots ? v.map((u, k) => u / roots[Math.floor(k / d)]) : v);
  const product = curvatureProduct(field, at);
  const { value, vector } = lowestCurvature(
    (v) => over(product(over(v))),
    roots ? mode.map((u, k) => u * roots[Math.floor(k / d)]) : mode,
    REFINED,
    EXACT,
  );
  const plain = over(vector);
  const away = at.map((x, k) => x - start[k]);
  const length = (dot(plain, away) < 0 ? -1 : 1) * norm(plain);
  field.setPositions(at);
  const wells = wellsBeside(field, at, { start, energy, direction: plain.map((u) => u / length) });
  if (typeof wells === "string" || !wells.returns || value >= 0) return undefined;
  const half = 0.5 * (setting.determinant - determinant + logarithm(-value));
  return {
    ...wells,
    particle: furthest(wells.other, d),
    curvature: value,
    prefactor: exponential(half) / (2 * Math.PI),
    found: 1,
  };
}

/** The particle that goes furthest. */
function furthest(displacements: Float64Array, d: number): number {
  let [particle, most] = [0, 0];
  for (let p = 0; p < displacements.length / d; p++) {
    const own = displacements.subarray(p * d, (p + 1) * d);
    const square = dot(own, own);
    if (square > most) [most, particle] = [square, p];
  }
  return particle;
}
