// Ordering, factorisation, selected inversion, solve and low modes on glass-like patterns; GF/s of the kernels.
import { Arena, createLinalg, relaxedSupported } from "../packages/core/src/kernels/index.ts";
import { neighborPairs, rectangularBox } from "../packages/core/src/space/index.ts";
import {
  analyze,
  type BlockSymmetric,
  type CholeskyFactor,
  type CholeskySymbolic,
  createWorkspace,
  factorize,
  lowestModes,
  multiply,
  selectedInverse,
  solve,
} from "../packages/core/src/sparse/index.ts";
import { testRandom } from "../packages/core/test/reference.ts";
import { patternOf, springMatrix } from "../packages/core/test/sparse-fixtures.ts";
import { report, time } from "./harness.ts";

/** Random points kept apart by a jittered lattice; every pair within the range of a mean coordination. */
function glassLike(perAxis: number, dimension: 2 | 3, neighbors: number, seed: number) {
  const random = testRandom(seed);
  const size = perAxis ** dimension;
  const positions = Float64Array.from({ length: size * dimension }, (_, k) => {
    const cell = Math.floor(Math.floor(k / dimension) / perAxis ** (k % dimension)) % perAxis;
    return cell + 0.5 + 0.7 * (random() - 0.5);
  });
  const box = rectangularBox(...(Array(dimension).fill(perAxis) as number[]));
  const cutoff =
    dimension === 2 ? Math.sqrt((neighbors + 1) / Math.PI) : Math.cbrt((3 * (neighbors + 1)) / (4 * Math.PI));
  const { i, j } = neighborPairs(box, positions, cutoff);
  const pattern = patternOf(
    size,
    Array.from(i, (a, k) => [a, j[k]] as const),
  );
  return {
    matrix: springMatrix(pattern, dimension, seed + 1),
    coordinates: { dimension, fractional: positions.map((x) => x / perAxis) },
  };
}

/** Largest |M·x − b| off the pin, over the largest |b|. */
function residual(matrix: BlockSymmetric, x: Float64Array, b: Float64Array, pin: number): number {
  const product = multiply(matrix, x);
  let worst = 0;
  for (let k = 0; k < b.length; k++)
    if (Math.floor(k / matrix.dimension) !== pin) worst = Math.max(worst, Math.abs(product[k] - b[k]));
  return worst;
}

const rate = (flops: number, seconds: number) => flops / seconds / 1e9;

function benchCase(name: string, glass: ReturnType<typeof glassLike>, runs: number, modes: boolean): void {
  const { matrix, coordinates } = glass;
  const bench = "sparse";
  const repetition = { warmup: 1, runs };
  let symbolic!: CholeskySymbolic;
  const analysis = time(() => {
    symbolic = analyze(matrix, coordinates);
  }, repetition);
  report({ bench, case: `${name} analyse`, ...analysis, notes: { N: matrix.size, nnzL: symbolic.nonzeros } });
  const workspace = createWorkspace(symbolic);
  const pin = symbolic.order.at(-1)!;
  let factor!: CholeskyFactor;
  const factoring = time(() => {
    const result = factorize(symbolic, matrix, { pins: [pin], workspace });
    if (result.status !== "ok") throw new Error(`${name}: indefinite at ${result.particle}`);
    factor = result.factor;
  }, repetition);
  report({
    bench,
    case: `${name} factorise`,
    ...factoring,
    notes: { flops: symbolic.flops, "GF/s": rate(symbolic.flops, factoring.median) },
  });
  const inverting = time(() => void selectedInverse(factor), repetition);
  report({
    bench,
    case: `${name} selected inverse`,
    ...inverting,
    notes: { "GF/s": rate(2 * symbolic.flops, inverting.median) },
  });
  const b = Float64Array.from({ length: matrix.size * matrix.dimension }, testRandom(5));
  let x!: Float64Array;
  const solving = time(() => {
    x = solve(factor, b);
  }, repetition);
  report({ bench, case: `${name} solve`, ...solving, notes: { residual: residual(matrix, x, b, pin) } });
  if (!modes) return;
  let worst = 0;
  const lanczos = time(() => {
    worst = Math.max(...lowestModes(factor, 30).residuals);
  }, repetition);
  report({ bench, case: `${name} 30 modes`, ...lanczos, notes: { residual: worst } });
}

/** Rates of C ← C − A·Bᵀ and of a panel's Cholesky, square. */
function benchKernels(variant: "simd" | "relaxed"): void {
  const arena = new Arena();
  const kernels = createLinalg(arena, variant);
  const work = arena.allocF64(kernels.panelWork);
  const random = testRandom(1);
  for (const n of [16, 64, 256, 1024]) {
    const mark = arena.used;
    const [a, b, c] = [0, 1, 2].map(() => arena.putF64(Float64Array.from({ length: n * n + 8 }, random)));
    const repeats = Math.ceil(2e8 / n ** 3);
    const gemm = time(() => {
      for (let k = 0; k < repeats; k++) kernels.gemm(1, 0, n, n, n, a!, n, b!, n, c!, n, work);
    });
    const flops = 2 * repeats * n ** 3;
    report({
      bench: "linalg",
      case: `gemm ${n} ${variant}`,
      ...gemm,
      notes: { "GF/s": rate(flops, gemm.median) },
    });
    const floors = arena.putF64(new Float64Array(n));
    const panel = arena.f64(c!, n * n);
    const cholesky = time(() => {
      for (let k = 0; k < repeats; k++) {
        panel.fill(0.25);
        for (let j = 0; j < n; j++) panel[j * (n + 1)] = n;
        kernels.panelCholesky(n, n, c!, floors, 0, 0, work);
      }
    });
    report({
      bench: "linalg",
      case: `cholesky ${n} ${variant}`,
      ...cholesky,
      notes: { "GF/s": rate((repeats * n ** 3) / 3, cholesky.median) },
    });
    arena.release(mark);
  }
}

for (const variant of relaxedSupported() ? (["simd", "relaxed"] as const) : (["simd"] as const))
  benchKernels(variant);
benchCase("2D 1,600", glassLike(40, 2, 6.5, 1), 9, true);
benchCase("2D 10,000", glassLike(100, 2, 6.5, 1), 5, true);
benchCase("2D 40,000", glassLike(200, 2, 6.5, 1), 3, false);
benchCase("2D 160,000", glassLike(400, 2, 6.5, 1), 1, false);
benchCase("3D 2,197, 17 neighbours", glassLike(13, 3, 16.6, 1), 5, true);
benchCase("3D 2,197, 64 neighbours", glassLike(13, 3, 64.4, 1), 3, false);
