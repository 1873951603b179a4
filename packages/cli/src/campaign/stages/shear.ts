import { type PlasticEvent, type ShearResult, SoftfieldError, shear as shearGlass } from "softfield";
import { type TableSchema, tableBytes } from "../../store/index.ts";
import type { SampleStage } from "../stage.ts";
import { storedGlass } from "./make.ts";

const SHEAR_VERSION = 2;

const events: TableSchema = {
  name: "events",
  columns: {
    ordinal: { type: "INT32", description: "1 for the first" },
    strain: { type: "DOUBLE", description: "γ_c" },
    energy_before: { type: "DOUBLE", unit: "ε", description: "U at γ_c before the event" },
    energy_after: { type: "DOUBLE", unit: "ε", description: "U at γ_c after it" },
    stress_before: { type: "DOUBLE", unit: "ε/λ^d", description: "(1/V) dU/dγ before" },
    stress_after: { type: "DOUBLE", unit: "ε/λ^d", description: "(1/V) dU/dγ after" },
    particle: { type: "INT32", description: "zero-based, the one that moves furthest" },
    displacement: { type: "DOUBLE", unit: "λ", description: "how far" },
    trigger: {
      type: "INT32",
      description: "particle at the peak of the critical mode, followed into the instability",
    },
    mode_particle: { type: "INT32", description: "particle at the peak of the critical mode at γ_c" },
    participation: { type: "DOUBLE", description: "(Σu²)²/(N Σu⁴) of the displacements" },
    rearranged: { type: "INT32", description: "particles with D²min above 0.01" },
    eigenvalue: { type: "DOUBLE", unit: "ε/λ²", description: "lowest one of M at the last stable strain" },
  },
};

const shears: TableSchema = {
  name: "shears",
  columns: {
    status: { type: "STRING", description: "complete, or max-strain where there are fewer events" },
    events: { type: "INT32", description: "events seen" },
    strain: { type: "DOUBLE", description: "reached" },
    evaluations: { type: "INT32", description: "of forces" },
    factorizations: { type: "INT32", description: "of M" },
  },
};

const path: TableSchema = {
  name: "path",
  columns: {
    strain: { type: "DOUBLE", description: "of a minimum on the way" },
    energy: { type: "DOUBLE", unit: "ε", description: "U" },
    stress: { type: "DOUBLE", unit: "ε/λ^d", description: "(1/V) dU/dγ" },
    events: { type: "INT32", description: "events before it" },
  },
};

/** Athermal quasistatic shear to the first plastic events (SI E). */
export const shear: SampleStage = {
  name: "shear",
  inputs: ["make"],
  version: SHEAR_VERSION,
  options: ({ compute }) => (compute.shear === undefined ? undefined : { ...compute.shear }),
  tables: [events, shears, path],
  run: async (context) => {
    const { ensemble, control } = context;
    const { angle, ...others } = ensemble.compute.shear!;
    const options = angle === undefined ? others : { ...others, angle };
    const result = shearGlass(storedGlass(context), ensemble.model, options, control);
    if (result.status !== "complete" && result.status !== "max-strain") {
      const after = `after ${result.events.length} events, at the strain ${result.strain.toPrecision(4)}`;
      throw new SoftfieldError("numerics", `the shear ended ${result.status} ${after}: ${result.message}`);
    }
    return {
      "events.parquet": await tableBytes(events, eventColumns(result.events)),
      "shears.parquet": await tableBytes(shears, shearRow(result)),
      "path.parquet": await tableBytes(path, pathColumns(result)),
    };
  },
};

function eventColumns(found: readonly PlasticEvent[]) {
  const real = (of: (event: PlasticEvent) => number) => Float64Array.from(found, of);
  const whole = (of: (event: PlasticEvent) => number) => Int32Array.from(found, of);
  return {
    ordinal: whole(({ ordinal }) => ordinal),
    strain: real(({ strain }) => strain),
    energy_before: real(({ energyBefore }) => energyBefore),
    energy_after: real(({ energyAfter }) => energyAfter),
    stress_before: real(({ stressBefore }) => stressBefore),
    stress_after: real(({ stressAfter }) => stressAfter),
    particle: whole(({ particle }) => particle),
    displacement: real(({ displacement }) => displacement),
    trigger: whole(({ trigger }) => trigger),
    mode_particle: whole(({ modeParticle }) => modeParticle),
    participation: real(({ participation }) => participation),
    rearranged: whole(({ rearranged }) => rearranged),
    eigenvalue: real(({ eigenvalue }) => eigenvalue),
  };
}

function shearRow({ status, events: found, strain, work }: ShearResult) {
  return {
    status: [status],
    events: Int32Array.of(found.length),
    strain: Float64Array.of(strain),
    evaluations: Int32Array.of(work.evaluations),
    factorizations: Int32Array.of(work.factorizations),
  };
}

function pathColumns({ path: points }: ShearResult) {
  return {
    strain: Float64Array.from(points, ({ strain }) => strain),
    energy: Float64Array.from(points, ({ energy }) => energy),
    stress: Float64Array.from(points, ({ stress }) => stress),
    events: Int32Array.from(points, ({ events: before }) => before),
  };
}
