/** The part of a canvas's pen that the marks and legends of a picture are drawn with. */
export type Pen = Pick<
  CanvasRenderingContext2D,
  | "fillStyle"
  | "strokeStyle"
  | "lineWidth"
  | "font"
  | "textAlign"
  | "textBaseline"
  | "beginPath"
  | "arc"
  | "moveTo"
  | "lineTo"
  | "closePath"
  | "fill"
  | "stroke"
  | "fillText"
  | "measureText"
  | "fillRect"
  | "strokeRect"
  | "createLinearGradient"
>;

const ANCHOR: Readonly<Partial<Record<CanvasTextAlign, string>>> = { center: "middle", right: "end" };
const SHIFT: Readonly<Partial<Record<CanvasTextBaseline, string>>> = { middle: "0.35em", top: "0.8em" };

/** A gradient that is known by its number. */
class Gradient implements CanvasGradient {
  readonly stops: string[] = [];

  addColorStop(offset: number, colour: string): void {
    this.stops.push(`<stop offset="${offset.toFixed(4)}" stop-color="${colour}"/>`);
  }
}

/** Draws as a canvas's pen does, into the text of an SVG: marks and words stay such, to be edited. */
export class SvgPen implements Pen {
  fillStyle: string | CanvasGradient | CanvasPattern = "#000";
  strokeStyle: string | CanvasGradient | CanvasPattern = "#000";
  lineWidth = 1;
  font = "12px sans-serif";
  textAlign: CanvasTextAlign = "left";
  textBaseline: CanvasTextBaseline = "alphabetic";
  #path = "";
  readonly #parts: string[] = [];
  readonly #gradients: [Gradient, string][] = [];
  readonly #measure = document.createElement("canvas").getContext("2d");

  beginPath(): void {
    this.#path = "";
  }

  /** Whole circles only: no other arcs are drawn. */
  arc(x: number, y: number, radius: number): void {
    this.#path += `M${n(x + radius)} ${n(y)}A${radius} ${radius} 0 1 1 ${n(x - radius)} ${n(y)}A${radius} ${radius} 0 1 1 ${n(x + radius)} ${n(y)}Z`;
  }

  moveTo(x: number, y: number): void {
    this.#path += `M${n(x)} ${n(y)}`;
  }

  lineTo(x: number, y: number): void {
    this.#path += `L${n(x)} ${n(y)}`;
  }

  closePath(): void {
    this.#path += "Z";
  }

  fill(): void {
    this.#parts.push(`<path d="${this.#path}" fill="${this.#paint(this.fillStyle)}"/>`);
  }

  stroke(): void {
    this.#parts.push(
      `<path d="${this.#path}" fill="none" stroke="${this.#paint(this.strokeStyle)}" stroke-width="${this.lineWidth}"/>`,
    );
  }

  fillText(text: string, x: number, y: number): void {
    const [, weight = "400", size = "12", family = "sans-serif"] =
      /^(?:(\d+) )?([\d.]+)px (.*)$/.exec(this.font) ?? [];
    this.#parts.push(
      `<text x="${n(x)}" y="${n(y)}" dy="${SHIFT[this.textBaseline] ?? "0"}" text-anchor="${ANCHOR[this.textAlign] ?? "start"}" font-family="${family}" font-size="${size}" font-weight="${weight}" fill="${this.#paint(this.fillStyle)}">${escaped(text)}</text>`,
    );
  }

  measureText(text: string): TextMetrics {
    const pen = this.#measure;
    if (!pen) throw new Error("The browser gives no canvas to measure words on.");
    pen.font = this.font;
    return pen.measureText(text);
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    this.#parts.push(
      `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" fill="${this.#paint(this.fillStyle)}"/>`,
    );
  }

  strokeRect(x: number, y: number, width: number, height: number): void {
    this.#parts.push(
      `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" fill="none" stroke="${this.#paint(this.strokeStyle)}" stroke-width="${this.lineWidth}"/>`,
    );
  }

  createLinearGradient(): CanvasGradient {
    const gradient = new Gradient();
    this.#gradients.push([gradient, `g${this.#gradients.length}`]);
    return gradient;
  }

  image(address: string, width: number, height: number): void {
    this.#parts.push(`<image href="${address}" width="${n(width)}" height="${n(height)}"/>`);
  }

  /** The whole picture. */
  text(width: number, height: number): string {
    const gradients = this.#gradients.map(
      ([{ stops }, id]) => `<linearGradient id="${id}">${stops.join("")}</linearGradient>`,
    );
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${n(width)} ${n(height)}" width="${n(width)}" height="${n(height)}"><defs>${gradients.join("")}</defs>${this.#parts.join("\n")}</svg>\n`;
  }

  #paint(style: string | CanvasGradient | CanvasPattern): string {
    if (typeof style === "string") return style;
    const known = this.#gradients.find(([gradient]) => gradient === style);
    return known ? `url(#${known[1]})` : "none";
  }
}

function n(x: number): string {
  return String(Number(x.toFixed(2)));
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
