import { vi } from "vitest";
import { main } from "../src/main.ts";

/** What one command line did. */
export interface CliRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command in this process, with what it prints caught. */
export async function runCli(...args: string[]): Promise<CliRun> {
  const caught = { stdout: "", stderr: "" };
  const spies = (["stdout", "stderr"] as const).map((name) =>
    vi.spyOn(process[name], "write").mockImplementation((text: string | Uint8Array) => {
      caught[name] += typeof text === "string" ? text : new TextDecoder().decode(text);
      return true;
    }),
  );
  try {
    return { code: await main(["node", "softfield", ...args]), ...caught };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
