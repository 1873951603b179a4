import { sequentialColour } from "../palette.ts";
import { element, textElement } from "../svg.ts";
import { textWidth } from "../text.ts";
import { legendNumber, lengthBar, lengthBarWidth, type MapPage } from "./page.ts";

/** Colours of the palette that are told apart; the bins of one colour are one path. */
export const HEAT_CLASSES = 64;

/** The palette with its ends and middle labelled, the name of the value, and a length bar. */
export function colourBar(
  page: MapPage,
  range: readonly [number, number],
  input: { readonly label?: string; readonly unit?: string | undefined },
): string {
  const { theme } = page;
  const size = theme.smallFontSize;
  const width = (page.right - page.left) * 0.42;
  const top = page.bottom + theme.margin * 0.9;
  const height = size * 0.85;
  const step = width / HEAT_CLASSES;
  let out = "";
  for (let k = 0; k < HEAT_CLASSES; k++) {
    const fill = sequentialColour((k + 0.5) / HEAT_CLASSES);
    out += element("rect", { x: page.left + k * step, y: top, width: width - k * step, height, fill });
  }
  out += element("rect", {
    x: page.left,
    y: top,
    width,
    height,
    fill: "none",
    stroke: theme.ink,
    "stroke-width": theme.frameWidth,
  });
  const anchors = ["start", "middle", "end"];
  [0, 0.5, 1].forEach((part, n) => {
    out += textElement(`${part === 1 ? "≥ " : ""}${legendNumber(range[0] + part * (range[1] - range[0]))}`, {
      x: page.left + part * width,
      y: top + height + size * 1.05,
      "text-anchor": anchors[n],
      "font-size": size,
      fill: theme.ink,
    });
  });
  const label = `${input.label ?? "softness, mean |*E*_{α}|"}${input.unit ? ` (${input.unit})` : ""}`;
  const x = page.left + width + size * 0.8;
  const room = page.right - lengthBarWidth(page) - size - x;
  out += textElement(label, {
    x,
    y: top + height * 0.9,
    "font-size": size * Math.min(1, room / textWidth(label, size)),
    fill: theme.ink,
  });
  return out + lengthBar(page, top + height * 0.6);
}
