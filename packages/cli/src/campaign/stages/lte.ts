import {
  addToLogHistogram,
  createLogHistogram,
  type GlassResponse,
  LTE_THRESHOLD,
  localThermalEnergy,
} from "softfield";
import { type TableSchema, tableBytes } from "../../store/index.ts";
import type { SampleStage } from "../stage.ts";
import { storedGlass } from "./make.ts";
import { tripleColumns, tripleRow, triplesTable, withTriples } from "./triples.ts";

const LTE_VERSION = 1;

/** Bins of the histograms, for `createLogHistogram`. */
export const HISTOGRAM_BINS = { low: 1e-4, decades: 12, perDecade: 20 };

const bonds: TableSchema = {
  name: "bonds",
  columns: {
    i: { type: "INT32", description: "first particle, zero-based" },
    j: { type: "INT32", description: "second particle, i < j" },
    lte: { type: "DOUBLE", description: "local thermal energy over kT/2, Eq. 3 of Zylberg 2017" },
    harmonic: { type: "DOUBLE", description: "its first term; the anharmonic one is lte − harmonic" },
    r: { type: "DOUBLE", unit: "λ", description: "distance" },
    f: { type: "DOUBLE", unit: "ε/λ", description: "φ′(r); negative: the particles repel" },
  },
};

const particles: TableSchema = {
  name: "particles",
  columns: {
    species: { type: "INT32", description: "index into the model's species" },
    x: { type: "DOUBLE", unit: "λ", description: "position" },
    y: { type: "DOUBLE", unit: "λ", description: "position" },
    z: { type: "DOUBLE", unit: "λ", description: "position", spatial: true },
    thermal_x: { type: "DOUBLE", unit: "λ/ε", description: "thermal displacement X; NaN on rattlers" },
    thermal_y: { type: "DOUBLE", unit: "λ/ε", description: "thermal displacement X" },
    thermal_z: { type: "DOUBLE", unit: "λ/ε", description: "thermal displacement X", spatial: true },
  },
};

const responses: TableSchema = {
  name: "responses",
  columns: {
    bonds: { type: "INT32", description: "number of interactions" },
    rattlers: { type: "INT32", description: "particles that nothing holds, left out" },
    energy: { type: "DOUBLE", unit: "ε", description: "U" },
    pressure: { type: "DOUBLE", unit: "ε/λ^d", description: "−tr σ/d" },
    residual: { type: "DOUBLE", description: "max |∂U/∂x| over the typical pair force" },
    sum_rule_error: { type: "DOUBLE", description: "|Σ E/(Nd − d) − 1|" },
    lte_min: { type: "DOUBLE", description: "smallest lte of a bond" },
    lte_max: { type: "DOUBLE", description: "largest lte of a bond" },
  },
};

const histogram: TableSchema = {
  name: "histogram",
  columns: {
    quantity: { type: "STRING", description: "lte, or force: |f| of the pairs" },
    sign: { type: "INT32", description: "−1 or 1, of lte; 1 for forces" },
    bin: {
      type: "INT32",
      description: "1e-4·10^(bin/20) ≤ |value| < 1e-4·10^((bin+1)/20); bin −1 is all below, 240 all above",
    },
    count: { type: "INT32", description: "bonds" },
  },
};

const [tripleResponses, tripleHistogram] = withTriples(responses, histogram);

/** Local thermal energies of all bonds (Eq. 3), and of triples, in arithmetic that gives the same bits on every machine. */
export const lte: SampleStage = {
  name: "lte",
  inputs: ["make"],
  version: LTE_VERSION,
  options: ({ compute, keep, model }) => {
    if (compute.lte === undefined) return undefined;
    return { bonds: keep.bonds, ...(model.threeBody && { triples: true }) };
  },
  tables: [bonds, triplesTable, particles, tripleResponses, tripleHistogram],
  run: async (context) => {
    const { ensemble, control } = context;
    const response = localThermalEnergy(storedGlass(context), ensemble.model, { relaxed: false }, control);
    const all = ensemble.keep.bonds === "all";
    const { triples } = response;
    return {
      "bonds.parquet": await tableBytes(bonds, bondColumns(response, all)),
      ...(triples && { "triples.parquet": await tableBytes(triplesTable, tripleColumns(response, all)) }),
      "particles.parquet": await tableBytes(particles, particleColumns(response)),
      "responses.parquet": await tableBytes(triples ? tripleResponses : responses, {
        ...responseRow(response),
        ...(triples && tripleRow(triples)),
      }),
      "histogram.parquet": await tableBytes(triples ? tripleHistogram : histogram, countedBins(response)),
    };
  },
};

function bondColumns({ interactions, lte: energies, harmonic }: GlassResponse, all: boolean) {
  const keep = (_: unknown, m: number) => all || Math.abs(energies[m] as number) >= LTE_THRESHOLD;
  return {
    i: interactions.i.filter(keep),
    j: interactions.j.filter(keep),
    lte: energies.filter(keep),
    harmonic: harmonic.filter(keep),
    r: interactions.r.filter(keep),
    f: interactions.phi1.filter(keep),
  };
}

function particleColumns({ system, displacement }: GlassResponse) {
  const d = system.box.dimension;
  const along = (values: Float64Array, axis: number) => values.filter((_, k) => k % d === axis);
  const axes = ["x", "y", "z"].slice(0, d);
  return {
    species: system.species,
    ...Object.fromEntries(axes.map((axis, a) => [axis, along(system.positions, a)])),
    ...Object.fromEntries(axes.map((axis, a) => [`thermal_${axis}`, along(displacement, a)])),
  };
}

function responseRow(response: GlassResponse) {
  const { lte: energies, rattlers, energy, pressure, residual, sumRuleError } = response;
  return {
    bonds: Int32Array.of(energies.length),
    rattlers: Int32Array.of(rattlers.length),
    energy: Float64Array.of(energy),
    pressure: Float64Array.of(pressure),
    residual: Float64Array.of(residual),
    sum_rule_error: Float64Array.of(sumRuleError),
    lte_min: Float64Array.of(energies.reduce((least, e) => Math.min(least, e), Infinity)),
    lte_max: Float64Array.of(energies.reduce((most, e) => Math.max(most, e), -Infinity)),
  };
}

/** All bonds and triples counted in logarithmic bins, those kept and those not. */
function countedBins({ lte: energies, triples, interactions }: GlassResponse) {
  const rows = [
    ...signedBinRows("lte", energies),
    ...(triples ? signedBinRows("triples", triples.lte) : []),
    ...binRows("force", 1, interactions.phi1),
  ];
  return {
    quantity: rows.map(({ quantity }) => quantity),
    sign: Int32Array.from(rows, ({ sign }) => sign),
    bin: Int32Array.from(rows, ({ bin }) => bin),
    count: Int32Array.from(rows, ({ count }) => count),
  };
}

function signedBinRows(quantity: string, values: Float64Array) {
  const below = values.filter((value) => value < 0);
  const above = values.filter((value) => value >= 0);
  return [...binRows(quantity, -1, below), ...binRows(quantity, 1, above)];
}

function binRows(quantity: string, sign: number, values: Float64Array) {
  const found = createLogHistogram(HISTOGRAM_BINS);
  addToLogHistogram(found, values);
  return [found.below, ...found.counts, found.above].flatMap((count, k) =>
    count === 0 ? [] : [{ quantity, sign, bin: k - 1, count }],
  );
}
