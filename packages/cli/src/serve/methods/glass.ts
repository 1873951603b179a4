import { version } from "@softfield/node";
import { energy, findInteractions, gradient, indicators, modelToJson, presetNames, stress } from "softfield";
import { systemArrays, wire } from "../answers.ts";
import { configurationIn, modelIn } from "../configuration.ts";
import type { Params } from "../params.ts";
import { required } from "../params.ts";
import { placed } from "../place.ts";
import { glassOf } from "../session.ts";
import type { Method } from "./method.ts";

/** Models, configurations, and the minima that a session holds. */
export const glassMethods = {
  about: () => ({
    value: {
      softfield: version,
      node: process.version,
      models: presetNames,
      indicators: indicators.all.map(({ name, description, unit, of, threshold }) => ({
        name,
        description,
        unit,
        of,
        threshold,
      })),
    },
    arrays: {},
  }),

  model: (params) => {
    const model = modelIn(params);
    params.complete();
    const { name, species, dimension, warnings } = model;
    return { value: { name, species, dimension, warnings, definition: modelToJson(model) }, arrays: {} };
  },

  /** A configuration as the model sees it. */
  read: async (params) => {
    const configuration = await configurationIn(params);
    params.complete();
    return described(configuration);
  },

  /** Energy, gradient and stress of any configuration. */
  evaluate: async (params) => {
    const configuration = await configurationIn(params);
    params.complete();
    const { system, model } = configuration;
    return placed(configuration, () => {
      const interactions = findInteractions(system, model);
      const d = system.box.dimension;
      return {
        value: { energy: energy(interactions) },
        arrays: {
          gradient: wire(gradient(interactions), system.species.length, d),
          stress: wire(stress(interactions, system.box), d, d),
        },
      };
    });
  },

  open: async (params, state, control) => {
    const configuration = await configurationIn(params);
    const held = placed(configuration, () => glassOf(configuration, params, control));
    params.complete();
    const { minimum } = held;
    const { residual, residualGiven, refineSteps, moved, rattlers, system } = minimum;
    const { value, arrays } = described({ ...configuration, system });
    return {
      value: { ...value, handle: state.hold({ glass: held }), residual, residualGiven, refineSteps, moved },
      arrays: { ...arrays, rattlers: wire(rattlers) },
    };
  },

  close: (params: Params, state) => {
    const closed = state.close(required("handle", params.whole("handle")));
    params.complete();
    return { value: { closed, held: state.size }, arrays: {} };
  },
} satisfies Record<string, Method>;

function described({
  system,
  model,
  ids,
  warnings,
  snapshot,
}: Pick<Awaited<ReturnType<typeof configurationIn>>, "system" | "model" | "ids" | "warnings" | "snapshot">) {
  const { origin, rotation } = snapshot;
  const d = system.box.dimension;
  return {
    value: { model: model.name, names: model.species, warnings },
    arrays: {
      ...systemArrays(system),
      origin: wire(origin.slice(0, d)),
      ...(ids && { ids: wire(ids) }),
      ...(rotation && { rotation: wire(rotation, snapshot.dimension, snapshot.dimension) }),
    },
  };
}
