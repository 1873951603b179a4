import { linearTicks, type Tick } from "./ticks.ts";

/** One way to mark an axis. */
export interface TickChoice {
  readonly ticks: readonly Tick[];
  /** Ticks without a label. */
  readonly minor: readonly number[];
  /** The labels are values over 10^power. */
  readonly power: number;
}

/** Ways to mark a linear axis, the densest first. Numbers that would be long are counted in a power of ten. */
export function linearAxisTicks(low: number, high: number): TickChoice[] {
  const largest = Math.max(Math.abs(low), Math.abs(high));
  const power = largest >= 1e5 || largest < 1e-3 ? Math.floor(Math.log10(largest) + 1e-9) : 0;
  const unit = 10 ** power;
  return [5, 4, 3, 2].map((most) => ({
    ticks: linearTicks(low / unit, high / unit, most).map(({ value, label }) => ({
      value: value * unit,
      label,
    })),
    minor: [],
    power,
  }));
}

/** Digits of a decade that are labelled together. */
const DIGITS = [
  [1, 2, 5],
  [1, 3],
  [1, 2, 3, 4, 5, 6, 7, 8, 9],
];

/**
 * Ways to mark a logarithmic axis, the best first: over more than a decade and a half every decade, or every second, …; over
 * less 1, 2, 5 of each, where these are too few round numbers.
 */
export function logAxisTicks(low: number, high: number): TickChoice[] {
  const first = Math.floor(Math.log10(low) - 1e-9);
  const last = Math.ceil(Math.log10(high) + 1e-9);
  const inside = (v: number): boolean => v >= low * (1 - 1e-9) && v <= high * (1 + 1e-9);
  const all = Array.from({ length: last - first + 1 }, (_, n) => first + n).flatMap((k) =>
    [1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => ({ digit, k, value: valueAt(digit, k) })),
  );
  const marks = all.filter(({ value }) => inside(value));
  const decades = marks.filter(({ digit }) => digit === 1).length;
  const least = Math.ceil(decades / 7);
  const byDecades = [1, 2, 3, 5, 10, 20, 50, 100]
    .filter((stride) => stride >= least)
    .map(
      (stride): TickChoice => ({
        ticks: marks
          .filter(({ digit, k }) => digit === 1 && k % stride === 0)
          .map(({ value, k }) => ({ value, label: powerLabel(k) })),
        minor: marks
          .filter(({ digit, k }) => (stride === 1 ? digit > 1 : digit === 1 && k % stride !== 0))
          .map(({ value }) => value),
        power: 0,
      }),
    );
  const byDigits = DIGITS.map(
    (digits): TickChoice => ({
      ticks: marks.filter(({ digit }) => digits.includes(digit)).map(labelled),
      minor: marks.filter(({ digit }) => !digits.includes(digit)).map(({ value }) => value),
      power: 0,
    }),
  );
  const round = linearAxisTicks(low, high);
  const [some, every] = [byDigits.slice(0, -1), byDigits.slice(-1)];
  return Math.log10(high / low) < 1.5
    ? [...some, ...round, ...every, ...byDecades]
    : [...byDecades, ...byDigits, ...round];
}

/** digit × 10^k, to the last bit where k is negative too. */
function valueAt(digit: number, k: number): number {
  return k < 0 ? digit / 10 ** -k : digit * 10 ** k;
}

function labelled({ digit, k, value }: { digit: number; k: number; value: number }): Tick {
  const near = k >= -3 && k <= 3;
  if (near) return { value, label: String(Number(value.toPrecision(1))) };
  return { value, label: digit === 1 ? powerLabel(k) : `${digit}×10^{${exponent(k)}}` };
}

function powerLabel(k: number): string {
  if (k === 0) return "1";
  return k === 1 ? "10" : `10^{${exponent(k)}}`;
}

function exponent(k: number): string {
  return String(k).replace("-", "−");
}
