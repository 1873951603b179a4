import { existsSync } from "node:fs";
import { mkdir, readFile, unlink } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { type Command, Option } from "commander";
import {
  type GlassRecipe,
  glassFrame,
  METHODS,
  PROTOCOL_KINDS,
  type ProtocolOptions,
  parseSeeds,
  resolveProtocol,
  SoftfieldError,
} from "softfield";
import { checkOutputPath, outputFormat, writeFileAtomically, writeResults } from "../files/index.ts";
import { conclude, madeText, unfinished, withSeed } from "../make/outcome.ts";
import { type Job, makeGlasses } from "../make/pool.ts";
import { numberOption, realNumber } from "../shell/arguments.ts";
import { loadModel } from "../shell/model.ts";
import { showProgress } from "../shell/progress.ts";
import { version } from "../shell/version.ts";

interface MakeOptions extends Omit<ProtocolOptions, "kind"> {
  readonly model: string;
  readonly particles: string;
  readonly seed?: string;
  readonly seeds?: string;
  readonly out?: string;
  readonly outDir?: string;
  readonly protocol: NonNullable<ProtocolOptions["kind"]>;
  readonly threads?: number;
  readonly checkpointEvery: number;
  readonly resume?: boolean;
  readonly force?: boolean;
  readonly quiet?: boolean;
}

/** A job with the file that it ends in. */
interface FileJob extends Job {
  readonly out: string;
}

/** `softfield make`: glasses by molecular dynamics and minimisation. */
export function registerMake(program: Command): void {
  program
    .command("make")
    .summary("make model glasses from a seed, reproducible bit for bit")
    .description(
      "Makes glasses as Zylberg et al. 2017, SI A: a liquid, a jump to just below the glass transition, annealing, " +
        "minimisation. One seed gives the same glass, bit for bit, on every machine. Reduced units.",
    )
    .requiredOption(
      "-m, --model <model>",
      "2dipl, 3dipl, 3dkablj, sw-silicon, or a model file (see 'softfield models')",
    )
    .requiredOption("-n, --particles <N>", "number of particles")
    .option("-s, --seed <seed>", "one seed: one glass, into --out")
    .option("--seeds <list>", "several, as 1..20 or 1,5,8..10: one glass each, into --out-dir")
    .option("-o, --out <file>", "the glass: .extxyz .data .dump, also .gz")
    .option("--out-dir <dir>", "folder for several glasses, MODEL_nN_sSEED.extxyz")
    .addOption(new Option("--protocol <kind>", "preparation").choices(PROTOCOL_KINDS).default("anneal"))
    .addOption(numberOption("--liquid-temperature <T>", "of the liquid (default: the model's)"))
    .addOption(numberOption("--liquid-time <time>", "in the liquid (default: 20)"))
    .addOption(numberOption("--anneal-temperature <T>", "just below T_g (default: the model's)"))
    .addOption(numberOption("--anneal-time <time>", "at that temperature (default: the model's)"))
    .addOption(numberOption("--final-temperature <T>", "end of cooling (default: half of T_g)"))
    .addOption(numberOption("--cooling-rate <rate>", "temperature per time, of cooling (default: 0.005)"))
    .addOption(numberOption("--dt <dt>", "time step (default: 0.005)"))
    .addOption(numberOption("--relaxation <time>", "of the thermostat (default: 0.5)"))
    .addOption(new Option("--minimizer <name>", "(default: fire)").choices(METHODS))
    .addOption(numberOption("--tolerance <x>", "largest force over the typical pair force (default: 1e-12)"))
    .addOption(numberOption("-j, --threads <n>", "glasses made at a time (default: all cores)"))
    .addOption(numberOption("--checkpoint-every <s>", "seconds between two checkpoints").default(60))
    .option("--resume", "go on from the checkpoints that an interrupted run has left")
    .option("--force", "replace files that exist")
    .option("--quiet", "print nothing but errors")
    .addHelpText(
      "after",
      "\nExamples:\n  softfield make --model 2dipl -n 10000 --seed 7 -o glass.extxyz\n" +
        "  softfield make --model 3dkablj -n 2000 --seeds 1..20 --out-dir glasses\n" +
        "  softfield make --model 2dipl -n 10000 --seed 7 -o slow.extxyz --protocol cooling --cooling-rate 1e-3\n",
    )
    .action(run);
}

async function run(options: MakeOptions): Promise<void> {
  const jobs = await planJobs(options);
  if (jobs.length === 0) {
    process.stderr.write("softfield: nothing left to make\n");
    return;
  }
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  const progress = showProgress({ quiet: options.quiet === true, unit: "steps" });
  const made: string[] = [];
  try {
    await makeAll(jobs, options, { signal: stop.signal, onProgress: progress.onProgress, made });
  } finally {
    progress.finish();
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
    if (!options.quiet) process.stdout.write(made.join(""));
  }
}

/** What is to be made, and where to; everything that can be refused is refused here, before any work. */
async function planJobs(options: MakeOptions): Promise<FileJob[]> {
  const model = loadModel(options.model);
  const { protocol: kind, ...rest } = options;
  const protocol = resolveProtocol(model, { ...protocolNumbers(rest), kind });
  const particles = realNumber("particles", options.particles);
  const { threads, checkpointEvery } = options;
  if (threads !== undefined && !(Number.isInteger(threads) && threads > 0)) {
    throw new SoftfieldError("usage", `--threads must be a whole number from 1, got ${threads}`);
  }
  if (!(checkpointEvery > 0)) {
    throw new SoftfieldError("usage", `--checkpoint-every must be positive, got ${checkpointEvery}`);
  }
  const jobs: FileJob[] = [];
  for (const { seed, out } of await outputs(options, model.name)) {
    const recipe: GlassRecipe = { model, particles, seed, protocol };
    const exists = existsSync(out);
    if (exists && options.resume) continue;
    if (exists && !options.force) {
      throw new SoftfieldError("usage", `${out} exists; --force replaces it, --resume leaves it`, {
        file: out,
      });
    }
    await checkOutputPath(out);
    const saved = options.resume && existsSync(checkpointPath(out));
    const checkpoint = saved ? await readFile(checkpointPath(out)) : undefined;
    jobs.push({ recipe, out, ...(checkpoint && { checkpoint }) });
  }
  return jobs;
}

function protocolNumbers(options: Partial<MakeOptions>): ProtocolOptions {
  const names = [
    "liquidTemperature",
    "liquidTime",
    "annealTemperature",
    "annealTime",
    "finalTemperature",
    "coolingRate",
    "dt",
    "relaxation",
    "minimizer",
    "tolerance",
  ] as const;
  return Object.fromEntries(
    names.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]),
  );
}

/** Seeds and their files. */
async function outputs(options: MakeOptions, model: string): Promise<{ seed: number; out: string }[]> {
  const { seed, seeds, out, outDir } = options;
  if ((seed === undefined) === (seeds === undefined)) {
    throw new SoftfieldError("usage", "give either --seed (with --out) or --seeds (with --out-dir)");
  }
  const parsed = parseSeeds((seed ?? seeds)!);
  if (parsed.status === "invalid") throw new SoftfieldError("usage", `seeds: ${parsed.reason}`);
  if (seed !== undefined) {
    if (parsed.seeds.length !== 1) throw new SoftfieldError("usage", `--seed takes one seed, got "${seed}"`);
    if (out === undefined) throw new SoftfieldError("usage", "--seed needs --out FILE");
    outputFormat(out);
    return [{ seed: parsed.seeds[0]!, out }];
  }
  if (outDir === undefined) throw new SoftfieldError("usage", "--seeds needs --out-dir DIR");
  await mkdir(outDir, { recursive: true });
  const name = (s: number) => `${model.replace(/[^\w.-]+/g, "_")}_n${options.particles}_s${s}.extxyz`;
  return parsed.seeds.map((s) => ({ seed: s, out: join(outDir, name(s)) }));
}

function checkpointPath(out: string): string {
  return `${out}.checkpoint`;
}

interface Control {
  readonly signal: AbortSignal;
  readonly onProgress?: ReturnType<typeof showProgress>["onProgress"];
  /** One line a glass, by its place in the list; written. */
  readonly made: string[];
}

async function makeAll(jobs: readonly FileJob[], options: MakeOptions, control: Control): Promise<void> {
  const done = new Float64Array(jobs.length);
  const faults: SoftfieldError[] = [];
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
        await writeFileAtomically(checkpointPath(jobs[job]!.out), bytes);
        left.push(checkpointPath(jobs[job]!.out));
      },
      onGlass: async (job, glass) => {
        const { out, recipe } = jobs[job]!;
        const fault = unfinished(glass, recipe);
        if (fault) {
          faults.push(fault);
          return;
        }
        await writeResults(out, { frame: glassFrame(glass, recipe, version) });
        control.made[job] = madeText(glass, recipe, out);
        await unlink(checkpointPath(out)).catch(() => undefined);
      },
      onFailure: (job, error) => faults.push(withSeed(error, jobs[job]!.recipe)),
    },
  );
  const settled = control.made.filter((line) => line !== undefined).length + faults.length;
  if (control.signal.aborted && settled < jobs.length) throw stopped([...new Set(left)].filter(existsSync));
  conclude(faults, jobs.length);
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
