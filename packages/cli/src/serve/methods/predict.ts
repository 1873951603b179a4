import { type Indicator, SoftfieldError, type Table } from "softfield";
import type { Hdf5Content } from "softfield/formats";
import { spotsTable, unitOf } from "softfield/internal";
import { spotsOf } from "../../commands/spots.ts";
import { askedIndicators, type Foretold, predictionUnder } from "../../predict/prediction.ts";
import { type PredictionSummary, predictionResults, summarisePrediction } from "../../predict/results.ts";
import { summarise } from "../../shear/results.ts";
import type { Configuration } from "../../shell/load.ts";
import { loadOf, loadText, underLoad } from "../../shell/loads.ts";
import { outsideIndicator } from "../../softness/outside.ts";
import { loadIn, type Params, required } from "../params.ts";
import { placed } from "../place.ts";
import { shearAnswer } from "./deform.ts";
import type { Method } from "./method.ts";
import { fieldIn } from "./softness.ts";

/** Soft spots against the events that come. */
export const predictMethods = {
  predict: (params, state, control) => {
    const { configuration, minimum } = state.glass(params);
    const { system } = configuration;
    const modes = params.whole("modes", 0) ?? 30;
    const asked = loadIn(params);
    const load = loadOf(asked);
    const shear = {
      events: params.whole("events", 1) ?? 5,
      maxStrain: params.number("maxStrain") ?? 0.2,
    };
    const request = {
      indicators: [
        ...askedIndicators(params.texts("indicators"), modes),
        ...ownIn(params, system.species.length),
      ],
      ...{ modes, seed: params.whole("seed", 0) ?? 0, field: fieldIn(params), load, shear },
      forecast: params.flag("forecast") === true,
      follow: params.flag("follow") === true,
    };
    params.complete();
    if (request.follow && !request.forecast)
      throw new SoftfieldError("usage", "follow goes on with the forecast: ask for it, too", {
        field: "follow",
      });
    return placed(configuration, () => {
      const found = predictionUnder(minimum, request, control);
      const words = loadText(asked, system.box.dimension);
      const summary = summarisePrediction(underLoad(configuration, load), found, {
        outputs: [],
        load: words,
      });
      const sheared = summarise(configuration, found.shear, { load: words, shear, seconds: 0, outputs: [] });
      const { table = { columns: [] } } = predictionResults(found, summary);
      const answer = shearAnswer(configuration, found.shear, sheared, {
        "/scores": table,
        ...mapsOf(found, configuration, unitOf(minimum, load)),
        ...(summary.forecast && { "/forecast": forecastTable(summary.forecast, system.box.dimension) }),
      });
      return { ...answer, value: { ...answer.value, prediction: summary } };
    });
  },
} satisfies Record<string, Method>;

/** Fields of the client's own, one value a particle, by the names of their arrays; "-NAME": the smaller, the softer. */
function ownIn(params: Params, count: number): Indicator[] {
  return (params.texts("scores") ?? []).map((name) => {
    const values = required(name, params.reals(`score/${name}`));
    if (values.length === count) return outsideIndicator(name, values, "the client");
    const message = `${name} has ${values.length} values; it must have one a particle, ${count}`;
    throw new SoftfieldError("usage", message, { field: name });
  });
}

/** The spots of every indicator, and the fields that they are the maxima of. */
function mapsOf({ maps }: Foretold, configuration: Configuration, load: Float64Array): Hdf5Content {
  const { dimension } = configuration.system.box;
  return Object.fromEntries(
    maps.flatMap((map): [string, Hdf5Content[string]][] => {
      const { field, indicator } = map;
      const { unit, description, name } = indicator;
      const shape = [...field.counts].reverse();
      return [
        [`/spots/${name}`, spotsTable(spotsOf({ ...map, load }, configuration), dimension, load)],
        [`/field/${name}`, { values: field.values, shape, unit, description }],
      ];
    }),
  );
}

/** Where the glass was foretold to yield, in order. */
function forecastTable(folds: NonNullable<PredictionSummary["forecast"]>, dimension: 2 | 3): Table {
  return {
    columns: [
      {
        name: "strain",
        values: Float64Array.from(folds, ({ strain }) => strain),
        description: "at which it yields",
      },
      {
        name: "particle",
        values: Int32Array.from(folds, ({ particle }) => particle),
        description: "that moves most, zero-based",
      },
      ...Array.from("xyz".slice(0, dimension), (name, a) => ({
        name,
        values: Float64Array.from(folds, ({ position }) => position[a]),
        unit: "λ",
        description: "centre of the mode",
      })),
    ],
  };
}
