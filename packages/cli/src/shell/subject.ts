import type { Command } from "commander";
import type { PairModel } from "softfield";

/** What a command is asked of: how the command line names it, and how it is opened. */
export interface Subject<Options, Input extends object> {
  /** Adds its arguments and options to a command. */
  readonly declare: (command: Command) => Command;
  /** Files that it comes from, by the arguments of the command line: no output goes into them. */
  readonly files: (args: readonly string[], options: Options) => readonly string[];
  readonly open: (args: readonly string[], options: Options) => Input | Promise<Input>;
  /** In whose units tables are written. */
  readonly model?: (input: Input) => PairModel;
}

/** Of commands whose options say all. */
export const nothing: Subject<object, object> = {
  declare: (command) => command,
  files: () => [],
  open: () => ({}),
};
