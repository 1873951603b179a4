/** Every indicator of softness against plastic events of many loads, as a part of campaigns; outsiders' beside them. */
export { type Outsiders, scoreOutsiders } from "./outsiders.ts";
export { benchmarkPart, part } from "./part.ts";
export { scoreSums } from "./sum.ts";
export { BENCHMARK_PARTICLES, benchmarkTemplate } from "./template.ts";
