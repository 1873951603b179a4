import type { DeformationOptions } from "../deform/index.ts";
import { SoftfieldError } from "../errors.ts";
import { type Minimum, onAllParticles } from "../minimum/index.ts";
import type { WorkControl } from "../progress.ts";
import { type Box, minimumImage } from "../space/index.ts";
import { dot } from "../vectors.ts";
import { boxPath } from "./boxpath.ts";
import { type Fold, type FoldOptions, foldOf } from "./fold.ts";
import { placeOfMode } from "./place.ts";
import { type LoadedRegion, Region, type RegionOptions } from "./region.ts";

/** Where a place yields under a load, by its own surroundings. */
export interface LocalYield {
  /** fold: it yields at `strain`; max-strain: not up to there; lost: its branch could be followed up to there only. */
  readonly status: Fold["status"];
  /** γ_c */
  readonly strain: number;
  /** By how much the stress of the core rises up to there, ε/λ^d. */
  readonly rise: number;
  /** Particle that moves most in the critical mode, where that is centred (d, λ), and its radius, λ. */
  readonly particle: number;
  readonly position: Float64Array;
  readonly radius: number;
  /** N×d, unit length on the core; 0 elsewhere. */
  readonly field: Float64Array;
  /** From the middle of the region to that of the mode, λ: a mode at the border is bent by it. */
  readonly offset: number;
  /** dγ_c/de by a strain e of the box beside the load (d×d, symmetric), at fixed e: −(z·∂²U/∂y∂e)/(z·∂²U/∂y∂γ). */
  readonly sensitivity: Float64Array;
}

/** How places are tried. */
export interface LocalYieldOptions extends RegionOptions, FoldOptions {}

/**
 * The strain at which the surroundings of a place (d, λ) yield under a load: a core of the glass as it is, followed by
 * arc-length steps to its fold, while the rest answers linearly (or follows the box: `shell`). One region serves all
 * `loads`, displacement gradients L (d×d, F = 1 + γL) among them. Errors as `Region`. Cost: some hundred solves for an elastic shell, then some fifteen dense factorisations
 * of the core a load.
 */
export function localYield(
  minimum: Minimum,
  centre: ArrayLike<number>,
  loads: readonly (DeformationOptions | Float64Array)[],
  options: LocalYieldOptions = {},
): LocalYield[] {
  const region = new Region(minimum, centre, options);
  return loads.map((load) => yieldOf(minimum, region, centre, load, options));
}

function yieldOf(
  minimum: Minimum,
  region: Region,
  centre: ArrayLike<number>,
  load: DeformationOptions | Float64Array,
  options: FoldOptions,
): LocalYield {
  const { backbone } = minimum;
  const d = backbone.box.dimension;
  const loaded = region.under(boxPath(minimum, load));
  const before = loaded.stress();
  const fold = foldOf(loaded, region.size, options);
  const field = region.spread(fold.mode);
  const { peak, position, radius } = placeOfMode(backbone, field);
  return {
    status: fold.status,
    strain: fold.strain,
    rise: loaded.stress() - before,
    particle: backbone.particles[peak],
    position,
    radius,
    field: onAllParticles(backbone, field, d, 0),
    offset: distance(backbone.box, position, centre),
    sensitivity: sensitivityOf(loaded, fold.mode),
  };
}

/** Where the mode z is critical z·∂E/∂y stays 0: dγ z·∂²E/∂y∂γ + de z·∂²E/∂y∂e = 0. */
function sensitivityOf(loaded: LoadedRegion, mode: Float64Array): Float64Array {
  const along = dot(mode, loaded.stiffness().force);
  return Float64Array.from(loaded.forces(), (force) => -dot(mode, force) / along);
}

/** What is foretold of a glass: places in the order in which they yield. */
export interface ForecastOptions extends LocalYieldOptions {
  /** Folds whose modes are centred within this distance are one, λ; default 2. */
  readonly apart?: number;
}

/** How often a region is moved to where its mode is. */
const MOVES = 2;
/** A mode as far from the middle of its region is taken again in the middle of one, λ. */
const OFF = 1.5;

/**
 * The plastic events that a load would cause at places of a glass (d each, λ), each alone: the fold of the region around
 * each place, around its critical mode where that lies elsewhere, each once, in order of their strains; those without a
 * fold are left out. A list a load. Cost: `localYield` at one to three places each.
 */
export function yieldForecast(
  minimum: Minimum,
  places: readonly ArrayLike<number>[],
  loads: readonly (DeformationOptions | Float64Array)[],
  options: ForecastOptions = {},
  control: WorkControl = {},
): LocalYield[][] {
  const { box } = minimum.backbone;
  const { apart = 2 } = options;
  const found = loads.map((): LocalYield[] => []);
  const tried: { readonly at: ArrayLike<number>; readonly region: Region }[] = [];
  const regionAt = (at: ArrayLike<number>) => {
    const known = tried.find((one) => distance(box, at, one.at) < 0.5);
    if (known) return known;
    const made = { at: Float64Array.from(at), region: new Region(minimum, at, options) };
    tried.push(made);
    return made;
  };
  places.forEach((place, k) => {
    if (control.signal?.aborted) throw new SoftfieldError("aborted", "forecast: stopped on request");
    loads.forEach((load, l) => {
      let at = regionAt(place);
      let one = yieldOf(minimum, at.region, at.at, load, options);
      for (let move = 0; move < MOVES && one.status === "fold" && one.offset > OFF; move++) {
        if (found[l].some((other) => distance(box, other.position, one.position) < apart)) return;
        at = regionAt(one.position);
        one = yieldOf(minimum, at.region, at.at, load, options);
      }
      if (one.status !== "fold") return;
      const same = found[l].findIndex((other) => distance(box, other.position, one.position) < apart);
      if (same < 0) found[l].push(one);
      else if (one.offset < found[l][same].offset) found[l][same] = one;
    });
    control.onProgress?.({ stage: "local yield strains", done: k + 1, total: places.length });
  });
  for (const own of found) own.sort((a, b) => a.strain - b.strain);
  return found;
}

function distance(box: Box, a: ArrayLike<number>, b: ArrayLike<number>): number {
  const u = Float64Array.from({ length: box.dimension }, (_, k) => a[k] - b[k]);
  minimumImage(box, u);
  return Math.sqrt(dot(u, u));
}
