/** What a field takes. */
export interface NumberBounds {
  /** Whole numbers from the first to the second only. */
  readonly whole?: readonly [least: number, most?: number] | undefined;
}

/** What was typed: a number, nothing, or why it is not taken. */
export interface ParsedNumber {
  readonly value?: number;
  readonly why?: string;
}

/** The number that was typed, none where nothing was; or why it is not taken, in words. */
export function parseNumber(typed: string, { whole }: NumberBounds): ParsedNumber {
  const text = typed.trim();
  if (text === "") return {};
  const value = Number(text.replace("−", "-"));
  if (!Number.isFinite(value)) return { why: `“${text}” is no number` };
  if (whole) {
    const [least, most = Number.MAX_SAFE_INTEGER] = whole;
    if (!Number.isInteger(value) || value < least || value > most) {
      const end = whole[1] === undefined ? `from ${least} on` : `from ${least} to ${most}`;
      return { why: `a whole number ${end}, please` };
    }
  }
  return { value };
}
