import { howToGet, loadModel } from "@softfield/node";
import { type Command, Option } from "commander";
import {
  describeModel,
  modelJsonSchema,
  modelToJson,
  type PairModel,
  preset,
  presetNames,
  SoftfieldError,
} from "softfield";
import { filePresets, withLammpsSplines } from "softfield/internal";

/** `softfield models [NAME|FILE]`: lists the presets, or prints one model as the JSON that `--model` reads. */
export function registerModels(program: Command): void {
  program
    .command("models")
    .summary("list the model glasses, or print one as JSON")
    .description(
      "Lists the preset models. With a name, a model file or an input script of LAMMPS prints its JSON: change it, and give the file to --model.",
    )
    .argument("[name]", "a preset, a model file to check, or an input script of LAMMPS")
    .option("--from <script>", "an input script of LAMMPS, whose potential is printed as JSON")
    .addOption(
      new Option(
        "--interpolation <kind>",
        "lammps: embedded atoms with the cubic splines of LAMMPS in the place of smooth ones",
      ).choices(["lammps"]),
    )
    .option("--schema", "print the JSON Schema of model files")
    .option("--describe", "say in words what the model is, with warnings")
    .action((name: string | undefined, options: ModelsOptions) => {
      process.stdout.write(`${answer(name, options)}\n`);
    });
}

interface ModelsOptions {
  readonly from?: string;
  readonly interpolation?: "lammps";
  readonly schema?: boolean;
  readonly describe?: boolean;
}

function answer(given: string | undefined, options: ModelsOptions): string {
  const name = options.from ?? given;
  if (options.schema) return JSON.stringify(modelJsonSchema(), null, 2);
  if (name === undefined) {
    const ours = presetNames.map((known) => describeModel(preset(known)));
    const theirs = Object.entries(filePresets).map(([known, model]) => `${known}: ${howToGet(model)}`);
    return [...ours, ...theirs].join("\n\n");
  }
  const loaded = loadModel(name);
  const model = options.interpolation === undefined ? loaded : splined(loaded);
  return options.describe ? describeModel(model) : JSON.stringify(modelToJson(model), null, 2);
}

function splined(model: PairModel): PairModel {
  const changed = withLammpsSplines(model);
  if (changed !== undefined) return changed;
  throw new SoftfieldError(
    "usage",
    `--interpolation lammps: ${model.name} has no term of embedded atoms whose rows it would be for: leave it out`,
    { field: "interpolation" },
  );
}
