import { bondMap, displacementMap, type MapOptions, type Slab, type StyleName } from "@softfield/figures";
import { svgToPdf, svgToPng } from "@softfield/node";
import { type Command, Option } from "commander";
import { type GlassResponse, type PairModel, pairsOf, SoftfieldError } from "softfield";
import { unitNamed } from "softfield/internal";
import { wholeNumber } from "./arguments.ts";

/** How pictures are drawn. */
export interface PictureOptions {
  readonly style: StyleName;
  readonly slab?: string;
  readonly saturation?: string;
  readonly pixels: string;
}

/** Adds the options of pictures to a command. */
export function pictureOptions(command: Command): Command {
  return command
    .addOption(new Option("--style <style>", "of pictures").choices(["paper", "slides"]).default("paper"))
    .option(
      "--slab <axis:centre:thickness>",
      "in 3D the slab that maps show, as z:0.5:2.5 (centre as a fraction)",
    )
    .option("--saturation <value>", "|value| drawn at full width and opacity")
    .option("--pixels <width>", "width of .png pictures", "1600");
}

/** The format that a picture's ending asks for. Throws "usage" for others. */
export function pictureFormat(path: string): "svg" | "png" | "pdf" {
  if (/\.svg$/i.test(path)) return "svg";
  if (/\.png$/i.test(path)) return "png";
  if (/\.pdf$/i.test(path)) return "pdf";
  throw new SoftfieldError("usage", `${path}: a picture ends in .svg, .png or .pdf`, { file: path });
}

/** Local thermal energies as bonds (Fig. 1, right). SVG text. */
export function drawBonds(
  response: GlassResponse,
  options: PictureOptions,
  model: PairModel,
  drawn?: { readonly values: Float64Array; readonly label: string },
): string {
  const { interactions, energies } = response;
  const { i, du } = pairsOf(interactions);
  return bondMap({ ...placed(response, options, model), i, du, values: energies[0].lte, ...drawn });
}

/** The thermal displacement as arrows (Fig. 1, left). SVG text. */
export function drawDisplacement(response: GlassResponse, options: PictureOptions, model: PairModel): string {
  return displacementMap({ ...placed(response, options, model), displacements: response.displacement });
}

function placed({ system: { box, positions } }: GlassResponse, options: PictureOptions, model: PairModel) {
  return { box, positions, ...mapStyle(options, model), ...saturationOf(options.saturation) };
}

/** An SVG document in the format of the path's ending. */
export function inFormat(
  path: string,
  svg: string,
  { pixels }: Pick<PictureOptions, "pixels">,
): string | Uint8Array {
  switch (pictureFormat(path)) {
    case "svg":
      return svg;
    case "png":
      return svgToPng(svg, { width: wholeNumber("pixels", pixels, 1) });
    case "pdf":
      return svgToPdf(svg);
  }
}

/** The style and slab of a map. Throws "usage" where the slab is malformed. */
export function mapStyle(options: Pick<PictureOptions, "style" | "slab">, model: PairModel): MapOptions {
  return { style: options.style, ...slabOf(options.slab), lengthUnit: unitNamed("λ", model) };
}

function slabOf(text: string | undefined): { slab?: Slab } {
  if (text === undefined) return {};
  const match = /^([xyz])(?::([0-9.]+))?(?::([0-9.]+))?$/.exec(text);
  if (!match) throw new SoftfieldError("usage", `--slab ${text}: write it like z:0.5:2.5`, { field: "slab" });
  const [, axis, centre, thickness] = match;
  return {
    slab: {
      axis: axis as "x" | "y" | "z",
      centre: centre === undefined ? undefined : Number(centre),
      thickness: thickness === undefined ? undefined : Number(thickness),
    },
  };
}

function saturationOf(text: string | undefined): { saturation?: number } {
  if (text === undefined) return {};
  const saturation = Number(text);
  if (saturation > 0 && saturation < Infinity) return { saturation };
  throw new SoftfieldError("usage", `--saturation ${text}: give a positive number`, { field: "saturation" });
}
