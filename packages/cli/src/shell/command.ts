import type { Command } from "commander";
import {
  type Configuration,
  type ConfigurationOptions,
  configurationOptions,
  loadConfiguration,
} from "./load.ts";
import { checkOutputs, filesOf, type Output, outputOptions, writeOutputs } from "./outputs.ts";

/** The options of every command on one configuration. */
export interface FrameOptions extends ConfigurationOptions {
  readonly json?: boolean;
  readonly force?: boolean;
}

/** What was found of a configuration, and all that its files and its summary are made from. */
export interface Outcome<Options, Found> {
  readonly configuration: Configuration;
  readonly options: Options;
  readonly found: Found;
  readonly seconds: { readonly read: number; readonly work: number };
  /** Paths of all files that are written. */
  readonly outputs: readonly string[];
}

/** The same with what is said of it. */
export type Summarised<Options, Found, Summary> = Outcome<Options, Found> & { readonly summary: Summary };

/** A command that reads one configuration, computes, writes files and says what it found. */
export interface FrameCommand<Options extends FrameOptions, Found, Summary> {
  readonly name: string;
  /** One line for 'softfield --help'. */
  readonly summary: string;
  readonly description: string;
  /** After the list of options. */
  readonly help: string;
  /** Adds the options of its own. */
  readonly options: (command: Command) => Command;
  readonly outputs: readonly Output<Summarised<Options, Found, Summary>>[];
  /** Files beside those that were asked for, once the model is known; checked like them. */
  readonly beside?: (configuration: Configuration, options: Options) => string[];
  /** Refuses options that make no sense, before anything is read. */
  readonly check?: (options: Options) => void;
  readonly run: (
    configuration: Configuration,
    options: Options,
    outputs: readonly string[],
  ) => Found | Promise<Found>;
  /** What is said of it. */
  readonly summarise: (outcome: Outcome<Options, Found>) => Summary;
  /** What --json prints; the summary itself where nothing else is said. */
  readonly record?: (summary: Summary) => object;
  /** For people. */
  readonly text: (summary: Summary, outcome: Outcome<Options, Found>) => string;
  /** After everything is written and said: throws where what was found is no success. */
  readonly conclude?: (outcome: Outcome<Options, Found>) => void | Promise<void>;
}

/** Adds a command of this frame: every one checks its outputs first, and says --json, --force and its files alike. */
export function registerFrame<Options extends FrameOptions, Found, Summary>(
  program: Command,
  frame: FrameCommand<Options, Found, Summary>,
): void {
  const command = program.command(frame.name).summary(frame.summary).description(frame.description);
  outputOptions(frame.options(configurationOptions(command)), frame.outputs)
    .option("--json", "print the summary as one JSON object on stdout")
    .addHelpText("after", `\n${frame.help}`)
    .action(async (file: string, options: Options) => await perform(frame, file, options));
}

async function perform<Options extends FrameOptions, Found, Summary>(
  frame: FrameCommand<Options, Found, Summary>,
  file: string,
  options: Options,
): Promise<void> {
  frame.check?.(options);
  const files = filesOf(frame.outputs, options);
  const asked = files.map(({ path }) => path);
  const rule = { inputs: [file], force: options.force };
  await checkOutputs(asked, rule);
  const start = performance.now();
  const configuration = await loadConfiguration(file, options);
  const outputs = [...asked, ...(frame.beside?.(configuration, options) ?? [])];
  if (outputs.length > asked.length) await checkOutputs(outputs, rule);
  const read = (performance.now() - start) / 1000;
  const found = await frame.run(configuration, options, outputs);
  const seconds = { read, work: (performance.now() - start) / 1000 - read };
  const outcome = { configuration, options, found, seconds, outputs };
  const summary = frame.summarise(outcome);
  await writeOutputs(
    files,
    { ...outcome, summary },
    { ...options, inputs: [file], model: configuration.model },
  );
  const record = frame.record?.(summary) ?? summary;
  const { units } = configuration.model;
  const said = units === undefined ? record : { ...record, units };
  const line = units === undefined ? "" : `units     ${units}; E and ratios are pure numbers\n`;
  process.stdout.write(options.json ? `${JSON.stringify(said)}\n` : frame.text(summary, outcome) + line);
  await frame.conclude?.(outcome);
}
