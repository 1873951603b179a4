/** The file side of room 9: configurations in, results out by file ending, whole or not at all. */

export { fileError } from "./errors.ts";
export {
  besidePath,
  type OutputFormat,
  outputFormat,
  type Results,
  requireColumns,
  writeResults,
} from "./output.ts";
export {
  countFramesOfFile,
  type FileHints,
  type FrameChoice,
  parseFrameChoice,
  readSnapshotFile,
} from "./read.ts";
export { type NumberColumns, readNumberColumns } from "./table.ts";
export { checkOutputPath, type FileContent, writeFileAtomically } from "./write.ts";
