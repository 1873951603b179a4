import { fontWidth, hasGlyph } from "./font.ts";

/** A label of a figure and the rectangle that it takes up on the page, in points. */
export interface PlacedLabel {
  readonly text: string;
  /** What it is, where the figure says it: x-label, y-label, number, letter. */
  readonly kind: string | undefined;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The labels of an SVG document of @softfield/figures, with the offsets of the panels that they are in. */
export function placedLabels(svg: string): PlacedLabel[] {
  const offsets: (readonly [number, number])[] = [];
  const found: PlacedLabel[] = [];
  for (const [, opening, closing, attributes, content] of svg.matchAll(
    /<svg ([^>]*)>|(<\/svg>)|<text ([^>]*)>(.*?)<\/text>/g,
  )) {
    if (opening !== undefined) {
      const [x, y] = [numberOf(opening, "x") ?? 0, numberOf(opening, "y") ?? 0];
      const [left = 0, top = 0] = (/viewBox="([^"]*)"/.exec(opening)?.[1] ?? "").split(" ").map(Number);
      const [dx, dy] = offsets.at(-1) ?? [0, 0];
      offsets.push([dx + x - left, dy + y - top]);
    } else if (closing !== undefined) offsets.pop();
    else found.push(placed(attributes!, content!, offsets.at(-1)!));
  }
  return found;
}

function placed(attributes: string, content: string, [dx, dy]: readonly [number, number]): PlacedLabel {
  const size = numberOf(attributes, "font-size")!;
  const runs = Array.from(content.matchAll(/<tspan([^>]*)>([^<]*)|^([^<]+)$/g), (run) => ({
    text: unescaped(run[2] ?? run[3]!),
    size: numberOf(run[1] ?? "", "font-size") ?? size,
  }));
  const width = runs.reduce((sum, run) => sum + run.size * fontWidth(run.text), 0);
  const text = runs.map((run) => run.text).join("");
  const kind = /class="([^"]*)"/.exec(attributes)?.[1];
  const anchor = /text-anchor="(\w+)"/.exec(attributes)?.[1] ?? "start";
  const start = -({ start: 0, middle: 0.5, end: 1 }[anchor] as number) * width;
  const turned = /translate\(([-\d.]+) ([-\d.]+)\) rotate\(-90\)/.exec(attributes);
  const [x, y] = turned
    ? [dx + Number(turned[1]), dy + Number(turned[2])]
    : [dx + numberOf(attributes, "x")!, dy + numberOf(attributes, "y")!];
  // digits and capitals are 0.7 of the size tall
  return turned
    ? { text, kind, left: x - 0.7 * size, right: x, top: y - start - width, bottom: y - start }
    : { text, kind, left: x + start, right: x + start + width, top: y - 0.7 * size, bottom: y };
}

function unescaped(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}

function numberOf(attributes: string, name: string): number | undefined {
  const found = new RegExp(`(?:^| )${name}="([-\\d.]+)`).exec(attributes);
  return found ? Number(found[1]) : undefined;
}

/** Points by which labels may come close: coordinates are rounded, and side bearings empty. */
const TOLERANCE = 0.3;

/** Pairs of labels that cover each other, labels that leave the page, and letters that the bundled font has not. */
export function labelFaults(svg: string): string[] {
  const labels = placedLabels(svg);
  const [width, height] = ["width", "height"].map((name) => numberOf(svg, name)!) as [number, number];
  const outside = labels
    .filter(
      ({ left, right, top, bottom }) =>
        left < -TOLERANCE || right > width + TOLERANCE || top < -TOLERANCE || bottom > height + TOLERANCE,
    )
    .map(({ text }) => `${text} leaves the page`);
  const covered = labels.flatMap((a, k) =>
    labels
      .slice(k + 1)
      .filter(
        (b) =>
          Math.min(a.right, b.right) - Math.max(a.left, b.left) > TOLERANCE &&
          Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > TOLERANCE,
      )
      .map((b) => `${a.text} and ${b.text} cover each other`),
  );
  const unset = labels.flatMap(({ text }) =>
    Array.from(text).flatMap((letter) => (hasGlyph(letter) ? [] : [`no glyph for ${letter} of ${text}`])),
  );
  return [...outside, ...covered, ...unset];
}
