import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { linalgOf, VARIANTS } from "../../test/oracles/linalg.ts";
import { testRandom } from "../../test/reference.ts";
import { relativeError } from "../../test/sparse-fixtures.ts";
import { Arena, type GemmMode, type Linalg, relaxedSupported } from "./index.ts";

type Variant = (typeof VARIANTS)[number];
const padded = (n: number) => (n + 3) & ~3;

interface Bench {
  readonly arena: Arena;
  readonly kernels: Linalg;
  readonly work: number;
  readonly put: (length: number, seed: number) => number;
}

function bench(variant: Variant): Bench {
  const arena = new Arena(2 ** 23);
  const kernels = linalgOf(arena, variant);
  const work = arena.allocF64(Math.max(kernels.panelWork, kernels.gemmWork) + 16);
  const put = (length: number, seed: number) => {
    const random = testRandom(seed);
    return arena.putF64(Float64Array.from({ length: length + 8 }, () => random() - 0.5));
  };
  return { arena, kernels, work, put };
}

interface Product {
  m: number;
  n: number;
  k: number;
  mode: GemmMode;
  lower: 0 | 1;
}

/** C op A·Bᵀ by the definition, on the rows that count; NaN where the kernel may leave anything. */
function expected(
  { m, n, k, mode, lower }: Product,
  a: Float64Array,
  b: Float64Array,
  c: Float64Array,
): number[] {
  const [lda, ldb, ldc] = [padded(m), padded(n), padded(m)];
  const out: number[] = [];
  for (let j = 0; j < n; j++) {
    for (let i = lower ? j : 0; i < m; i++) {
      let p = 0;
      for (let l = 0; l < k; l++) p += a[i + l * lda] * b[j + l * ldb];
      const old = c[i + j * ldc];
      out.push([p, old - p, -p, old + p][mode]);
    }
  }
  return out;
}

function runGemm(variant: Variant, product: Product): { found: number[]; exact: number[]; beyond: boolean } {
  const { arena, kernels, work, put } = bench(variant);
  const { m, n, k, mode, lower } = product;
  const [lda, ldb, ldc] = [padded(m), padded(n), padded(m)];
  const [a, b, c] = [put(lda * k, 1), put(ldb * k, 2), put(ldc * (n + 4), 3)];
  const before = arena.f64(c, ldc * (n + 4)).slice();
  const exact = expected(product, arena.f64(a, lda * k), arena.f64(b, ldb * k), before);
  kernels.gemm(mode, lower, m, n, k, a, lda, b, ldb, c, ldc, work);
  const after = arena.f64(c, ldc * (n + 4));
  const found: number[] = [];
  for (let j = 0; j < n; j++) for (let i = lower ? j : 0; i < m; i++) found.push(after[i + j * ldc]);
  const beyond = after.subarray(ldc * n).every((x, q) => x === before[ldc * n + q]);
  return { found, exact, beyond };
}

describe.each(VARIANTS)("dense kernels, %s", (variant) => {
  test("gemm: every mode, small sizes with ragged edges, nothing written past the last column", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 21 }),
        fc.integer({ min: 1, max: 21 }),
        fc.integer({ min: 0, max: 13 }),
        fc.constantFrom(0, 1, 2, 3),
        fc.boolean(),
        (m, n, k, mode, triangle) => {
          const lower = triangle ? 1 : 0;
          const product = { m: lower ? Math.max(m, n) : m, n, k, mode: mode as GemmMode, lower } as const;
          const { found, exact, beyond } = runGemm(variant, product);
          return relativeError(found, exact) <= 1e-14 && beyond;
        },
      ),
      { numRuns: 150, seed: 5 },
    );
  });

  test.each([
    [130, 130, 61],
    [49, 600, 49],
    [301, 70, 513],
    [515, 515, 50],
  ])("gemm, packed: %d×%d, depth %d", (m, n, k) => {
    for (const mode of [0, 1, 2, 3] as const) {
      for (const lower of m >= n ? ([0, 1] as const) : ([0] as const)) {
        const { found, exact, beyond } = runGemm(variant, { m, n, k, mode, lower });
        expect(relativeError(found, exact)).toBeLessThan(1e-13);
        expect(beyond).toBe(true);
      }
    }
  });

  test.each([
    [1, 0],
    [2, 2],
    [3, 5],
    [4, 0],
    [6, 9],
    [17, 30],
    [64, 3],
    [65, 12],
    [131, 70],
    [200, 0],
  ])("panelCholesky: L·Lᵀ and L21·L11ᵀ give the matrix back, %d columns, %d rows below", (columns, below) => {
    const { arena, work, put, kernels } = bench(variant);
    const top = padded(columns);
    const ld = top + padded(below);
    const panel = put(ld * columns, 7);
    const p = arena.f64(panel, ld * columns);
    for (let j = 0; j < columns; j++) {
      p[j * (ld + 1)] += columns;
      for (let i = columns; i < top; i++) p[i + j * ld] = 0;
    }
    const before = p.slice();
    const floors = arena.putF64(new Float64Array(columns));
    expect(kernels.panelCholesky(ld, columns, panel, floors, 0, 0, work)).toBe(-1);
    const [found, exact]: number[][] = [[], []];
    for (let j = 0; j < columns; j++) {
      for (let i = j; i < top + below; i++) {
        let sum = 0;
        for (let k = 0; k <= j; k++) sum += p[i + k * ld] * p[j + k * ld];
        found!.push(sum);
        exact!.push(before[i + j * ld]);
      }
    }
    expect(relativeError(found!, exact!)).toBeLessThan(1e-14);
  });

  test.each([0, 3, 5, 63, 64, 77])(
    "panelCholesky stops at the first pivot not above its floor: column %d",
    (bad) => {
      const { arena, work, kernels } = bench(variant);
      const n = 80;
      const panel = arena.putF64(new Float64Array(n * n + 8));
      const p = arena.f64(panel, n * n);
      for (let j = 0; j < n; j++) p[j * (n + 1)] = 4;
      const floors = arena.putF64(new Float64Array(n));
      for (const [value, floor] of [
        [-2, 0],
        [0, 0],
        [Number.NaN, 0],
        [0.5, 0.75],
      ] as const) {
        p.fill(0);
        for (let j = 0; j < n; j++) p[j * (n + 1)] = 4;
        p[bad * (n + 1)] = value;
        p[79 * (n + 1)] = -1;
        arena.f64(floors, n)[bad] = floor;
        expect(kernels.panelCholesky(n, n, panel, floors, 0, 0, work)).toBe(bad);
        expect(p[bad * (n + 1)]).toBe(value);
      }
    },
  );

  test.each([1, 2, 3, 4, 7, 20, 63, 64, 65, 150])("invertTransposed: V·Lᵀ = 1, n = %d", (n) => {
    const { arena, work, put, kernels } = bench(variant);
    const ld = padded(n) + 8;
    const l = put(ld * n, 11);
    const x = arena.f64(l, ld * n);
    for (let j = 0; j < n; j++) x[j * (ld + 1)] = 2 + j / n;
    const ldv = padded(n);
    const v = put(ldv * n, 12);
    kernels.invertTransposed(n, l, ld, v, ldv, work);
    const y = arena.f64(v, ldv * n);
    const found = new Float64Array(n * n);
    const exact = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      exact[i * (n + 1)] = 1;
      for (let j = 0; j < n; j++) {
        for (let k = 0; k <= j; k++) found[i * n + j] += y[i + k * ldv] * x[j + k * ld];
        if (i > j) expect(y[i + j * ldv]).toBe(0);
      }
    }
    expect(relativeError(found, exact)).toBeLessThan(1e-12);
  });

  test.each([
    [2, 1, 1],
    [4, 2, 3],
    [6, 3, 2],
    [1030, 7, 4],
    [520, 8, 1],
  ])("basisDot and basisSubtract: length %d, %d basis vectors, %d others", (n, count, vectors) => {
    const { arena, put, kernels } = bench(variant);
    const [basis, w, h] = [put(n * count, 21), put(n * vectors, 22), put(count * vectors, 23)];
    const q = arena.f64(basis, n * count).slice();
    const x = arena.f64(w, n * vectors).slice();
    const f = arena.f64(h, count * vectors).slice();
    kernels.basisSubtract(n, count, basis, vectors, w, h);
    const rest = x.map((value, at) => {
      const [r, i] = [Math.floor(at / n), at % n];
      for (let k = 0; k < count; k++) value -= f[r * count + k] * q[k * n + i];
      return value;
    });
    expect(relativeError(arena.f64(w, n * vectors), rest)).toBeLessThan(1e-14);
    kernels.basisDot(n, count, basis, vectors, w, h);
    const dots = f.map((_, at) => {
      const [r, k] = [Math.floor(at / count), at % count];
      let dot = 0;
      for (let i = 0; i < n; i++) dot += rest[r * n + i] * q[k * n + i];
      return dot;
    });
    expect(relativeError(arena.f64(h, count * vectors), dots)).toBeLessThan(1e-12);
  });
});

test("an engine without relaxed SIMD is recognised by the probe, not by a failure later", () => {
  expect(typeof relaxedSupported()).toBe("boolean");
  const { kernels } = bench(relaxedSupported() ? "relaxed" : "simd");
  expect(kernels.gemmWork).toBeGreaterThan(0);
});
