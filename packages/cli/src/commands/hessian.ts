import { type Results, version } from "@softfield/node";
import type { Command } from "commander";
import { type GlassModes, minimumOf } from "softfield";
import { type CompressedRows, compressedRows, hessian } from "softfield/internal";
import { type FrameCommand, type FrameOptions, registerFrame } from "../shell/command.ts";
import { compute, minimumOptions, type RefineOptions, refineOptions } from "../shell/compute.ts";
import type { Configuration } from "../shell/load.ts";

interface HessianOptions extends FrameOptions, RefineOptions {}

/** What `softfield hessian` says of a glass. */
interface HessianSummary {
  readonly file: string;
  readonly version: string;
  readonly model: string;
  readonly dimension: number;
  readonly particles: number;
  readonly rattlers: readonly number[];
  readonly rows: number;
  readonly entries: number;
  readonly outputs: readonly string[];
  readonly warnings: readonly string[];
}

interface Found {
  readonly matrix: CompressedRows;
  readonly rattlers: GlassModes["rattlers"];
}

const command: FrameCommand<HessianOptions, Found, HessianSummary> = {
  name: "hessian",
  summary: "the Hessian of a glass as a sparse matrix",
  description:
    "Writes M = ∂²U/∂x∂x of a configuration at an energy minimum as a sparse matrix of all particles: row i·d + a is " +
    "component a of particle i, from 0; rows of rattlers are empty. Masses are not in it.",
  help: "Example:\n  softfield hessian glass.extxyz --model 2dipl -o M.npz   # scipy.sparse.load_npz('M.npz')\n",
  options: refineOptions,
  outputs: [
    {
      flags: "-o, --out <file>",
      description:
        "write it: .npz (SciPy, compressed rows) .mtx (Matrix Market, also .gz) .h5 (indptr, indices, data)",
      results: ({ configuration, found: { matrix }, summary }) => results(configuration, matrix, summary),
    },
  ],
  run: ({ configuration }, options) =>
    compute(configuration, options, (progress) => {
      const { system, model } = configuration;
      const { backbone, pattern, rattlers } = minimumOf(system, model, minimumOptions(options), progress);
      const matrix = hessian(backbone.interactions, pattern);
      return { matrix: compressedRows(matrix, backbone.particles, system.species.length), rattlers };
    }),
  summarise: ({ configuration: { file, model, system, warnings }, found, outputs }) => ({
    file,
    version,
    model: model.name,
    dimension: system.box.dimension,
    particles: system.species.length,
    rattlers: Array.from(found.rattlers),
    rows: found.matrix.size,
    entries: found.matrix.values.length,
    outputs,
    warnings,
  }),
  text: ({ file, model, rows, entries, rattlers, warnings, outputs }) =>
    [
      `${file}: ${model}, Hessian of ${rows} rows with ${entries} entries`,
      ...(rattlers.length > 0 ? [`${rattlers.length} rattlers have empty rows`] : []),
      ...warnings.map((warning) => `warning: ${warning}`),
      ...outputs.map((path) => `wrote ${path}`),
      "",
    ].join("\n"),
};

/** `softfield hessian FILE`: M, for other programs. */
export function registerHessian(program: Command): void {
  registerFrame(program, command);
}

function results({ system }: Configuration, matrix: CompressedRows, summary: HessianSummary): Results {
  const { size, starts, columns, values } = matrix;
  const whole = (array: Int32Array, description: string) => ({
    values: array,
    shape: [array.length],
    description,
  });
  return {
    matrix,
    hdf5: {
      "/indptr": whole(starts, "start of each row"),
      "/indices": whole(columns, `columns; ${system.box.dimension} rows a particle`),
      "/data": { values, shape: [values.length], unit: "ε/λ²", description: "∂²U/∂x∂x" },
      "/shape": whole(Int32Array.of(size, size), "rows, columns"),
    },
    summary,
  };
}
