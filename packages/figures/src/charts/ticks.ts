/** Where an axis is marked, and what is written there. */
export interface Tick {
  readonly value: number;
  readonly label: string;
}

/**
 * The multiples, between two values, of 1, 2 or 5 times a power of ten, such that some `most` of them fit between; with as
 * many decimals as they need and a true minus sign. Not d3-array's `ticks`, which takes the nearest step, not the next: of
 * 20,000 ranges it marks half differently, with up to three numbers more than fit, and labels none.
 */
export function linearTicks(low: number, high: number, most: number): Tick[] {
  const rough = (high - low) / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((digit) => digit * power >= rough * 0.999) ?? 10);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const ticks = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++) {
    const value = Number((k * step).toPrecision(12));
    ticks.push({ value, label: value.toFixed(decimals).replace("-", "−") });
  }
  return ticks;
}
