import { SoftfieldError } from "softfield";
import { openSvg } from "./resvg.ts";

/** Pixels of a picture. */
export interface PngOptions {
  /** Width in pixels; the height follows. Default 1,600. */
  readonly width?: number;
}

/** The largest picture side that is rendered, in pixels. */
const LARGEST = 16_384;

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
  return openSvg(svg, { fitTo: { mode: "width", value: width } })
    .render()
    .asPng();
}
