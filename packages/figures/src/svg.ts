import { plainText, runsOf, SCRIPT } from "./text.ts";

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
 * A label in the markup of `runsOf` as tspans, scripts shifted by `dy` because renderers disagree about `baseline-shift`.
 */
export function richText(label: string, fontSize: number): string {
  let out = "";
  let raised = 0; // current baseline shift in pt, downwards
  for (const { text, italic, shift } of runsOf(label)) {
    const lowered = fontSize * shift;
    out += element(
      "tspan",
      {
        dy: lowered === raised ? undefined : lowered - raised,
        "font-size": shift === 0 ? undefined : fontSize * SCRIPT,
        "font-style": italic ? "italic" : undefined,
      },
      escapeXml(text),
    );
    raised = lowered;
  }
  return out;
}

/** A label in the markup of `runsOf` as HTML: `<i>`, `<sub>`, `<sup>`. */
export function htmlText(label: string): string {
  return runsOf(label)
    .map(({ text, italic, shift }) => {
      const styled = italic ? element("i", {}, escapeXml(text)) : escapeXml(text);
      return shift === 0 ? styled : element(shift > 0 ? "sub" : "sup", {}, styled);
    })
    .join("");
}

/** A text element holding a label in the markup of `richText`. */
export function textElement(
  label: string,
  attributes: Attributes & { readonly "font-size": number },
): string {
  return element("text", attributes, richText(label, attributes["font-size"]));
}

/**
 * A finished figure with what it shows in words, for readers who do not see it and for programs that catalogue figures:
 * `<title>` and `<desc>` of the document. The markup of labels is taken out. The picture stays the same.
 */
export function withCaption(svg: string, { title, description }: Caption): string {
  const words = `\n${element("title", {}, escapeXml(plainText(title)))}\n${element("desc", {}, escapeXml(plainText(description)))}`;
  return svg.replace(/^(<svg [^>]*)>/, (_, head: string) => `${head} role="img">${words}`);
}

/** What a figure shows, in words. */
export interface Caption {
  /** A few words. */
  readonly title: string;
  /** What is plotted, of how many, and what the bars are. */
  readonly description: string;
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
