import { type GlassCouplings, glassCouplings, largestWaveNumber, type PairModel } from "softfield";
import { type TableSchema, tableBytes } from "../../store/index.ts";
import type { SampleStage } from "../stage.ts";
import { storedGlass } from "./make.ts";

const COUPLINGS_VERSION = 2;

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

const wavecouplings: TableSchema = {
  name: "wavecouplings",
  columns: {
    polarisation: { type: "STRING", description: "transverse or longitudinal" },
    wave: { type: "INT32", description: "n, wave lengths in an edge of the box" },
    waves: { type: "INT32", description: "edges × directions × phases that were averaged" },
    frequency: { type: "DOUBLE", unit: "1/τ₀", description: "(Ψ·MΨ)^½, of the affine wave" },
    relaxed_frequency: { type: "DOUBLE", unit: "1/τ₀", description: "(Ψ·M⁻¹Ψ)^−½, of the relaxed medium" },
    self_coupling: { type: "DOUBLE", unit: "ε/λ³", description: "root mean square of c_iii" },
    cross_coupling: {
      type: "DOUBLE",
      unit: "ε/λ³",
      description: "root mean square of c_ijj over waves i of the same n and another direction",
    },
    projection: {
      type: "DOUBLE",
      unit: "ε/λ",
      description: "root mean square of f·Ψ over bonds and triples",
    },
  },
};

/** Results of three-body models that counted pairs only have another identity. */
export function countingTriples({ threeBody }: PairModel): { interactions?: string } {
  return threeBody ? { interactions: "pairs and triples" } : {};
}

/** Eq. 4: how the lowest modes and plane waves couple to each other and to the bonds. */
export const couplings: SampleStage = {
  name: "couplings",
  inputs: ["make"],
  version: COUPLINGS_VERSION,
  options: ({ compute, particles, model }) => {
    if (compute.couplings === undefined) return undefined;
    const { modes, waves = Math.min(WAVES, largestWaveNumber(particles, model.dimension ?? 3)) } =
      compute.couplings;
    return { modes, waves, ...countingTriples(model) };
  },
  tables: [modecouplings, wavecouplings],
  run: async (context) => {
    const { ensemble, control } = context;
    const { modes, waves } = couplings.options(ensemble) as { modes: number; waves: number };
    const found = glassCouplings(
      storedGlass(context),
      ensemble.model,
      { modes, waves, relaxed: false },
      control,
    );
    return {
      "modecouplings.parquet": await tableBytes(modecouplings, modeColumns(found)),
      "wavecouplings.parquet": await tableBytes(wavecouplings, waveColumns(found)),
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

function waveColumns({ waves }: GlassCouplings) {
  return {
    polarisation: waves.map(({ polarisation }) => polarisation),
    wave: Int32Array.from(waves, ({ number }) => number),
    waves: Int32Array.from(waves, (row) => row.waves),
    frequency: Float64Array.from(waves, ({ frequency }) => frequency),
    relaxed_frequency: Float64Array.from(waves, ({ relaxedFrequency }) => relaxedFrequency),
    self_coupling: Float64Array.from(waves, ({ selfCoupling }) => selfCoupling),
    cross_coupling: Float64Array.from(waves, ({ crossCoupling }) => crossCoupling),
    projection: Float64Array.from(waves, ({ projection }) => projection),
  };
}
