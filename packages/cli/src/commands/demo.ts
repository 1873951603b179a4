import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Command } from "commander";
import { SoftfieldError } from "softfield";

/** Runs one command line and returns its exit code, as `main` does. */
export type RunCommandLine = (argv: readonly string[]) => Promise<number>;

interface DemoOptions {
  readonly outDir: string;
  readonly particles: string;
  readonly seed: string;
}

/** `softfield demo`: the whole way on a glass of its own, by the very commands that a user would type. */
export function registerDemo(program: Command, runCommandLine: RunCommandLine): void {
  program
    .command("demo")
    .summary("the whole way on a small glass: make, read, break; results in out/")
    .description(
      "Makes a two-dimensional glass, computes its local thermal energies, finds its soft spots, shears it to its " +
        "first five plastic events and scores the prediction, by the very commands that you would type.",
    )
    .option("--out-dir <folder>", "where the results go", "out")
    .option("-n, --particles <n>", "size of the glass", "2000")
    .option("--seed <seed>", "of the glass", "7")
    .action((options: DemoOptions) => run(options, runCommandLine));
}

async function run({ outDir, particles, seed }: DemoOptions, runCommandLine: RunCommandLine): Promise<void> {
  await mkdir(outDir, { recursive: true });
  const start = performance.now();
  for (const words of commands(outDir, particles, seed)) {
    process.stdout.write(`\n$ softfield ${words.join(" ")}\n`);
    const code = await runCommandLine(["node", "softfield", ...words]);
    if (code !== 0)
      throw new SoftfieldError("numerics", `the demonstration stopped at 'softfield ${words[0]}'`);
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  process.stdout.write(
    `\nAll of it took ${seconds} s. The results lie in ${resolve(outDir)}:\n` +
      "  glass.extxyz         the glass, for OVITO, ASE or softfield\n" +
      "  lte.tsv              local thermal energy of every bond; glass_lte.extxyz: per particle\n" +
      "  fig1_lte.svg         Fig. 1 right, and fig1_displacement.svg, Fig. 1 left\n" +
      "  fig3.svg, fig3.png   Fig. 3: bonds, softness field, and where the glass yielded, numbered by occurrence\n" +
      "  spots.tsv, score.tsv soft spots, and how well they foretold the events of events.json\n" +
      "  stress-strain.svg    stress against strain with the events marked\n" +
      "Now with your own: npx softfield lte YOUR-FILE --model 2dipl, and npx softfield --help.\n",
  );
}

function commands(folder: string, particles: string, seed: string): string[][] {
  const at = (name: string) => join(folder, name);
  const glass = [at("glass.extxyz"), "--model", "2dipl"];
  return [
    ["make", "--model", "2dipl", "-n", particles, "--seed", seed, "-o", at("glass.extxyz"), "--force"],
    [
      ...["lte", ...glass, "-o", at("lte.tsv"), "-o", at("glass_lte.extxyz")],
      ...["--map", at("fig1_lte.svg"), "--displacement-map", at("fig1_displacement.svg")],
    ],
    ["spots", ...glass, "-o", at("spots.tsv")],
    ["predict", ...glass, "-o", at("score.tsv"), "--figure", at("fig3.svg"), "--figure", at("fig3.png")],
    ["shear", ...glass, "-o", at("events.json"), "--figure", at("stress-strain.svg")],
  ];
}
