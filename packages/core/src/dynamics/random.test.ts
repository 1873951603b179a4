import { describe, expect, test } from "vitest";
import { Arena, dynamicsKernels } from "../kernels/index.ts";
import { Purpose, RandomStream } from "./random.ts";

const arena = new Arena();
const kernels = dynamicsKernels(arena);
const stream = (seed: number, purpose: Purpose = Purpose.Noise) =>
  new RandomStream(arena, kernels, seed, purpose);

/** xoshiro256++ and splitmix64 by big integers: the kernel's twin. */
class Twin {
  readonly #s: bigint[] = [];
  constructor(seed: number, purpose: number) {
    let state = mix(wrap(BigInt(seed) + GOLDEN));
    state = mix(state ^ wrap(BigInt(purpose) * 0xd1342543de82ef95n));
    for (let k = 0; k < 4; k++) {
      state = wrap(state + GOLDEN);
      this.#s.push(mix(state));
    }
  }
  uniform(): number {
    const s = this.#s as [bigint, bigint, bigint, bigint];
    const result = wrap(rotate(wrap(s[0] + s[3]), 23n) + s[0]);
    const t = wrap(s[1] << 17n);
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 45n);
    return Number(result >> 11n) / 2 ** 53;
  }
}
const GOLDEN = 0x9e3779b97f4a7c15n;
const wrap = (x: bigint) => x & 0xffffffffffffffffn;
const rotate = (x: bigint, k: bigint) => wrap(x << k) | (x >> (64n - k));
function mix(z: bigint): bigint {
  z = wrap((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
  z = wrap((z ^ (z >> 27n)) * 0x94d049bb133111ebn);
  return z ^ (z >> 31n);
}

const draw = (count: number, next: () => number) => Float64Array.from({ length: count }, next);
const mean = (values: Float64Array) => values.reduce((sum, v) => sum + v, 0) / values.length;

test.each([0, 1, 7, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1])("seed %d: the numbers of xoshiro256++", (seed) => {
  for (const purpose of Object.values(Purpose)) {
    const [own, twin] = [stream(seed, purpose), new Twin(seed, purpose)];
    expect(draw(50, () => own.uniform())).toEqual(draw(50, () => twin.uniform()));
  }
});

test("seeds and purposes have streams of their own", () => {
  const firsts = [0, 1, 2].flatMap((seed) => Object.values(Purpose).map((p) => stream(seed, p).uniform()));
  expect(new Set(firsts).size).toBe(firsts.length);
});

test("save and restore go on with the same numbers, between two of a Gaussian pair too", () => {
  const a = stream(5);
  a.gaussian();
  const state = a.save();
  const next = draw(9, () => a.gaussian());
  a.restore(state);
  expect(draw(9, () => a.gaussian())).toEqual(next);
});

describe("distributions, within 4 standard errors", () => {
  const n = 200_000;

  test("Gaussian: moments 0, 1, 0, 3 and no correlation between neighbours", () => {
    const s = stream(1);
    const x = draw(n, () => s.gaussian());
    const moment = (k: number) => mean(x.map((v) => v ** k));
    expect(Math.abs(moment(1))).toBeLessThan(4 / Math.sqrt(n));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(4 * Math.sqrt(2 / n));
    expect(Math.abs(moment(3))).toBeLessThan(4 * Math.sqrt(15 / n));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(4 * Math.sqrt(96 / n));
    expect(Math.abs(mean(x.slice(1).map((v, k) => v * x[k])))).toBeLessThan(4 / Math.sqrt(n));
  });

  test.each([0, 1, 2, 3, 10, 999])("sum of %d squares: mean n, variance 2n", (degrees) => {
    const s = stream(2);
    const m = 40_000;
    const x = draw(m, () => kernels.sumOfSquares(s.at, degrees));
    expect(Math.abs(mean(x) - degrees)).toBeLessThanOrEqual(4 * Math.sqrt((2 * degrees) / m));
    const variance = mean(x.map((v) => (v - degrees) ** 2));
    const fourth = 12 * degrees * degrees + 48 * degrees;
    expect(Math.abs(variance - 2 * degrees)).toBeLessThanOrEqual(4 * Math.sqrt(fourth / m));
  });

  test("shuffle: every place is as likely for every element", () => {
    const s = stream(3);
    const counts = new Float64Array(25);
    for (let k = 0; k < 20_000; k++) {
      const values = Int32Array.of(0, 1, 2, 3, 4);
      s.shuffle(values);
      values.forEach((value, place) => {
        counts[5 * value + place]++;
      });
    }
    const chi2 = counts.reduce((sum, c) => sum + (c - 4000) ** 2 / 4000, 0);
    // 16 degrees of freedom: P(χ² > 45) = 1.4e-4.
    expect(chi2).toBeLessThan(45);
  });
});

test.each([-1, 1.5, Number.NaN, 2 ** 53])("seed %d is refused", (seed) => {
  expect(() => stream(seed)).toThrow(/seed must be an integer/);
});
