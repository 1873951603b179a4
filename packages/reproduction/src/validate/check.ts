import {
  type CanonicalSample,
  type GlassResponse,
  localThermalEnergy,
  makeGlass,
  minimumOf,
  type PairModel,
  SoftfieldError,
  sampleLocalEnergies,
  type Table,
  type WorkControl,
} from "softfield";
import { type Agreement, agreement, energyResolution, type Measured } from "./agreement.ts";

/** How each model is sampled. */
export interface CheckOptions {
  readonly particles: number;
  /** Of glass and noise. */
  readonly seed: number;
  /** That errors are estimated from. */
  readonly blocks: number;
  readonly blockTime: number;
}

/** One model at all temperatures. */
export interface Check {
  readonly model: PairModel;
  readonly response: GlassResponse;
  readonly samples: readonly CanonicalSample[];
}

/** Makes a glass of the model and samples it at each temperature. @throws SoftfieldError where it has no minimum */
export function checkAgainstDynamics(
  model: PairModel,
  temperatures: readonly number[],
  { particles, seed, blocks, blockTime }: CheckOptions,
  control: WorkControl,
): Check {
  const glass = makeGlass({ model, particles, seed });
  if (glass.minimization.status !== "converged") {
    throw new SoftfieldError("not-a-minimum", `${model.name}, seed ${seed}: no minimum; take another seed`);
  }
  const response = localThermalEnergy(minimumOf(glass.system, model, { arithmetic: "reproducible" }));
  const samples = temperatures.map((temperature) =>
    sampleLocalEnergies(
      response.system,
      model,
      response.interactions,
      { temperature, seed, blocks, blockTime },
      {
        ...control,
        onProgress: ({ stage, ...rest }) =>
          control.onProgress?.({ stage: `${model.name}, ${stage}`, ...rest }),
      },
    ),
  );
  return { model, response, samples };
}

/** One model at one temperature. */
export interface AgreementRow extends Agreement {
  readonly model: string;
  readonly temperature: number;
  /** Which interactions: triples have a row of their own. */
  readonly of: "pairs" | "triples";
  readonly blocks: number;
  /** How many there are. */
  readonly bonds: number;
  readonly equipartition: number;
  readonly equipartitionError: number;
  readonly hoppedInBlock?: number;
}

/** How well energies and measurements agree: a row each of pairs and triples at each temperature. */
export function agreementRows({ model, response, samples }: Check): AgreementRow[] {
  const { lte, triples, interactions } = response;
  return samples.flatMap(({ temperature, blocks, mean, error, hoppedInBlock, ...sample }) => {
    const resolution = energyResolution(interactions.phi0, temperature);
    const row = (of: "pairs" | "triples", expected: Float64Array, measured: Measured): AgreementRow => ({
      model: model.name,
      temperature,
      of,
      blocks,
      bonds: expected.length,
      ...agreement(expected, measured, resolution),
      equipartition: sample.equipartition,
      equipartitionError: sample.equipartitionError,
      ...(hoppedInBlock !== undefined && { hoppedInBlock }),
    });
    const pairs = row("pairs", lte, { mean, error });
    return triples && sample.triples ? [pairs, row("triples", triples.lte, sample.triples)] : [pairs];
  });
}

/** All bonds at all temperatures. */
export function bondTable(checks: readonly Check[]): Table {
  const rows = checks.flatMap(({ model, response, samples }) =>
    samples.flatMap((sample) =>
      Array.from(response.lte, (lte, k) => ({ model: model.name, response, sample, lte, k })),
    ),
  );
  const real = (pick: (row: (typeof rows)[number]) => number) => Float64Array.from(rows, pick);
  const whole = (pick: (row: (typeof rows)[number]) => number) => Int32Array.from(rows, pick);
  return {
    columns: [
      { name: "model", values: rows.map(({ model }) => model) },
      { name: "temperature", values: real(({ sample }) => sample.temperature), unit: "ε/k_B" },
      { name: "i", values: whole(({ response, k }) => response.interactions.i[k]) },
      { name: "j", values: whole(({ response, k }) => response.interactions.j[k]) },
      { name: "lte", values: real(({ lte }) => lte), description: "E by Eq. 3" },
      {
        name: "measured",
        values: real(({ sample, k }) => sample.mean[k]),
        description: "[<energy> - energy at rest]/(T/2)",
      },
      { name: "error", values: real(({ sample, k }) => sample.error[k]), description: "standard error" },
    ],
  };
}

/** All bonds at the lowest temperature, and two through all: the one with the largest |E|, and one of the upper eighth. */
export function figureRow({ model, response: { lte, system }, samples }: Check) {
  const order = Array.from(lte.keys()).sort((a, b) => Math.abs(lte[b]) - Math.abs(lte[a]));
  const coldest = samples.reduce((a, b) => (b.temperature < a.temperature ? b : a));
  return {
    title: `${model.name}, *N* = ${system.species.length}`,
    temperature: coldest.temperature,
    expected: lte,
    mean: coldest.mean,
    error: coldest.error,
    curves: [order[0], order[order.length >> 3]].map((bond) => ({
      expected: lte[bond],
      temperature: samples.map(({ temperature }) => temperature),
      mean: samples.map(({ mean }) => mean[bond]),
      error: samples.map(({ error }) => error[bond]),
    })),
  };
}
