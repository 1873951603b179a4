import {
  type CanonicalSample,
  type GlassResponse,
  localThermalEnergy,
  makeGlass,
  minimumOf,
  type PairModel,
  pairsOf,
  SoftfieldError,
  sampleLocalEnergies,
  type Table,
  type WorkControl,
} from "softfield";
import { unitNamed } from "softfield/internal";
import { type Agreement, agreement, energyResolution } from "./agreement.ts";

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
  /** Which interactions: every family of terms has a row of its own. */
  readonly of: string;
  readonly blocks: number;
  /** How many there are. */
  readonly bonds: number;
  readonly equipartition: number;
  readonly equipartitionError: number;
  readonly hoppedInBlock?: number;
}

/** How well energies and measurements agree: a row of each family of terms at each temperature. */
export function agreementRows({ model, response, samples }: Check): AgreementRow[] {
  const { energies, interactions } = response;
  return samples.flatMap(({ temperature, blocks, families, hoppedInBlock, ...sample }) => {
    const resolution = energyResolution(pairsOf(interactions).phi0, temperature);
    return families.map((measured, f): AgreementRow => {
      const expected = energies[f].lte;
      return {
        model: model.name,
        temperature,
        of: f === 0 ? "pairs" : measured.name,
        blocks,
        bonds: expected.length,
        ...agreement(expected, measured, resolution),
        equipartition: sample.equipartition,
        equipartitionError: sample.equipartitionError,
        hoppedInBlock,
      };
    });
  });
}

/** All bonds at all temperatures. */
export function bondTable(checks: readonly Check[]): Table {
  const rows = checks.flatMap(({ model, response, samples }) =>
    samples.flatMap((sample) =>
      Array.from(response.energies[0].lte, (lte, k) => ({
        model: model.name,
        bonds: pairsOf(response.interactions),
        sampled: sample.families[0],
        sample,
        lte,
        k,
      })),
    ),
  );
  const real = (pick: (row: (typeof rows)[number]) => number) => Float64Array.from(rows, pick);
  const whole = (pick: (row: (typeof rows)[number]) => number) => Int32Array.from(rows, pick);
  return {
    columns: [
      { name: "model", values: rows.map(({ model }) => model) },
      { name: "temperature", values: real(({ sample }) => sample.temperature), unit: "ε/k_B" },
      { name: "i", values: whole(({ bonds, k }) => bonds.i[k]) },
      { name: "j", values: whole(({ bonds, k }) => bonds.j[k]) },
      { name: "lte", values: real(({ lte }) => lte), description: "E by Eq. 3" },
      {
        name: "measured",
        values: real(({ sampled, k }) => sampled.mean[k]),
        description: "[<energy> - energy at rest]/(T/2)",
      },
      { name: "error", values: real(({ sampled, k }) => sampled.error[k]), description: "standard error" },
    ],
  };
}

/** All bonds at the lowest temperature, and two through all: the one with the largest |E|, and one of the upper eighth. */
export function figureRow({ model, response: { energies, system }, samples }: Check) {
  const [{ lte }] = energies;
  const order = Array.from(lte.keys()).sort((a, b) => Math.abs(lte[b]) - Math.abs(lte[a]));
  const coldest = samples.reduce((a, b) => (b.temperature < a.temperature ? b : a));
  return {
    title: `${model.name}, *N* = ${system.species.length}`,
    unit: unitNamed("ε/*k*_{B}", model),
    temperature: coldest.temperature,
    expected: lte,
    mean: coldest.families[0].mean,
    error: coldest.families[0].error,
    curves: [order[0], order[order.length >> 3]].map((bond) => ({
      expected: lte[bond],
      temperature: samples.map(({ temperature }) => temperature),
      mean: samples.map(({ families }) => families[0].mean[bond]),
      error: samples.map(({ families }) => families[0].error[bond]),
    })),
  };
}
