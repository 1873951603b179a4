// The linear-algebra module: dense kernels on column-major panels and the supernodal loops that call them.

export { eliminateDerivative, invertDerivative } from "./derivative";
export { assemble, factorRange, scatterPart, updateProduct } from "./factor";
export {
  FRONT_BLOCK, frontColumns, frontEmit, frontGather, frontLeft, frontMirror, frontPivot, frontReduce, frontSolve,
  frontSquare, frontSubtract, frontTriangle,
} from "./front";
export { gemm, PACK } from "./gemm";
export { gatherPart, invertRange, invertSupernode } from "./inverse";
export { invertTransposed, PANEL_WORK, panelCholesky, upperTimes } from "./panel";
export { blockProduct, hiddenProduct } from "./product";
export { solveBackward, solveForward } from "./solve";
export { basisDot, basisSubtract } from "./vectors";
export { DISSECT_WORK, dissect } from "./dissection";
export { columnCounts, eliminationTree } from "./symbolic";
