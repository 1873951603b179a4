import { benchmarkTemplate } from "@softfield/benchmark";
import { campaignJsonSchema, campaignName, campaignTemplate, withPlugins } from "@softfield/campaign";
import { writeFileAtomically } from "@softfield/node";
import { type Command, Option } from "commander";
import { type PresetName, preset, presetNames, SoftfieldError } from "softfield";
import { wholeNumber } from "../shell/arguments.ts";
import { checkOutputs, forceOption } from "../shell/outputs.ts";
import { registry } from "../shell/registry.ts";

interface InitFlags {
  readonly model: PresetName;
  readonly particles?: string;
  readonly seeds: string;
  readonly force?: boolean;
  readonly schema?: boolean;
  readonly benchmark?: boolean;
}

/** N of the paper, and of a piece of silicon. */
const SIZE: Readonly<Partial<Record<PresetName, number>>> = {
  "2dipl": 10_000,
  "3dipl": 2000,
  "3dkablj": 2000,
  "sw-silicon": 1000,
};

/** `softfield init [FILE]`: a commented campaign file to begin with. */
export function registerInit(program: Command): void {
  const command = program
    .command("init")
    .summary("write a commented campaign file")
    .description(
      "Writes a campaign file to begin with, every section explained. Check and run it with 'softfield run'.",
    )
    .argument("[file]", "where to", "campaign.yaml")
    .addOption(new Option("-m, --model <model>", "model glass").choices(presetNames).default("2dipl"))
    .option("-n, --particles <N>", "particles a sample (default: the paper's; 1000 for other models)")
    .option("--seeds <seeds>", "seeds, such as 1..300", "1..300")
    .option("--benchmark", "of all indicators, for glasses of the model by three preparations");
  forceOption(command).option("--schema", "print the JSON Schema of campaign files instead").action(init);
}

async function init(file: string, flags: InitFlags): Promise<void> {
  if (flags.schema) {
    process.stdout.write(`${JSON.stringify(campaignJsonSchema(withPlugins(registry).sections), null, 2)}\n`);
    return;
  }
  if (!/\.ya?ml$/i.test(file)) {
    throw new SoftfieldError("usage", `${file}: name a file that ends in .yaml`, { file });
  }
  if (preset(flags.model).glass === undefined) {
    throw new SoftfieldError(
      "usage",
      `${flags.model} doesn't say how its glasses are made: give a model file of it ('softfield models ${flags.model}') a "glass", and ` +
        "name that file in the campaign",
      { field: "model" },
    );
  }
  await checkOutputs([file], flags);
  const particles =
    flags.particles === undefined
      ? (SIZE[flags.model] ?? 1000)
      : wholeNumber("particles", flags.particles, 1);
  const name = campaignName(file).replace(/[^\w.-]/g, "_");
  await writeFileAtomically(
    file,
    (flags.benchmark ? benchmarkTemplate : campaignTemplate)({
      name,
      model: flags.model,
      particles,
      seeds: flags.seeds,
    }),
  );
  process.stdout.write(`${file}: a campaign of ${flags.model} glasses; 'softfield run ${file}' makes them\n`);
}
