import type { ForceField } from "../dynamics/index.ts";
import {
  connectedClusters,
  findRattlers,
  type HessianPattern,
  hessian,
  hessianPattern,
  type Interactions,
  patternOf,
  placedIn,
  reachOf,
} from "../interactions/index.ts";
import type { Arena } from "../kernels/index.ts";
import { maxCutoff, pairCutoff } from "../models/index.ts";
import { lengthUnit, neighborPairs, wrapPositions } from "../space/index.ts";
import {
  analyze,
  type BlockSymmetric,
  type CholeskyFactor,
  type CholeskyWorkspace,
  type Clusters,
  centre,
  createWorkspace,
  factorize,
  solve,
} from "../sparse/index.ts";

import { type Border, type SolvedBorder, solveBordered } from "./border.ts";

/** How far beyond its cutoff a pair has a place in the pattern, bond lengths: what particles move between two analyses. */
const SKIN = 0.04;

/** The Hessian of a configuration with what a solve needs to know of it. */
export interface Stiffness extends Clusters {
  readonly interactions: Interactions;
  readonly matrix: BlockSymmetric;
  /** Rattlers and one particle of each cluster. */
  readonly pins: Int32Array;
  /** Of free stretches of the box. */
  readonly border?: Border | undefined;
}

/** A Hessian with its Cholesky factor; the factor lives until the next one of the same solver. */
export interface Factored extends Stiffness {
  readonly factor: CholeskyFactor;
  /** Of its border. */
  readonly solved?: SolvedBorder;
}

/**
 * Factorises the Hessian of a field again and again, with one symbolic analysis for as long as it covers all
 * interactions: pairs that are about to interact have places in the pattern already.
 *
 * Plain arithmetic: the same bits on every engine.
 */
export class StiffnessSolver {
  readonly #field: ForceField;
  readonly #signed: boolean;
  #pattern: HessianPattern | undefined;
  #workspace: CholeskyWorkspace | undefined;
  #arena: Arena | undefined;
  /** Numeric factorisations and symbolic analyses so far. */
  factorizations = 0;
  analyses = 0;

  /**
   * `last`: a solver that is no longer needed; its memory is used again and its factors are lost. `signed`: matrices may be
   * indefinite, L·S·Lᵀ.
   */
  constructor(field: ForceField, last?: StiffnessSolver, signed = false) {
    this.#field = field;
    this.#signed = signed;
    this.#arena = last ? last.#arena : undefined;
  }

  /** The Hessian of the present configuration. O(m). */
  assemble(): Stiffness {
    const interactions = this.#field.interactions();
    const pattern = this.#patternFor(interactions);
    return { interactions, matrix: hessian(interactions, pattern), ...fixed(interactions) };
  }

  /** L of L·Lᵀ = M + shift·1, or undefined where that is not positive definite. Overwrites the factor before. */
  factorize(stiffness: Stiffness, shift = 0): Factored | undefined {
    const workspace = this.#workspaceFor();
    this.factorizations++;
    const { matrix, pins } = stiffness;
    const options = shift === 0 ? { pins } : { shift };
    const result = factorize(workspace.symbolic, matrix, {
      ...options,
      workspace,
      arithmetic: "reproducible",
    });
    return result.status === "ok" ? { ...stiffness, factor: result.factor } : undefined;
  }

  #patternFor(interactions: Interactions): HessianPattern {
    const known = this.#pattern && placedIn(this.#pattern, interactions);
    if (known) return known;
    this.#workspace = undefined;
    const roomy = widePattern(this.#field);
    // Rounding may leave a pair at the very cutoff out of one list and in the other.
    const placed = placedIn(roomy, interactions);
    this.#pattern = placed ? roomy : hessianPattern(interactions);
    return placed ?? this.#pattern;
  }

  #workspaceFor(): CholeskyWorkspace {
    if (this.#workspace) return this.#workspace;
    const { box, dimension } = this.#field;
    const { fractional } = wrapPositions(box, this.#field.wrappedPositions());
    const pattern = this.#pattern as HessianPattern;
    const hidden = pattern.dimension - dimension;
    const symbolic = analyze(pattern, { dimension, fractional }, { blockSize: pattern.dimension, hidden });
    this.#workspace = createWorkspace(symbolic, {
      arithmetic: "reproducible",
      ...(this.#signed && { signed: true }),
      ...(this.#arena && { arena: this.#arena }),
    });
    this.#arena = this.#workspace.arena;
    this.analyses++;
    return this.#workspace;
  }
}

/**
 * x = M⁻¹·b with every cluster's mean displacement 0 and rattlers at rest; b: N×d, read, its sum over a cluster 0; and
 * m numbers more where the box is free.
 */
export function solveCentred(factored: Factored, b: Float64Array): Float64Array {
  if (factored.solved) return solveBordered(factored, factored.solved, b);
  const x = solve(factored.factor, b);
  centre(factored, x);
  return x;
}

/** Pins and clusters of the present interactions. */
function fixed(interactions: Interactions): Clusters & Pick<Stiffness, "pins"> {
  const rattlers = findRattlers(interactions);
  const { labels: all } = connectedClusters(interactions);
  for (const p of rattlers) all[p] = -1;
  // clusters in the order of their first particles, rattlers left out
  const renamed = new Map<number, number>();
  const pins: number[] = [...rattlers];
  const sizes: number[] = [];
  const labels = all.map((label, p) => {
    if (label < 0) return -1;
    let mine = renamed.get(label);
    if (mine === undefined) {
      mine = sizes.length;
      renamed.set(label, mine);
      sizes.push(0);
      pins.push(p);
    }
    sizes[mine]++;
    return mine;
  });
  return { dimension: interactions.dimension, pins: Int32Array.from(pins), labels, sizes };
}

/** The pattern of all pairs that interact or are no further than SKIN from it, and of what the model makes of them. */
function widePattern(field: ForceField): HessianPattern {
  const { species, diameters, box, positions } = field.system();
  const { model } = field;
  const d = box.dimension;
  const skin = SKIN * lengthUnit(box, species.length);
  const near = neighborPairs(box, positions, maxCutoff(model, diameters) + skin);
  const speciesCount = model.species.length;
  const reach = Float64Array.from({ length: speciesCount * speciesCount }, (_, k) =>
    diameters ? 0 : pairCutoff(model, Math.floor(k / speciesCount), k % speciesCount) + skin,
  );
  const kept = new Int32Array(near.i.length);
  let count = 0;
  for (let m = 0; m < near.i.length; m++) {
    const [i, j] = [near.i[m], near.j[m]];
    if (i === j) continue;
    let square = 0;
    for (let a = 0; a < d; a++) square += near.du[m * d + a] * near.du[m * d + a];
    const most = diameters
      ? pairCutoff(model, species[i], species[j], [diameters[i], diameters[j]]) + skin
      : reach[species[i] * speciesCount + species[j]];
    if (square <= most * most) kept[count++] = m;
  }
  const bonds = kept.subarray(0, count);
  const pairs = {
    dimension: d,
    particleCount: species.length,
    i: bonds.map((m) => near.i[m]),
    j: bonds.map((m) => near.j[m]),
  };
  return patternOf(reachOf(pairs, model));
}
