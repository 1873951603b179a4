import fc from "fast-check";
import { expect, test } from "vitest";
import { exponential, logarithm, power } from "./elementary.ts";

const seed = 23;

test("property: exponential and logarithm agree with those of the host, and invert each other", () => {
  fc.assert(
    fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
      expect(Math.abs(exponential(x) / Math.exp(x) - 1)).toBeLessThan(8e-16);
      expect(Math.abs(logarithm(exponential(x)) - x)).toBeLessThan(1e-15 * Math.max(1, Math.abs(x)));
    }),
    { seed },
  );
  fc.assert(
    fc.property(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (x) => {
      expect(Math.abs(logarithm(x) - Math.log(x))).toBeLessThan(4e-16 * Math.max(1, Math.abs(Math.log(x))));
    }),
    { seed },
  );
});

test("exponential is exact at 0 and takes the limits of its range", () => {
  expect(exponential(0)).toBe(1);
  expect(exponential(710)).toBe(Number.POSITIVE_INFINITY);
  expect(exponential(1e5)).toBe(Number.POSITIVE_INFINITY);
  expect(exponential(-1e5)).toBe(0);
  expect(exponential(-740)).toBeGreaterThan(0);
  expect(exponential(Number.NaN)).toBeNaN();
});

test("property: powers agree with those of the host for integer, half-integer and real exponents", () => {
  const exponents = [
    fc.integer({ min: -100, max: 100 }),
    fc.integer({ min: -99, max: 99 }).map((n) => n / 2),
    fc.double({ min: -100, max: 100, noNaN: true }),
  ];
  fc.assert(
    fc.property(fc.double({ min: 0.3, max: 4, noNaN: true }), fc.oneof(...exponents), (x, n) => {
      expect(Math.abs(power(x, n) / x ** n - 1)).toBeLessThan(2 ** -53 * (4 + 2 * Math.abs(n)));
    }),
    { seed, numRuns: 1000 },
  );
});

test("small integer powers are plain products", () => {
  expect(power(1.7, 0)).toBe(1);
  expect(power(1.7, 1)).toBe(1.7);
  expect(power(1.7, 3)).toBe(1.7 * 1.7 * 1.7);
  expect(power(4, 2.5)).toBe(32);
  expect(power(2, -3)).toBe(0.125);
});
