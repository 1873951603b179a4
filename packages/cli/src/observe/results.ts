import type { Results } from "@softfield/node";
import { version } from "@softfield/node";
import {
  bondLength,
  frameOfSystem,
  type ObservedGlass,
  type Table,
  thermalAverage,
  type WorkControl,
} from "softfield";
import type { Configuration } from "../shell/load.ts";
import { particleAverages } from "./particles.ts";

/** Per-particle values as columns; NaN on rattlers, which have no averages. */
function particleColumns(
  glass: ObservedGlass,
  count: number,
  control: Pick<WorkControl, "onProgress">,
): Record<string, Float64Array> {
  const { skeleton, response } = glass;
  const d = response.dimension;
  const { energy, pressure, shear } = particleAverages(glass, control);
  const spread = (width: number, value: (k: number, c: number) => number) => {
    const all = new Float64Array(count * width).fill(Number.NaN);
    skeleton.particles.forEach((p, k) => {
      for (let c = 0; c < width; c++) all[p * width + c] = value(k, c);
    });
    return all;
  };
  return {
    debye_waller: spread(1, (k) => {
      let trace = 0;
      for (let a = 0; a < d; a++) trace += response.variances[(k * d + a) * d + a];
      return trace;
    }),
    energy: spread(1, (k) => energy[k]),
    pressure: spread(1, (k) => pressure[k]),
    shear_stress: spread(1, (k) => shear[k]),
    thermal_displacement: spread(d, (k, a) => response.displacement[k * d + a]),
  };
}

const DESCRIPTIONS: Readonly<Record<string, { unit?: string; description: string }>> = {
  debye_waller: { unit: "λ²/ε", description: "⟨|x|²⟩/(kT) in the frame of the centre of mass" },
  energy: {
    description: "(⟨A⟩ − A⁰)/(½kT) of half the energy of a particle's pairs and a third of its triples",
  },
  pressure: { unit: "1/λ^d", description: "the same of −tr σ/d of a particle, without the kinetic part" },
  shear_stress: { unit: "1/λ^d", description: "the same of σ_xy of a particle" },
};

/** What results say of where they come from; the whole goes into .json. */
interface ResultsSummary {
  readonly file: string;
  readonly model: string;
  readonly particles: number;
}

/** The averages in the shapes that output formats take. */
export function observeResults(
  configuration: Configuration,
  glass: ObservedGlass,
  { summary, control }: { summary: ResultsSummary; control: Pick<WorkControl, "onProgress"> },
): Results {
  const { system, skeleton, response } = glass;
  const { interactions, particles } = skeleton;
  const d = response.dimension;
  const columns = particleColumns(glass, system.species.length, control);
  const metadata = {
    source: summary.file,
    model: summary.model,
    particles: summary.particles,
    softfield: version,
  };
  const { thermal_displacement: moves, ...scalars } = columns;
  const table: Table = {
    columns: [
      {
        name: "particle",
        values: Int32Array.from(system.species.keys()),
        description: "zero-based; by id where the file has ids, else by line",
      },
      { name: "species", values: system.species, description: "index into the model's species" },
      ...Object.entries(scalars).map(([name, values]) => ({ name, values, ...DESCRIPTIONS[name] })),
      ...["x", "y", "z"].slice(0, d).map((axis, a) => ({
        name: `thermal_displacement_${axis}`,
        values: (moves as Float64Array).filter((_, k) => k % d === a),
        unit: "λ/ε",
      })),
    ],
    metadata,
  };
  const lengths = interactions.r.map(
    (_, bond) => thermalAverage(bondLength(interactions, bond), response).coefficient,
  );
  const bonds: Table = {
    columns: [
      { name: "i", values: interactions.i.map((k) => particles[k]) },
      { name: "j", values: interactions.j.map((k) => particles[k]) },
      { name: "length", values: lengths, unit: "λ/ε", description: "(⟨r⟩ − r⁰)/(½kT) of the bond" },
    ],
    metadata,
  };
  return {
    table,
    hdf5: { "/particles": table, "/bonds": bonds },
    frame: frameOfSystem(system, configuration.model, {
      columns,
      ...(configuration.ids ? { ids: configuration.ids } : {}),
      info: new Map(Object.entries(metadata)),
    }),
    summary,
  };
}
