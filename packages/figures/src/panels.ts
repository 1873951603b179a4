import { FigureError } from "./errors.ts";
import { coordinate, element, svgDocument, textElement } from "./svg.ts";
import { type StyleName, themeOf } from "./theme.ts";

/** How `panels` sets figures beside each other. */
export interface PanelOptions {
  readonly style?: StyleName;
  /** One a panel; default "(a)", "(b)", … where there are several. */
  readonly letters?: readonly string[];
  /** Panels in a row; default all. */
  readonly columns?: number;
}

/** Sets finished figures of this package side by side, as the panels of Figs. 1, 3 and 4, in one SVG document. */
export function panels(figures: readonly string[], options: PanelOptions = {}): string {
  if (figures.length === 0) throw new FigureError("figures", "there is no panel: pass one figure at least.");
  const theme = themeOf(options.style);
  const columns = options.columns ?? figures.length;
  const head = /^<svg [^>]*? width="([0-9.]+)pt" height="([0-9.]+)pt"/;
  const letters = options.letters ?? (figures.length > 1 ? figures.map((_, k) => `(${lettered(k)})`) : []);
  const strip = letters.length === 0 ? 0 : theme.fontSize * 1.6;
  let body = "";
  let [x, y, width, rowHeight] = [0, 0, 0, 0];
  figures.forEach((figure, k) => {
    const size = head.exec(figure);
    if (!size)
      throw new FigureError(
        `figures[${k}]`,
        `panel ${k + 1} is no figure of this package: pass its SVG document.`,
      );
    const [w, h] = [Number(size[1]), Number(size[2])];
    if (k > 0 && k % columns === 0) {
      x = 0;
      y += rowHeight;
      rowHeight = 0;
    }
    const letter = letters[k];
    if (letter !== undefined) {
      const at = { x: x + theme.margin, y: y + theme.fontSize * 1.3 };
      body += textElement(letter, {
        class: "letter",
        ...at,
        "font-size": theme.fontSize * 1.15,
        "font-weight": "bold",
        fill: theme.ink,
      });
    }
    const start = `<svg x="${coordinate(x)}" y="${coordinate(y + strip)}" width="${size[1]}" height="${size[2]}"`;
    body += `${figure.trimEnd().replace(/^<svg ([^>]*?) width="[^"]*" height="[^"]*"/, start)}\n`;
    x += w;
    width = Math.max(width, x);
    rowHeight = Math.max(rowHeight, h + strip);
  });
  return svgDocument(width, y + rowHeight, theme.font, theme.background, element("g", {}, `\n${body}`));
}

/** a … z, then aa, ab, … */
function lettered(k: number): string {
  const letter = String.fromCharCode(97 + (k % 26));
  return k < 26 ? letter : lettered(Math.floor(k / 26) - 1) + letter;
}
