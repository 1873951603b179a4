import { sineOfTurns } from "../../elementary.ts";

/** Coefficients of a polynomial of degree 7. */
export const TERMS = 8;
/** Of parts of an interval, only so many powers are taken that share^power stays above this: the rest is rounding. */
const LEAST_POWER = 1e-3;

/** Chebyshev's points of [−1, 1], and between them the places where the error is looked at. */
export const NODES = Float64Array.from([
  ...Array.from({ length: TERMS }, (_, p) => cosine((2 * p + 1) / (2 * TERMS))),
  ...Array.from({ length: TERMS - 1 }, (_, p) => cosine((p + 1) / TERMS)),
]);

/** cos πt */
function cosine(t: number): number {
  return sineOfTurns(0.25 - 0.5 * t);
}

/** Of each degree: from values at the points to coefficients of powers of t, rows of TERMS. */
const TO_POWERS: readonly Float64Array[] = (() => {
  const polynomials: number[][] = [[1], [0, 1]];
  while (polynomials.length < TERMS) {
    const [before, last] = polynomials.slice(-2);
    const next = [0, ...last.map((c) => 2 * c)];
    before.forEach((c, k) => {
      next[k] -= c;
    });
    polynomials.push(next);
  }
  const sum = new Float64Array(TERMS * TERMS);
  return polynomials.map((polynomial, n) => {
    for (let p = 0; p < TERMS; p++) {
      const weight = (cosine((n * (2 * p + 1)) / (2 * TERMS)) * (n === 0 ? 1 : 2)) / TERMS;
      polynomial.forEach((c, power) => {
        sum[power * TERMS + p] += weight * c;
      });
    }
    return sum.slice();
  });
})();

/**
 * The polynomial in u − middle through values at centre + half·NODES (the points; read) into `row`; `share`: the part
 * of an interval that these are. Returns the largest deviation at the places between the points.
 */
export function polynomialOver(
  {
    middle,
    centre,
    half,
    share,
  }: { readonly middle: number; readonly centre: number; readonly half: number; readonly share: number },
  values: Float64Array,
  row: Float64Array,
): number {
  let degree = 0;
  for (let part = share; degree < TERMS - 1 && part > LEAST_POWER; part *= share) degree++;
  const toPowers = TO_POWERS[degree];
  // About one of the values, so that rounding is relative to what changes.
  const level = values[TERMS >> 1];
  let unit = 1;
  for (let power = 0; power < TERMS; power++) {
    let sum = 0;
    for (let p = 0; p < TERMS; p++) sum += toPowers[power * TERMS + p] * (values[p] - level);
    row[power] = sum * unit;
    unit /= half;
  }
  row[0] += level;
  if (centre !== middle) shift(row, middle - centre);
  let most = 0;
  for (let p = TERMS; p < NODES.length; p++) {
    const d = centre + half * NODES[p] - middle;
    const found = row.reduceRight((sum, c) => sum * d + c, 0);
    most = Math.max(most, Math.abs(found - values[p]));
  }
  return most;
}

/** From powers of y to powers of y − by. */
function shift(row: Float64Array, by: number): void {
  for (let k = 0; k < TERMS - 1; k++) {
    for (let l = TERMS - 2; l >= k; l--) row[l] += by * row[l + 1];
  }
}
