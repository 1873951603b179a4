import type { Results } from "@softfield/node";
import { frameOfSystem, type GlassResponse, type Table, type TripleResponse } from "softfield";
import type { Configuration } from "../shell/load.ts";
import type { LteSummary } from "./summary.ts";

/** The local thermal energies in the shapes that output formats take. */
export function lteResults(
  configuration: Configuration,
  response: GlassResponse,
  summary: LteSummary,
): Results {
  const metadata = {
    source: summary.file,
    model: summary.model,
    particles: summary.particles,
    softfield: summary.version,
    residual: response.residual,
    sumRuleError: response.sumRuleError,
  };
  const bonds: Table = {
    columns: [
      { name: "i", values: response.interactions.i, description: "first particle, zero-based" },
      { name: "j", values: response.interactions.j, description: "second particle, i < j" },
      {
        name: "lte",
        values: response.lte,
        description: "local thermal energy over kT/2, Eq. 3 of Zylberg 2017",
      },
      {
        name: "harmonic",
        values: response.harmonic,
        description: "second derivative of the pair energy : inverse of M",
      },
      {
        name: "anharmonic",
        values: response.anharmonic,
        description: "bond gradient · thermal displacement",
      },
    ],
    metadata,
  };
  const columns = particleColumns(response);
  const triples = response.triples && tripleTable(response.triples, metadata);
  return {
    table: bonds,
    ...(triples && { beside: { triples } }),
    hdf5: {
      "/bonds": bonds,
      ...(triples && { "/triples": triples }),
      "/particles": particleTable(response, columns),
    },
    frame: frameOfSystem(response.system, configuration.model, {
      columns,
      ...(configuration.ids ? { ids: configuration.ids } : {}),
      info: new Map(Object.entries(metadata)),
    }),
    summary,
  };
}

/** The triples of a three-body term. */
function tripleTable(
  { centre, j, k, lte, harmonic, anharmonic }: TripleResponse,
  metadata: NonNullable<Table["metadata"]>,
): Table {
  return {
    metadata,
    columns: [
      { name: "centre", values: centre, description: "particle between the legs, zero-based" },
      { name: "j", values: j, description: "one end" },
      { name: "k", values: k, description: "the other end" },
      { name: "lte", values: lte, description: "local thermal energy over kT/2 of the triple" },
      { name: "harmonic", values: harmonic },
      { name: "anharmonic", values: anharmonic },
    ],
  };
}

/**
 * Per-particle columns: half of each bond's E goes to each end, a third of each triple's to each of its particles, so
 * that their sum is Σ_α E_α. The largest |E| is that of pairs and triples.
 */
function particleColumns({
  system,
  interactions,
  lte,
  triples,
  displacement,
}: GlassResponse): Record<string, Float64Array> {
  const share = new Float64Array(system.species.length);
  const largest = new Float64Array(system.species.length);
  lte.forEach((energy, m) => {
    for (const p of [interactions.i[m], interactions.j[m]]) {
      share[p] = share[p] + energy / 2;
      largest[p] = Math.max(largest[p], Math.abs(energy));
    }
  });
  triples?.lte.forEach((energy, t) => {
    for (const p of [triples.centre[t], triples.j[t], triples.k[t]]) {
      share[p] = share[p] + energy / 3;
      largest[p] = Math.max(largest[p], Math.abs(energy));
    }
  });
  return { lte: share, lte_max: largest, thermal_displacement: displacement };
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
        description: "half the sum of lte over a particle's bonds and a third over its triples",
      },
      {
        name: "lte_max",
        values: columns.lte_max as Float64Array,
        description: "largest |lte| of a particle's bonds and triples",
      },
      ...axes.map((axis, a) => ({
        name: `thermal_displacement_${axis}`,
        values: along(columns.thermal_displacement as Float64Array, a),
        unit: "λ/ε",
      })),
    ],
  };
}
