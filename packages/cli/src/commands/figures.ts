import {
  drawFigure,
  exampleGeometry,
  geometryFigure,
  loadCampaign,
  readCanonicalTable,
  withPlugins,
} from "@softfield/campaign";
import type { StyleName } from "@softfield/figures";
import { type Command, Option } from "commander";
import { localThermalEnergy, minimumOf, SoftfieldError } from "softfield";
import { wholeNumber } from "../shell/arguments.ts";
import { type CommandFrame, type CommonOptions, registerCommand } from "../shell/command.ts";
import { withFile } from "../shell/errors.ts";
import { loadConfiguration } from "../shell/load.ts";
import { registry as campaignRegistry } from "../shell/registry.ts";

interface FiguresFlags extends CommonOptions {
  readonly fig: string;
  readonly out: readonly string[];
  readonly style: StyleName;
  readonly ensemble?: string;
  readonly seed?: string;
  readonly pixels: string;
  readonly md?: string;
  readonly from?: string;
  readonly model?: string;
  readonly species?: string;
  readonly frame: string;
  readonly pair?: string;
  readonly triple?: string;
}

interface FigureSummary {
  readonly figure: string;
  readonly outputs: readonly string[];
}

/** SI Fig. 1 shows single interactions: it needs no campaign. */
const GEOMETRY = "si1";

const figures: CommandFrame<FiguresFlags, { readonly file?: string }, string, FigureSummary> = {
  name: "figures",
  summary: "draw one of the paper's figures: from a campaign, or si1 from one file or none",
  description:
    "Draws one figure of Zylberg et al. 2017, or of what lies behind it, from the results of a campaign, as " +
    "'softfield report' draws all of them. SI Fig. 1, the geometry of an interaction, takes no campaign: it is drawn " +
    "of a configuration (--from FILE --model MODEL) or of a built-in example. docs/figures.md says what each needs.",
  help:
    "Examples:\n  softfield figures night.yaml --fig 2 -o energies.pdf\n" +
    "  softfield figures --fig si1 --from glass.extxyz --model 2dipl -o geometry.svg\n",
  subject: {
    declare: (command) => command.argument("[campaign]", "campaign file (YAML or JSON); none for si1"),
    files: (args, { from }) => (from === undefined ? args : [...args, from]),
    open: ([file]) => ({ file }),
  },
  options: (command) =>
    command
      .addOption(
        new Option("--fig <figure>", "which")
          .choices([...withPlugins(campaignRegistry).figures.map(({ name }) => name), GEOMETRY])
          .makeOptionMandatory(),
      )
      .addOption(new Option("--style <style>", "of the figure").choices(["paper", "slides"]).default("paper"))
      .option(
        "--ensemble <name>",
        "Figs. 1 and 3: the sample's ensemble (default: the first that has what is needed)",
      )
      .option("--seed <seed>", "Figs. 1 and 3: the sample's seed (default: the first that is there)")
      .option("--md <file>", "Fig. 2: table of 'softfield validate md -o FILE.parquet', for its inset")
      .option(
        "--from <file>",
        "si1: a configuration at its minimum (default: a pair of 2dipl, a triple of sw-silicon)",
      )
      .option("-m, --model <model>", "si1: its model")
      .option("--species <map>", "si1: its names or types to species of the model, as 1=S,2=L")
      .option("--frame <frame>", "si1: its frame", "0")
      .option(
        "--pair <n>",
        "si1: the pair, a row of 'softfield lte -o FILE.tsv' from 0 (default: largest |E|)",
      )
      .option("--triple <n>", "si1: the triple, a row of FILE.triples.tsv (default: largest |E|)")
      .option("--pixels <width>", "width of a .png", "1600"),
  outputs: [
    {
      flags: "-o, --out <file>",
      description: "picture, .svg, .png or .pdf (default: fig-N.svg)",
      picture: ({ found }) => found,
    },
  ],
  complete: (flags) => ({ ...flags, out: flags.out.length > 0 ? flags.out : [`fig-${flags.fig}.svg`] }),
  run: async ({ file }, flags) =>
    flags.fig === GEOMETRY ? await geometry(file, flags) : await ofCampaign(file, flags.fig, flags),
  summarise: ({ options: { fig }, outputs }) => ({ figure: fig, outputs }),
  text: ({ outputs }) => outputs.map((path) => `${path}\n`).join(""),
};

/** `softfield figures CAMPAIGN --fig N`: one figure of the paper. */
export function registerFigures(program: Command): void {
  registerCommand(program, figures);
}

async function ofCampaign(file: string | undefined, name: string, flags: FiguresFlags): Promise<string> {
  if (file === undefined) {
    throw new SoftfieldError("usage", `Fig. ${name} is drawn from a campaign: give its file`, {
      field: "campaign",
    });
  }
  for (const option of ["from", "model", "pair", "triple"] as const) {
    if (flags[option] === undefined) continue;
    throw new SoftfieldError("usage", `--${option} is for --fig ${GEOMETRY}`, { field: option });
  }
  const { style, ensemble, seed } = flags;
  const { campaign, folder, registry } = loadCampaign(file, campaignRegistry);
  return await drawFigure(
    campaign,
    { folder, registry },
    {
      name,
      style,
      ensemble,
      seed: seed === undefined ? undefined : wholeNumber("seed", seed, 0),
      canonical: flags.md === undefined ? undefined : await readCanonicalTable(flags.md),
    },
  );
}

/** SI Fig. 1, of a configuration or by the built-in example. */
async function geometry(file: string | undefined, flags: FiguresFlags): Promise<string> {
  const { from, model, style, species, frame } = flags;
  if (file !== undefined) {
    throw new SoftfieldError(
      "usage",
      `${file}: Fig. ${GEOMETRY} takes no campaign; give a configuration by --from FILE --model MODEL, or nothing`,
      { file },
    );
  }
  if (from === undefined) {
    for (const option of ["model", "species", "pair", "triple"] as const) {
      if (flags[option] === undefined) continue;
      throw new SoftfieldError("usage", `--${option} needs --from FILE`, { field: option });
    }
    return exampleGeometry(style);
  }
  if (model === undefined)
    throw new SoftfieldError("usage", "--from needs --model MODEL", { field: "model" });
  const named = { model, frame, species };
  const configuration = await loadConfiguration(from, named);
  try {
    const response = localThermalEnergy(minimumOf(configuration.system, configuration.model));
    const index = (name: "pair" | "triple") =>
      flags[name] === undefined ? {} : { [name]: wholeNumber(name, flags[name], 0) };
    return geometryFigure(response, {
      style,
      model: configuration.model,
      chosen: { ...index("pair"), ...index("triple") },
    });
  } catch (error) {
    throw withFile(error, configuration);
  }
}
