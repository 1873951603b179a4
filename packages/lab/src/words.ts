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

/** Of what a forecast put before the place that broke: that it put no more there than a blind guess in ten does. */
export const LIMIT = 0.1;

/** Whether a forecast that put so much of the glass before the place that broke came true. */
export function cameTrue(before: number | undefined): boolean {
  return before !== undefined && before <= LIMIT + ROUNDING;
}
/** Of shares that are counted. */
const ROUNDING = 1e-12;

/**
 * Of what a forecast put before the place that broke: how much of the glass it put behind it. From just below the limit on
 * to a tenth and rounded down: what is read is on the side of the limit that is told, and 100 % is exact.
 */
export function behind(before: number): string {
  const value = 100 * (1 - before + ROUNDING);
  return `${value < 89 ? Math.round(value) : Math.floor(10 * value) / 10}${NARROW}%`;
}

/** A share in percent: one digit more below 10 %. */
export function percent(share: number): string {
  const value = 100 * share;
  return `${value < 9.95 ? Number(value.toFixed(1)) : Math.round(value)}${NARROW}%`;
}
