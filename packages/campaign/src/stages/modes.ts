import { type GlassModes, normalModes } from "softfield";
import { z } from "zod";
import { refuseModes } from "../plan/refusals.ts";
import { section } from "../plan/section.ts";
import type { SampleStage, StageContext } from "../stage.ts";
import { inUnitsOf, type TableSchema, tableBytes } from "../store/index.ts";
import { readColumns } from "./columns.ts";
import { storedMinimum } from "./make.ts";

const modesTable: TableSchema = {
  name: "modes",
  columns: {
    mode: { type: "INT32", description: "1 for the lowest" },
    frequency: { type: "DOUBLE", unit: "1/τ₀", description: "ω" },
    participation: { type: "DOUBLE", description: "participation ratio" },
    residual: { type: "DOUBLE", unit: "ε/λ²", description: "‖MΨ − ω²Ψ‖" },
  },
};

const weights: TableSchema = {
  name: "modeweights",
  columns: {
    weight: { type: "DOUBLE", description: "Σ over the modes of |Ψ|² on each particle, in their order" },
  },
};

export const modesSection = section(
  "modes",
  { count: z.int().min(1).default(30).describe("Lowest non-zero modes; 30 in the paper.") },
  "The normal-modes baseline: lowest vibrations and their weight on every particle.",
  ({ count }, asked) => refuseModes(count, asked, ["count"]),
);

/** The normal-modes baseline: the lowest vibrations (SI D). */
export const modes: SampleStage = {
  name: "modes",
  inputs: ["make"],
  version: 2,
  options: (ensemble) => modesSection.of(ensemble),
  tables: [modesTable, weights],
  run: async (context) => {
    const { ensemble, control } = context;
    const { count } = modesSection.of(ensemble)!;
    const found = normalModes(storedMinimum(context), { count }, control);
    return {
      "modes.parquet": await tableBytes(inUnitsOf(ensemble.model, modesTable), modeColumns(found)),
      "modeweights.parquet": await tableBytes(inUnitsOf(ensemble.model, weights), { weight: found.weights }),
    };
  },
};

function modeColumns({ frequencies, participation, residuals }: GlassModes) {
  return {
    mode: Int32Array.from(frequencies, (_, k) => k + 1),
    frequency: frequencies,
    participation,
    residual: residuals,
  };
}

/** N, the baseline's weight of every particle, as stored. */
export async function storedWeights({ read }: Pick<StageContext, "read">): Promise<Float64Array> {
  const { weight } = await readColumns(read("modes", "modeweights.parquet"), ["weight"]);
  return weight;
}
