import { existsSync } from "node:fs";
import { mkdir, readFile, rm } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import type { Command } from "commander";
import { SoftfieldError } from "softfield";
import { besideEnsemble } from "../demo/ensemble.ts";
import { shippedFile } from "../shipped.ts";

/** Runs one command line and returns its exit code, as `main` does. */
export type RunCommandLine = (argv: readonly string[]) => Promise<number>;

interface DemoOptions {
  readonly outDir: string;
  readonly particles: string;
  readonly seed: string;
}

/** `softfield demo`: the whole way, first on the paper's own case, by the very commands that a user would type. */
export function registerDemo(program: Command, runCommandLine: RunCommandLine): void {
  program
    .command("demo")
    .summary("the whole way: a glass of 10,000 particles read and broken, one made; results in out/")
    .description(
      "Reads a two-dimensional glass of 10,000 particles that comes with softfield, draws its local thermal energies " +
        "and softness field, shears it to its first five plastic events (Fig. 3 of Zylberg et al. 2017), then makes " +
        "a glass from a seed and breaks it, by the very commands that you would type.",
    )
    .option("--out-dir <folder>", "where the results go", "out")
    .option("-n, --particles <n>", "size of the glass that is made", "2000")
    .option("--seed <seed>", "of the glass that is made", "1")
    .action((options: DemoOptions) => run(options, runCommandLine));
}

/** One command line and the files that it writes. */
interface Step {
  readonly words: readonly string[];
  readonly files: readonly string[];
}

async function run(options: DemoOptions, runCommandLine: RunCommandLine): Promise<void> {
  const folder = options.outDir;
  await mkdir(folder, { recursive: true });
  const start = performance.now();
  const seconds = () => ((performance.now() - start) / 1000).toFixed(1);
  const does = async (steps: readonly Step[]): Promise<boolean> => {
    for (const step of steps) if (!(await succeeds(step, folder, runCommandLine))) return false;
    return true;
  };
  const glass = shippedGlass();
  say("1. The paper's own case: a glass of 10,000 particles that comes with softfield.");
  if (!(await does(reading(folder, glass)))) return;
  say(`Read and drawn after ${seconds()} s: look at ${join(folder, "softness.png")} while it is sheared.`);
  say(
    "2. Sheared to its first five plastic events: did they come where it is soft? (12 s on a quiet machine)",
  );
  if (!(await does(foretelling(folder, glass)))) return;
  say(besideEnsemble(await readFile(join(folder, "score.tsv"), "utf8")));
  say("3. A glass of your own, made from a seed: the same bits on every machine.");
  if (!(await does(making(folder, options)))) return;
  say(`All of it took ${seconds()} s. The results lie in ${resolve(folder)}:\n${RESULTS}`);
}

const RESULTS = [
  "  fig3.png, fig3.svg      Fig. 3: bonds, softness field, and where the glass yielded, numbered by occurrence",
  "  softness.png            the softness field with its soft spots, ranked",
  "  fig1_lte.svg            Fig. 1 right: the local thermal energies; fig1_displacement.svg: Fig. 1 left",
  "  lte.tsv                 the local thermal energy of every bond; glass_lte.extxyz: per particle, for OVITO or ASE",
  "  spots.tsv, score.tsv    the soft spots, and how well they foretold the events",
  "  made.extxyz             the glass from a seed; made_lte.svg: its local thermal energies",
  "  events.json             its first five plastic events; stress-strain.png: its stress against strain",
  "Now with your own: npx softfield lte YOUR-FILE --model 2dipl, and npx softfield --help.",
].join("\n");

function say(text: string): void {
  process.stdout.write(`\n${text}\n`);
}

/** Runs a command anew, whatever an earlier run left. False, with the exit code set, where it was interrupted. */
async function succeeds(
  { words, files }: Step,
  folder: string,
  runCommandLine: RunCommandLine,
): Promise<boolean> {
  const forget = (names: readonly string[]) =>
    Promise.all(names.map((name) => rm(join(folder, name), { force: true })));
  await forget(files);
  process.stdout.write(`\n$ softfield ${words.join(" ")}\n`);
  const code = await runCommandLine(["node", "softfield", ...words]);
  if (code === 0) return true;
  await forget(files.map((name) => `${name}.checkpoint`));
  if (code !== 130)
    throw new SoftfieldError("numerics", `the demonstration stopped at 'softfield ${words[0]}'`);
  process.stderr.write(
    "softfield: the demonstration begins anew when it is run again, without a checkpoint\n",
  );
  process.exitCode = code;
  return false;
}

/** The 2DIPL glass of 10,000 particles that comes with softfield: in its package, or at the top of a checkout. */
function shippedGlass(): string {
  const name = "examples/glasses/2dipl_10000.extxyz.gz";
  const path = shippedFile(name);
  if (!existsSync(path)) throw new SoftfieldError("input", `${name} is not there: install softfield anew`);
  const near = relative("", path);
  return near.startsWith("..") ? path : near;
}

const MODEL = ["--model", "2dipl"];

function reading(folder: string, glass: string): Step[] {
  const at = (name: string) => join(folder, name);
  return [
    {
      words: [
        ...["lte", glass, ...MODEL, "-o", at("lte.tsv"), "-o", at("glass_lte.extxyz")],
        ...["--map", at("fig1_lte.svg"), "--displacement-map", at("fig1_displacement.svg")],
      ],
      files: ["lte.tsv", "glass_lte.extxyz", "fig1_lte.svg", "fig1_displacement.svg"],
    },
    {
      words: ["spots", glass, ...MODEL, "-o", at("spots.tsv"), "--figure", at("softness.png")],
      files: ["spots.tsv", "softness.png"],
    },
  ];
}

function foretelling(folder: string, glass: string): Step[] {
  const [score, svg, png] = ["score.tsv", "fig3.svg", "fig3.png"].map((name) => join(folder, name));
  return [
    {
      words: ["predict", glass, ...MODEL, "-o", score, "--figure", svg, "--figure", png],
      files: ["score.tsv", "fig3.svg", "fig3.png"],
    },
  ];
}

function making(folder: string, { particles, seed }: DemoOptions): Step[] {
  const at = (name: string) => join(folder, name);
  const made = at("made.extxyz");
  return [
    { words: ["make", ...MODEL, "-n", particles, "--seed", seed, "-o", made], files: ["made.extxyz"] },
    { words: ["lte", made, ...MODEL, "--map", at("made_lte.svg")], files: ["made_lte.svg"] },
    {
      words: ["shear", made, ...MODEL, "-o", at("events.json"), "--figure", at("stress-strain.png")],
      files: ["events.json", "stress-strain.png"],
    },
  ];
}
