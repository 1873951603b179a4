import { relative } from "node:path";
import type { Reporter, TestModule } from "vitest/node";
import { TOOLS, type ToolName } from "../scripts/tools.mjs";
import "./needs.ts";

/** Ends a run with one list: what was not run, for want of what, and how to get it. Says nothing where all was run. */
export class NotRun implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const list = notRun(modules);
    if (list !== "") process.stdout.write(list);
  }
}

function notRun(modules: readonly TestModule[]): string {
  const wanting = new Map<ToolName, Map<string, number>>();
  let tests = 0;
  for (const module of modules) {
    const file = relative(module.project.config.root, module.moduleId);
    for (const test of module.children.allTests("skipped")) {
      const { wants = [] } = test.meta();
      if (wants.length > 0) tests++;
      for (const name of wants) {
        const files = wanting.get(name) ?? new Map<string, number>();
        wanting.set(name, files.set(file, (files.get(file) ?? 0) + 1));
      }
    }
  }
  if (tests === 0) return "";
  const lines = Array.from(wanting, ([name, files]) => {
    const counts = Array.from(files, ([file, count]) => `    ${String(count).padStart(3)} of ${file}`);
    return `  for want of ${TOOLS[name].label}: ${howToGet(name)}\n${counts.join("\n")}\n`;
  });
  return `\nNot run on this machine: ${tests} ${tests === 1 ? "test" : "tests"}\n${lines.join("")}\n`;
}

/** How to get a tool, in words. */
function howToGet(name: ToolName): string {
  const { debian, get, variable } = TOOLS[name];
  const ways = [
    debian && `apt-get install ${debian.join(" ")} (npm test does it as root on Debian)`,
    get,
    variable && `or name the program in ${variable}`,
  ];
  return ways.filter(Boolean).join(", ");
}
