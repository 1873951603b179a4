import fc from "fast-check";
import { expect, test } from "vitest";
import { RealParser, spelledNonFinite } from "./numbers.ts";

const parser = new RealParser();
const bytesOf = (text: string) => new TextEncoder().encode(text);
function parse(text: string): number {
  const bytes = bytesOf(`##${text}##`);
  return parser.parse(bytes, 2, bytes.length - 2);
}

/** Same bits: tells −0 from 0. */
function sameDouble(text: string): void {
  const reference = Number(text.replace(/[dD]/, "e"));
  if (!Object.is(parse(text), reference)) throw new Error(`${text}: ${parse(text)} ≠ ${reference}`);
}

const doubles = fc.double({ noNaN: true, noDefaultInfinity: true });

test("shortest, 15-, 16-, 17- and 21-digit texts of any double give back the reference double", () => {
  fc.assert(
    fc.property(doubles, (x) => {
      for (const text of [
        String(x),
        x.toPrecision(15),
        x.toPrecision(16),
        x.toPrecision(17),
        x.toPrecision(21),
      ]) {
        sameDouble(text);
      }
      if (!Object.is(parse(x.toPrecision(17)), x === 0 ? 0 : x)) throw new Error(String(x));
    }),
    { numRuns: 3000 },
  );
});

/** Uniform in value; fc.double is uniform in its bits, so that nearly all its values are tiny. */
const uniform = (min: number, max: number) =>
  fc
    .nat({ max: 2 ** 31 - 1 })
    .chain((high) =>
      fc.nat({ max: 2 ** 21 - 1 }).map((low) => min + (max - min) * ((high * 2 ** 21 + low) / 2 ** 52)),
    );

test("coordinates of a box, written with 1 to 25 digits, give the reference double", () => {
  fc.assert(
    fc.property(uniform(-1000, 1000), fc.integer({ min: 0, max: 25 }), (x, digits) => {
      sameDouble(x.toFixed(digits));
      sameDouble(x.toExponential(digits));
    }),
    { numRuns: 3000 },
  );
});

test("texts at and beside the middle between two doubles round as the reference does", () => {
  fc.assert(
    fc.property(fc.bigInt(2n ** 52n, 2n ** 53n - 1n), fc.integer({ min: 0, max: 12 }), (mantissa, shift) => {
      // (2m + 1)/2^(shift+1) lies exactly between the neighbours m/2^shift and (m + 1)/2^shift.
      const power = shift + 1;
      const digits = ((2n * mantissa + 1n) * 5n ** BigInt(power)).toString();
      const middle = `${digits.slice(0, -power)}.${digits.slice(-power)}`;
      for (const text of [middle, `${middle}1`, `${middle.slice(0, -1)}4`, middle.slice(0, 23)])
        sameDouble(text);
    }),
    { numRuns: 3000 },
  );
});

test("texts as near to a middle as 22 digits can be round as the reference does", () => {
  // y·5²² = M·2^k ± 1 puts M/10²² within 2^−k·5^−22 of y/2^(k+22), the middle of two doubles for odd y ≥ 2⁵³.
  const power = 5n ** 22n;
  const setting = fc.tuple(
    fc.integer({ min: 32, max: 48 }),
    fc.bigInt(2n ** 53n, 2n ** 54n - 1n),
    fc.boolean(),
  );
  fc.assert(
    fc.property(setting, ([k, near, above]) => {
      const modulus = 2n ** BigInt(k);
      // Newton's iteration for the inverse of 5²² modulo 2^k.
      let inverse = power;
      for (let step = 0; step < 6; step++) inverse = (inverse * (2n - power * inverse)) % modulus;
      const unit = above ? 1n : -1n;
      const y = near - ((((near - unit * inverse) % modulus) + modulus) % modulus);
      const m = (y * power - unit) / modulus;
      expect(m * modulus + unit).toBe(y * power);
      sameDouble(`${m}e-22`);
      sameDouble(`0.${m.toString().padStart(22, "0")}`);
    }),
    { numRuns: 5000 },
  );
});

test("random digit strings with any point and exponent give the reference double", () => {
  const digits = fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: 1, maxLength: 30 });
  const exponent = fc.option(fc.integer({ min: -340, max: 320 }), { nil: undefined });
  fc.assert(
    fc.property(fc.constantFrom("", "-", "+"), digits, digits, exponent, (sign, whole, part, power) => {
      for (const letter of ["e", "E", "d", "D"]) {
        sameDouble(`${sign}${whole}.${part}${power === undefined ? "" : letter + power}`);
      }
    }),
    { numRuns: 1500 },
  );
});

test.each([
  "1.",
  ".5",
  "-.5",
  "+3",
  "007",
  "0",
  "-0",
  "0.000",
  "1e5",
  "1E+05",
  "2.5D-03",
  "1e400",
  "1e-400",
  "00.0e7",
])("%s is a number", (text) => sameDouble(text));

test.each([
  "",
  "-",
  "+",
  ".",
  "e5",
  "1e",
  "1e+",
  "1.2.3",
  "0x10",
  "1_000",
  "1,5",
  "nan",
  "inf",
  "--1",
  "1-2",
  "12a",
  "1e5.5",
  "١",
])("%s is none", (text) => expect(parse(text)).toBeNaN());

test("significant digits are counted without leading zeros", () => {
  for (const [text, digits] of [
    ["0.001200", 4],
    ["120", 3],
    ["-12.345678901234567", 17],
    ["0", 0],
    ["1e10", 1],
  ] as const) {
    parse(text);
    expect(parser.digits).toBe(digits);
  }
});

test("names of non-finite numbers are told from other words", () => {
  const words = ["nan", "-NaN", "inf", "+Infinity", "-inf", "nan(0x1)"];
  expect(words.map(spelledNonFinite)).toEqual([
    Number.NaN,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NaN,
  ]);
  expect(["nano", "1", "info", "", "1e999"].map(spelledNonFinite).filter((x) => x !== undefined)).toEqual([]);
});
