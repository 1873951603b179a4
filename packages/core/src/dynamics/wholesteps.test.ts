import { expect, test } from "vitest";
import { wholeSteps } from "./wholesteps.ts";

test.each([
  // as it is where it fits
  [1, 0.005, 100, { steps: 200, dt: 0.005 }],
  [0.3, 0.005, 10, { steps: 60, dt: 0.005 }],
  // 0.3 - 0.1 is no 0.2
  [0.3 - 0.1, 0.005, 10, { steps: 40, dt: 0.005 }],
  // shorter, never longer: 1.5 and 0.2 strides
  [0.75, 0.005, 100, { steps: 200, dt: 0.00375 }],
  [0.1, 0.005, 100, { steps: 100, dt: 0.001 }],
])("%d τ₀ by steps of %d in pieces of %d", (span, dt, piece, expected) => {
  expect(wholeSteps(span, dt, piece)).toEqual(expected);
});

test.each([0, -0.005, Number.NaN, Infinity])("a time step of %d is refused", (dt) => {
  expect(() => wholeSteps(1, dt, 10)).toThrow(`the time step must be positive, got ${dt}`);
});
