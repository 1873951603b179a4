/** What the command and campaigns need of Node: configurations in, results out, pictures in their formats. */

export {
  type EngineKind,
  type EngineRequest,
  type OpenEngine,
  openEngine,
  registerEngine,
} from "./engines/index.ts";
export { makeFolder, readJson, replaceFile, syncFolder, writeSynced } from "./files/durable.ts";
export {
  besidePath,
  checkOutputPath,
  countFramesOfFile,
  type FileContent,
  type FileHints,
  type FrameChoice,
  fileError,
  type NumberColumns,
  type OutputFormat,
  outputFormat,
  parseFrameChoice,
  type Results,
  readNumberColumns,
  readSnapshotFile,
  requireColumns,
  writeFileAtomically,
  writeResults,
} from "./files/index.ts";
export { howToGet, loadModel, loadModelSource, type ModelSource, modelOfText } from "./files/model.ts";
export { PieceFolder } from "./files/pieces.ts";
export { pathInScript } from "./files/script.ts";
export { systemError } from "./files/system-errors.ts";
export { grouped } from "./grouped.ts";
export { loadedPlugins, loadPlugin } from "./plugins/load.ts";
export type { Library, LoadedPlugin, Plugin, PluginExport } from "./plugins/plugin.ts";
export { type PngOptions, svgToPdf, svgToPng } from "./render/index.ts";
export { useMachine, WorkerTeam } from "./team.ts";
export { JobThread, serveThread } from "./threads.ts";
export { version } from "./version.ts";
