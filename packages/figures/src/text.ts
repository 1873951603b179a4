/**
 * Widths of the letters of Liberation Sans (which are those of Arial and Helvetica), thousandths of the type's size, and
 * the letters that have them. Of others the widest digit-like width is taken.
 */
const WIDTHS: readonly (readonly [number, string])[] = [
  [191, "'′"],
  [222, "ijl"],
  [278, " !,./:;I[\\]ft|"],
  [333, "()-`r·²³¹{}"],
  [389, '*°"″₀'],
  [440, "τεζ^ξ"],
  [500, "Jcksvxyzγλν∂χ"],
  [556, "#$0123456789?L_abdeghnopquηθ–δ±≤≥≈√Γ"],
  [584, "+<=>~−×ρβμµαFTZ"],
  [667, "&ABEKPSVXYÅσΣφΞΔΛπ"],
  [722, "CDHNRUwΠψ∞∑"],
  [778, "GOQΘωΩ"],
  [833, "MmΦΨ½"],
  [1000, "%W—…→↔@"],
];

const WIDTH_OF: ReadonlyMap<string, number> = new Map(
  WIDTHS.flatMap(([width, letters]) => Array.from(letters, (letter): [string, number] => [letter, width])),
);
const OTHERS = 600;

/** Size of sub- and superscripts against that of the text that they belong to. */
export const SCRIPT = 0.72;

/** A run of a label in one fount: `shift` 0, or of a script, in sizes of the text, downwards. */
export interface Run {
  readonly text: string;
  readonly italic: boolean;
  readonly shift: number;
}

/**
 * The runs of a label: `*x*` italic, `_{…}` subscript, `^{…}` superscript; `\*`, `\_` and `\^` stand for the characters
 * themselves.
 */
export function runsOf(label: string): Run[] {
  const runs: Run[] = [];
  let italic = false;
  const token = /\\([*_^])|\*|([_^])\{([^}]*)\}|[^*_^\\]+|./gsu;
  for (const [whole, escaped, script, scriptText] of label.matchAll(token)) {
    if (escaped !== undefined) runs.push({ text: escaped, italic, shift: 0 });
    else if (script !== undefined)
      runs.push({ text: scriptText ?? "", italic, shift: script === "_" ? 0.22 : -0.38 });
    else if (whole === "*") italic = !italic;
    else runs.push({ text: whole, italic, shift: 0 });
  }
  return runs.filter(({ text }) => text !== "");
}

/** How wide a label in this markup is set, points, to a few hundredths of its size a letter. */
export function textWidth(label: string, fontSize: number): number {
  return runsOf(label).reduce((sum, { text, shift }) => {
    const size = shift === 0 ? fontSize : fontSize * SCRIPT;
    return Array.from(text).reduce(
      (all, letter) => all + ((WIDTH_OF.get(letter) ?? OTHERS) / 1000) * size,
      sum,
    );
  }, 0);
}

/** A label as plain words, without its markup. */
export function plainText(label: string): string {
  return runsOf(label)
    .map(({ text }) => text)
    .join("");
}
