import { approachInstability, type InstabilityPoint } from "softfield";
import type { SampleStage } from "../stage.ts";
import { type RecordTable, real, recordBytes } from "../store/index.ts";
import { countingTriples } from "./couplings.ts";
import { storedGlass } from "./make.ts";

const approach: RecordTable<InstabilityPoint> = {
  name: "approach",
  columns: {
    fraction: real(({ fraction }) => fraction, "γ/γ_c of the first event"),
    strain: real(({ strain }) => strain, "γ"),
    distance: real(({ distance }) => distance, "γ_c − γ"),
    frequency: real(({ frequency }) => frequency, "ω of the lowest mode there", "1/τ₀"),
    participation: real(({ participation }) => participation, "its participation ratio"),
    self_coupling: real(({ selfCoupling }) => selfCoupling, "its |c_iii|, Eq. 4 of Zylberg 2017", "ε/λ³"),
    projection: real(({ projection }) => projection, "its largest |f·Ψ| of a bond or triple", "ε/λ"),
    lte_largest: real(({ largestEnergy }) => largestEnergy, "largest |lte| of a bond or triple"),
  },
};

/** Eq. 5 on the way to the first plastic event. */
export const instability: SampleStage = {
  name: "instability",
  inputs: ["make"],
  version: 2,
  options: ({ compute, model }) =>
    compute.instability === undefined ? undefined : { ...compute.instability, ...countingTriples(model) },
  tables: [approach],
  run: async (context) => {
    const { ensemble, control } = context;
    const options = { ...ensemble.compute.instability!, arithmetic: "reproducible" as const };
    const { points } = approachInstability(storedGlass(context), ensemble.model, options, control);
    return { "approach.parquet": await recordBytes(approach, points) };
  },
};
