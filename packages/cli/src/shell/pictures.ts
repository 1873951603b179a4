import { bondMap, displacementMap, type MapOptions, type Slab, type StyleName } from "@softfield/figures";
import { svgToPdf, svgToPng } from "@softfield/node";
import { type Command, Option } from "commander";
import { type GlassResponse, pairsOf, SoftfieldError } from "softfield";
import { unitNamed } from "softfield/internal";
import { wholeNumber } from "./arguments.ts";
import { captioned } from "./captions.ts";
import type { Configuration } from "./load.ts";

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

/** Local thermal energies as bonds (Fig. 1, right), or other values of theirs. SVG text. */
export function drawBonds(
  response: GlassResponse,
  options: PictureOptions,
  glass: Configuration,
  drawn?: { readonly values: Float64Array; readonly label: string; readonly words: readonly string[] },
): string {
  const { interactions, energies } = response;
  const { i, du } = pairsOf(interactions);
  const { words = LTE_WORDS, ...values } = drawn ?? { values: energies[0].lte };
  const svg = bondMap({ ...placed(response, options, glass), i, du, ...values });
  return captioned(svg, glass, [...words, ...slabWords(options, glass)]);
}

const LTE_WORDS = [
  "Local thermal energies of the pairs",
  "Each line is a pair of interacting particles; its thickness and opacity grow with the magnitude of its local thermal " +
    "energy E (Eq. 3 of Zylberg et al. 2017, a number: energies over k_B T/2), orange where E is negative, black where it is " +
    "positive, as the key below shows (after Fig. 1, right, of that paper).",
];

/** The thermal displacement as arrows (Fig. 1, left). SVG text. */
export function drawDisplacement(
  response: GlassResponse,
  options: PictureOptions,
  glass: Configuration,
): string {
  const unit = unitNamed("λ/ε", glass.model);
  const svg = displacementMap({
    ...placed(response, options, glass),
    displacements: response.displacement,
    unit,
  });
  return captioned(svg, glass, [
    "Thermal displacement",
    `Each arrow is the thermal displacement X of a particle (Eq. 2 of Zylberg et al. 2017: its mean displacement over k_B T/2, ` +
      `in ${unit}), its length proportional to |X| up to that of the key (after Fig. 1, left, of that paper).`,
    ...slabWords(options, glass),
  ]);
}

/** What part of a 3D glass a map shows. */
export function slabWords(
  { slab: asked }: Pick<PictureOptions, "slab">,
  { system }: Pick<Configuration, "system">,
): string[] {
  if (system.box.dimension === 2) return [];
  const { axis = "z", centre = 0.5, thickness } = slabOf(asked).slab ?? {};
  const thick = thickness === undefined ? "" : `, ${thickness} thick`;
  return [`A slab across ${axis} at ${centre} of the edge${thick} is shown, projected along ${axis}.`];
}

function placed(
  { system: { box, positions } }: GlassResponse,
  options: PictureOptions,
  glass: Pick<Configuration, "model" | "snapshot">,
) {
  return { box, positions, ...mapStyle(options, glass), ...saturationOf(options.saturation) };
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

/** The style and slab of a map, and the corner of the file's box. Throws "usage" where the slab is malformed. */
export function mapStyle(
  options: Pick<PictureOptions, "style" | "slab">,
  { model, snapshot: { origin } }: Pick<Configuration, "model" | "snapshot">,
): MapOptions {
  return { style: options.style, ...slabOf(options.slab), origin, lengthUnit: unitNamed("λ", model) };
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
