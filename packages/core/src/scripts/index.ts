/** Room 16, scripts: input scripts and data files of LAMMPS to models. */

export type { ReadScriptFile } from "./files.ts";
export { potentialScript } from "./potentialscript.ts";
export { type InputScript, looksLikeScript, readScript, type ScriptOptions } from "./script.ts";
export { registerPairStyle } from "./styles/registry.ts";
export type { PairStyle, PairwiseStyle, WholeStyle } from "./styles/style.ts";
