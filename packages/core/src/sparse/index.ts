/** Room 2, sparse: block-symmetric matrices, ordering, Cholesky, solve, selected inverse, low modes. */
export { multiply, multiplyRate, toDense } from "./blockops.ts";
export {
  type BlockPattern,
  type BlockSize,
  type BlockSymmetric,
  componentsOf,
  entryOf,
} from "./blocksymmetric.ts";
export { blockedRows, type CompressedRows, compressedRows } from "./compressedrows.ts";
export { addDenseProduct, type DenseFactor, denseFactor, denseInverse, denseSolve } from "./dense.ts";
export type { Coordinates } from "./dissection.ts";
export {
  type CholeskyFactor,
  type CholeskyResult,
  type FactorizeOptions,
  factorize,
  hasPattern,
} from "./factorize.ts";
export { graphCoordinates } from "./graphcoordinates.ts";
export type { Hand } from "./hand.ts";
export { inverseDerivative, inverseDerivatives } from "./inversederivative.ts";
export { solveIteratively } from "./iterative.ts";
export { logDeterminant } from "./logdeterminant.ts";
export { type LowModes, type LowModesOptions, lowestModes } from "./lowmodes.ts";
export { useMemory } from "./memory.ts";
export { fluctuations } from "./samples.ts";
export { ScaledMatrix } from "./scaledmatrix.ts";
export { onSelectedInverse, type SelectedInverse, selectedInverse, visible } from "./selectedinverse.ts";
export { serveTeam } from "./serveteam.ts";
export { softPart } from "./softest.ts";
export { fluctuation, type SolveOptions, solve } from "./solve.ts";
export { solveWithin } from "./solvewithin.ts";
export { type AnalyzeOptions, analyze, type CholeskySymbolic } from "./symbolic.ts";
export { type SymmetricEigen, symmetricEigen, symmetricSolve } from "./symmetriceigen.ts";
export { currentTeam, type Team, useTeam } from "./team.ts";
export { inTeam } from "./teamwork.ts";
export { type Clusters, centre, withoutMean } from "./translations.ts";
export {
  type Arithmetic,
  type CholeskyWorkspace,
  createWorkspace,
  type WorkspaceLayout,
  type WorkspaceOptions,
} from "./workspace.ts";
