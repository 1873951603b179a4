import fc from "fast-check";
import { expect, test } from "vitest";
import {
  decimalLogarithm,
  exponential,
  hypotenuse,
  logarithm,
  power,
  powerOfTen,
  root,
  sineOfTurns,
  square,
  turnsOf,
} from "./elementary.ts";

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

test("the logarithm takes the limits of its range", () => {
  expect([0, -0, Infinity, -1, Number.NaN].map(logarithm)).toEqual([
    -Infinity,
    -Infinity,
    Infinity,
    NaN,
    NaN,
  ]);
  expect(logarithm(1)).toBe(0);
  expect(logarithm(5e-324)).toBeCloseTo(Math.log(5e-324), 12);
});

test("property: roots, powers of ten, sines and hypotenuses agree with those of the host", () => {
  const positive = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
  const turns = fc.double({ min: -40, max: 40, noNaN: true });
  fc.assert(
    fc.property(positive, positive, turns, (a, b, t) => {
      expect(Math.abs(root(a, 3) / Math.cbrt(a) - 1)).toBeLessThan(4e-16);
      expect(root(a, 2)).toBe(Math.sqrt(a));
      expect(Math.abs(powerOfTen(t) / 10 ** t - 1)).toBeLessThan(3e-15);
      expect(Math.abs(sineOfTurns(t) - Math.sin(2 * Math.PI * (t - Math.round(t))))).toBeLessThan(4e-16);
      expect(Math.abs(hypotenuse(a, -b) / Math.hypot(a, b) - 1)).toBeLessThan(6e-16);
      expect(Math.abs(decimalLogarithm(a) - Math.log10(a))).toBeLessThan(2e-15);
      expect(square(a)).toBe(a * a);
    }),
    { seed, numRuns: 1000 },
  );
});

test("whole powers of ten and half turns are exact, hypotenuses neither over- nor underflow", () => {
  for (let k = -300; k <= 300; k += 25) {
    expect(powerOfTen(k)).toBe(Number(`1e${k}`));
    expect(decimalLogarithm(powerOfTen(k))).toBe(k);
  }
  expect([0, -1, Infinity].map(decimalLogarithm)).toEqual([-Infinity, NaN, Infinity]);
  expect([-1, -0.5, 0, 0.5, 1, 7].map((t) => Math.abs(sineOfTurns(t)))).toEqual([0, 0, 0, 0, 0, 0]);
  expect(sineOfTurns(0.25)).toBeCloseTo(1, 15);
  expect(sineOfTurns(-1.25)).toBe(-sineOfTurns(0.25));
  expect(hypotenuse(3e200, 4e200) / 5e200).toBeCloseTo(1, 14);
  expect(hypotenuse(0, 0)).toBe(0);
  expect(hypotenuse(-3e-200, 4e-200) / 5e-200).toBeCloseTo(1, 14);
});

test("turnsOf: the angle of any vector, to rounding", () => {
  for (let k = -50; k <= 50; k++) {
    const angle = (k / 101) * 2 * Math.PI;
    const [x, y] = [3e-5 * Math.cos(angle), 3e-5 * Math.sin(angle)];
    expect(Math.abs(turnsOf(x, y) - Math.atan2(y, x) / (2 * Math.PI))).toBeLessThan(2e-16);
  }
  expect([turnsOf(1, 0), turnsOf(0, 1), turnsOf(-1, 0), turnsOf(0, -1), turnsOf(0, 0)]).toEqual([
    0, 0.25, 0.5, -0.25, 0,
  ]);
});
