export * from "./errors.ts";
export * from "./formats/index.ts";
export * from "./mechanics/index.ts";
export * from "./models/index.ts";
export * from "./pipeline/index.ts";
export * from "./progress.ts";
export * from "./space/index.ts";
