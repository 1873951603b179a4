import type { SampleStage } from "@softfield/campaign";
import {
  inUnitsOf,
  type RecordTable,
  real,
  recordBytes,
  refuseModes,
  section,
  storedMinimum,
  type TableSchema,
  tableBytes,
  text,
  whole,
} from "@softfield/campaign";
import type { PairModel, WaveCouplings } from "softfield";
import { familiesOf, largestWaveNumber } from "softfield/internal";
import { z } from "zod";
import { type GlassCouplings, glassCouplings } from "../physics/couplings.ts";

/** Largest wave number where the campaign does not say. */
const WAVES = 12;

const modecouplings: TableSchema = {
  name: "modecouplings",
  columns: {
    mode: { type: "INT32", description: "1 for the lowest" },
    frequency: { type: "DOUBLE", unit: "1/τ₀", description: "ω" },
    participation: { type: "DOUBLE", description: "participation ratio" },
    self_coupling: { type: "DOUBLE", unit: "ε/λ³", description: "|c_iii|, Eq. 4 of Zylberg 2017" },
    cross_coupling: {
      type: "DOUBLE",
      unit: "ε/λ³",
      description: "root mean square of c_ijj over the other modes j that are measured",
    },
    projection: { type: "DOUBLE", unit: "ε/λ", description: "largest |f·Ψ| of a bond or triple" },
  },
};

const wavecouplings: RecordTable<WaveCouplings> = {
  name: "wavecouplings",
  columns: {
    polarisation: text((w) => w.polarisation, "transverse or longitudinal"),
    wave: whole((w) => w.number, "n, wave lengths in an edge of the box"),
    waves: whole((w) => w.waves, "edges × directions × phases that were averaged"),
    frequency: real((w) => w.frequency, "(Ψ·MΨ)^½, of the affine wave", "1/τ₀"),
    relaxed_frequency: real((w) => w.relaxedFrequency, "(Ψ·M⁻¹Ψ)^−½, of the relaxed medium", "1/τ₀"),
    self_coupling: real((w) => w.selfCoupling, "root mean square of c_iii", "ε/λ³"),
    cross_coupling: real(
      (w) => w.crossCoupling,
      "root mean square of c_ijj over waves i of the same n and another direction",
      "ε/λ³",
    ),
    projection: real((w) => w.projection, "root mean square of f·Ψ over bonds and triples", "ε/λ"),
  },
};

/** Results that count more families of terms than pairs have another identity. */
export function countedFamilies(model: PairModel): { interactions?: string } {
  const [, ...others] = familiesOf(model);
  if (others.length === 0) return {};
  return { interactions: ["pairs", ...others.map(({ name }) => name)].join(" and ") };
}

export const couplingsSection = section(
  "couplings",
  {
    modes: z.int().min(0).default(10).describe("Lowest modes that are measured; 0: none."),
    waves: z
      .int()
      .min(0)
      .optional()
      .describe("Largest wave number of plane waves along each edge; 0: none; 12, or fewer in a small box."),
  },
  "Couplings of the lowest modes and of plane waves to each other and to the bonds (Eq. 4).",
  ({ modes, waves }, asked) => {
    const most = largestWaveNumber(asked.particles, asked.dimension);
    if (waves !== undefined && waves > most) {
      const message = `waves up to the number ${waves}: beyond ${most} they are shorter than two particle distances`;
      return { field: ["waves"], message };
    }
    if (modes === 0 && waves === 0)
      return { field: [], message: "asks for neither modes nor waves; leave the section out" };
    return refuseModes(modes, asked, ["modes"]);
  },
);

/** Eq. 4: how the lowest modes and plane waves couple to each other and to the bonds. */
export const couplings: SampleStage = {
  name: "couplings",
  inputs: ["make"],
  version: 2,
  options: (ensemble) => {
    const asked = couplingsSection.of(ensemble);
    if (asked === undefined) return undefined;
    const { particles, model } = ensemble;
    const { modes, waves = Math.min(WAVES, largestWaveNumber(particles, model.dimension ?? 3)) } = asked;
    return { modes, waves, ...countedFamilies(model) };
  },
  tables: [modecouplings, wavecouplings],
  run: async (context) => {
    const { ensemble, control } = context;
    const { modes, waves } = couplings.options(ensemble) as { modes: number; waves: number };
    const found = glassCouplings(storedMinimum(context), { modes, waves }, control);
    return {
      "modecouplings.parquet": await tableBytes(inUnitsOf(ensemble.model, modecouplings), modeColumns(found)),
      "wavecouplings.parquet": await recordBytes(inUnitsOf(ensemble.model, wavecouplings), found.waves),
    };
  },
};

function modeColumns({ modes }: GlassCouplings) {
  return {
    mode: Int32Array.from(modes.frequencies, (_, k) => k + 1),
    frequency: modes.frequencies,
    participation: modes.participation,
    self_coupling: modes.selfCoupling,
    cross_coupling: modes.crossCoupling,
    projection: modes.projection,
  };
}
