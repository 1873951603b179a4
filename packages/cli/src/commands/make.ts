import { existsSync } from "node:fs";
import { unlink } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { interruptible } from "@softfield/campaign";
import { version, writeFileAtomically, writeResults } from "@softfield/node";
import { type Command, Option } from "commander";
import { SoftfieldError, type WorkControl } from "softfield";
import { glassFrame, METHODS, PROTOCOL_KINDS } from "softfield/internal";
import { conclude, type MadeGlass, madeGlass, madeText, unfinished, withSeed } from "../make/outcome.ts";
import { checkpointPath, type FileJob, type MakeOptions, planJobs } from "../make/plan.ts";
import { makeGlasses } from "../make/pool.ts";
import { numberOption } from "../shell/arguments.ts";
import { type CommandFrame, registerCommand } from "../shell/command.ts";
import { forceOption } from "../shell/outputs.ts";
import { showProgress } from "../shell/progress.ts";

/** What was made, and what was not. */
interface Made {
  /** In the order of the jobs. */
  readonly glasses: readonly MadeGlass[];
  readonly jobs: number;
  /** Of glasses that came to nothing. */
  readonly faults: readonly SoftfieldError[];
  /** What ended the work before it was done. */
  readonly ending?: unknown;
}

const making: CommandFrame<
  MakeOptions,
  { readonly planned: readonly FileJob[] },
  Made,
  readonly MadeGlass[]
> = {
  name: "make",
  summary: "make model glasses from a seed, reproducible bit for bit",
  description:
    "Makes glasses as Zylberg et al. 2017, SI A: a liquid, a jump to just below the glass transition, annealing, " +
    "minimisation. One seed gives the same glass, bit for bit, on every machine. Numbers are in units of " +
    "the model; where these are metal, real or si, times may be given in fs, ps, ns, temperatures in K (2fs, 3000K).",
  help:
    "Examples:\n  softfield make --model 2dipl -n 10000 --seed 7 -o glass.extxyz\n" +
    "  softfield make --model 3dkablj -n 2000 --seeds 1..20 --out-dir glasses\n" +
    "  softfield make --model 2dipl -n 10000 --seed 7 -o slow.extxyz --protocol cooling --cooling-rate 1e-3\n" +
    "  softfield make --model poly2d -n 1000 --seed 7 -o stable.extxyz --protocol swap --temperature 0.1 --sweeps 1e5\n" +
    "  softfield make --model 3dkablj -n 2000 --seed 7 -o free.extxyz --pressure 0\n",
  // files are planned, checked and written glass by glass: each is there as soon as it is made
  subject: {
    declare: (command) =>
      command.requiredOption(
        "-m, --model <model>",
        "2dipl, 3dkablj, sw-silicon, bks-silica, … or a model file (see 'softfield models')",
      ),
    files: () => [],
    open: async (_, options) => ({ planned: await planJobs(options) }),
  },
  options: makeOptions,
  run: async ({ planned }, options) => await make(planned, options),
  summarise: ({ found }) => found.glasses,
  text: (glasses, { options }) => (options.quiet ? "" : glasses.map(madeText).join("")),
  conclude: ({ found: { ending, faults, jobs } }) => {
    if (ending !== undefined) throw ending;
    conclude(faults, jobs);
  },
};

/** `softfield make`: glasses by molecular dynamics and minimisation. */
export function registerMake(program: Command): void {
  registerCommand(program, making);
}

function makeOptions(command: Command): Command {
  command
    .requiredOption("-n, --particles <N>", "number of particles")
    .option("-s, --seed <seed>", "one seed: one glass, into --out")
    .option("--seeds <list>", "several, as 1..20 or 1,5,8..10: one glass each, into --out-dir")
    .option("-o, --out <file>", "the glass: .extxyz .data .dump, also .gz")
    .option("--out-dir <dir>", "folder for several glasses, MODEL_nN_sSEED.extxyz")
    .addOption(
      new Option(
        "--protocol <kind>",
        "preparation; htl, esl, gq: the high-temperature liquid, the supercooled one, the gradual quench of Barbot et al. 2018",
      )
        .choices(PROTOCOL_KINDS)
        .default("anneal"),
    )
    .option("--liquid-temperature <T>", "of the liquid (default: the model's)")
    .option("--liquid-time <time>", "in the liquid (default: 20)")
    .option(
      "--anneal-temperature <T>",
      "just below T_g (default: the model's); of htl, esl, gq the parent temperature",
    )
    .option("--anneal-time <time>", "at that temperature (default: the model's; htl 20, esl, gq 1000)")
    .option("--final-temperature <T>", "end of cooling (default: half of T_g) and of gq (0.0804 of it)")
    .option(
      "--cooling-rate <rate>",
      "temperature per time, of cooling (default: 0.005) and of gq (what takes 10⁶)",
    )
    .option("--temperature <T>", "of the liquid that swap equilibrates (default: as anneal)")
    .addOption(numberOption("--sweeps <n>", "of swap: N attempts each (default: 10000)"))
    .addOption(numberOption("--swap-share <x>", "of attempts that exchange diameters (default: 0.2)"))
    .option("--equilibrated", "refuse glasses of liquids that swap, htl, esl or gq did not equilibrate")
    .addOption(
      numberOption(
        "--pressure <P>",
        "at which the liquid is held and the box of the glass is let go (default: constant volume)",
      ),
    )
    .option("--dt <dt>", "time step (default: 0.005)")
    .option("--relaxation <time>", "of the thermostat (default: 0.5)")
    .addOption(new Option("--minimizer <name>", "(default: fire)").choices(METHODS))
    .addOption(numberOption("--tolerance <x>", "largest force over the typical pair force (default: 1e-12)"))
    .addOption(numberOption("-j, --threads <n>", "glasses made at a time (default: all cores)"))
    .addOption(numberOption("--checkpoint-every <s>", "seconds between two checkpoints").default(60))
    .option("--resume", "go on from the checkpoints that an interrupted run has left");
  return forceOption(command).option("--quiet", "print nothing but errors");
}

async function make(jobs: readonly FileJob[], options: MakeOptions): Promise<Made> {
  if (jobs.length === 0) process.stderr.write("softfield: nothing left to make\n");
  const made: MadeGlass[] = [];
  const faults: SoftfieldError[] = [];
  const found = () => ({ glasses: made.filter((one) => one !== undefined), jobs: jobs.length, faults });
  try {
    await interruptible(async (signal) => {
      const progress = showProgress({
        quiet: options.quiet === true || options.json === true,
        unit: "steps",
      });
      try {
        await makeAll(jobs, options, { signal, onProgress: progress.onProgress, made, faults });
      } finally {
        progress.finish();
      }
    });
    return found();
  } catch (ending) {
    return { ...found(), ending };
  }
}

interface Control {
  readonly signal: AbortSignal;
  readonly onProgress?: WorkControl["onProgress"];
  /** By their places in the list; written. */
  readonly made: MadeGlass[];
  /** Written. */
  readonly faults: SoftfieldError[];
}

async function makeAll(jobs: readonly FileJob[], options: MakeOptions, control: Control): Promise<void> {
  const done = new Float64Array(jobs.length);
  const left: string[] = [];
  const threads = options.threads ?? availableParallelism();
  await makeGlasses(
    jobs,
    { threads, checkpointSeconds: options.checkpointEvery, signal: control.signal },
    {
      onProgress: (job, progress) => {
        done[job] = progress.done;
        const sum = done.reduce((total, steps) => total + steps, 0);
        control.onProgress?.({ stage: stageName(jobs), done: sum, total: progress.total * jobs.length });
      },
      onCheckpoint: async (job, bytes) => {
        await writeFileAtomically(checkpointPath(jobs[job].out), bytes);
        left.push(checkpointPath(jobs[job].out));
      },
      onGlass: async (job, glass) => {
        const { out, recipe } = jobs[job];
        const fault = unfinished(glass, recipe, options.equilibrated);
        if (fault) {
          control.faults.push(fault);
          return;
        }
        await writeResults(out, { frame: glassFrame(glass, recipe, version) });
        control.made[job] = madeGlass(glass, recipe, out);
        await unlink(checkpointPath(out)).catch(() => undefined);
      },
      onFailure: (job, error) => control.faults.push(withSeed(error, jobs[job].recipe)),
    },
  );
  const settled = control.made.filter((one) => one !== undefined).length + control.faults.length;
  if (control.signal.aborted && settled < jobs.length) throw stopped([...new Set(left)].filter(existsSync));
}

/** What an interrupted run leaves, and how to go on. */
function stopped(checkpoints: readonly string[]): SoftfieldError {
  const holds = `${checkpoints.join(", ")} ${checkpoints.length === 1 ? "holds" : "hold"} what was done`;
  const where = checkpoints.length === 0 ? "" : `; ${holds}`;
  return new SoftfieldError("aborted", `stopped${where}. The same command with --resume goes on`);
}

function stageName(jobs: readonly FileJob[]): string {
  const [{ recipe }] = jobs as [FileJob];
  const what = `${recipe.model.name} N = ${recipe.particles}`;
  return jobs.length === 1 ? `${what}, seed ${recipe.seed}` : `${jobs.length} glasses, ${what}`;
}
