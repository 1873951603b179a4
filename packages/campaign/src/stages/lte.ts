import {
  addToLogHistogram,
  createLogHistogram,
  type FamilyKind,
  type GlassResponse,
  localThermalEnergy,
  pairsOf,
} from "softfield";
import { component, FAMILY_KINDS, familiesOf } from "softfield/internal";
import { section } from "../plan/section.ts";
import type { SampleStage } from "../stage.ts";
import {
  inUnitsOf,
  type RecordColumn,
  type RecordTable,
  real,
  recordBytes,
  type TableSchema,
  tableBytes,
  text,
  whole,
} from "../store/index.ts";
import { storedMinimum } from "./make.ts";
import { termColumns, termTable, termTables } from "./terms.ts";

/** Bins of the histograms, for `createLogHistogram`. */
export const HISTOGRAM_BINS = { low: 1e-4, decades: 12, perDecade: 20 };

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

/** The response in a row: extremes of every family, the further ones under the names of their terms. */
function responsesOf(kinds: readonly FamilyKind[]): RecordTable<GlassResponse> {
  const [, ...others] = kinds;
  const energies = (found: GlassResponse, family: number) => found.energies[family].lte;
  const further = others.flatMap(({ name, noun }, k) => [
    [name, whole((found) => energies(found, k + 1).length, `number of ${name}`)] as const,
    [
      `${noun}_lte_min`,
      real((found) => smallest(energies(found, k + 1)), `smallest lte of a ${noun}`),
    ] as const,
    [
      `${noun}_lte_max`,
      real((found) => largest(energies(found, k + 1)), `largest lte of a ${noun}`),
    ] as const,
  ]) satisfies readonly (readonly [string, RecordColumn<GlassResponse>])[];
  return {
    name: "responses",
    columns: {
      bonds: whole((found) => energies(found, 0).length, "number of interactions"),
      rattlers: whole(({ rattlers }) => rattlers.length, "particles that nothing holds, left out"),
      energy: real(({ energy }) => energy, "U", "ε"),
      pressure: real(({ pressure }) => pressure, "−tr σ/d", "ε/λ^d"),
      residual: real(({ residual }) => residual, "max |∂U/∂x| over the typical pair force"),
      sum_rule_error: real(({ sumRuleError }) => sumRuleError, "|Σ E/(Nd − d) − 1|"),
      lte_min: real((found) => smallest(energies(found, 0)), "smallest lte of a bond"),
      lte_max: real((found) => largest(energies(found, 0)), "largest lte of a bond"),
      ...Object.fromEntries(further),
    },
  };
}

/** A bin that holds something. */
interface BinRow {
  readonly quantity: string;
  readonly sign: number;
  readonly bin: number;
  readonly count: number;
}

function histogramOf(kinds: readonly FamilyKind[]): RecordTable<BinRow> {
  const [, ...others] = kinds;
  const further = others.map(({ name }) => `${name}: lte of the ${name}; `).join("");
  const quantities = others.length === 0 ? "lte, " : `lte of the pairs; ${further}`;
  return {
    name: "histogram",
    columns: {
      quantity: text(({ quantity }) => quantity, `${quantities}or force: |f| of the pairs`),
      sign: whole(({ sign }) => sign, "−1 or 1, of lte; 1 for forces"),
      bin: whole(
        ({ bin }) => bin,
        "1e-4·10^(bin/20) ≤ |value| < 1e-4·10^((bin+1)/20); bin −1 is all below, 240 all above",
      ),
      count: whole(
        ({ count }) => count,
        others.length === 0 ? "bonds" : ["pairs", ...others.map(({ name }) => name)].join(" or "),
      ),
    },
  };
}

export const lteSection = section("lte", {}, "Local thermal energies of all bonds (Eq. 3).");

/** Local thermal energies of all interactions (Eq. 3), in arithmetic that gives the same bits on every machine. */
export const lte: SampleStage = {
  name: "lte",
  inputs: ["make"],
  version: 1,
  options: (ensemble) => {
    if (lteSection.of(ensemble) === undefined) return undefined;
    const further = familiesOf(ensemble.model).slice(1);
    return { bonds: ensemble.keep.bonds, ...Object.fromEntries(further.map(({ name }) => [name, true])) };
  },
  tables: [...termTables, particles, responsesOf(FAMILY_KINDS), histogramOf(FAMILY_KINDS)],
  run: async (context) => {
    const { ensemble, control } = context;
    const response = localThermalEnergy(storedMinimum(context), {}, control);
    const all = ensemble.keep.bonds === "all";
    const kinds = familiesOf(ensemble.model);
    const tables = await Promise.all(
      response.energies.map(async (energies, f) => {
        const columns = termColumns(response.interactions.families[f], energies, all);
        return [
          `${energies.kind.name}.parquet`,
          await tableBytes(inUnitsOf(ensemble.model, termTable(energies.kind)), columns),
        ] as const;
      }),
    );
    return {
      ...Object.fromEntries(tables),
      "particles.parquet": await tableBytes(inUnitsOf(ensemble.model, particles), particleColumns(response)),
      "responses.parquet": await recordBytes(inUnitsOf(ensemble.model, responsesOf(kinds)), [response]),
      "histogram.parquet": await recordBytes(
        inUnitsOf(ensemble.model, histogramOf(kinds)),
        countedBins(response),
      ),
    };
  },
};

function particleColumns({ system, displacement }: GlassResponse) {
  const d = system.box.dimension;
  const axes = ["x", "y", "z"].slice(0, d);
  return {
    species: system.species,
    ...Object.fromEntries(axes.map((axis, a) => [axis, component(system.positions, d, a)])),
    ...Object.fromEntries(axes.map((axis, a) => [`thermal_${axis}`, component(displacement, d, a)])),
  };
}

/** All terms counted in logarithmic bins, those kept and those not. */
function countedBins({ energies, interactions }: GlassResponse): BinRow[] {
  return [
    ...energies.flatMap(({ kind, lte: own }, f) => signedBins(f === 0 ? "lte" : kind.name, own)),
    ...bins("force", 1, pairsOf(interactions).phi1),
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
