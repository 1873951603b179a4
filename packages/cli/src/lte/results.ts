import type { Results } from "@softfield/node";
import {
  frameOfSystem,
  type GlassResponse,
  type StrainDerivatives,
  sharedAmongParticles,
  type Table,
} from "softfield";
import { component, termColumns } from "softfield/internal";
import { fileExtras } from "../shell/filebox.ts";
import type { Configuration } from "../shell/load.ts";
import { type LteSummary, summaryRecord } from "./summary.ts";

/** The local thermal energies in the shapes that output formats take. */
export function lteResults(
  configuration: Configuration,
  response: GlassResponse,
  summary: LteSummary,
  derivatives?: StrainDerivatives,
): Results {
  const metadata = {
    source: summary.file,
    model: summary.model,
    particles: summary.particles,
    softfield: summary.version,
    residual: response.residual,
    sumRuleError: response.sumRuleError,
  };
  const tables = response.energies.map((energies, f) => ({
    columns: [
      ...termColumns(energies, response.system, configuration.snapshot.origin),
      ...errorColumns(response, f),
      ...rateColumns(derivatives, f),
    ],
    metadata,
  }));
  const [bonds, ...others] = tables;
  const named = Object.fromEntries(others.map((table, f) => [response.energies[f + 1].kind.name, table]));
  const { share, largest } = sharedAmongParticles(response.energies, response.system.species.length);
  const columns = {
    lte: share,
    lte_max: largest,
    thermal_displacement: response.displacement,
    ...rateShares(response, derivatives),
  };
  return {
    table: bonds,
    ...(others.length > 0 && { beside: named }),
    hdf5: {
      ...Object.fromEntries(tables.map((table, f) => [`/${response.energies[f].kind.name}`, table])),
      "/particles": particleTable(response, columns),
    },
    frame: frameOfSystem(response.system, configuration.model, {
      columns,
      ...fileExtras(configuration, response.system),
      info: new Map(Object.entries(metadata)),
    }),
    summary: summaryRecord(summary),
  };
}

/** Standard errors, where there are some. */
function errorColumns({ accuracy }: GlassResponse, f: number): Table["columns"] {
  if (!accuracy) return [];
  return [{ name: "lte_error", values: accuracy.errors[f], description: "standard error of lte" }];
}

/** ∂E/∂e of the terms of family f, a column a component of the strain. */
function rateColumns(derivatives: StrainDerivatives | undefined, f: number): Table["columns"] {
  return (derivatives?.components ?? []).map(({ name }, c) => ({
    name: `dlte_${name}`,
    values: derivatives?.families[f][c] as Float64Array,
    description: `slope of lte by ${describe(name)}, along the relaxed branch`,
  }));
}

const describe = ([a, b]: string) =>
  a === b ? `a uniaxial strain along ${a}` : `a simple shear γ of ${a} by ${b}, e_${a}${b} = γ/2`;

/** The same shared among particles, as `lte` is. */
function rateShares(
  { energies, system }: GlassResponse,
  derivatives: StrainDerivatives | undefined,
): Record<string, Float64Array> {
  const count = system.species.length;
  return Object.fromEntries(
    (derivatives?.components ?? []).map(({ name }, c) => {
      const rates = energies.map(({ sites }, f) => ({
        sites,
        lte: derivatives?.families[f][c] as Float64Array,
      }));
      return [`dlte_${name}`, sharedAmongParticles(rates, count).share];
    }),
  );
}

function particleTable({ system }: GlassResponse, columns: Record<string, Float64Array>): Table {
  const d = system.box.dimension;
  const axes = ["x", "y", "z"].slice(0, d);
  return {
    columns: [
      { name: "species", values: system.species },
      ...axes.map((axis, a) => ({ name: axis, values: component(system.positions, d, a), unit: "λ" })),
      {
        name: "lte",
        values: columns.lte as Float64Array,
        description: "sum of lte over a particle's interactions, each shared alike by its particles",
      },
      {
        name: "lte_max",
        values: columns.lte_max as Float64Array,
        description: "largest |lte| of a particle's interactions",
      },
      ...axes.map((axis, a) => ({
        name: `thermal_displacement_${axis}`,
        values: component(columns.thermal_displacement as Float64Array, d, a),
        unit: "λ/ε",
      })),
      ...Object.entries(columns)
        .filter(([name]) => name.startsWith("dlte_"))
        .map(([name, values]) => ({
          name,
          values,
          description: "sum over a particle's interactions, shared as lte",
        })),
    ],
  };
}
