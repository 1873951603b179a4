import { useMachine } from "@softfield/node";
import type { Command } from "commander";
import { wholeNumber } from "./arguments.ts";
import { type Configuration, type ConfigurationOptions, configuration } from "./load.ts";
import { checkOutputs, filesOf, type Output, outputOptions, writeOutputs } from "./outputs.ts";
import type { Subject } from "./subject.ts";

/** The options of every command. */
export interface CommonOptions {
  readonly json?: boolean;
  readonly force?: boolean;
}

/** What was found of a subject, and all that its files and its summary are made from. */
export type Outcome<Options, Input extends object, Found> = Input & {
  readonly options: Options;
  readonly found: Found;
  readonly seconds: { readonly read: number; readonly work: number };
  /** Paths of all files that are written. */
  readonly outputs: readonly string[];
};

/** A command: it opens its subject, computes, writes files and says what it found. */
export interface CommandFrame<Options extends CommonOptions, Input extends object, Found, Summary> {
  readonly name: string;
  /** One line for 'softfield --help'. */
  readonly summary: string;
  readonly description: string;
  /** After the list of options. */
  readonly help: string;
  readonly subject: Subject<Options, Input>;
  /** Adds the options of its own. */
  readonly options?: (command: Command) => Command;
  readonly outputs?: readonly Output<Outcome<Options, Input, Found> & { readonly summary: Summary }>[];
  /** Refuses options that make no sense, before anything is read. */
  readonly check?: (options: Options) => void;
  /** Fills in options that others decide. */
  readonly complete?: (options: Options) => Options;
  /** Files beside those that were asked for, once the subject is known; checked like them. */
  readonly beside?: (input: Input, options: Options) => string[];
  readonly run: (input: Input, options: Options, outputs: readonly string[]) => Found | Promise<Found>;
  /** What is said of it. */
  readonly summarise: (outcome: Outcome<Options, Input, Found>) => Summary;
  /** What --json prints; the summary itself where nothing else is said. */
  readonly record?: (summary: Summary) => object;
  /** For people. */
  readonly text: (summary: Summary, outcome: Outcome<Options, Input, Found>) => string;
  /** Another way to do what is asked, by what the options say; it takes the options of this one. */
  readonly instead?: (
    options: Options,
  ) => ((args: readonly string[], options: Options) => Promise<void>) | undefined;
  /** After everything is written and said: throws where what was found is no success. */
  readonly conclude?: (outcome: Outcome<Options, Input, Found>) => void | Promise<void>;
}

/** The options of every command on one configuration. */
export interface FrameOptions extends ConfigurationOptions, CommonOptions {
  readonly threads?: string;
}

/** A command on one configuration. */
export type FrameCommand<Options extends FrameOptions, Found, Summary> = Omit<
  CommandFrame<Options, { readonly configuration: Configuration }, Found, Summary>,
  "subject"
>;

/** Adds a command on one configuration. */
export function registerFrame<Options extends FrameOptions, Found, Summary>(
  program: Command,
  frame: FrameCommand<Options, Found, Summary>,
): void {
  registerCommand(program, {
    ...frame,
    subject: configuration,
    options: (command) =>
      (frame.options?.(command) ?? command).option(
        "--threads <n>",
        "threads that share the work on a large glass (default: all cores)",
      ),
    instead: (options) => {
      const other = frame.instead?.(options);
      if (other) shareWork(options);
      return other;
    },
    check: (options) => {
      frame.check?.(options);
      shareWork(options);
    },
  });
}

let team: ReturnType<typeof useMachine>;

function shareWork({ threads }: FrameOptions): void {
  team = useMachine(threads === undefined ? undefined : wholeNumber("threads", threads, 1));
}

/** Adds a command: every one checks its outputs first, and says --json, --force and its files alike. */
export function registerCommand<Options extends CommonOptions, Input extends object, Found, Summary>(
  program: Command,
  frame: CommandFrame<Options, Input, Found, Summary>,
): void {
  const { name, summary, description, help, subject, options, outputs } = frame;
  const command = subject.declare(program.command(name).summary(summary).description(description));
  options?.(command);
  if (outputs) outputOptions(command, outputs);
  command
    .option("--json", "print the summary as one JSON object on stdout")
    .addHelpText("after", `\n${help}`)
    .action(async () => {
      const given = command.opts<Options>();
      const other = frame.instead?.(given);
      await (other ? other(command.args, given) : perform(frame, command.args, given));
    });
}

/** Does what a command line asks of a frame. */
export async function perform<Options extends CommonOptions, Input extends object, Found, Summary>(
  frame: CommandFrame<Options, Input, Found, Summary>,
  args: readonly string[],
  given: Options,
): Promise<void> {
  const { subject } = frame;
  frame.check?.(given);
  const options = frame.complete?.(given) ?? given;
  const files = filesOf(frame.outputs ?? [], options);
  const asked = files.map(({ path }) => path);
  const inputs = subject.files(args, options);
  const rule = { inputs, force: options.force };
  await checkOutputs(asked, rule);
  const start = performance.now();
  const input = await subject.open(args, options);
  const outputs = [...asked, ...(frame.beside?.(input, options) ?? [])];
  if (outputs.length > asked.length) await checkOutputs(outputs, rule);
  const read = (performance.now() - start) / 1000;
  const found = await frame.run(input, options, outputs);
  // its threads hold the memory of factors, which files may need
  await team?.end();
  const seconds = { read, work: (performance.now() - start) / 1000 - read };
  const outcome = { ...input, options, found, seconds, outputs };
  const summary = frame.summarise(outcome);
  const model = subject.model?.(input);
  await writeOutputs(files, { ...outcome, summary }, { ...options, inputs, model });
  const record = frame.record?.(summary) ?? summary;
  const units = model?.units;
  const said = units === undefined ? record : { ...record, units };
  const line = units === undefined ? "" : `units     ${units}; E and ratios are pure numbers\n`;
  process.stdout.write(options.json ? `${JSON.stringify(said)}\n` : frame.text(summary, outcome) + line);
  await frame.conclude?.(outcome);
}
