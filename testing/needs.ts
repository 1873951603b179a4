import type { TaskMeta } from "vitest";
import { findTool, TOOLS, type ToolName } from "../scripts/tools.mjs";

declare module "vitest" {
  interface TaskMeta {
    /** tools that the test needs and this machine has not */
    readonly wants?: readonly ToolName[];
  }
}

const found = new Map<ToolName, string | undefined>();

/** The path of a tool on this machine, or undefined. */
function pathOf(name: ToolName): string | undefined {
  if (!found.has(name)) found.set(name, findTool(TOOLS[name]));
  return found.get(name);
}

/**
 * What a test needs beside Node and npm, as its options: `test("…", needs("lmp"), () => …)`, the same for `describe`. Where
 * it is not there the test is not run, and the end of the run says so (./notrun.ts).
 */
export function needs(...names: readonly ToolName[]): { skip: boolean; meta: Partial<TaskMeta> } {
  const wants = names.filter((name) => pathOf(name) === undefined);
  return { skip: wants.length > 0, meta: { wants } };
}

/** The program of a tool, for tests that say that they need it. */
export function tool(name: ToolName): string {
  return pathOf(name) ?? name;
}
