import {
  besidePath,
  checkOutputPath,
  requireColumns,
  writeFileAtomically,
  writeResults,
} from "@softfield/node";
import type { Command } from "commander";
import {
  type FamilyKind,
  familiesOf,
  localThermalEnergy,
  type MinimumOptions,
  minimumOf,
  SoftfieldError,
} from "softfield";
import { lteResults } from "../lte/results.ts";
import { summarise, summaryRecord, summaryText } from "../lte/summary.ts";
import { repeatable, wholeNumber } from "../shell/arguments.ts";
import { compute, minimumOptions, type ResponseOptions, responseOptions } from "../shell/compute.ts";
import { type ConfigurationOptions, configurationOptions, loadConfiguration } from "../shell/load.ts";
import {
  drawPicture,
  type PictureJob,
  type PictureOptions,
  pictureFormat,
  pictureOptions,
} from "../shell/pictures.ts";

interface LteOptions extends ConfigurationOptions, PictureOptions, ResponseOptions {
  readonly out: string[];
  readonly map?: string;
  readonly displacementMap?: string;
  readonly pin?: string;
  readonly dense?: boolean;
}

/** `softfield lte FILE`: the local thermal energy of every interaction of a glass. */
export function registerLte(program: Command): void {
  const command = program
    .command("lte")
    .summary("local thermal energies of a glass, exactly")
    .description(
      "Computes the local thermal energy E of every interaction of a configuration at an energy minimum " +
        "(Zylberg et al. 2017, Eq. 3), exactly, by sparse Cholesky factorisation and selected inversion.",
    );
  const given = pictureOptions(configurationOptions(command))
    .option(
      "-o, --out <file>",
      "write results: .tsv .csv .parquet .h5 .extxyz .json (repeatable)",
      repeatable,
      [],
    )
    .option("--map <file>", "draw E as bonds (Fig. 1 right): .svg .png .pdf")
    .option("--displacement-map <file>", "draw the thermal displacement X as arrows (Fig. 1 left)");
  responseOptions(given)
    .option("--dense", "the paper's way, full diagonalisation: the oracle of small systems")
    .option("--pin <particle>", "the particle whose rows are dropped; no result depends on it")
    .addHelpText(
      "after",
      "\nExamples:\n  softfield lte glass.extxyz --model 2dipl -o lte.tsv --map lte.svg\n" +
        "  softfield lte dump.lammpstrj --frame last --model 3dkablj --species 1=A,2=B -o lte.parquet --json\n",
    )
    .action(run);
}

async function run(file: string, options: LteOptions): Promise<void> {
  const pictures = pictureJobs(options);
  const solver = solverOptions(options);
  await checkOutputs(file, options.out, pictures);
  const start = performance.now();
  const configuration = await loadConfiguration(file, options);
  const beside = await filesBeside(file, options.out, familiesOf(configuration.model).slice(1));
  const outputs = [...options.out, ...beside, ...pictures.map(({ path }) => path)];
  const read = (performance.now() - start) / 1000;
  const { system, model } = configuration;
  const response = compute(configuration, options, (progress) =>
    localThermalEnergy(
      minimumOf(system, model, solver, progress),
      { method: options.dense ? "dense" : "sparse" },
      progress,
    ),
  );
  const summary = summarise(configuration, response, { read, outputs });
  const results = lteResults(configuration, response, summary);
  for (const path of options.out) await writeResults(path, results, [file]);
  for (const job of pictures) {
    await writeFileAtomically(job.path, drawPicture(job, response, options), [file]);
  }
  process.stdout.write(options.json ? `${JSON.stringify(summaryRecord(summary))}\n` : summaryText(summary));
}

function pictureJobs({ map, displacementMap }: LteOptions): PictureJob[] {
  const jobs: PictureJob[] = [];
  if (map !== undefined) jobs.push({ path: map, kind: "bonds" });
  if (displacementMap !== undefined) jobs.push({ path: displacementMap, kind: "displacement" });
  return jobs;
}

/** A path that can't be written is told before any work is done. */
async function checkOutputs(
  file: string,
  out: readonly string[],
  pictures: readonly PictureJob[],
): Promise<void> {
  for (const path of out) requireColumns(path, "local thermal energies");
  for (const { path } of pictures) pictureFormat(path);
  for (const path of [...out, ...pictures.map((job) => job.path)]) await checkOutputPath(path, [file]);
}

/** The files that further families of terms go into, checked as those that were asked for. */
async function filesBeside(
  file: string,
  out: readonly string[],
  families: readonly FamilyKind[],
): Promise<string[]> {
  const named = families.flatMap(({ name }) =>
    out.flatMap((given) => {
      const path = besidePath(given, name);
      return path === undefined ? [] : [{ name, path }];
    }),
  );
  for (const { name, path } of named) {
    if (out.includes(path)) {
      const why = `is where the ${name} go; choose another name for the pairs`;
      throw new SoftfieldError("usage", `${path}: ${why}`, { file: path });
    }
    await checkOutputPath(path, [file]);
  }
  return named.map(({ path }) => path);
}

function solverOptions(options: LteOptions): MinimumOptions {
  const { pin } = options;
  return { ...minimumOptions(options), ...(pin !== undefined && { pin: wholeNumber("pin", pin, 0) }) };
}
