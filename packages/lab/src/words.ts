/** Five digits, a true minus sign. */
export function number(value: number, digits = 5): string {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  const text =
    size !== 0 && (size < 1e-3 || size >= 1e5)
      ? value.toExponential(Math.max(0, digits - 2))
      : String(Number(value.toPrecision(digits)));
  return text.replaceAll("-", "−");
}

/** Between a number and what belongs to it: no line breaks there. */
export const NARROW = "\u202f";

/** Of what a forecast put before the place that broke: how much of the glass it put behind it. Rounded down: 100 % is exact. */
export function behind(before: number): string {
  const value = 100 * (1 - before);
  return `${value < 90 ? Math.round(value) : Math.floor(10 * value + 1e-9) / 10}${NARROW}%`;
}

/** A share in percent: one digit more below 10 %. */
export function percent(share: number): string {
  const value = 100 * share;
  return `${value < 9.95 ? Number(value.toFixed(1)) : Math.round(value)}${NARROW}%`;
}
