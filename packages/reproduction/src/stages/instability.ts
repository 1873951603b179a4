import type { SampleStage } from "@softfield/campaign";
import { inUnitsOf, type RecordTable, real, recordBytes, section, storedGlass } from "@softfield/campaign";
import { z } from "zod";
import { approachInstability, INSTABILITY_FRACTIONS, type InstabilityPoint } from "../physics/instability.ts";
import { countedFamilies } from "./couplings.ts";

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

export const instabilitySection = section(
  "instability",
  {
    fractions: z
      .array(z.number().gt(0).lt(1))
      .min(1)
      .default([...INSTABILITY_FRACTIONS])
      .describe("Of the first event's γ_c, at which the softest mode and the largest |E| are measured."),
    maxStrain: z
      .number()
      .positive()
      .default(0.2)
      .describe("Largest strain at which the first event is looked for."),
  },
  "The approach to the first plastic event under athermal quasistatic shear (Eq. 5).",
);

/** Eq. 5 on the way to the first plastic event. */
export const instability: SampleStage = {
  name: "instability",
  inputs: ["make"],
  version: 2,
  options: (ensemble) => {
    const asked = instabilitySection.of(ensemble);
    return asked && { ...asked, ...countedFamilies(ensemble.model) };
  },
  tables: [approach],
  run: async (context) => {
    const { ensemble, control } = context;
    const options = { ...instabilitySection.of(ensemble)!, arithmetic: "reproducible" as const };
    const { points } = approachInstability(storedGlass(context), ensemble.model, options, control);
    return { "approach.parquet": await recordBytes(inUnitsOf(ensemble.model, approach), points) };
  },
};
