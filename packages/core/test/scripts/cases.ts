import type { ScriptCase } from "./case.ts";
import { fileCases } from "./cases-files.ts";
import { pairCases } from "./cases-pairs.ts";

/** The scripts that both LAMMPS and `readScript` run. */
export const scriptCases: readonly ScriptCase[] = [...pairCases, ...fileCases];
