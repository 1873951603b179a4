import { existsSync } from "node:fs";
import { basename, dirname, relative, resolve } from "node:path";
import { BENCHMARK_PARTICLES, benchmarkTemplate } from "@softfield/benchmark";
import {
  campaignJsonSchema,
  campaignName,
  campaignTemplate,
  filesTemplate,
  loadCampaign,
  withPlugins,
} from "@softfield/campaign";
import { loadModel, writeFileAtomically } from "@softfield/node";
import type { Command } from "commander";
import { type PairModel, type PresetName, presetNames, SoftfieldError } from "softfield";
import { wholeNumber } from "../shell/arguments.ts";
import { checkOutputs, forceOption } from "../shell/outputs.ts";
import { registry } from "../shell/registry.ts";

interface InitFlags {
  readonly model: string;
  readonly particles?: string;
  readonly seeds: string;
  readonly force?: boolean;
  readonly schema?: boolean;
  readonly benchmark?: boolean;
  /** The open benchmark's models. */
  readonly open: boolean;
}

/** N of the paper, and of a piece of silicon. */
const SIZE: Readonly<Partial<Record<PresetName, number>>> = {
  "2dipl": 10_000,
  "3dipl": 2000,
  "3dkablj": 2000,
  "sw-silicon": 1000,
};

/** `softfield init [FILE] [GLASSES…]`: a commented campaign file to begin with. */
export function registerInit(program: Command): void {
  const command = program
    .command("init")
    .summary("write a commented campaign file")
    .description(
      "Writes a campaign file to begin with, every section explained. Check and run it with 'softfield run'. With files " +
        "that hold glasses the campaign is of those, an ensemble a folder.",
    )
    .argument("[files...]", "where to, a .yaml (default: campaign.yaml), and configurations of one's own")
    .option("-m, --model <model>", "preset or model file", "2dipl")
    .option(
      "-n, --particles <N>",
      `particles a sample (default: the paper's; 1000 for other models; ${BENCHMARK_PARTICLES} for a benchmark)`,
    )
    .option("--seeds <seeds>", "seeds, such as 1..300", "1..300")
    .option(
      "--benchmark",
      "of all indicators, for glasses of the model by three preparations; without --model of three models",
    );
  forceOption(command)
    .option("--schema", "print the JSON Schema of campaign files instead")
    .action(async (given: readonly string[], flags: InitFlags) => {
      const open = flags.benchmark === true && command.getOptionValueSource("model") === "default";
      await init(given, { ...flags, open });
    });
}

async function init(files: readonly string[], flags: InitFlags): Promise<void> {
  if (flags.schema) {
    process.stdout.write(`${JSON.stringify(campaignJsonSchema(withPlugins(registry).sections), null, 2)}\n`);
    return;
  }
  const isCampaign = (path: string) => /\.ya?ml$/i.test(path);
  const [file = "campaign.yaml", ...others] = files.filter(isCampaign);
  const glasses = files.filter((path) => !isCampaign(path));
  if (others.length > 0) throw new SoftfieldError("usage", `${file}, ${others[0]}: name one campaign file`);
  const missing = glasses.find((path) => !existsSync(path));
  if (missing !== undefined) {
    const message = `${missing}: is neither a file that is there nor the name of a campaign file, which ends in .yaml`;
    throw new SoftfieldError("usage", message, { file: missing });
  }
  const model = loadModel(flags.model);
  await checkOutputs([file], { ...flags, inputs: glasses });
  const name = campaignName(file).replace(/[^\w.-]/g, "_");
  if (glasses.length > 0) await initOfFiles({ file, name, glasses }, flags);
  else await initOfSeeds({ file, name, model }, flags);
}

/** A campaign of files, each of which is read before it is said that all is well. */
async function initOfFiles(
  { file, name, glasses }: { file: string; name: string; glasses: readonly string[] },
  flags: InitFlags,
): Promise<void> {
  const folder = dirname(resolve(file));
  const groups = new Map<string, string[]>();
  for (const path of glasses) {
    const group = basename(dirname(resolve(path))).replace(/[^\w.-]/g, "_") || "glasses";
    groups.set(group, [...(groups.get(group) ?? []), relative(folder, resolve(path))]);
  }
  await writeFileAtomically(file, filesTemplate({ name, model: modelIn(folder, flags.model), groups }));
  const { campaign } = loadCampaign(file, registry);
  const counts = campaign.ensembles.map(
    ({ name: ensemble, particles }) =>
      `${campaign.seeds.get(ensemble)?.length} of ${particles} particles in ${ensemble}`,
  );
  process.stdout.write(
    `${file}: a campaign of glasses in files, ${counts.join(", ")}; 'softfield run ${file}' computes\n`,
  );
}

/** A model as a campaign file in a folder names it. */
function modelIn(folder: string, model: string): string {
  return (presetNames as readonly string[]).includes(model) ? model : relative(folder, resolve(model));
}

async function initOfSeeds(
  { file, name, model }: { file: string; name: string; model: PairModel },
  flags: InitFlags,
): Promise<void> {
  if (model.glass === undefined) {
    throw new SoftfieldError(
      "usage",
      `${flags.model} doesn't say how its glasses are made: give a model file of it ('softfield models ${flags.model}') a "glass", and ` +
        "name that file in the campaign; or name files that hold glasses",
      { field: "model" },
    );
  }
  const usual = flags.benchmark ? BENCHMARK_PARTICLES : (SIZE[flags.model as PresetName] ?? 1000);
  const particles = flags.particles === undefined ? usual : wholeNumber("particles", flags.particles, 1);
  const named = modelIn(dirname(resolve(file)), flags.model);
  const values = { name, particles, seeds: flags.seeds };
  await writeFileAtomically(
    file,
    flags.benchmark
      ? benchmarkTemplate({ ...values, ...(!flags.open && { models: [named] }) })
      : campaignTemplate({ ...values, model: named }),
  );
  const what = flags.open ? "the open benchmark's" : flags.model;
  process.stdout.write(`${file}: a campaign of ${what} glasses; 'softfield run ${file}' makes them\n`);
}
