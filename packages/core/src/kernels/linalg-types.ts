/** How C takes a product A·Bᵀ: C ← P, C − P, −P, C + P. */
export const GemmMode = { set: 0, subtract: 1, negate: 2, add: 3 } as const;
export type GemmMode = (typeof GemmMode)[keyof typeof GemmMode];

/**
 * Pieces of the work on one supernode of a plan, for several threads: those of one kind do not need each other, and have
 * the bits of the whole. Particles of R are counted from its first; columns and rows are scalar ones of the panel.
 */
export interface FrontKernels {
  /** Columns of a block of `frontReduce` … `frontSolve`, rows of one of `frontTriangle` … `frontLeft`. */
  readonly frontBlock: number;
  /** u ← columns from..to−1 of L21·S·L21ᵀ (part of one chunk of 32), from their first row on; the leading dimension. */
  updateProduct(plan: number, s: number, from: number, to: number, u: number): number;
  /** Takes columns from..to−1, all of one segment, of a u that begins with `origin` off the ancestor's panel. */
  scatterPart(
    plan: number,
    s: number,
    segment: number,
    from: number,
    to: number,
    origin: number,
    u: number,
    ldu: number,
  ): void;
  /** Takes earlier columns off the block that begins with `from`, rows r0..r1−1 (r0: `from`, or behind the block). */
  frontReduce(plan: number, s: number, from: number, r0: number, r1: number): void;
  /** Cholesky of a block's triangle; −1 or the scalar column of the first bad pivot. */
  frontPivot(plan: number, s: number, from: number): number;
  /** Solves rows r0..r1−1, behind its triangle, of a block. */
  frontSolve(plan: number, s: number, from: number, r0: number, r1: number): void;
  /** A block of rows of V = L11⁻ᵀ. */
  frontTriangle(plan: number, s: number, i: number): void;
  /** A block of rows of Z11 ← V·S·Vᵀ. */
  frontSquare(plan: number, s: number, i: number): void;
  /** A block of rows of Yᵀ = V·L21ᵀ. */
  frontLeft(plan: number, s: number, i: number): void;
  /** What of rows p0..p1−1 of G = Z[R,R] is one ancestor's, to `squareWork`: padded rows × below, column-major. */
  frontGather(plan: number, s: number, segment: number, p0: number, p1: number): void;
  /** With these rows gathered: columns p0..p1−1 of Z21ᵀ = −Yᵀ·G, and Z21. */
  frontColumns(plan: number, s: number, p0: number, p1: number): void;
  /** Rows r0..r1−1 of Z11 ← Z11 − Yᵀ·Z21. */
  frontSubtract(plan: number, s: number, r0: number, r1: number): void;
  /** Rows r0..r1−1 of the upper triangle of Z11; r0 a multiple of 16, r1 too or the last. */
  frontMirror(plan: number, s: number, r0: number, r1: number): void;
  /** The plan's blocks that lie in this supernode. */
  frontEmit(plan: number, s: number): void;
  /** What of G = Z[R,R] is one ancestor's, to `squareWork`: padded below × below. */
  gatherPart(plan: number, s: number, segment: number): void;
  /** Z of a supernode whose G is gathered, and its blocks. */
  invertSupernode(plan: number, s: number): void;
}

/**
 * The dense and supernodal kernels on one arena. Every pointer is a byte address there; matrices are
 * column-major f64 with a leading dimension that is a multiple of 4, rows padded to whole fours.
 */
export interface Linalg {
  /** Doubles of workspace for `gemm`. */
  readonly gemmWork: number;
  /** Doubles of workspace for the panel kernels, and `panelWork` of a plan. */
  readonly panelWork: number;
  /** C (m×n) op A (m×k)·B (n×k)ᵀ; with `lower` = 1 tiles strictly above the diagonal are left alone. */
  gemm(
    mode: GemmMode,
    lower: 0 | 1,
    m: number,
    n: number,
    k: number,
    a: number,
    lda: number,
    b: number,
    ldb: number,
    c: number,
    ldc: number,
    work: number,
  ): void;
  /**
   * L of a panel (rows × columns, ld = rows, triangle on top) in place; above the diagonal unspecified.
   * Returns the first column whose pivot is not above its floor (that pivot stays in place), or −1.
   * `signs` 0: A = L·Lᵀ; else A = L·S·Lᵀ, the sign of each pivot stored there, `signed` workspace of 64·columns.
   */
  panelCholesky(
    rows: number,
    columns: number,
    panel: number,
    floors: number,
    signs: number,
    signed: number,
    work: number,
  ): number;
  /** V (ldv×n) ← L⁻ᵀ of the n×n lower triangle at l; zero below the diagonal. */
  invertTransposed(n: number, l: number, ld: number, v: number, ldv: number, work: number): void;
  /** Zeroes the panels of supernodes from..to−1 and puts the plan's blocks into them. */
  assemble(plan: number, from: number, to: number): void;
  /**
   * Factors supernodes from..to−1 with their updates to columns (particles) before `end`; −1 or the scalar column, in
   * factor order, of the first bad pivot.
   */
  factorRange(plan: number, from: number, to: number, end: number): number;
  /** Selected inverse of supernodes to−1 down to from; fills the plan's blocks. */
  invertRange(plan: number, from: number, to: number): void;
  /** Eliminates each DA (assembled in the panels of `count` plans one behind the other) along the finished factor, supernodes from..to−1. */
  eliminateDerivative(plan: number, derivatives: number, count: number, from: number, to: number): void;
  /** Selected inverse and its derivatives, supernodes to−1 down to from; fills the blocks of all plans. */
  invertDerivative(plan: number, derivatives: number, count: number, from: number, to: number): void;
  /** x ← L⁻¹x for `count` vectors in factor order, `stride` doubles apart, supernodes from..to−1. */
  solveForward(plan: number, from: number, to: number, x: number, stride: number, count: number): void;
  /** x ← L⁻ᵀx. */
  solveBackward(plan: number, from: number, to: number, x: number, stride: number, count: number): void;
  /** h[r·count + k] ← basis_k·w_r; vectors of n doubles, n even, contiguous. */
  basisDot(n: number, count: number, basis: number, vectors: number, w: number, h: number): void;
  /** w_r ← w_r − Σ_k h[r·count + k]·basis_k */
  basisSubtract(n: number, count: number, basis: number, vectors: number, w: number, h: number): void;
}

/** Products of whole matrices. */
export interface ProductKernels {
  /**
   * y ← A·x for four vectors side by side (size × d × 4), d = 2 or 3; A has a unit diagonal and strictly lower d×d blocks
   * by block column.
   */
  blockProduct(
    size: number,
    d: number,
    starts: number,
    rows: number,
    lower: number,
    x: number,
    y: number,
  ): void;
  /**
   * y ← (K − B D⁻¹ Bᵀ)·x for four vectors (size × (w − 1) × 4), blocks [[K, B], [Bᵀ, D]] of w rows, D diagonal. `hidden`:
   * size × 4, workspace.
   */
  hiddenProduct(
    size: number,
    w: number,
    starts: number,
    rows: number,
    lower: number,
    diagonal: number,
    x: number,
    y: number,
    hidden: number,
  ): void;
}

/** Which build of the kernels: portable SIMD (bit-exact everywhere), or fused multiply-add. */
export type LinalgVariant = "simd" | "relaxed";

/** Integer kernels of the symbolic phase; every array is i32 at a byte address. */
export interface OrderingKernels {
  /** N-long arrays of workspace of `dissect`. */
  readonly dissectWork: number;
  /**
   * Nested dissection of places from..to−1, a subset that only separators join to others: `sorted` (one list of N per
   * axis, ascending coordinate) is overwritten there, its first list becomes the elimination order, new → old. Subsets of
   * at most `leaf` stay whole; returns how many, and where each begins and ends goes to `left` unless that is 0.
   */
  dissect(
    size: number,
    axes: number,
    leaf: number,
    from: number,
    to: number,
    starts: number,
    neighbors: number,
    sorted: number,
    work: number,
    left: number,
  ): number;
  /** Parents in the new numbering, −1 for roots; workspace of N. */
  eliminationTree(
    size: number,
    starts: number,
    neighbors: number,
    order: number,
    position: number,
    parent: number,
    work: number,
  ): void;
  /** Entries of every column of L of a postordered tree; workspace of 4·N. */
  columnCounts(
    size: number,
    starts: number,
    neighbors: number,
    order: number,
    position: number,
    parent: number,
    counts: number,
    work: number,
  ): void;
}
