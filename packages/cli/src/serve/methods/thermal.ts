import { SHEAR_PLANES } from "softfield/internal";
import { followFlow } from "../../deform/flow.ts";
import { flowPlan } from "../../deform/plan.ts";
import { flowResults, summariseFlow } from "../../deform/results.ts";
import { escapeResults, summariseEscape } from "../../escape/results.ts";
import { waysOut } from "../../escape/ways.ts";
import { ensemblePlan, isoconfigurationalEnsemble } from "../../propensity/ensemble.ts";
import { propensityResults, summarisePropensity } from "../../propensity/results.ts";
import type { Configuration } from "../../shell/load.ts";
import { answerOf, stackedFields, systemArrays } from "../answers.ts";
import { configurationIn } from "../configuration.ts";
import { type Params, required } from "../params.ts";
import { placed } from "../place.ts";
import { resumable } from "../resumable.ts";
import type { Method } from "./method.ts";

const NO_FILES = { seconds: 0, outputs: [] };

/** What a glass does at a temperature. */
export const thermalMethods = {
  /** Shear at a finite rate. */
  deform: async (params, _, control) => {
    const configuration = await configurationIn(params);
    const { system, model } = configuration;
    const asked = {
      rate: required("rate", params.quantity("rate", "strain rate", model)),
      temperature: required("temperature", params.quantity("temperature", "temperature", model)),
      maxStrain: params.positive("maxStrain") ?? 0.2,
      every: params.positive("every") ?? 0.002,
      seed: params.whole("seed") ?? 1,
      plane: params.word("plane", SHEAR_PLANES) ?? "xy",
      inherent: params.flag("inherent") === true,
      ...timesIn(params, ["dt", "relaxation"], configuration),
    };
    const checkpoint = params.text("checkpoint");
    params.complete();
    return await resumable(configuration, { control, checkpoint }, async (way) => {
      const plan = flowPlan(system, model, asked);
      const flowed = await followFlow(system, model, plan, way);
      const summary = summariseFlow(configuration, flowed, NO_FILES);
      const { table, ...results } = flowResults(configuration, flowed, summary);
      const hdf5 = { "/path": table ?? { columns: [] } };
      const answer = answerOf(model, { ...results, hdf5 }, systemArrays(flowed.system));
      return { ...answer, value: { ...answer.value, names: model.species } };
    });
  },

  /** The isoconfigurational ensemble. */
  propensity: async (params, _, control) => {
    const configuration = await configurationIn(params);
    const { system, model } = configuration;
    const times = params.reals("times");
    const asked = {
      temperature: required("temperature", params.quantity("temperature", "temperature", model)),
      times: times ? Array.from(times) : [0.1, 0.3, 1, 3, 10],
      runs: params.whole("runs", 2) ?? 50,
      seed: params.whole("seed") ?? 1,
      ...timesIn(params, ["dt", "relaxation"], configuration),
    };
    const checkpoint = params.text("checkpoint");
    params.complete();
    return await resumable(configuration, { control, checkpoint }, async (way) => {
      const plan = ensemblePlan(system, model, asked);
      const sums = await isoconfigurationalEnsemble(plan, { ...way, threads: control.threads });
      const summary = summarisePropensity(configuration, { sums, plan }, NO_FILES);
      const { table } = propensityResults(configuration, { sums, plan }, summary);
      const each = plan.times.map((_time, k) => sums.at(k));
      const count = system.species.length;
      return answerOf(
        model,
        { hdf5: { "/particles": table ?? { columns: [] } }, summary },
        {
          mean: stackedFields(
            each.map(({ mean }) => mean),
            count,
          ),
          error: stackedFields(
            each.map(({ error }) => error),
            count,
          ),
        },
      );
    });
  },

  /** Ways out of a held glass without load, and first passages. */
  escape: (params, state, control) => {
    const { configuration, minimum } = state.glass(params);
    const { model, system } = configuration;
    const request = {
      temperature: required("temperature", params.quantity("temperature", "temperature", model)),
      excitations: params.whole("excitations", 1) ?? 40,
      runs: params.whole("runs", 0) ?? 0,
      seed: params.whole("seed") ?? 1,
      maxTime: params.quantity("maxTime", "time", model) ?? 1000,
      ...timesIn(params, ["every", "dt", "relaxation"], configuration),
    };
    params.complete();
    return placed(configuration, () => {
      const found = waysOut(minimum, request, control);
      const summary = summariseEscape(configuration, found, NO_FILES);
      const { table } = escapeResults(configuration, found, summary);
      const shape = [system.species.length, system.box.dimension];
      return answerOf(
        model,
        { hdf5: { "/ways": table ?? { columns: [] } }, summary },
        {
          saddles: stackedFields(
            found.ways.map(({ saddle }) => saddle),
            ...shape,
          ),
          minima: stackedFields(
            found.ways.map(({ other }) => other),
            ...shape,
          ),
        },
      );
    });
  },
} satisfies Record<string, Method>;

/** Those of these times that were given. */
function timesIn<Name extends string>(
  params: Params,
  names: readonly Name[],
  { model }: Configuration,
): { readonly [K in Name]?: number } {
  const found = names.flatMap((name) => {
    const time = params.quantity(name, "time", model);
    return time === undefined ? [] : [[name, time]];
  });
  return Object.fromEntries(found);
}
