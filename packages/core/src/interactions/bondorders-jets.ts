import {
  angular,
  type BondOrderTerm,
  cutoffSeries,
  type Series,
  variable,
  weighing,
} from "../models/index.ts";
import { EXPONENTS, JET } from "./triples-arrays.ts";

/*
 * Functions of the invariants a = u₁·u₁, b = u₂·u₂, s = u₁·u₂ to fourth order: Taylor coefficients in the order of
 * `EXPONENTS`, whose products are truncated.
 */

const ORDER = 4;
const at = new Map(EXPONENTS.map((exponents, e) => [exponents.join(), e]));

/** Entries e, f and their product's, three a product within the order. */
const PRODUCTS = Int32Array.from(
  EXPONENTS.flatMap((one, e) =>
    EXPONENTS.flatMap((two, f) => {
      const found = at.get(one.map((order, k) => order + two[k]).join());
      return found === undefined ? [] : [e, f, found];
    }),
  ),
);
const FACTORIALS = Float64Array.from(EXPONENTS, (exponents) =>
  exponents.reduce((all, order) => all * [1, 1, 2, 6, 24][order], 1),
);
/** The entry of aᵖ, of bᵖ. */
const ALONG_A = [0, 1, 2, 3, 4].map((p) => at.get(`${p},0,0`)!);
const ALONG_B = [0, 1, 2, 3, 4].map((p) => at.get(`0,${p},0`)!);
/** The entry of aᵖ b^q, and of aᵖ b^q s. */
const AB = table(0);
const ABS = table(1);

function table(r: number): readonly (readonly number[])[] {
  return [0, 1, 2, 3, 4].map((p) => [0, 1, 2, 3, 4].map((q) => at.get(`${p},${q},${r}`) ?? -1));
}

type Jet = Float64Array;

/** Jets that are written over at every call. */
const scratch = () => new Float64Array(JET);
const [COSINE, DELTA, TURNED, WEIGHT, STEP, ROOM] = [0, 1, 2, 3, 4, 5].map(scratch);

/** result ← x·y. */
function times(x: Jet, y: Jet, result: Jet): Jet {
  result.fill(0);
  for (let p = 0; p < PRODUCTS.length; p += 3) result[PRODUCTS[p + 2]] += x[PRODUCTS[p]] * y[PRODUCTS[p + 1]];
  return result;
}

/** result ← Σ f_k (x − x₀)ᵏ. */
function composed(f: Series, x: Jet, result: Jet): Jet {
  STEP.set(x);
  STEP[0] = 0;
  for (let e = 0; e < JET; e++) result[e] = f[ORDER] * STEP[e];
  for (let k = ORDER - 1; k >= 0; k--) {
    result[0] += f[k];
    if (k > 0) result.set(times(result, STEP, ROOM));
  }
  return result;
}

/** √x and 1/√x about x. */
function roots(x: number): { root: number[]; inverse: number[] } {
  const root = [Math.sqrt(x)];
  const inverse = [1 / root[0]];
  for (let k = 1; k <= ORDER; k++) {
    root.push((root[k - 1] * (1.5 - k)) / (k * x));
    inverse.push((inverse[k - 1] * (0.5 - k)) / (k * x));
  }
  return { root, inverse };
}

/** From Taylor coefficients to derivatives, into a row of jets. */
function store(jet: Jet, into: Float64Array): void {
  for (let e = 0; e < JET; e++) into[e] = jet[e] * FACTORIALS[e];
}

/** Z = f_C(√b) g(s/√(ab)) w(√a − √b) of the angle j–i–k with its derivatives by a, b, s. O(1). */
export function fillBend(
  term: BondOrderTerm,
  kinds: readonly [number, number, number],
  [a, b, s]: readonly [number, number, number],
  [R, D]: readonly [number, number],
  into: Float64Array,
): void {
  const [first, second] = [roots(a), roots(b)];
  COSINE.fill(0);
  DELTA.fill(0);
  for (let p = 0; p <= ORDER; p++) {
    DELTA[ALONG_A[p]] += first.root[p];
    DELTA[ALONG_B[p]] -= second.root[p];
    for (let q = 0; p + q <= ORDER; q++) {
      const inverse = first.inverse[p] * second.inverse[q];
      COSINE[AB[p][q]] = s * inverse;
      if (p + q < ORDER) COSINE[ABS[p][q]] = inverse;
    }
  }
  const turned = composed(angular(term, kinds, variable(COSINE[0], ORDER)), COSINE, TURNED);
  const weight = composed(weighing(term, kinds, variable(DELTA[0], ORDER)), DELTA, WEIGHT);
  COSINE.set(times(turned, weight, ROOM));
  DELTA.fill(0);
  cutoffSeries(R, D, second.root).forEach((value, k) => {
    DELTA[ALONG_B[k]] = value;
  });
  store(times(COSINE, DELTA, ROOM), into);
}

/** P(√a), a series in r about √a, with its derivatives by a. */
export function fillStretch(series: Series, a: number, into: Float64Array): void {
  COSINE.fill(0);
  roots(a).root.forEach((value, k) => {
    COSINE[ALONG_A[k]] = value;
  });
  store(composed(series, COSINE, TURNED), into);
}
