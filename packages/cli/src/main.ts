import { loadPlugin, systemError, version } from "@softfield/node";
import { Command, CommanderError } from "commander";
import { registerCommands } from "./commands/index.ts";
import { reportError } from "./shell/errors.ts";

/** Most first commands lack the model, and a file rarely says it. */
const MODEL_HINT =
  "--model is the potential that the configuration was made with: one that 'softfield models' lists, a model file, or the\n" +
  "input script of LAMMPS, as in --model in.glass\n";

/** Runs one command line and returns the exit code: 0, 1 where a campaign's samples failed, or as `reportError` says. */
export async function main(argv: readonly string[]): Promise<number> {
  const program = new Command("softfield")
    .description("Finds the soft spots of glasses: exact local thermal energies by sparse selected inversion")
    .version(version)
    .showHelpAfterError("(softfield --help, or softfield COMMAND --help, lists what there is)")
    .exitOverride();
  try {
    for (const file of pluginsNamed(argv)) loadPlugin(file);
    await registerCommands(program, argv[2], main);
    await program.parseAsync([...argv]);
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.message.includes("'-m, --model <model>'")) process.stderr.write(MODEL_HINT);
      return error.exitCode === 0 ? 0 : 2;
    }
    return reportError(systemError(error));
  }
}

/** The files of --plugin, which add to what commands know and offer: they are loaded before any command is there. */
function pluginsNamed(argv: readonly string[]): string[] {
  return argv.flatMap((word, k) => {
    if (word.startsWith("--plugin=")) return [word.slice("--plugin=".length)];
    const next = argv[k + 1];
    return word === "--plugin" && next !== undefined ? [next] : [];
  });
}
