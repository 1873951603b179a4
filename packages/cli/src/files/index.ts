export { countFramesOfFile, type FrameChoice, parseFrameChoice, readSnapshotFile } from "./read.ts";
export { checkOutputPath, type FileContent, writeFileAtomically } from "./write.ts";
