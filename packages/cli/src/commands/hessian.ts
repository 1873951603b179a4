import { version } from "@softfield/node";
import type { Command } from "commander";
import { minimumOf } from "softfield";
import { compressedRows, hessian } from "softfield/internal";
import { hessianByEngine } from "../engine/hessian.ts";
import { byEngine, type EngineOptions, engineOptions } from "../engine/subject.ts";
import { type HessianFound, type HessianSummary, hessianOutput, hessianText } from "../hessian/results.ts";
import { type FrameCommand, type FrameOptions, perform, registerFrame } from "../shell/command.ts";
import { compute, minimumOptions, type RefineOptions, refineOptions } from "../shell/compute.ts";

interface HessianOptions
  extends FrameOptions,
    RefineOptions,
    Omit<EngineOptions, keyof FrameOptions | keyof RefineOptions> {}

const command: FrameCommand<HessianOptions, HessianFound, HessianSummary> = {
  name: "hessian",
  summary: "the Hessian of a glass as a sparse matrix",
  description:
    "Writes M = ∂²U/∂x∂x of a configuration at an energy minimum as a sparse matrix of all particles: row i·d + a is " +
    "component a of particle i, from 0; rows of rattlers are empty. Masses are not in it.",
  help: "Example:\n  softfield hessian glass.extxyz --model 2dipl -o M.npz   # scipy.sparse.load_npz('M.npz')\n",
  options: (command) => engineOptions(refineOptions(command)),
  outputs: [hessianOutput(({ configuration }) => configuration.system.box.dimension)],
  instead: (options) =>
    byEngine({ ...options }, ["species", "diameters"])
      ? (args, given) => perform(hessianByEngine, args, given)
      : undefined,
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
  text: hessianText,
};

/** `softfield hessian FILE`: M, for other programs. */
export function registerHessian(program: Command): void {
  registerFrame(program, command);
}
