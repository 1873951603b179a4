/** Room 6, interactions: families of terms; energy, gradient, stress, Hessian, third-derivative contractions; rattlers. */

export { BondOrders } from "./bondorders.ts";

export { Embeddings } from "./embeddings.ts";
export type { EmbeddingArrays } from "./embeddings-arrays.ts";
export {
  affineDerivatives,
  energy,
  gradient,
  largestComponent,
  pressureOf,
  stress,
  typicalForce,
} from "./energy.ts";
export {
  energyFunctions,
  FAMILY_KINDS,
  familiesOf,
  legJumps,
  ofPairsAlone,
  reachOf,
  usualLattice,
  withFamilies,
} from "./families.ts";
export { findInteractions } from "./find-interactions.ts";
export {
  familyBlocks,
  type HessianPattern,
  hessian,
  hessianPattern,
  patternOf,
  placedIn,
} from "./hessian.ts";
export { type Interactions, interactionsOf, pairsOf, renamed } from "./interactions.ts";
export {
  dyads,
  followed,
  type LegVectors,
  legsOf,
  onParticles,
  products,
  strained,
  stretched,
} from "./legs.ts";
export type { PairArrays } from "./pairarrays.ts";
export { PAIRS, Pairs } from "./pairs.ts";
export { radialFunction } from "./pairs-functions.ts";
export { PairSpread } from "./pairs-spread.ts";
export { bondsOfParticles, connectedClusters, findRattlers, withoutParticles } from "./rattlers.ts";
export type {
  AffineMotion,
  Blocks,
  Column,
  Couplings,
  FamilyKind,
  LegFunction,
  Legs,
  Sites,
  Spread,
  TermFamily,
} from "./terms.ts";
export { TRIPLES, Triples } from "./triples.ts";
