import { version } from "@softfield/node";
import { compressedRows } from "softfield/internal";
import { type HessianFound, type HessianSummary, hessianOutput, hessianText } from "../hessian/results.ts";
import type { CommandFrame, CommonOptions } from "../shell/command.ts";
import { atEngineMinimum, type EngineGlass, type EngineOptions, engineGlass } from "./subject.ts";

/** `softfield hessian FILE --engine NAME`. */
export const hessianByEngine: CommandFrame<
  EngineOptions & CommonOptions,
  { readonly glass: EngineGlass },
  HessianFound,
  HessianSummary
> = {
  name: "hessian",
  summary: "",
  description: "",
  help: "",
  subject: engineGlass,
  outputs: [hessianOutput(({ glass }) => glass.snapshot.dimension)],
  run: ({ glass }, options) =>
    atEngineMinimum(glass, options, ({ matrix }) => ({
      matrix: compressedRows(matrix),
      rattlers: new Int32Array(0),
    })),
  summarise: ({ glass: { file, model, snapshot, warnings }, found, outputs }) => ({
    ...{ file, version, model, dimension: snapshot.dimension, particles: snapshot.count },
    rattlers: [],
    rows: found.matrix.size,
    entries: found.matrix.values.length,
    ...{ outputs, warnings },
  }),
  text: hessianText,
};
