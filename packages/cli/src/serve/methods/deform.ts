import {
  ForceField,
  type MinimizeOptions,
  minimize,
  minimizeBox,
  type ShearOptions,
  type ShearResult,
  shear,
} from "softfield";
import { BOX_SHAPES, METHODS, RELEASE_METHODS } from "softfield/internal";
import { shearResults, summarise } from "../../shear/results.ts";
import { type LoadCliOptions, loadOf, loadText } from "../../shell/loads.ts";
import { answerOf, systemArrays, wire } from "../answers.ts";
import { configurationIn } from "../configuration.ts";
import { given, loadIn, type Params } from "../params.ts";
import { placed } from "../place.ts";
import type { Method } from "./method.ts";

/** What moves a configuration. */
export const deformMethods = {
  shear: (params, state, control) => {
    const { configuration, minimum } = state.glass(params);
    const asked = loadIn(params);
    const options = shearOptions(params, asked);
    params.complete();
    return placed(configuration, () => {
      const result = shear(minimum.system, minimum.model, options, control);
      const load = loadText(asked, configuration.system.box.dimension);
      const summary = summarise(configuration, result, { load, shear: options, seconds: 0, outputs: [] });
      const { path, events, ...rest } = summary;
      const { table } = shearResults(configuration, result, summary);
      const hdf5 = { "/events": table ?? { columns: [] }, "/path": pathTable(result) };
      const displacements = displacementsOf(result);
      return answerOf(
        configuration.model,
        { hdf5, summary: rest },
        {
          ...systemArrays(result.system),
          ...(displacements && { displacements }),
        },
      );
    });
  },

  minimize: async (params, _, control) => {
    const configuration = await configurationIn(params);
    const options = given<MinimizeOptions>({
      method: params.word("method", METHODS),
      tolerance: params.number("tolerance"),
      maxEvaluations: params.whole("maxEvaluations"),
      newton: params.flag("newton"),
      saddles: params.word("saddles", ["leave", "report"]),
    });
    const pressure = params.number("pressure");
    const shape = params.word("shape", BOX_SHAPES);
    params.complete();
    return placed(configuration, () => {
      if (pressure !== undefined) {
        const found = minimizeBox(
          configuration.system,
          configuration.model,
          { ...options, pressure, ...(shape && { shape }) },
          control,
        );
        const { minimum, system, swelling } = found;
        const { mode: _, ...result } = minimum;
        return {
          value: {
            ...result,
            ...{ pressure: found.pressure, swelling, names: configuration.model.species },
            warnings: configuration.warnings,
          },
          arrays: { ...systemArrays(system), stress: wire(found.stress) },
        };
      }
      const field = ForceField.create(configuration.system, configuration.model);
      const { mode, ...result } = minimize(field, options, control);
      return {
        value: {
          ...result,
          ...(mode && { unstableEigenvalue: mode.eigenvalue }),
          names: configuration.model.species,
          warnings: configuration.warnings,
        },
        arrays: { ...systemArrays(field.system()), origin: wire(Float64Array.from(field.origin)) },
      };
    });
  },
} satisfies Record<string, Method>;

function shearOptions(params: Params, load: LoadCliOptions): ShearOptions {
  return given<ShearOptions>({
    events: params.whole("events"),
    maxStrain: params.number("maxStrain"),
    ...loadOf(load),
    tolerance: params.number("tolerance"),
    step: params.number("step"),
    minimizer: params.word("minimizer", RELEASE_METHODS),
    strategy: params.word("strategy", ["branch", "coarse"]),
    minDrop: params.number("minDrop"),
    d2minThreshold: params.number("d2minThreshold"),
    maxEvaluations: params.whole("maxEvaluations"),
    displacements: params.flag("displacements"),
  });
}

/** The minima that were passed, as a table. */
function pathTable({ path, system }: ShearResult) {
  const d = system.box.dimension;
  const real = (name: "strain" | "energy" | "stress" | "modulus" | "eigenvalue", unit?: string) => ({
    name,
    values: Float64Array.from(path, (point) => point[name] ?? Number.NaN),
    ...(unit !== undefined && { unit }),
  });
  return {
    columns: [
      real("strain"),
      real("energy", "ε"),
      real("stress", `ε/λ^${d}`),
      real("modulus", `ε/λ^${d}`),
      real("eigenvalue", "ε/λ²"),
      { name: "events", values: Int32Array.from(path, ({ events }) => events) },
    ],
  };
}

/** Of every event, where they were kept: events × N × d. */
function displacementsOf({ events, system }: ShearResult) {
  const { species, box } = system;
  const size = species.length * box.dimension;
  const kept = events.flatMap(({ displacements }) => displacements ?? []);
  if (kept.length === 0) return undefined;
  const all = new Float64Array(kept.length * size);
  kept.forEach((field, k) => {
    all.set(field, k * size);
  });
  return wire(all, kept.length, species.length, box.dimension);
}
