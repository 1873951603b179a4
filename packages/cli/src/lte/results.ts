import type { Results } from "@softfield/node";
import {
  frameOfSystem,
  type GlassResponse,
  type StrainDerivatives,
  type System,
  sharedAmongParticles,
  type Table,
  type TableColumn,
  type TermEnergies,
} from "softfield";
import { fileExtras, inFileBox } from "../shell/filebox.ts";
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
      ...termColumns(energies),
      ...placeColumns(energies, response.system, configuration),
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

/** The terms of a family: who, and their energies. */
function termColumns({ kind, sites, lte, harmonic, anharmonic }: TermEnergies): TableColumn[] {
  return [
    ...kind.roles.map(({ name, description }, k) => ({ name, values: sites.members[k], description })),
    { name: "lte", values: lte, description: kind.energies.lte },
    { name: "harmonic", values: harmonic, description: kind.energies.harmonic },
    { name: "anharmonic", values: anharmonic, description: kind.energies.anharmonic },
  ];
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

/** Where the terms of a family stand, between which types, and of pairs the vector from i to j and its length. */
function placeColumns(
  { kind, sites }: TermEnergies,
  { positions, species, box }: System,
  configuration: Configuration,
): TableColumn[] {
  const d = box.dimension;
  const { members, offsets } = sites;
  const axes = ["x", "y", "z"].slice(0, d);
  const along = (values: Float64Array, a: number) => values.filter((_, k) => k % d === a);
  const places = inFileBox(
    configuration,
    offsets.map((offset, k) => positions[members[0][Math.floor(k / d)] * d + (k % d)] + offset),
  );
  const columns: TableColumn[] = kind.roles.map(({ name }, k) => ({
    name: `type_${name}`,
    values: members[k].map((p) => species[p] + 1),
    description: "number of the species in the model, from 1",
  }));
  if (members.length === 2) {
    // A pair stands in the middle between its ends.
    const between = offsets.map((offset) => 2 * offset);
    const r = Float64Array.from(members[0], (_, m) => {
      let sum = 0;
      for (let a = 0; a < d; a++) sum += between[m * d + a] * between[m * d + a];
      return Math.sqrt(sum);
    });
    columns.push({ name: "r", values: r, unit: "λ", description: "distance" });
    for (const [a, axis] of axes.entries())
      columns.push({ name: `d${axis}`, values: along(between, a), unit: "λ", description: "from i to j" });
  }
  for (const [a, axis] of axes.entries()) {
    const description = members.length === 2 ? "midpoint, in the file's box" : "place, in the file's box";
    columns.push({ name: axis, values: along(places, a), unit: "λ", description });
  }
  return columns;
}

function particleTable({ system }: GlassResponse, columns: Record<string, Float64Array>): Table {
  const d = system.box.dimension;
  const axes = ["x", "y", "z"].slice(0, d);
  const along = (values: Float64Array, a: number) => values.filter((_, k) => k % d === a);
  return {
    columns: [
      { name: "species", values: system.species },
      ...axes.map((axis, a) => ({ name: axis, values: along(system.positions, a), unit: "λ" })),
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
        values: along(columns.thermal_displacement as Float64Array, a),
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
