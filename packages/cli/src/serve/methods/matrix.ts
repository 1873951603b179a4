import { SoftfieldError } from "softfield";
import { blockedRows, graphCoordinates } from "softfield/internal";
import { analyze, type BlockSize, factorize, logDeterminant, selectedInverse, solve } from "softfield/sparse";
import { wire } from "../answers.ts";
import { type Params, required } from "../params.ts";
import type { Method } from "./method.ts";

/** Symmetric positive definite matrices of a client's own. */
export const matrixMethods = {
  factor: (params, state, control) => {
    const rows = {
      size: required("size", params.whole("size")),
      starts: required("indptr", params.integers("indptr")),
      columns: required("indices", params.integers("indices")),
      values: required("data", params.reals("data")),
    };
    const d = blockSizeIn(params);
    const { matrix, pick } = blockedRows(rows, d);
    const coordinates = coordinatesIn(params, matrix.size) ?? graphCoordinates(matrix);
    params.complete();
    const symbolic = analyze(matrix, coordinates, { blockSize: d });
    const result = factorize(symbolic, matrix, { arithmetic: "fast" }, control);
    if (result.status !== "ok") {
      const row = result.particle * d + result.component;
      const message =
        `the matrix is not positive definite: elimination met the pivot ${result.pivot.toPrecision(3)} in row ${row}. ` +
        "A Hessian with its translations has zero modes: leave the rows of one particle out";
      throw new SoftfieldError("numerics", message, { field: "matrix" });
    }
    const { factor } = result;
    return {
      value: {
        handle: state.hold({ factor: { factor, size: rows.size, pick } }),
        nonzeros: symbolic.nonzeros,
        flops: symbolic.flops,
        logDeterminant: logDeterminant(factor),
      },
      arrays: {},
    };
  },

  factorInverse: (params, state, control) => {
    const { factor, pick } = state.factor(params);
    params.complete();
    return { value: {}, arrays: { data: wire(pick(selectedInverse(factor, control))) } };
  },

  factorSolve: (params, state) => {
    const { factor, size } = state.factor(params);
    const b = required("b", params.reals("b"));
    params.complete();
    const count = b.length / size;
    if (!Number.isInteger(count) || count < 1) {
      const message = `b has ${b.length} numbers; it must have ${size}, or a multiple of that`;
      throw new SoftfieldError("usage", message, { field: "b" });
    }
    const { matrix } = factor;
    const padded = matrix.size * matrix.dimension;
    const right = new Float64Array(count * padded);
    for (let r = 0; r < count; r++) right.set(b.subarray(r * size, (r + 1) * size), r * padded);
    const x = solve(factor, right, { count, refine: 1 });
    const own = new Float64Array(b.length);
    for (let r = 0; r < count; r++) own.set(x.subarray(r * padded, r * padded + size), r * size);
    return { value: {}, arrays: { x: wire(own, count, size) } };
  },
} satisfies Record<string, Method>;

function blockSizeIn(params: Params): BlockSize {
  const asked = params.whole("block") ?? 2;
  if (asked === 2 || asked === 3 || asked === 4) return asked;
  throw new SoftfieldError("usage", `block = ${asked}: blocks are of 2, 3 or 4 rows`, { field: "block" });
}

/** Where the block rows are, periodic in the unit cube; it steers the ordering, no result. */
function coordinatesIn(params: Params, size: number) {
  const fractional = params.reals("coordinates");
  if (fractional === undefined) return undefined;
  const dimension = fractional.length / size;
  if ((dimension === 2 || dimension === 3) && fractional.every(Number.isFinite))
    return { dimension, fractional } as const;
  const message = `coordinates has ${fractional.length} numbers; ${size} block rows have 2 or 3 finite ones each`;
  throw new SoftfieldError("usage", message, { field: "coordinates" });
}
