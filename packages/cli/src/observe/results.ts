import type { Results } from "@softfield/node";
import { version } from "@softfield/node";
import {
  bondLength,
  debyeWaller,
  frameOfSystem,
  type ObservedGlass,
  pairsOf,
  particleAverages,
  type Table,
  thermalAverage,
  type WorkControl,
} from "softfield";
import { component, onAllParticles } from "softfield/internal";
import { fileExtras } from "../shell/filebox.ts";
import type { Configuration } from "../shell/load.ts";

/** Per-particle values as columns; NaN on rattlers, which have no averages. */
function particleColumns(
  glass: ObservedGlass,
  control: Pick<WorkControl, "onProgress">,
): Record<string, Float64Array> {
  const { minimum, response } = glass;
  const { dimension: d, variances, displacement } = response;
  const { energy, pressure, shear } = particleAverages(minimum.backbone, response, glass.lte, control);
  const all = (values: Float64Array, width = 1) =>
    onAllParticles(minimum.backbone, values, width, Number.NaN);
  return {
    debye_waller: all(debyeWaller({ dimension: d, diagonal: variances })),
    energy: all(energy),
    pressure: all(pressure),
    shear_stress: all(shear),
    thermal_displacement: all(displacement, d),
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
  const { minimum, response } = glass;
  const { system, interactions, backbone } = minimum;
  const d = response.dimension;
  const columns = particleColumns(glass, control);
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
        values: component(moves as Float64Array, d, a),
        unit: "λ/ε",
      })),
    ],
    metadata,
  };
  const [pairs, own] = [pairsOf(interactions), pairsOf(backbone.interactions)];
  const lengths = pairs.r.map((_, bond) => thermalAverage(bondLength(own, bond), response).coefficient);
  const bonds: Table = {
    columns: [
      { name: "i", values: pairs.i },
      { name: "j", values: pairs.j },
      { name: "length", values: lengths, unit: "λ/ε", description: "(⟨r⟩ − r⁰)/(½kT) of the bond" },
    ],
    metadata,
  };
  return {
    table,
    hdf5: { "/particles": table, "/bonds": bonds },
    frame: frameOfSystem(system, configuration.model, {
      columns,
      ...fileExtras(configuration, system),
      info: new Map(Object.entries(metadata)),
    }),
    summary,
  };
}
