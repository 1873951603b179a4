import { linearTicks, type Tick } from "@softfield/figures";

/** An axis: data to [0, 1], with ticks. */
export interface Scale {
  readonly at: (value: number) => number;
  readonly ticks: readonly Tick[];
}

export function linearScale(low: number, high: number, most = 5): Scale {
  if (!(high > low)) [low, high] = [low - 0.5, high + 0.5];
  return { at: (value) => (value - low) / (high - low), ticks: linearTicks(low, high, most) };
}

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** 10⁻² and the like. */
export function powerOfTen(exponent: number): string {
  if (exponent === 0) return "1";
  if (exponent === 1) return "10";
  const digits = [...String(Math.abs(exponent))].map((c) => SUPERSCRIPTS[Number(c)]).join("");
  return `10${exponent < 0 ? "⁻" : ""}${digits}`;
}

export function logScale(low: number, high: number, most = 5): Scale {
  const [a, b] = [Math.log10(low), Math.log10(high)];
  const step = Math.max(1, Math.ceil((b - a) / most));
  const ticks = [];
  for (let e = Math.ceil(a - 1e-9); e <= b + 1e-9; e++) {
    if (e % step === 0) ticks.push({ value: 10 ** e, label: powerOfTen(e) });
  }
  return { at: (value) => (Math.log10(value) - a) / (b - a), ticks };
}

/** Smallest and largest finite value. */
export function extent(values: Iterable<number>): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low <= high ? [low, high] : [0, 1];
}

/** Linear about 0 and logarithmic far from it on both sides: sinh⁻¹. */
export function bothWaysScale(low: number, high: number): Scale {
  const [a, b] = [Math.asinh(low), Math.asinh(high)];
  const ticks = [{ value: 0, label: "0" }];
  for (let power = 1; power < Math.max(Math.abs(low), Math.abs(high)); power *= 10) {
    for (const value of [-power, power])
      if (value >= low && value <= high) ticks.push({ value, label: String(value).replace("-", "−") });
  }
  return { at: (value) => (Math.asinh(value) - a) / (b - a), ticks };
}
