import {
  type DiameterPair,
  type Jump,
  type PairModel,
  type Particles,
  pairJumps,
  pairLength,
} from "../models/index.ts";
import type { CrystalName } from "../space/index.ts";
import { BOND_ORDER_SOURCE } from "./bondorders.ts";
import { EMBEDDING_SOURCE } from "./embeddings.ts";
import type { PatternSource } from "./hessian.ts";
import { type Interactions, interactionsOf } from "./interactions.ts";
import type { PairArrays } from "./pairarrays.ts";
import { PAIRS, Pairs } from "./pairs.ts";
import { pairEnergies } from "./pairs-sums.ts";
import type { FamilyKind, FamilySource, TermFamily } from "./terms.ts";
import { TRIPLE_SOURCE } from "./triples.ts";

/** What there is beside pairs, in the order in which it is summed: a further family is a file and a line here. */
const SOURCES: readonly FamilySource[] = [TRIPLE_SOURCE, EMBEDDING_SOURCE, BOND_ORDER_SOURCE];

/** Every kind of terms. */
export const FAMILY_KINDS: readonly FamilyKind[] = [PAIRS, ...SOURCES.map(({ kind }) => kind)];

/** The kinds of terms that U of a model is a sum of; pairs first. */
export function familiesOf(model: PairModel): readonly FamilyKind[] {
  return [PAIRS, ...SOURCES.filter((source) => source.madeBy(model)).map(({ kind }) => kind)];
}

/** Whether a model's energy is that of its pairs alone. */
export function ofPairsAlone(model: PairModel): boolean {
  return familiesOf(model).length === 1;
}

/** The crystal to look at where none is asked for: what the model's terms favour, else the close packing. */
export function usualLattice(model: PairModel): CrystalName {
  const favoured = SOURCES.find((source) => source.lattice !== undefined && source.madeBy(model))?.lattice;
  return favoured ?? (model.dimension === 2 ? "hexagonal" : "fcc");
}

/** The pairs with whatever else the model makes of them; `species`: N, index into the model's, read. */
export function withFamilies(pairs: Pairs, model: PairModel, species: Int32Array): Interactions {
  return interactionsOf(
    pairs,
    SOURCES.flatMap((source) => source.find(pairs, model, species) ?? []),
  );
}

/**
 * ε_α of all terms as a function of their legs (L×d, read), one a family. `particles`: of the system that they were
 * made from.
 */
export function energyFunctions(
  { families: [pairs, ...others] }: Interactions,
  model: PairModel,
  particles: Particles,
): ((legs: Float64Array) => Float64Array)[] {
  return [
    pairEnergies(pairs, model, particles),
    ...others.map((family) => {
      const source = SOURCES.find(({ kind }) => kind === family.kind)!;
      return source.energies(family, model, particles.species);
    }),
  ];
}

/** A discontinuity of ε_α by the length of a leg. */
export interface LegJump extends Jump {
  /** The length that x is a multiple of: λ_ij where particles have diameters, else 1; unit λ. */
  readonly unit: number;
}

/**
 * Where derivatives of the energies of a family by the length of a leg jump, leg by leg. `particles`: of the system that
 * it was made from. Undefined where none does. O(1) a leg.
 */
export function legJumps(
  family: TermFamily,
  model: PairModel,
  particles: Pick<Particles, "species" | "diameters">,
): ((leg: number) => readonly LegJump[]) | undefined {
  if (family instanceof Pairs) return pairLegJumps(family, model, particles);
  const source = SOURCES.find(({ kind }) => kind === family.kind)!;
  const of = source.jumps?.(family, model, particles.species);
  return of && ((leg) => of(leg).map((jump) => ({ ...jump, unit: 1 })));
}

/** Of each two species found once. */
function pairLegJumps(
  { i, j }: Pairs,
  model: PairModel,
  { species, diameters }: Pick<Particles, "species" | "diameters">,
): ReturnType<typeof legJumps> {
  const mixed = model.mixing !== undefined;
  const kinds = model.species.length;
  const known = Array.from({ length: kinds * kinds }, (_, kind) =>
    pairJumps(model, Math.floor(kind / kinds), kind % kinds, mixed ? [1, 1] : undefined),
  );
  if (known.every((jumps) => jumps.length === 0)) return undefined;
  return (m) => {
    const [s, t] = [species[i[m]], species[j[m]]];
    const jumps = known[s * kinds + t];
    const sigma: DiameterPair | undefined = diameters && [diameters[i[m]], diameters[j[m]]];
    const unit = mixed ? pairLength(model, s, t, sigma) : 1;
    return jumps.map((jump) => ({ ...jump, unit }));
  };
}

/** What a pattern needs if all of these pairs, sorted by (i, j), may interact. */
export function reachOf(
  pairs: Pick<PairArrays, "dimension" | "particleCount" | "i" | "j">,
  model: PairModel,
): PatternSource {
  const { dimension, particleCount, i, j } = pairs;
  const others = SOURCES.filter((source) => source.madeBy(model));
  return {
    dimension,
    particleCount,
    unknowns: others.reduce((sum, { unknowns }) => sum + unknowns, 0),
    couplings: [{ p: i, q: j }, ...others.map((source) => source.reach(pairs))],
  };
}
