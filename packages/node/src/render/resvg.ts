import { createRequire } from "node:module";
import type { Resvg, ResvgRenderOptions } from "@resvg/resvg-js";
import { SoftfieldError } from "softfield";
import { FONT_FAMILY, FONT_FILES } from "../fonts.ts";

const require = createRequire(import.meta.url);

/** Text is set in the bundled font alone, so that the same SVG gives the same picture on every machine. */
const FONT = {
  loadSystemFonts: false,
  fontFiles: [...FONT_FILES],
  defaultFontFamily: FONT_FAMILY,
  sansSerifFamily: FONT_FAMILY,
};

/**
 * An SVG document in the renderer, a native module, which is loaded with the first picture: most commands draw none.
 *
 * @throws SoftfieldError "input" for malformed SVG
 */
export function openSvg(svg: string, options: ResvgRenderOptions = {}): Resvg {
  const renderer: typeof import("@resvg/resvg-js") = require("@resvg/resvg-js");
  try {
    return new renderer.Resvg(svg, { ...options, font: FONT });
  } catch (cause) {
    const words = `The SVG could not be rendered: ${(cause as Error).message}.`;
    throw new SoftfieldError("input", words, {}, { cause });
  }
}
