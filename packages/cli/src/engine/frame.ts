import { type Results, requireColumns } from "@softfield/node";
import type { EngineMinimum } from "softfield";
import type { CommandFrame, CommonOptions } from "../shell/command.ts";
import type { ShownProgress } from "../shell/progress.ts";
import { atEngineMinimum, type EngineGlass, type EngineOptions, engineGlass } from "./subject.ts";

/** What a command finds at the minimum that an engine's forces lead to. */
interface EngineCommand<Options, Found, Summary extends object> {
  readonly name: string;
  /** What its tables hold, in words. */
  readonly holds: string;
  readonly find: (
    minimum: EngineMinimum,
    options: Options,
    rest: { readonly glass: EngineGlass; readonly progress: ShownProgress },
  ) => Found | Promise<Found>;
  readonly summarise: (
    glass: EngineGlass,
    found: Found & { readonly minimum: EngineMinimum },
    rest: {
      readonly seconds: { readonly read: number; readonly work: number };
      readonly outputs: readonly string[];
    },
  ) => Summary;
  readonly results: (
    glass: EngineGlass,
    found: Found & { readonly minimum: EngineMinimum },
    summary: Summary,
  ) => Results;
  readonly text: (summary: Summary) => string;
}

/** `softfield NAME FILE --engine ENGINE`, in place of the command of that name, whose words and options serve it. */
export function engineFrame<
  Options extends EngineOptions & CommonOptions,
  Found extends object,
  Summary extends object,
>({
  name,
  holds,
  find,
  summarise,
  results,
  text,
}: EngineCommand<Options, Found, Summary>): CommandFrame<
  Options,
  { readonly glass: EngineGlass },
  Found & { readonly minimum: EngineMinimum },
  Summary
> {
  return {
    ...{ name, summary: "", description: "", help: "", text },
    subject: engineGlass,
    outputs: [
      {
        flags: "-o, --out <file>",
        description: "",
        check: (path) => requireColumns(path, holds),
        results: ({ glass, found, summary }) => results(glass, found, summary),
      },
    ],
    run: ({ glass }, options) =>
      atEngineMinimum(glass, options, async (minimum, progress) => ({
        ...(await find(minimum, options, { glass, progress })),
        minimum,
      })),
    summarise: ({ glass, found, seconds, outputs }) => summarise(glass, found, { seconds, outputs }),
  };
}
