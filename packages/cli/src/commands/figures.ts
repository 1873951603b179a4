import { existsSync } from "node:fs";
import type { StyleName } from "@softfield/figures";
import { type Command, Option } from "commander";
import { SoftfieldError } from "softfield";
import { loadCampaign } from "../campaign/index.ts";
import { FIGURES, type FigureName } from "../campaign/report/figures.ts";
import { readCanonicalTable } from "../campaign/report/inset.ts";
import { drawFigure } from "../campaign/report/report.ts";
import { stageTable } from "../campaign/stages/index.ts";
import { writeFileAtomically } from "../files/index.ts";
import { svgToPdf, svgToPng } from "../render/index.ts";
import { positive } from "./run.ts";

interface FiguresFlags {
  readonly fig: FigureName;
  readonly out?: string;
  readonly style: StyleName;
  readonly ensemble?: string;
  readonly seed?: string;
  readonly pixels: string;
  readonly md?: string;
  readonly force?: boolean;
}

/** `softfield figures CAMPAIGN --fig N`: one figure of the paper. */
export function registerFigures(program: Command): void {
  program
    .command("figures")
    .summary("draw one of the paper's figures from a campaign")
    .argument("<campaign>", "campaign file (YAML or JSON)")
    .addOption(new Option("--fig <figure>", "which").choices(FIGURES).makeOptionMandatory())
    .option("-o, --out <file>", "picture, .svg, .png or .pdf (default: fig-N.svg)")
    .addOption(new Option("--style <style>", "of the figure").choices(["paper", "slides"]).default("paper"))
    .option(
      "--ensemble <name>",
      "Figs. 1 and 3: the sample's ensemble (default: the first that has what is needed)",
    )
    .option("--seed <seed>", "Figs. 1 and 3: the sample's seed (default: the first that is there)")
    .option("--md <file>", "Fig. 2: table of 'softfield validate md -o FILE.parquet', for its inset")
    .option("--pixels <width>", "width of a .png", "1600")
    .option("--force", "overwrite the picture")
    .action(draw);
}

async function draw(file: string, flags: FiguresFlags): Promise<void> {
  const { fig, style, ensemble, seed, force } = flags;
  const out = flags.out ?? `fig-${fig}.svg`;
  if (!/\.(svg|png|pdf)$/i.test(out)) {
    throw new SoftfieldError("usage", `${out}: a picture ends in .svg, .png or .pdf`, { file: out });
  }
  if (existsSync(out) && !force) {
    throw new SoftfieldError("usage", `${out}: is there already; --force overwrites it`, { file: out });
  }
  const { campaign, folder } = loadCampaign(file);
  const svg = await drawFigure(
    campaign,
    { folder, stages: stageTable.stages },
    {
      name: fig,
      style,
      ...(ensemble === undefined ? {} : { ensemble }),
      ...(seed === undefined ? {} : { seed: seedOf(seed) }),
      ...(flags.md === undefined ? {} : { canonical: await readCanonicalTable(flags.md) }),
    },
  );
  await writeFileAtomically(out, inFormat(out, svg, flags));
  process.stdout.write(`${out}\n`);
}

function inFormat(path: string, svg: string, { pixels }: FiguresFlags): string | Uint8Array {
  if (/\.svg$/i.test(path)) return svg;
  return /\.pdf$/i.test(path) ? svgToPdf(svg) : svgToPng(svg, { width: positive("pixels", pixels) });
}

function seedOf(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new SoftfieldError("usage", `--seed ${text}: give a whole number from 0`, { field: "seed" });
}
