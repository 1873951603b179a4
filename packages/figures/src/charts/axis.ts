import { FigureError } from "../errors.ts";
import { linearTicks, type Tick } from "./ticks.ts";

/** One axis of a chart. */
export interface AxisOptions {
  /** In the markup `*italic*`, `_{sub}`, `^{super}`. */
  readonly label: string;
  readonly scale?: "linear" | "log";
  /** Values at the two ends; default the range of the data, a little widened. */
  readonly domain?: readonly [number, number];
}

/** Where a value lies along an axis, 0 … 1, and what is written there. */
export interface Axis {
  readonly log: boolean;
  readonly domain: readonly [number, number];
  readonly position: (value: number) => number;
  readonly ticks: readonly Tick[];
  /** Ticks without a label. */
  readonly minor: readonly number[];
}

/** An axis for a set of values; on a logarithmic one those that are not positive do not count. */
export function makeAxis(field: string, options: AxisOptions, values: readonly number[]): Axis {
  const log = options.scale === "log";
  const usable = values.filter((v) => Number.isFinite(v) && (!log || v > 0));
  const domain = options.domain ?? widened(usable, log);
  const [low, high] = domain;
  if (!(high > low) || (log && !(low > 0)))
    throw new FigureError(
      field,
      `the axis ${field} from ${low} to ${high} cannot be drawn${log ? " on a logarithmic scale" : ""}: ` +
        "give a domain whose ends grow" +
        (log ? " and are positive." : "."),
    );
  const span = log ? Math.log(high / low) : high - low;
  const position = (v: number): number => (log ? Math.log(v / low) : v - low) / span;
  return {
    log,
    domain,
    position,
    ...(log ? logTicks(low, high) : { ticks: linearTicks(low, high, 5), minor: [] }),
  };
}

function widened(values: readonly number[], log: boolean): readonly [number, number] {
  if (values.length === 0) return log ? [1, 10] : [0, 1];
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  if (log) {
    const margin = Math.max(1.1, (high / low) ** 0.04);
    return [low / margin, high * margin];
  }
  const margin = (high - low) * 0.04 || Math.abs(high) * 0.1 || 1;
  // an axis of what cannot be negative starts at zero where the data nearly do
  return [low >= 0 && low < 0.2 * high ? 0 : low - margin, high + margin];
}

function logTicks(low: number, high: number): Pick<Axis, "ticks" | "minor"> {
  const first = Math.floor(Math.log10(low) - 1e-9);
  const last = Math.ceil(Math.log10(high) + 1e-9);
  const decades = Math.floor(Math.log10(high) + 1e-9) - Math.ceil(Math.log10(low) - 1e-9) + 1;
  const stride = Math.max(1, Math.ceil(decades / 7));
  const inside = (v: number): boolean => v >= low * (1 - 1e-9) && v <= high * (1 + 1e-9);
  const ticks: Tick[] = [];
  const minor: number[] = [];
  const short = Math.log10(high / low) < 1.5;
  for (let k = first; k <= last; k++) {
    for (let digit = 1; digit < 10; digit++) {
      const value = digit * 10 ** k;
      if (!inside(value)) continue;
      if (digit === 1 && k % stride === 0) ticks.push({ value, label: powerLabel(k) });
      else if (short && (digit === 2 || digit === 5))
        ticks.push({ value, label: String(Number(value.toPrecision(1))) });
      else if (stride === 1 || digit === 1) minor.push(value);
    }
  }
  return { ticks, minor };
}

function powerLabel(k: number): string {
  if (k === 0) return "1";
  return k === 1 ? "10" : `10^{${String(k).replace("-", "−")}}`;
}
