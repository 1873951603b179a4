/** Room 6, interactions: Interactions; energy, gradient, stress, Hessian, third-derivative contractions; rattlers. */
export { energy, gradient, largestComponent, stress, typicalForce } from "./energy.ts";
export { findInteractions, withTriples } from "./find-interactions.ts";
export { type HessianPattern, hessian, hessianPattern, placedIn } from "./hessian.ts";
export type { Interactions, Triples } from "./interactions.ts";
export { bondsOfParticles, connectedClusters, findRattlers, withoutParticles } from "./rattlers.ts";
export { bondGradientProjection, stiffnessContraction, thirdDerivativeContraction } from "./third.ts";
export { endsOfTriples, findTriples } from "./triples.ts";
export {
  type TripleWork,
  tripleGradient,
  tripleHessian,
  tripleThird,
  tripleThirdAlong,
  tripleValue,
  tripleWork,
} from "./triples-derivatives.ts";
export { addTripleAffine, tripleGradientProjection, tripleStiffnessContraction } from "./triples-sums.ts";
