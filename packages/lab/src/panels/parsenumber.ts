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

/** Whole numbers in groups of three digits, as this page writes them. */
const GROUPED = /^\d{1,3}([ ,\u202f]\d{3})+$/;
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** The number that was typed, none where nothing was; or why it is not taken, in words. */
export function parseNumber(typed: string, { whole }: NumberBounds): ParsedNumber {
  const text = typed.trim();
  if (text === "") return {};
  const plain = text.replace("−", "-");
  const digits = whole && GROUPED.test(plain) ? plain.replaceAll(/\D/g, "") : plain;
  const value = DECIMAL.test(digits) ? Number(digits) : Number.NaN;
  if (!Number.isFinite(value)) return { why: `“${text}” is no number` };
  if (whole) {
    const [least, most = Number.MAX_SAFE_INTEGER] = whole;
    if (!Number.isInteger(value) || value < least || value > most) {
      const end =
        whole[1] === undefined ? `from ${least} on` : `from ${least} to ${most.toLocaleString("en")}`;
      return { why: `a whole number ${end}, please` };
    }
  }
  return { value };
}
