/** Rounds a coordinate in points to 0.01 pt (finer than any printer) and drops a trailing zero or minus. */
export function coordinate(value: number): string {
  return String(Math.round(value * 100) / 100 + 0);
}

/** Escapes text for element content and double-quoted attributes. */
export function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** Attribute values of an SVG element; `undefined` leaves the attribute out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** One SVG element as text; `children` is markup already. */
export function element(name: string, attributes: Attributes, children?: string): string {
  let head = `<${name}`;
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined) continue;
    head += ` ${key}="${typeof value === "number" ? coordinate(value) : escapeXml(value)}"`;
  }
  return children === undefined ? `${head}/>` : `${head}>${children}</${name}>`;
}

/**
 * A label with the little mathematics that figures need: `*x*` italic, `_{…}` subscript, `^{…}` superscript;
 * `\*`, `\_` and `\^` stand for the characters themselves. Returns tspans, shifted by `dy` because renderers
 * disagree about `baseline-shift`.
 */
export function richText(label: string, fontSize: number): string {
  let out = "";
  let italic = false;
  let raised = 0; // current baseline shift in pt, downwards
  const emit = (text: string, shift: number): void => {
    if (text === "") return;
    const scripted = shift !== 0;
    out += element(
      "tspan",
      {
        dy: shift === raised ? undefined : shift - raised,
        "font-size": scripted ? fontSize * 0.72 : undefined,
        "font-style": italic ? "italic" : undefined,
      },
      escapeXml(text),
    );
    raised = shift;
  };
  const token = /\\([*_^])|\*|([_^])\{([^}]*)\}|[^*_^\\]+|./gsu;
  for (const match of label.matchAll(token)) {
    const [whole, escaped, script, scriptText] = match;
    if (escaped !== undefined) emit(escaped, 0);
    else if (script !== undefined) emit(scriptText ?? "", fontSize * (script === "_" ? 0.22 : -0.38));
    else if (whole === "*") italic = !italic;
    else emit(whole, 0);
  }
  return out;
}

/** How many characters of a label in the markup of `richText` are set. */
export function plainLength(label: string): number {
  return label.replace(/\\([*_^])|\*|[_^]\{|\}/gu, "$1").length;
}

/** A text element holding a label in the markup of `richText`. */
export function textElement(
  label: string,
  attributes: Attributes & { readonly "font-size": number },
): string {
  return element("text", attributes, richText(label, attributes["font-size"]));
}

/** A complete SVG document of a size in points (1 pt = 1 user unit), on a light background. */
export function svgDocument(
  width: number,
  height: number,
  font: string,
  background: string,
  body: string,
): string {
  return `${element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width: `${coordinate(width)}pt`,
      height: `${coordinate(height)}pt`,
      viewBox: `0 0 ${coordinate(width)} ${coordinate(height)}`,
      "font-family": font,
    },
    `\n${element("rect", { width, height, fill: background })}\n${body}\n`,
  )}\n`;
}
