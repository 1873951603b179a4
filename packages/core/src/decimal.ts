/** A decimal number, Fortran's D for an exponent too; NaN for anything else: hexadecimal, "inf", an empty text. */
export function decimal(text: string): number {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)([eEdD][+-]?\d+)?$/.test(text)) return Number.NaN;
  return Number(text.replace(/[dD]/, "e"));
}
