import { deflateSync } from "node:zlib";
import { SoftfieldError } from "softfield";
import { pathOperators } from "./pdfpath.ts";
import { openSvg } from "./resvg.ts";

/** A start tag, its attributes, or an end tag of the flattened SVG. */
interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly opens: boolean;
  readonly closes: boolean;
}

/**
 * Renders an SVG document to a PDF of one page of the same size in points: vectors throughout, text as outlines of
 * the bundled font, no date and no identifier, so that the same figure gives the same bytes.
 *
 * The SVG is first flattened by resvg to paths, groups and clips, which is all that is translated; pictures,
 * gradients and group opacity, which this package's figures do not use, throw "input".
 */
export function svgToPdf(svg: string): Uint8Array {
  const flat = openSvg(svg);
  const tags = parseTags(flat.toString());
  const box = (tags[0]?.attributes.get("viewBox") ?? `0 0 ${flat.width} ${flat.height}`)
    .split(" ")
    .map(Number);
  const [left, top, width, height] = box as [number, number, number, number];
  const page = new PageWriter();
  page.draw(tags, clipPaths(tags));
  // SVG counts y downwards, PDF upwards
  const content = `1 0 0 -1 ${-left} ${height + top} cm\n${page.content}`;
  return assemble([width, height], content, page.opacities);
}

function parseTags(markup: string): Tag[] {
  return Array.from(markup.matchAll(/<(\/?)([A-Za-z]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>/g), (match) => ({
    name: match[2] as string,
    attributes: new Map(
      Array.from((match[3] as string).matchAll(/([\w:-]+)="([^"]*)"/g), (pair) => [
        pair[1] as string,
        pair[2] as string,
      ]),
    ),
    opens: match[1] === "",
    closes: match[1] === "/" || match[4] === "/",
  }));
}

/** Operators that clip to each clip path, by its identifier. */
function clipPaths(tags: readonly Tag[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  let current: string | undefined;
  for (const { name, attributes, opens } of tags) {
    if (name === "clipPath") current = opens ? attributes.get("id") : undefined;
    else if (name === "path" && current !== undefined && opens)
      found.set(current, `${found.get(current) ?? ""}${pathOperators(attributes.get("d") ?? "")}`);
  }
  for (const [id, path] of found) found.set(id, `${path}W n\n`);
  return found;
}

/** The content stream of a page, and the opacities that it names. */
class PageWriter {
  content = "";
  /** Name of the graphics state of each opacity used. */
  readonly opacities = new Map<string, string>();

  draw(tags: readonly Tag[], clips: ReadonlyMap<string, string>): void {
    let inDefinitions = false;
    for (const tag of tags) {
      if (tag.name === "defs") inDefinitions = tag.opens && !tag.closes;
      else if (inDefinitions || tag.name === "svg") continue;
      else if (tag.name === "g") this.group(tag, clips);
      else if (tag.name === "path") this.path(tag);
      else
        throw new SoftfieldError(
          "input",
          `An SVG with <${tag.name}> cannot be put into a PDF: save it as PNG.`,
        );
    }
  }

  group({ attributes, opens, closes }: Tag, clips: ReadonlyMap<string, string>): void {
    for (const name of ["opacity", "filter", "mask", "style"])
      if (attributes.has(name))
        throw new SoftfieldError(
          "input",
          `A group with ${name} cannot be put into a PDF: save the figure as PNG.`,
        );
    if (opens) {
      const clip = /^url\(#(.*)\)$/.exec(attributes.get("clip-path") ?? "")?.[1];
      this.content += `q\n${matrix(attributes)}${clip === undefined ? "" : (clips.get(clip) ?? "")}`;
    }
    if (closes) this.content += "Q\n";
  }

  path({ attributes }: Tag): void {
    const shape = pathOperators(attributes.get("d") ?? "");
    const fill = attributes.get("fill") ?? "#000000";
    const stroke = attributes.get("stroke") ?? "none";
    const fillPart =
      fill === "none"
        ? ""
        : `${this.opacity("ca", attributes.get("fill-opacity"))}${colour(fill)} rg\n${shape}${attributes.get("fill-rule") === "evenodd" ? "f*" : "f"}\n`;
    const strokePart =
      stroke === "none"
        ? ""
        : `${this.opacity("CA", attributes.get("stroke-opacity"))}${colour(stroke)} RG\n${pen(attributes)}${shape}S\n`;
    const parts = attributes.get("paint-order")?.startsWith("stroke")
      ? [strokePart, fillPart]
      : [fillPart, strokePart];
    this.content += `q\n${matrix(attributes)}${parts.join("")}Q\n`;
  }

  opacity(kind: "ca" | "CA", value: string | undefined): string {
    if (value === undefined || Number(value) === 1) return "";
    const state = `/${kind} ${Number(value)}`;
    if (!this.opacities.has(state)) this.opacities.set(state, `O${this.opacities.size}`);
    return `/${this.opacities.get(state)} gs\n`;
  }
}

function matrix(attributes: ReadonlyMap<string, string>): string {
  const transform = attributes.get("transform");
  return transform === undefined ? "" : `${(/\((.*)\)/.exec(transform)?.[1] ?? "").replace(/,/g, " ")} cm\n`;
}

/** Colour #rrggbb as three numbers 0 … 1. */
function colour(hex: string): string {
  if (!/^#[0-9a-f]{6}$/i.test(hex))
    throw new SoftfieldError("input", `The paint ${hex} cannot be put into a PDF: save the figure as PNG.`);
  return [1, 3, 5]
    .map((k) => String(Number((Number.parseInt(hex.slice(k, k + 2), 16) / 255).toFixed(4))))
    .join(" ");
}

function pen(attributes: ReadonlyMap<string, string>): string {
  const cap = ["butt", "round", "square"].indexOf(attributes.get("stroke-linecap") ?? "butt");
  const join = ["miter", "round", "bevel"].indexOf(attributes.get("stroke-linejoin") ?? "miter");
  const dashes = attributes.get("stroke-dasharray")?.replace(/,/g, " ") ?? "";
  const limit = attributes.get("stroke-miterlimit") ?? "4";
  return `${attributes.get("stroke-width") ?? "1"} w ${Math.max(0, cap)} J ${Math.max(0, join)} j ${limit} M [${dashes}] 0 d\n`;
}

/** The file: five objects, their offsets, the trailer. */
function assemble(
  [width, height]: readonly [number, number],
  content: string,
  opacities: ReadonlyMap<string, string>,
): Uint8Array {
  const states = Array.from(opacities, ([state, name]) => `/${name} << ${state} >>`).join(" ");
  const stream = deflateSync(content);
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}] /Contents 4 0 R /Resources << /ExtGState << ${states} >> >> >>`,
    `<< /Length ${stream.length} /Filter /FlateDecode >>\nstream\n`,
  ];
  const chunks: Buffer[] = [Buffer.from("%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n", "latin1")];
  const offsets: number[] = [];
  let size = (chunks[0] as Buffer).length;
  const push = (chunk: Buffer): void => {
    chunks.push(chunk);
    size += chunk.length;
  };
  objects.forEach((object, k) => {
    offsets.push(size);
    push(Buffer.from(`${k + 1} 0 obj\n${object}`, "latin1"));
    if (k === 3) push(Buffer.concat([stream, Buffer.from("\nendstream")]));
    push(Buffer.from("\nendobj\n"));
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  push(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${size}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(chunks);
}
