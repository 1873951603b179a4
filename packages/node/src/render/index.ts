/** SVG to the file formats of pictures, in Node. */
export { svgToPdf } from "./pdf.ts";
export { type PngOptions, svgToPng } from "./png.ts";
