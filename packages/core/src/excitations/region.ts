import { ForceField } from "../dynamics/index.ts";
import { SoftfieldError } from "../errors.ts";
import {
  type AffineMotion,
  affineDerivatives,
  hessian,
  type Interactions,
  legsOf,
} from "../interactions/index.ts";
import type { Minimum } from "../minimum/index.ts";
import { maxCutoff } from "../models/index.ts";
import { type Box, inverseVectors, lengthUnit, minimumImage, volume } from "../space/index.ts";
import { addDenseProduct, denseFactor, denseInverse } from "../sparse/index.ts";
import { identity, mapped, product, transposed } from "../squarematrices.ts";
import { dot, ontoRows, rowsOf } from "../vectors.ts";
import { addCoreBlocks } from "./blocks.ts";
import type { BoxPath } from "./boxpath.ts";
import { Responses } from "./responses.ts";

/** What of a glass answers to a load as it is, and how the rest does. */
export interface RegionOptions {
  /**
   * Radius of the core, whose particles move freely, λ. Default 6 bond lengths in two dimensions, 3.5 in three; all of a glass
   * of which such an elastic core would be three quarters, which then is exact at hardly more cost.
   */
  readonly radius?: number;
  /** The rest answers linearly, as it does in the glass ("elastic", default), or follows the box alone ("frozen"). */
  readonly shell?: "elastic" | "frozen";
}

/** A region under a load: the derivatives of its energy E(y, γ) by the displacements y of its core (n, frame of γ = 0). */
export interface LoadedRegion {
  /** A bond length, λ. */
  readonly unit: number;
  /** ∂²E/∂y∂e of each component of a strain of the box (d×d of n, e_ab = e_ba = ½), where the region stands. */
  forces(): readonly Float64Array[];
  /** (1/V) ∂U/∂γ of the core's particles where the region stands, half of each leg's, V their share of the box; ε/λ^d. */
  stress(): number;
  /** ∂E/∂y at y and γ, n, ε/λ; moves the region there. */
  gradient(y: Float64Array, strain: number): Float64Array;
  /** ∂²E/∂y∂y (n×n, the same array every time, free to be changed) and ∂²E/∂y∂γ (n) where the region stands. */
  stiffness(): { readonly matrix: Float64Array; readonly force: Float64Array };
}

/**
 * A core of a glass whose interactions are taken as they are, in surroundings that answer linearly: with C what M⁻¹
 * makes of them (C = (G_AA)⁻¹ − M_A, M_A from the interactions within the core alone), the energy of displacements y
 * of the core's particles A under an affine strain γ is U_A(F(γ)(x + y)) + g·y + ½ y·C·y + γ w·y; g balances the core,
 * and w is such that it follows the whole glass to first order, dy/dγ = −(G Ξ)_A. "frozen": C = w = 0, and a shell of
 * two cutoffs around the core that follows the box. Elastic regions have one, too, as deep as the `surroundings` of the
 * interactions: embedding energies and bond orders that lack some neighbours would be others than the glass's, and so
 * would E to third order. A pair or triple with a particle outside of the core is no part of U_A and M_A, but whole of C.
 * Where the core is all of the glass both are exact.
 */
export class Region {
  /** Of the backbone: the core's, and behind them those of a shell that follows the box, where there is one. */
  readonly particles: Int32Array;
  /** How many of them are the core. */
  readonly core: number;
  /** A bond length, λ. */
  readonly unit: number;
  readonly #minimum: Minimum;
  readonly #field: ForceField;
  /** From the backbone's, unwrapped. */
  readonly #places: Float64Array;
  readonly #outside: Float64Array | undefined;
  /** S = (G_AA)⁻¹, where the shell is elastic. */
  readonly #whole: Float64Array | undefined;
  readonly #balance: Float64Array;
  /** The particle furthest away. */
  readonly #held: number;
  /** w of each component of the strain. */
  #drives: readonly Float64Array[] | undefined;

  /**
   * Around a place (d, λ); regions of one glass share its `responses`. Cost: as many solves with the factor as the core has
   * coordinates, where elastic. Throws "usage" where no particle lies there.
   */
  constructor(
    minimum: Minimum,
    centre: ArrayLike<number>,
    { radius, shell = "elastic" }: RegionOptions = {},
    responses = new Responses(minimum),
  ) {
    const { backbone, model, system } = minimum;
    const { box, positions } = backbone;
    const d = box.dimension;
    this.unit = lengthUnit(box, backbone.particles.length);
    const away = distances(box, positions, centre);
    const reach = radius ?? usualRadius(box, this.unit, shell);
    const near = Array.from(away.keys())
      .filter((p) => away[p] <= reach)
      .sort((p, q) => p - q);
    if (near.length === 0)
      throw new SoftfieldError("usage", `a region: no particle within ${reach} of its centre`, {
        field: "radius",
      });
    const elastic = shell === "elastic" && near.length < away.length;
    const held = furthest(away);
    this.#held = held;
    // Of a whole glass one particle stays: which, nothing depends on.
    if (near.length === away.length) near.splice(near.indexOf(held), 1);
    const inside = new Set(near);
    // pairs and triples that cross the border are the elastic rest's, whole; what sums over neighbours needs them all
    const deep = Math.max(elastic ? 0 : 2, ...backbone.interactions.families.map((f) => f.surroundings));
    const wide = reach + deep * maxCutoff(model, system.diameters);
    const around = deep === 0 ? [] : Array.from(away.keys()).filter((p) => away[p] <= wide && !inside.has(p));
    this.#minimum = minimum;
    this.particles = Int32Array.from([...near, ...around]);
    this.core = near.length;
    this.#places = rowsOf(positions, this.particles, d);
    const named = this.particles.map((p) => backbone.particles[p]);
    this.#field = ForceField.create(
      {
        box,
        positions: this.#places,
        species: named.map((p) => system.species[p]),
        diameters: system.diameters ? Float64Array.from(named, (p) => system.diameters![p]) : undefined,
        charges: system.charges ? Float64Array.from(named, (p) => system.charges![p]) : undefined,
      },
      model,
    );
    this.#balance = this.#inside(this.#field.gradient()).map((x) => -x);
    if (elastic) {
      this.#whole = this.#effectiveStiffness(responses);
      const own = new Float64Array(this.#whole.length);
      addCoreBlocks(own, hessian(this.#field.interactions()), this.core);
      this.#outside = this.#whole.map((x, k) => x - own[k]);
    }
  }

  /** Whether the core is all of the glass, one particle held: then it is the same around every place. */
  get isWhole(): boolean {
    return this.core === this.#minimum.backbone.particles.length - 1;
  }

  /** n: coordinates of the core. */
  get size(): number {
    return this.core * this.#minimum.backbone.box.dimension;
  }

  /** Of the core: its particles' share of the box, λ^d. */
  get #volume(): number {
    const { box, particles } = this.#minimum.backbone;
    return (volume(box) * this.core) / particles.length;
  }

  /** N×d of the backbone from n of the core, 0 elsewhere. */
  spread(y: Float64Array): Float64Array {
    const { interactions, particles } = this.#minimum.backbone;
    const core = this.particles.subarray(0, this.core);
    return ontoRows(y, core, interactions.dimension, particles.length);
  }

  /** The region under a load. One solve with the factor where elastic. */
  under(path: BoxPath): LoadedRegion {
    const { box } = this.#minimum.backbone;
    const d = box.dimension;
    const field = this.#field;
    const back = inverseVectors(path.at(0).box);
    let now: { map: Float64Array; motion: ReturnType<BoxPath["at"]> } = {
      map: identity(d),
      motion: path.at(0),
    };
    let standing: Interactions | undefined;
    const move = (y: Float64Array, strain: number) => {
      const motion = path.at(strain);
      // x′ = J (x + y), J = (h₀⁻¹ h(γ))ᵀ: F(γ) up to a rotation
      const map = transposed(product(back, motion.box.vectors, d), d);
      const places = this.#places.slice();
      for (let k = 0; k < y.length; k++) places[k] += y[k];
      now = { map, motion };
      field.setBox(motion.box);
      field.setPositions(mapped(places, map, d));
      standing = undefined;
    };
    const interactions = () => (standing ??= field.interactions());
    const force = ({ rate, curvature }: AffineMotion) => {
      const { force: by } = affineDerivatives(interactions(), { rate, curvature });
      // dJ/dγ = D J up to a rotation, on which nothing depends
      const turned = mapped(field.gradient(), transposed(rate, d), d);
      return this.#inside(
        mapped(
          by.map((x, k) => x + turned[k]),
          transposed(now.map, d),
          d,
        ),
      );
    };
    move(new Float64Array(this.size), 0);
    const drives = this.#whole && (this.#drives ??= this.#components().map((e) => this.#drive(e, force(e))));
    const drive = drives && weighted(drives, path.at(0).rate);
    const outside = this.#outside;
    const matrix = new Float64Array(this.size * this.size);
    return {
      unit: this.unit,
      stress: () => coreStress(interactions(), this.core, now.motion.rate) / this.#volume,
      forces: () =>
        this.#components().map((motion, c) => {
          const by = force(motion);
          return drives ? by.map((x, k) => x + drives[c][k]) : by;
        }),
      gradient: (y, strain) => {
        move(y, strain);
        const g = this.#inside(mapped(field.gradient(), transposed(now.map, d), d));
        const n = g.length;
        for (let k = 0; k < n; k++) g[k] += this.#balance[k] + (drive ? strain * drive[k] : 0);
        if (outside) addDenseProduct(outside, y, g);
        return g;
      },
      stiffness: () => {
        if (outside) matrix.set(outside);
        else matrix.fill(0);
        addCoreBlocks(matrix, hessian(interactions()), this.core, now.map);
        const by = force(now.motion);
        if (drive) for (let k = 0; k < by.length; k++) by[k] += drive[k];
        return { matrix, force: by };
      },
    };
  }

  /** w = −S·v − (what the core itself is pushed by). */
  #drive(load: AffineMotion, own: Float64Array): Float64Array {
    const { backbone } = this.#minimum;
    const { force } = affineDerivatives(backbone.interactions, load);
    const d = backbone.box.dimension;
    const motion = this.#minimum.solve(force);
    // as seen from the particle that S holds
    const velocity = this.#inside(
      rowsOf(
        motion.map((x, k) => motion[this.#held * d + (k % d)] - x),
        this.particles,
        d,
      ),
    );
    const whole = this.#whole!;
    const n = velocity.length;
    return own.map((x, k) => -x - dot(whole.subarray(k * n, (k + 1) * n), velocity));
  }

  /** e_ab = e_ba = ½ (whole on the diagonal), d×d of them. */
  #components(): AffineMotion[] {
    const d = this.#minimum.backbone.box.dimension;
    return Array.from({ length: d * d }, (_, k) => {
      const rate = new Float64Array(d * d);
      rate[k] += 0.5;
      rate[(k % d) * d + Math.floor(k / d)] += 0.5;
      return { rate, curvature: new Float64Array(d * d) };
    });
  }

  #inside(all: Float64Array): Float64Array {
    return all.subarray(0, this.size).slice();
  }

  /** S = (G_AA)⁻¹ with the particle furthest away held, which holds it without a force: G_kl − G_kh − G_hl + G_hh. */
  #effectiveStiffness(responses: Responses): Float64Array {
    const { backbone } = this.#minimum;
    const d = backbone.box.dimension;
    const n = this.size;
    const particles = this.particles.subarray(0, this.core);
    const columns = responses.among(particles);
    const all = responses.of(this.#held);
    const atHeld = Array.from({ length: d }, (_, a) => {
      const x = all.subarray(a * backbone.positions.length, (a + 1) * backbone.positions.length);
      return { core: rowsOf(x, particles, d), held: rowsOf(x, Int32Array.of(this.#held), d) };
    });
    for (let l = 0; l < n; l++) {
      const { core, held } = atHeld[l % d];
      for (let k = 0; k < n; k++) columns[l * n + k] += held[k % d] - core[k] - atHeld[k % d].core[l];
    }
    const found = denseFactor(columns, columns);
    if (!found) throw new SoftfieldError("numerics", "a region: its surroundings are not stiff");
    return denseInverse(found);
  }
}

/** Σ_ab r_ab x_ab */
function weighted(parts: readonly Float64Array[], weights: Float64Array): Float64Array {
  const sum = new Float64Array(parts[0].length);
  parts.forEach((part, c) => {
    for (let k = 0; k < sum.length; k++) sum[k] += weights[c] * part[k];
  });
  return sum;
}

const furthest = (away: Float64Array) => away.reduce((far, x, p) => (x > away[far] ? p : far), 0);

/** Of a glass of which a core would be so much the core is all. */
const MOST = 0.75;

function usualRadius(box: Box, unit: number, shell: "elastic" | "frozen"): number {
  const reach = unit * (box.dimension === 2 ? 6 : 3.5);
  const ball = box.dimension === 2 ? Math.PI * reach * reach : (4 / 3) * Math.PI * reach * reach * reach;
  return shell === "elastic" && ball > MOST * volume(box) ? Infinity : reach;
}

function distances(box: Box, positions: Float64Array, centre: ArrayLike<number>): Float64Array {
  const d = box.dimension;
  return Float64Array.from({ length: positions.length / d }, (_, p) => {
    const u = Float64Array.from({ length: d }, (__, a) => positions[p * d + a] - centre[a]);
    minimumImage(box, u);
    return Math.sqrt(dot(u, u));
  });
}

/** Σ ½ f·(D u) over the ends of all legs u that are among the first `core` particles, ε. */
function coreStress(interactions: Interactions, core: number, rate: Float64Array): number {
  const d = interactions.dimension;
  let sum = 0;
  legsOf(interactions).forEach(({ from, to, vectors }, f) => {
    const gradients = interactions.families[f].legGradients();
    const moves = mapped(vectors, rate, d);
    for (let l = 0; l < from.length; l++) {
      const ends = (from[l] < core ? 0.5 : 0) + (to[l] < core ? 0.5 : 0);
      if (ends > 0)
        sum += ends * dot(gradients.subarray(l * d, (l + 1) * d), moves.subarray(l * d, (l + 1) * d));
    }
  });
  return sum;
}
