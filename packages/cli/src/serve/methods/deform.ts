import {
  type CyclicOptions,
  type CyclicResult,
  cyclicShear,
  ForceField,
  type MinimizeOptions,
  minimize,
  minimizeBox,
  type ShearOptions,
  type ShearResult,
  SoftfieldError,
  shear,
} from "softfield";
import type { Hdf5Content } from "softfield/formats";
import { BOX_SHAPES, METHODS, RELEASE_METHODS } from "softfield/internal";
import { pathTable, type ShearSummary, shearResults, summarise } from "../../shear/results.ts";
import { shearInThread } from "../../shear/thread.ts";
import type { Configuration } from "../../shell/load.ts";
import { type LoadCliOptions, loadOf, loadText } from "../../shell/loads.ts";
import { answerOf, stackedFields, systemArrays, wire } from "../answers.ts";
import { configurationIn } from "../configuration.ts";
import type { Answer } from "../messages.ts";
import { given, loadIn, type Params } from "../params.ts";
import { placed } from "../place.ts";
import { resumable } from "../resumable.ts";
import type { Method } from "./method.ts";

/** What moves a configuration. */
export const deformMethods = {
  shear: async (params, state, control) => {
    const { configuration, minimum } = state.glass(params);
    const asked = loadIn(params);
    const options = shearOptions(params, asked);
    const cycles = cyclesIn(params);
    const checkpoint = params.text("checkpoint");
    params.complete();
    const { system, model } = minimum;
    const answer = (result: ShearResult | CyclicResult) => {
      const load = loadText(asked, configuration.system.box.dimension);
      const said = { load, shear: { ...options, ...cycles }, seconds: 0, outputs: [] };
      return shearAnswer(configuration, result, summarise(configuration, result, said));
    };
    if (checkpoint === undefined)
      return placed(configuration, () => {
        const { events: _events, maxStrain: _maxStrain, ...rest } = options;
        return answer(
          cycles
            ? cyclicShear(system, model, { ...rest, ...cycles }, control)
            : shear(system, model, options, control),
        );
      });
    // in a thread of its own: what it keeps on the way is written while it goes on
    return await resumable(configuration, { control, checkpoint }, async (way) => {
      const start = { system, model, options, threads: control.threads };
      const { result } = await shearInThread(
        {
          ...start,
          ...(cycles && { cyclic: cycles }),
          ...(way.checkpoint && { checkpoint: way.checkpoint }),
        },
        { signal: way.signal, onProgress: way.onProgress, onCheckpoint: way.keep },
      );
      return answer(result);
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

/** Events, way and last configuration of a shear. */
export function shearAnswer(
  configuration: Configuration,
  result: ShearResult | CyclicResult,
  summary: ShearSummary,
  beside: Hdf5Content = {},
): Answer {
  const { path: _path, events: _events, ...rest } = summary;
  const { table } = shearResults(configuration, result, summary);
  const hdf5 = { "/events": table ?? { columns: [] }, "/path": pathTable(result, summary), ...beside };
  const displacements = displacementsOf(result);
  return answerOf(
    configuration.model,
    { hdf5, summary: rest },
    { ...systemArrays(result.system), ...(displacements && { displacements }) },
  );
}

/** To and fro, where an amplitude is given. */
function cyclesIn(params: Params): Pick<CyclicOptions, "amplitude" | "cycles" | "sides"> | undefined {
  const amplitude = params.number("amplitude");
  const cycles = params.whole("cycles", 1);
  const sides = params.flag("oneSided") ? ("one" as const) : undefined;
  const beside = { events: params.whole("events"), maxStrain: params.number("maxStrain") };
  const misuse = (field: string, message: string) => new SoftfieldError("usage", message, { field });
  if (amplitude === undefined) {
    const without = cycles !== undefined ? "cycles" : sides && "oneSided";
    if (without === undefined) return undefined;
    throw misuse(without, `${without} needs an amplitude, the strain at which the load turns`);
  }
  const other = Object.entries(beside).find(([, value]) => value !== undefined);
  if (other) {
    const [name] = other;
    throw misuse(name, `an amplitude and ${name} exclude each other: a cyclic load ends with its cycles`);
  }
  return { amplitude, ...given({ cycles, sides }) };
}

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

/** Of every event, where they were kept: events × N × d. */
function displacementsOf({ events, system: { species, box } }: ShearResult | CyclicResult) {
  const kept = events.flatMap(({ displacements }) => displacements ?? []);
  return kept.length === 0 ? undefined : stackedFields(kept, species.length, box.dimension);
}
