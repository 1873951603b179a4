import { type FeatureOptions, particleFeatures, SoftfieldError, type WorkControl } from "softfield";
import {
  agreementsOf,
  baselineOf,
  fitIn,
  foretoldBy,
  optionsOfFit,
  sharedWidths,
} from "../../features/baseline.ts";
import { answerOf, wire } from "../answers.ts";
import { given, type Params, required } from "../params.ts";
import { placed } from "../place.ts";
import type { HeldGlass } from "../session.ts";
import type { Method } from "./method.ts";

/** Exact quantities of particles, and the linear baseline on them. */
export const featureMethods = {
  features: (params, state, control) => {
    const glass = state.glass(params);
    const options = featureOptions(params);
    params.complete();
    const columns = featuresOf(glass, options, control);
    return answerOf(glass.configuration.model, { hdf5: { "/features": { columns } } });
  },

  /** A ridge regression of the arrays `target/0` … on the features of the glasses in the array `handles`. */
  fit: (params, state, control) => {
    const name = params.text("name") ?? "target";
    const options = featureOptions(params);
    const glasses = Array.from(required("handles", params.reals("handles")), (handle) =>
      state.glassOf(handle),
    );
    const targets = glasses.map((glass, k) => targetIn(params, `target/${k}`, glass));
    params.complete();
    if (glasses.length === 0)
      throw new SoftfieldError("usage", "a fit needs a glass at least", { field: "handles" });
    const shared = { widths: sharedWidths(glasses.map(({ configuration }) => configuration)), ...options };
    const samples = glasses.map((glass, k) => ({
      configuration: glass.configuration,
      columns: featuresOf(glass, shared, control),
      target: required(`target/${k}`, targets[k]),
    }));
    return { value: { ...baselineOf(name, samples) }, arrays: {} };
  },

  /** What a fit says of the particles of a glass, and how that agrees with the array `target`, where there is one. */
  foretell: (params, state, control) => {
    const glass = state.glass(params);
    const fit = fitIn({ fit: params.object("fit") });
    const target = targetIn(params, "target", glass);
    params.complete();
    if (!fit) throw new SoftfieldError("usage", "this is no fit: fit() makes one", { field: "fit" });
    const predicted = foretoldBy(fit, glass.configuration, featuresOf(glass, optionsOfFit(fit), control));
    return {
      value: { agreements: target ? agreementsOf(glass.configuration, predicted, target) : null },
      arrays: { predicted: wire(predicted) },
    };
  },
} satisfies Record<string, Method>;

function featureOptions(params: Params): FeatureOptions {
  const widths = params.reals("widths");
  return given<FeatureOptions>({ slopes: params.flag("slopes"), widths: widths && Array.from(widths) });
}

function featuresOf({ configuration, minimum }: HeldGlass, options: FeatureOptions, control: WorkControl) {
  return placed(configuration, () => particleFeatures(minimum, options, control));
}

function targetIn(params: Params, name: string, { configuration }: HeldGlass): Float64Array | undefined {
  const values = params.reals(name);
  const count = configuration.system.species.length;
  if (values === undefined || values.length === count) return values;
  const message = `${name} has ${values.length} values; it must have one a particle, ${count}`;
  throw new SoftfieldError("usage", message, { field: name });
}
