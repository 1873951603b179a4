import { Command, CommanderError } from "commander";
import { SoftfieldError } from "softfield";
import { registerCommands } from "./commands/index.ts";
import { reportError } from "./shell/errors.ts";
import { version } from "./shell/version.ts";

/** Runs one command line and returns the exit code: 0, 1 where a campaign's samples failed, or as `reportError` says. */
export async function main(argv: readonly string[]): Promise<number> {
  const program = new Command("softfield")
    .description("Finds the soft spots of glasses: exact local thermal energies by sparse selected inversion")
    .version(version)
    .showHelpAfterError("(softfield --help, or softfield COMMAND --help, lists what there is)")
    .exitOverride();
  await registerCommands(program, argv[2]);
  try {
    await program.parseAsync([...argv]);
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    return reportError(asKnown(error));
  }
}

/** Failures of the operating system that a user can mend are said in words, without a stack. */
function asKnown(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  const path = (error as NodeJS.ErrnoException | undefined)?.path;
  const words: Record<string, string> = {
    ENOENT: "no such file or folder",
    EACCES: "permission denied",
    EISDIR: "is a folder, not a file",
    ENOTDIR: "a part of the path is no folder",
    ENOSPC: "the disk is full",
    EROFS: "the file system is read-only",
    EMFILE: "too many open files",
  };
  if (code !== undefined && words[code] !== undefined && !(error instanceof SoftfieldError)) {
    return new SoftfieldError(
      "input",
      `${path ?? "file system"}: ${words[code]}`,
      path ? { file: path } : {},
    );
  }
  return error;
}
