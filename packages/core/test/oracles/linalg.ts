import {
  type Arena,
  createLinalg,
  type Linalg,
  type LinalgVariant,
  relaxedSupported,
} from "../../src/kernels/index.ts";
import { type PlainDense, plainSupernodal } from "./linalg-nodes.ts";

/** What there is to test: the plain twin, and the builds that this engine runs. */
export const VARIANTS: readonly ("plain" | LinalgVariant)[] = relaxedSupported()
  ? ["plain", "simd", "relaxed"]
  : ["plain", "simd"];

/** Kernels of a build, or their plain twin. */
export function linalgOf(arena: Arena, variant: "plain" | LinalgVariant): Linalg {
  return variant === "plain" ? plainLinalg(arena) : createLinalg(arena, variant);
}

/** What the plain twin leaves to the kernels: derivatives have the dense inverse as their oracle. */
const noDerivative = () => {
  throw new Error("the plain twin of the kernels differentiates nothing");
};

/** The plain twin of the WebAssembly kernels: same interface, no blocking, no padding tricks. */
function plainLinalg(arena: Arena): Linalg {
  const dense: PlainDense = {
    gemm(mode, lower, m, n, k, a, lda, b, ldb, c, ldc) {
      const x = arena.f64(0, arena.memory.buffer.byteLength / 8);
      for (let j = 0; j < n; j++) {
        for (let i = lower ? j : 0; i < m; i++) {
          let p = 0;
          for (let l = 0; l < k; l++) p += x[a / 8 + i + l * lda] * x[b / 8 + j + l * ldb];
          const q = c / 8 + i + j * ldc;
          x[q] = mode === 0 ? p : mode === 1 ? x[q] - p : mode === 2 ? -p : x[q] + p;
        }
      }
    },
    panelCholesky(rows, columns, panel, floors) {
      const l = arena.f64(panel, rows * columns);
      const floor = arena.f64(floors, columns);
      for (let j = 0; j < columns; j++) {
        for (let k = 0; k < j; k++) {
          const f = l[j + k * rows];
          for (let i = j; i < rows; i++) l[i + j * rows] -= l[i + k * rows] * f;
        }
        const pivot = l[j + j * rows];
        if (!(pivot > floor[j])) return j;
        const root = Math.sqrt(pivot);
        for (let i = j; i < rows; i++) l[i + j * rows] /= root;
      }
      return -1;
    },
    invertTransposed(n, l, ld, v, ldv) {
      const x = arena.f64(l, ld * n);
      const y = arena.f64(v, ldv * n);
      y.fill(0);
      for (let i = 0; i < n; i++) {
        for (let j = i; j < n; j++) {
          let t = i === j ? 1 : 0;
          for (let k = i; k < j; k++) t -= y[i + k * ldv] * x[j + k * ld];
          y[i + j * ldv] = t / x[j + j * ld];
        }
      }
    },
  };
  return {
    gemmWork: 0,
    panelWork: 0,
    ...dense,
    ...plainSupernodal(arena, dense),
    ...plainVectors(arena),
    eliminateDerivative: noDerivative,
    invertDerivative: noDerivative,
  };
}

function plainVectors(arena: Arena): Pick<Linalg, "basisDot" | "basisSubtract"> {
  return {
    basisDot(n, count, basis, vectors, w, h) {
      const [q, x, out] = [
        arena.f64(basis, n * count),
        arena.f64(w, n * vectors),
        arena.f64(h, count * vectors),
      ];
      out.fill(0);
      for (let r = 0; r < vectors; r++)
        for (let k = 0; k < count; k++)
          for (let i = 0; i < n; i++) out[r * count + k] += q[k * n + i] * x[r * n + i];
    },
    basisSubtract(n, count, basis, vectors, w, h) {
      const [q, x, f] = [
        arena.f64(basis, n * count),
        arena.f64(w, n * vectors),
        arena.f64(h, count * vectors),
      ];
      for (let r = 0; r < vectors; r++)
        for (let k = 0; k < count; k++)
          for (let i = 0; i < n; i++) x[r * n + i] -= f[r * count + k] * q[k * n + i];
    },
  };
}
