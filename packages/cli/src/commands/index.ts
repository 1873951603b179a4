import type { Command } from "commander";
import { repeatable } from "../shell/arguments.ts";
import type { RunCommandLine } from "./demo.ts";

type Register = (program: Command) => void;

/**
 * Every command, in the order in which `softfield --help` teaches them. A command's module is loaded when it is
 * called: starting `softfield lte` does not wait for a database or a scheduler.
 */
const COMMANDS: Readonly<Record<string, (runCommandLine: RunCommandLine) => Promise<Register>>> = {
  demo: async (runCommandLine) => {
    const { registerDemo } = await import("./demo.ts");
    return (program) => registerDemo(program, runCommandLine);
  },
  make: async () => (await import("./make.ts")).registerMake,
  crystal: async () => (await import("./crystal.ts")).registerCrystal,
  minimize: async () => (await import("./minimize.ts")).registerMinimize,
  lte: async () => (await import("./lte.ts")).registerLte,
  spots: async () => (await import("./spots.ts")).registerSpots,
  predict: async () => (await import("./predict.ts")).registerPredict,
  observe: async () => (await import("./observe.ts")).registerObserve,
  modes: async () => (await import("./modes.ts")).registerModes,
  census: async () => (await import("./census.ts")).registerCensus,
  indicators: async () => (await import("./indicators.ts")).registerIndicators,
  features: async () => (await import("./features.ts")).registerFeatures,
  nonaffine: async () => (await import("./nonaffine.ts")).registerNonaffine,
  hessian: async () => (await import("./hessian.ts")).registerHessian,
  shear: async () => (await import("./shear.ts")).registerShear,
  deform: async () => (await import("./deform.ts")).registerDeform,
  propensity: async () => (await import("./propensity.ts")).registerPropensity,
  escape: async () => (await import("./escape.ts")).registerEscape,
  init: async () => (await import("./init.ts")).registerInit,
  run: async () => (await import("./run.ts")).registerRun,
  status: async () => (await import("./status.ts")).registerStatus,
  retry: async () => (await import("./run.ts")).registerRetry,
  clean: async () => (await import("./clean.ts")).registerClean,
  query: async () => (await import("./query.ts")).registerQuery,
  report: async () => (await import("./report.ts")).registerReport,
  benchmark: async () => (await import("./benchmark.ts")).registerBenchmark,
  figures: async () => (await import("./figures.ts")).registerFigures,
  models: async () => (await import("./models.ts")).registerModels,
  info: async () => (await import("./info.ts")).registerInfo,
  serve: async () => (await import("./serve.ts")).registerServe,
  validate: async () => (await import("./validate-md.ts")).registerValidateMd,
};

/**
 * Adds the command of this name, or all of them where no such command exists (help, a misspelt name); `demo` runs
 * others by `runCommandLine`.
 */
export async function registerCommands(
  program: Command,
  name: string | undefined,
  runCommandLine: RunCommandLine,
): Promise<void> {
  const wanted = name !== undefined && Object.hasOwn(COMMANDS, name) ? [name] : Object.keys(COMMANDS);
  for (const command of wanted) {
    const register = await COMMANDS[command](runCommandLine);
    register(program);
  }
  for (const command of program.commands.flatMap((one) => [one, ...one.commands])) {
    command.option(
      "--plugin <file>",
      "load a plug-in (.ts, .mjs): forms, indicators, formats, stages (repeatable)",
      repeatable,
      [],
    );
  }
}
