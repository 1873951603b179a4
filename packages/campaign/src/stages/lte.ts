import {
  addToLogHistogram,
  createLogHistogram,
  type GlassResponse,
  LTE_THRESHOLD,
  localThermalEnergy,
} from "softfield";
import { section } from "../plan/section.ts";
import type { SampleStage } from "../stage.ts";
import {
  type RecordTable,
  real,
  recordBytes,
  type TableSchema,
  tableBytes,
  text,
  whole,
} from "../store/index.ts";
import { storedMinimum } from "./make.ts";
import { tripleColumns, triplesTable } from "./triples.ts";

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

const responses: RecordTable<GlassResponse> = {
  name: "responses",
  columns: {
    bonds: whole((found) => found.lte.length, "number of interactions"),
    rattlers: whole(({ rattlers }) => rattlers.length, "particles that nothing holds, left out"),
    energy: real(({ energy }) => energy, "U", "ε"),
    pressure: real(({ pressure }) => pressure, "−tr σ/d", "ε/λ^d"),
    residual: real(({ residual }) => residual, "max |∂U/∂x| over the typical pair force"),
    sum_rule_error: real(({ sumRuleError }) => sumRuleError, "|Σ E/(Nd − d) − 1|"),
    lte_min: real((found) => smallest(found.lte), "smallest lte of a bond"),
    lte_max: real((found) => largest(found.lte), "largest lte of a bond"),
  },
};

const tripleResponses: RecordTable<GlassResponse> = {
  ...responses,
  columns: {
    ...responses.columns,
    triples: whole(({ triples }) => triples!.lte.length, "number of triples"),
    triple_lte_min: real(({ triples }) => smallest(triples!.lte), "smallest lte of a triple"),
    triple_lte_max: real(({ triples }) => largest(triples!.lte), "largest lte of a triple"),
  },
};

/** A bin that holds something. */
interface BinRow {
  readonly quantity: string;
  readonly sign: number;
  readonly bin: number;
  readonly count: number;
}

function histogramOf(quantities: string, counted: string): RecordTable<BinRow> {
  return {
    name: "histogram",
    columns: {
      quantity: text(({ quantity }) => quantity, quantities),
      sign: whole(({ sign }) => sign, "−1 or 1, of lte; 1 for forces"),
      bin: whole(
        ({ bin }) => bin,
        "1e-4·10^(bin/20) ≤ |value| < 1e-4·10^((bin+1)/20); bin −1 is all below, 240 all above",
      ),
      count: whole(({ count }) => count, counted),
    },
  };
}

const histogram = histogramOf("lte, or force: |f| of the pairs", "bonds");
const tripleHistogram = histogramOf(
  "lte of the pairs; triples: lte of the triples; or force: |f| of the pairs",
  "pairs or triples",
);

export const lteSection = section("lte", {}, "Local thermal energies of all bonds (Eq. 3).");

/** Local thermal energies of all bonds (Eq. 3), and of triples, in arithmetic that gives the same bits on every machine. */
export const lte: SampleStage = {
  name: "lte",
  inputs: ["make"],
  version: 1,
  options: (ensemble) => {
    if (lteSection.of(ensemble) === undefined) return undefined;
    return { bonds: ensemble.keep.bonds, ...(ensemble.model.threeBody && { triples: true }) };
  },
  tables: [bonds, triplesTable, particles, tripleResponses, tripleHistogram],
  run: async (context) => {
    const { ensemble, control } = context;
    const response = localThermalEnergy(storedMinimum(context), {}, control);
    const all = ensemble.keep.bonds === "all";
    const { triples } = response;
    return {
      "bonds.parquet": await tableBytes(bonds, bondColumns(response, all)),
      ...(triples && { "triples.parquet": await tableBytes(triplesTable, tripleColumns(response, all)) }),
      "particles.parquet": await tableBytes(particles, particleColumns(response)),
      "responses.parquet": await recordBytes(triples ? tripleResponses : responses, [response]),
      "histogram.parquet": await recordBytes(triples ? tripleHistogram : histogram, countedBins(response)),
    };
  },
};

function bondColumns({ interactions, lte: energies, harmonic }: GlassResponse, all: boolean) {
  const keep = (_: unknown, m: number) => all || Math.abs(energies[m]) >= LTE_THRESHOLD;
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

/** All bonds and triples counted in logarithmic bins, those kept and those not. */
function countedBins({ lte: energies, triples, interactions }: GlassResponse): BinRow[] {
  return [
    ...signedBins("lte", energies),
    ...(triples ? signedBins("triples", triples.lte) : []),
    ...bins("force", 1, interactions.phi1),
  ];
}

function signedBins(quantity: string, values: Float64Array): BinRow[] {
  const below = values.filter((value) => value < 0);
  const above = values.filter((value) => value >= 0);
  return [...bins(quantity, -1, below), ...bins(quantity, 1, above)];
}

function bins(quantity: string, sign: number, values: Float64Array): BinRow[] {
  const found = createLogHistogram(HISTOGRAM_BINS);
  addToLogHistogram(found, values);
  return [found.below, ...found.counts, found.above].flatMap((count, k) =>
    count === 0 ? [] : [{ quantity, sign, bin: k - 1, count }],
  );
}

function smallest(values: Float64Array): number {
  return values.reduce((least, value) => Math.min(least, value), Infinity);
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, value), -Infinity);
}
