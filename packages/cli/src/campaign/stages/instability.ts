import { approachInstability, type InstabilityPoint } from "softfield";
import { type TableSchema, tableBytes } from "../../store/index.ts";
import type { SampleStage } from "../stage.ts";
import { countingTriples } from "./couplings.ts";
import { storedGlass } from "./make.ts";

const INSTABILITY_VERSION = 2;

const approach: TableSchema = {
  name: "approach",
  columns: {
    fraction: { type: "DOUBLE", description: "γ/γ_c of the first event" },
    strain: { type: "DOUBLE", description: "γ" },
    distance: { type: "DOUBLE", description: "γ_c − γ" },
    frequency: { type: "DOUBLE", unit: "1/τ₀", description: "ω of the lowest mode there" },
    participation: { type: "DOUBLE", description: "its participation ratio" },
    self_coupling: { type: "DOUBLE", unit: "ε/λ³", description: "its |c_iii|, Eq. 4 of Zylberg 2017" },
    projection: { type: "DOUBLE", unit: "ε/λ", description: "its largest |f·Ψ| of a bond or triple" },
    lte_largest: { type: "DOUBLE", description: "largest |lte| of a bond or triple" },
  },
};

/** Eq. 5 on the way to the first plastic event. */
export const instability: SampleStage = {
  name: "instability",
  inputs: ["make"],
  version: INSTABILITY_VERSION,
  options: ({ compute, model }) =>
    compute.instability === undefined ? undefined : { ...compute.instability, ...countingTriples(model) },
  tables: [approach],
  run: async (context) => {
    const { ensemble, control } = context;
    const options = { ...ensemble.compute.instability!, relaxed: false };
    const { points } = approachInstability(storedGlass(context), ensemble.model, options, control);
    const column = (of: (point: InstabilityPoint) => number) => Float64Array.from(points, of);
    return {
      "approach.parquet": await tableBytes(approach, {
        fraction: column(({ fraction }) => fraction),
        strain: column(({ strain }) => strain),
        distance: column(({ distance }) => distance),
        frequency: column(({ frequency }) => frequency),
        participation: column(({ participation }) => participation),
        self_coupling: column(({ selfCoupling }) => selfCoupling),
        projection: column(({ projection }) => projection),
        lte_largest: column(({ largestEnergy }) => largestEnergy),
      }),
    };
  },
};
