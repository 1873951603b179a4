import { version } from "@softfield/node";
import {
  type FieldOptions,
  indicators,
  type Minimum,
  SoftfieldError,
  type WorkControl,
  windowedThermalEnergy,
} from "softfield";
import { AGGREGATES, indicatorColumns, spotsTable, unitOf } from "softfield/internal";
import { indicatorResults } from "../../commands/indicators.ts";
import { nonaffineResults, nonaffineUnder, summariseNonaffine } from "../../commands/nonaffine.ts";
import { checkWindows, spotsOf, spotsUnder } from "../../commands/spots.ts";
import type { Configuration } from "../../shell/load.ts";
import { loadOf, loadText, underLoad } from "../../shell/loads.ts";
import { answerOf, wire } from "../answers.ts";
import { given, loadIn, type Params, windowsIn } from "../params.ts";
import { placed } from "../place.ts";
import type { Method } from "./method.ts";

/** Fields, spots, and the values that they are made of. */
export const softnessMethods = {
  spots: (params, state, control) => {
    const { configuration, minimum } = state.glass(params);
    const indicator = params.text("indicator") ?? "lte";
    const more = {
      modes: params.whole("modes"),
      seed: params.whole("seed"),
      softening: params.flag("softening"),
    };
    const field = fieldIn(params);
    const load = loadIn(params);
    const tried = params.whole("yield", 0) ?? 0;
    const windows = windowsIn(params);
    params.complete();
    if (windows) checkWindows(indicator, tried, "windows finds");
    return placed(configuration, () => {
      const request = {
        indicators: [indicator],
        field,
        energies: windows && ((own: Minimum, now?: WorkControl) => windowedThermalEnergy(own, windows, now)),
        load: loadOf(load),
        tried,
        ...given(more),
      };
      const found = spotsUnder(minimum, request, control);
      const { spots } = found;
      if (spots.status !== "ok") throw new SoftfieldError("numerics", `no soft spots: ${spots.reason}`);
      const d = configuration.system.box.dimension;
      const table = spotsTable(spotsOf(found, configuration), d, found.load);
      // bin (b₀, b₁, b₂) has index (b₂·n₁ + b₁)·n₀ + b₀: the last edge is the slowest
      const shape = [...found.field.counts].reverse();
      const { unstrained } = found;
      const summary = {
        ...provenance(configuration),
        indicator,
        threshold: found.field.threshold,
        load: loadText(load, d),
        ...given({ unstrained }),
        warnings: underLoad(configuration, loadOf(load)).warnings,
      };
      return answerOf(
        configuration.model,
        { hdf5: { "/spots": table }, summary },
        {
          field: wire(found.field.values, ...shape),
          raw: wire(found.field.raw, ...shape),
          entries: wire(found.field.entries, ...shape),
          kept: wire(found.field.kept, ...shape),
        },
      );
    });
  },

  /** Several indicators, or all, of particles and of terms. */
  indicators: (params, state, control) => {
    const { configuration, minimum } = state.glass(params);
    const choice = { only: params.texts("names"), without: params.texts("without") };
    const modes = params.whole("modes");
    const asked = loadIn(params);
    params.complete();
    return placed(configuration, () => {
      const load = unitOf(minimum, loadOf(asked));
      const found = indicatorColumns(minimum, choice, given({ modes, load }), control);
      const { file, model, system } = configuration;
      const summary = {
        file,
        model: model.name,
        particles: system.species.length,
        load: loadText(asked, system.box.dimension),
      };
      const results = indicatorResults(configuration, { minimum, ...found }, summary);
      return answerOf(model, { ...results, summary: { refused: Object.fromEntries(found.refused) } });
    });
  },

  /** The non-affine velocity under a load, and D²min of it. */
  nonaffine: (params, state, control) => {
    const { configuration, minimum } = state.glass(params);
    const load = loadIn(params);
    params.complete();
    return placed(configuration, () => {
      const found = nonaffineUnder(minimum, loadOf(load), control);
      const { dimension } = configuration.system.box;
      const summary = summariseNonaffine(underLoad(configuration, loadOf(load)), found, {
        load: loadText(load, dimension),
        outputs: [],
      });
      return answerOf(configuration.model, nonaffineResults(configuration, found, summary));
    });
  },

  /** One indicator's values: of particles, or of the sites of each family. */
  indicator: (params, state, control) => {
    const { configuration, minimum } = state.glass(params);
    const indicator = indicators.get(params.text("name") ?? "lte");
    const modes = params.whole("modes");
    const asked = loadIn(params);
    params.complete();
    return placed(configuration, () => {
      const load = unitOf(minimum, loadOf(asked));
      const found = indicator.run(minimum, given({ modes, load }), control);
      const { name, unit, of, description } = indicator;
      const arrays = Object.fromEntries(found.map(({ values }, f) => [`values${f}`, wire(values)]));
      return { value: { name, unit, of, description }, arrays };
    });
  },
} satisfies Record<string, Method>;

export function fieldIn(params: Params): FieldOptions {
  return given<FieldOptions>({
    bins: params.whole("bins"),
    threshold: params.number("threshold"),
    aggregate: params.word("reading", AGGREGATES),
    empty: params.word("empty", ["zero", "skip"]),
    smoothing: params.word("smoothing", ["average", "pool", "none"]),
  });
}

function provenance({ file, model }: Configuration) {
  return { source: file, model: model.name, softfield: version };
}
