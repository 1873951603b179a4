/** SVG to the file formats of pictures, in Node. */
export { type PngOptions, svgToPng } from "./png.ts";
