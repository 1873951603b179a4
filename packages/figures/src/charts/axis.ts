import { FigureError } from "../errors.ts";
import { textWidth } from "../text.ts";
import { linearAxisTicks, logAxisTicks, type TickChoice } from "./axisticks.ts";
import type { Tick } from "./ticks.ts";

/** One axis of a chart. */
export interface AxisOptions {
  /** In the markup `*italic*`, `_{sub}`, `^{super}`. */
  readonly label: string;
  /** What its numbers are counted in, in the same markup: stands behind the label in brackets. None without dimension. */
  readonly unit?: string | undefined;
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
  /** Label and unit, with the power of ten that the numbers are counted in where they would be long. */
  readonly label: string;
}

/** How long an axis is on the page, and in which size and direction its numbers are set. */
export interface AxisRoom {
  readonly length: number;
  readonly size: number;
  readonly upright: boolean;
}

/** An axis for a set of values; on a logarithmic one those that are not positive do not count. */
export function makeAxis(
  field: string,
  options: AxisOptions,
  values: readonly number[],
  room: AxisRoom = ROOMY,
): Axis {
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
  const choices = log ? logAxisTicks(low, high) : linearAxisTicks(low, high);
  const two = choices.filter(({ ticks }) => ticks.length >= 2);
  const { power, ...marks } = two.find((choice) => fits(choice, position, room)) ?? two.at(-1) ?? choices[0];
  return { log, domain, position, ...marks, label: withUnit(options, power) };
}

const ROOMY: AxisRoom = { length: 220, size: 7, upright: false };

/** Whether no number touches its neighbour. */
function fits({ ticks }: TickChoice, position: (v: number) => number, room: AxisRoom): boolean {
  const { length, size, upright } = room;
  return ticks.every(({ value, label }, k) => {
    if (k === 0) return true;
    const before = ticks[k - 1];
    const apart = (position(value) - position(before.value)) * length;
    const taken = upright
      ? 1.15 * size
      : (textWidth(label, size) + textWidth(before.label, size)) / 2 + 0.5 * size;
    return apart >= taken;
  });
}

function withUnit({ label, unit = "" }: AxisOptions, power: number): string {
  const counted = [power === 0 ? "" : `10^{${String(power).replace("-", "−")}}`, unit].filter(Boolean);
  return counted.length === 0 ? label : `${label} (${counted.join(" ")})`;
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
