import { expect, test } from "vitest";
import { testRandom } from "../../test/reference.ts";
import { addDenseProduct, denseFactor, denseInverse, denseSolve, symmetricEigen } from "./index.ts";

test.each([1, 2, 3, 4, 5, 8, 13, 30, 66, 150])("L·Lᵀ, solutions and the inverse of %i unknowns", (n) => {
  const random = testRandom(n);
  const root = Float64Array.from({ length: n * n }, () => random() - 0.5);
  const a = Float64Array.from({ length: n * n }, (_, k) => {
    const [i, j] = [Math.floor(k / n), k % n];
    let sum = i === j ? 0.1 : 0;
    for (let c = 0; c < n; c++) sum += root[i * n + c] * root[j * n + c];
    return sum;
  });
  const factor = denseFactor(a);
  if (!factor) throw new Error("it is positive definite");
  const b = Float64Array.from({ length: n }, () => random());
  const x = denseSolve(factor, b);
  const inverse = denseInverse(factor);
  const sum = b.slice();
  addDenseProduct(a, x, sum);
  sum.forEach((value, i) => {
    expect(value).toBeCloseTo(2 * b[i], 10);
  });
  for (let i = 0; i < n; i++) {
    let [product, row] = [0, 0];
    for (let j = 0; j < n; j++) {
      product += a[i * n + j] * x[j];
      row += inverse[i * n + j] * b[j];
    }
    expect(product).toBeCloseTo(b[i], 10);
    expect(row).toBeCloseTo(x[i], 10);
  }
  const { values } = symmetricEigen(a);
  expect(
    denseFactor(a.map((value, k) => (k % (n + 1) === 0 ? value - values[0] - 1e-6 : value))),
  ).toBeUndefined();
});
