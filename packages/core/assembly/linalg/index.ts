// The linear-algebra module: dense kernels on column-major panels and the supernodal loops that call them.

export { eliminateDerivative, invertDerivative } from "./derivative";
export { assemble, factorRange } from "./factor";
export { gemm, PACK } from "./gemm";
export { invertRange } from "./inverse";
export { invertTransposed, PANEL_WORK, panelCholesky, upperTimes } from "./panel";
export { solveBackward, solveForward } from "./solve";
export { basisDot, basisSubtract } from "./vectors";
export { DISSECT_WORK, dissect } from "./dissection";
export { columnCounts, eliminationTree } from "./symbolic";
