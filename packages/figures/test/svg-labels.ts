/** A label of a figure and the rectangle that it takes up on the page, in points; rotated ones are left out. */
export interface PlacedLabel {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Narrow for a letter, so that what is said to overlap does. */
const LETTER = 0.45;

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
    else if (!attributes!.includes("transform")) found.push(placed(attributes!, content!, offsets.at(-1)!));
  }
  return found;
}

function placed(attributes: string, content: string, [dx, dy]: readonly [number, number]): PlacedLabel {
  const text = content.replaceAll(/<[^>]*>/g, "").replaceAll("&lt;", "<");
  const size = numberOf(attributes, "font-size")!;
  const width = LETTER * size * text.length;
  const anchor = /text-anchor="(\w+)"/.exec(attributes)?.[1] ?? "start";
  const share = { start: 0, middle: 0.5, end: 1 }[anchor] as number;
  const left = dx + numberOf(attributes, "x")! - share * width;
  const bottom = dy + numberOf(attributes, "y")!;
  return { text, left, right: left + width, top: bottom - 0.7 * size, bottom };
}

function numberOf(attributes: string, name: string): number | undefined {
  const found = new RegExp(`(?:^| )${name}="([-\\d.]+)`).exec(attributes);
  return found ? Number(found[1]) : undefined;
}

/** Pairs of labels that cover each other, and labels that leave the page. */
export function labelFaults(svg: string): string[] {
  const labels = placedLabels(svg);
  const [width, height] = ["width", "height"].map((name) => numberOf(svg, name)!) as [number, number];
  const outside = labels
    .filter(({ left, right, top, bottom }) => left < 0 || right > width || top < 0 || bottom > height)
    .map(({ text }) => `${text} leaves the page`);
  const covered = labels.flatMap((a, k) =>
    labels
      .slice(k + 1)
      .filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
      .map((b) => `${a.text} and ${b.text} cover each other`),
  );
  return [...outside, ...covered];
}
