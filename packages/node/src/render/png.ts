import { Resvg } from "@resvg/resvg-js";
import { SoftfieldError } from "softfield";
import { FONT_FAMILY, FONT_FILES } from "./fonts.ts";

/** Pixels of a picture. */
export interface PngOptions {
  /** Width in pixels; the height follows. Default 1,600. */
  readonly width?: number;
}

/** The largest picture side that is rendered, in pixels. */
const LARGEST = 16_384;

/** Text is set in the bundled font alone, so that the same SVG gives the same picture on every machine. */
export const RESVG_FONT = {
  loadSystemFonts: false,
  fontFiles: [...FONT_FILES],
  defaultFontFamily: FONT_FAMILY,
  sansSerifFamily: FONT_FAMILY,
};

/** Renders an SVG document to PNG bytes; throws a tagged error for an impossible width or malformed SVG. */
export function svgToPng(svg: string, options: PngOptions = {}): Uint8Array {
  const width = options.width ?? 1600;
  if (!(Number.isInteger(width) && width >= 16 && width <= LARGEST))
    throw new SoftfieldError(
      "usage",
      `A picture of width ${width} cannot be made: choose 16 to ${LARGEST} pixels.`,
      {
        field: "width",
      },
    );
  try {
    return new Resvg(svg, { font: RESVG_FONT, fitTo: { mode: "width", value: width } }).render().asPng();
  } catch (cause) {
    throw new SoftfieldError(
      "input",
      `The SVG could not be rendered: ${(cause as Error).message}.`,
      {},
      { cause },
    );
  }
}
