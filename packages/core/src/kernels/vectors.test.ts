import { expect, test } from "vitest";
import { Arena, type DynamicsKernels, dynamicsKernels } from "./index.ts";

const COUNT = 37;

/** Three vectors of COUNT particles in memory of their own, the same at every call; `spoilt` of the first is NaN. */
function vectors(stride: 2 | 4, spoilt?: number) {
  const arena = new Arena();
  const length = COUNT * stride;
  const [x, y, z] = [1, 2, 3].map((k) =>
    arena.putF64(Float64Array.from({ length }, (_, m) => Math.cos(7.3 * m * k + k) * (m % 5 === 0 ? -3 : 1))),
  );
  if (spoilt !== undefined) arena.f64(x, length)[spoilt] = Number.NaN;
  const sums = arena.allocF64(2);
  return { arena, kernels: dynamicsKernels(arena), length, x, y, z, sums };
}

test.each([2, 4] as const)("one pass has the bits of several, stride %d", (stride) => {
  const [once, often] = [vectors(stride), vectors(stride)];
  const a = once.kernels;
  const b: DynamicsKernels = often.kernels;
  const { length, x, y, z } = once;
  const most = a.gradientSums(length, x, y, once.sums);
  expect([most, ...once.arena.f64(once.sums, 2)]).toEqual([
    b.maxAbs(length, x),
    b.dot(length, x, y),
    b.dot(length, x, x),
  ]);
  const square = a.axpySquare(length, -0.3, x, y);
  b.axpy(length, -0.3, x, y);
  expect(square).toBe(b.dot(length, y, y));
  const origin = often.arena.putF64(new Float64Array(length));
  const longest = a.scaleAddLongest(COUNT, stride, 0.7, y, -0.2, x);
  b.scaleAdd(length, 0.7, y, -0.2, x);
  expect(longest).toBe(b.maxDistance2(COUNT, stride, y, origin));
  const moved = a.drift(COUNT, stride, 0.01, y, x, z);
  b.axpy(length, 0.01, y, x);
  expect(moved).toBe(b.maxDistance2(COUNT, stride, x, z));
  for (const vector of [x, y])
    expect(once.arena.f64(vector, length)).toEqual(often.arena.f64(vector, length));
});

test.each([2, 4] as const)("the largest is the largest, stride %d", (stride) => {
  const { arena, kernels, length, x, y } = vectors(stride);
  const [one, other] = [x, y].map((at) => Array.from(arena.f64(at, length)));
  expect(kernels.maxAbs(length, x)).toBe(Math.max(...one.map(Math.abs)));
  const distances = Array.from({ length: COUNT }, (_, p) =>
    one
      .slice(p * stride, (p + 1) * stride)
      .reduce((sum, u, c) => sum + (u - other[p * stride + c]) * (u - other[p * stride + c]), 0),
  );
  expect(kernels.maxDistance2(COUNT, stride, x, y)).toBeCloseTo(Math.max(...distances), 12);
});

/** Every kernel that tells a largest one of values that hold x. */
function largest(stride: 2 | 4, spoilt?: number): number[] {
  const fresh = () => vectors(stride, spoilt);
  return [
    ((v) => v.kernels.maxAbs(v.length, v.x))(fresh()),
    ((v) => v.kernels.maxDistance2(COUNT, stride, v.y, v.x))(fresh()),
    ((v) => v.kernels.gradientSums(v.length, v.x, v.y, v.sums))(fresh()),
    ((v) => v.kernels.scaleAddLongest(COUNT, stride, 1, v.y, 1, v.x))(fresh()),
    ((v) => v.kernels.drift(COUNT, stride, 1, v.y, v.x, v.z))(fresh()),
    ((v) => v.kernels.kickDrift(COUNT - 1, stride, 1, 0.1, 1, v.x, v.y, v.z, v.z))(fresh()),
  ];
}

test.each([2, 4] as const)("one NaN anywhere is told, and nothing else is, stride %d", (stride) => {
  expect(largest(stride).some(Number.isNaN)).toBe(false);
  for (const spoilt of [0, 1, stride * 17, (COUNT - 1) * stride - 1])
    expect(largest(stride, spoilt)).toEqual(Array(6).fill(Number.NaN));
});
