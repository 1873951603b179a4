import type { DeformationOptions } from "../deform/index.ts";
import { SoftfieldError } from "../errors.ts";
import { type Minimum, onAllParticles } from "../minimum/index.ts";
import type { WorkControl } from "../progress.ts";
import { type Box, lengthUnit, minimumImage } from "../space/index.ts";
import { dot } from "../vectors.ts";
import { boxPath } from "./boxpath.ts";
import { type Fold, type FoldOptions, foldOf } from "./fold.ts";
import { placeOfMode } from "./place.ts";
import { type LoadedRegion, Region, type RegionOptions } from "./region.ts";
import { Responses } from "./responses.ts";

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
  /** Whether a fold's mode lies so far off the middle of a part of the glass that its γ_c means nothing: another place yields. */
  readonly stray: boolean;
  /** dγ_c/de by a strain e of the box beside the load (d×d, symmetric), at fixed e: −(z·∂²U/∂y∂e)/(z·∂²U/∂y∂γ). */
  readonly sensitivity: Float64Array;
}

/** How places are tried. */
export interface LocalYieldOptions extends RegionOptions, FoldOptions {}

/**
 * The strain at which the surroundings of a place (d, λ) yield under a load: a core of the glass as it is, followed by
 * arc-length steps to its fold, while the rest answers linearly (or follows the box: `shell`). One region serves all
 * `loads`, displacement gradients L (d×d, F = 1 + γL) among them. Errors as `Region`. Cost: some hundred solves for an
 * elastic shell, then some fifteen dense factorisations of the core a load.
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
  const offset = distance(backbone.box, position, centre);
  return {
    status: fold.status,
    strain: fold.strain,
    rise: loaded.stress() - before,
    particle: backbone.particles[peak],
    position,
    radius,
    field: onAllParticles(backbone, field, d, 0),
    offset,
    stray: fold.status === "fold" && !region.isWhole && offset > STRAY * region.unit,
    sensitivity: sensitivityOf(loaded, fold.mode),
  };
}

/** γ_c of a place that yields by itself; NaN: it does not, or what yields in its region is another place at the border. */
export const ownYieldStrain = ({ status, stray, strain }: LocalYield): number =>
  status === "fold" && !stray ? strain : Number.NaN;

/** Where the mode z is critical z·∂E/∂y stays 0: dγ z·∂²E/∂y∂γ + de z·∂²E/∂y∂e = 0. */
function sensitivityOf(loaded: LoadedRegion, mode: Float64Array): Float64Array {
  const along = dot(mode, loaded.stiffness().force);
  return Float64Array.from(loaded.forces(), (force) => -dot(mode, force) / along);
}

/** What is foretold of a glass: places in the order in which they yield. */
export interface ForecastOptions extends LocalYieldOptions {
  /** Folds whose modes are centred within this distance are one, λ; default 2 bond lengths. */
  readonly apart?: number;
  /** Only so many folds a load are wanted, those of the smallest strains: no branch is followed further. Default: all. */
  readonly first?: number;
}

/** How often a region is moved to where its mode is. */
const MOVES = 2;
/** A mode as far from the middle of its region is taken again in the middle of one, bond lengths. */
const OFF = 1.5;
/** A mode that stays as far off is bent by the border, and its strain means nothing, bond lengths. */
const STRAY = 2;

/**
 * The plastic events that a load would cause at places of a glass (d each, λ), each alone: the fold of the region around
 * each place, around its critical mode where that lies elsewhere, each once, in order of their strains; those without a
 * fold, and those whose mode leaves every region around it, are left out. A list a load. Cost: `localYield` at one to
 * three places each; with `first` less, the more so the earlier the places that yield first stand.
 */
export function yieldForecast(
  minimum: Minimum,
  places: readonly ArrayLike<number>[],
  loads: readonly (DeformationOptions | Float64Array)[],
  options: ForecastOptions = {},
  control: WorkControl = {},
): LocalYield[][] {
  return yieldForecasts(
    minimum,
    loads.map((load) => ({ load, places })),
    options,
    control,
  );
}

/** A load, and the places (d each, λ) where it may yield a glass. */
export interface ForecastTask {
  readonly load: DeformationOptions | Float64Array;
  readonly places: readonly ArrayLike<number>[];
}

/** `yieldForecast` of loads with places of their own; a region serves all that try its place. */
export function yieldForecasts(
  minimum: Minimum,
  tasks: readonly ForecastTask[],
  options: ForecastOptions = {},
  control: WorkControl = {},
): LocalYield[][] {
  const { box, particles } = minimum.backbone;
  const bond = lengthUnit(box, particles.length);
  const regionAt = regionsOf(minimum, options);
  const total = tasks.reduce((sum, { places }) => sum + places.length, 0);
  let done = 0;
  return tasks.map(({ load, places }) => {
    const found = new Folds(box, { apart: 2 * bond, ...options });
    const yieldAt = yieldsUnder(minimum, load);
    for (const place of places) {
      if (control.signal?.aborted) throw new SoftfieldError("aborted", "forecast: stopped on request");
      const limits = { ...options, maxStrain: found.limit };
      const one = settled(regionAt, yieldAt, { place, known: (other) => found.at(other) }, limits);
      if (one.status === "fold" && !one.stray) found.add(one);
      control.onProgress?.({ stage: "local yield strains", done: ++done, total });
    }
    return found.folds.slice(0, options.first);
  });
}

/**
 * `localYield` of several places, a list a place, the region moved to where the mode is (twice at most) where that lies off
 * its middle by more than 1.5 bond lengths: what yields at the place or next to it, not bent by a border. Of those that
 * stay off, `stray`. A glass that is its own region is followed once, and yields alike everywhere. Errors as `Region`.
 * Cost: `localYield` at one to three times the places a load.
 */
export function settledYields(
  minimum: Minimum,
  places: readonly ArrayLike<number>[],
  loads: readonly (DeformationOptions | Float64Array)[],
  options: LocalYieldOptions = {},
): LocalYield[][] {
  let everywhere: LocalYield[] | undefined;
  return places.map((place) => {
    if (everywhere) return everywhere;
    const regionAt = regionsOf(minimum, options);
    const found = loads.map((load) => settled(regionAt, yieldsUnder(minimum, load), { place }, options));
    if (regionAt(place).region.isWhole) everywhere = found;
    return found;
  });
}

interface SettledRequest {
  readonly place: ArrayLike<number>;
  /** Whether a fold is one that is known, and the region need not be moved. */
  readonly known?: (one: LocalYield) => unknown;
}

function settled(
  regionAt: ReturnType<typeof regionsOf>,
  yieldAt: ReturnType<typeof yieldsUnder>,
  { place, known }: SettledRequest,
  options: FoldOptions,
): LocalYield {
  let at = regionAt(place);
  let one = yieldAt(at, options);
  for (let move = 0; move < MOVES && one.status === "fold" && one.offset > OFF * at.region.unit; move++) {
    if (known?.(one)) break;
    at = regionAt(one.position);
    one = yieldAt(at, options);
  }
  return one;
}

/** Where regions yield under a load, each followed once: what came beyond a limit set since is none. */
function yieldsUnder(minimum: Minimum, load: DeformationOptions | Float64Array) {
  const followed = new Map<Region, LocalYield>();
  return ({ at, region }: PlacedRegion, options: FoldOptions): LocalYield => {
    const known = followed.get(region);
    if (!known) {
      const made = yieldOf(minimum, region, at, load, options);
      followed.set(region, made);
      return made;
    }
    const beyond = known.status === "fold" && known.strain > (options.maxStrain ?? Infinity);
    return beyond ? { ...known, status: "max-strain" } : known;
  };
}

/** The folds found under one load, in order of their strains. */
class Folds {
  readonly folds: LocalYield[] = [];
  readonly #box: Box;
  readonly #options: ForecastOptions & { readonly apart: number };

  constructor(box: Box, options: ForecastOptions & { readonly apart: number }) {
    this.#box = box;
    this.#options = options;
  }

  /** Strain up to which further ones are wanted; undefined: as far as asked for. */
  get limit(): number | undefined {
    const { first = Infinity, maxStrain } = this.#options;
    return this.folds[first - 1]?.strain ?? maxStrain;
  }

  /** The one at the place of another. */
  at({ position }: LocalYield): LocalYield | undefined {
    const { apart } = this.#options;
    return this.folds.find((other) => distance(this.#box, other.position, position) < apart);
  }

  /** Of two at one place the one nearer to the middle of its region stays. */
  add(one: LocalYield): void {
    const same = this.at(one);
    if (same && same.offset <= one.offset) return;
    if (same) this.folds.splice(this.folds.indexOf(same), 1);
    this.folds.push(one);
    this.folds.sort((a, b) => a.strain - b.strain);
  }
}

interface PlacedRegion {
  readonly at: ArrayLike<number>;
  readonly region: Region;
}

/** The regions of a glass around places, one for those closer than half a bond length; a region that is all of the glass serves all. */
function regionsOf(minimum: Minimum, options: RegionOptions) {
  const { box, particles } = minimum.backbone;
  const close = 0.5 * lengthUnit(box, particles.length);
  const responses = new Responses(minimum);
  const tried: PlacedRegion[] = [];
  return (at: ArrayLike<number>): PlacedRegion => {
    const known = tried.find((one) => one.region.isWhole || distance(box, at, one.at) < close);
    if (known) return known;
    const made = { at: Float64Array.from(at), region: new Region(minimum, at, options, responses) };
    tried.push(made);
    return made;
  };
}

function distance(box: Box, a: ArrayLike<number>, b: ArrayLike<number>): number {
  const u = Float64Array.from({ length: box.dimension }, (_, k) => a[k] - b[k]);
  minimumImage(box, u);
  return Math.sqrt(dot(u, u));
}
