import { version } from "@softfield/node";
import { type FieldOptions, indicatorMaps, indicators, SoftfieldError } from "softfield";
import { inFileBox } from "../../shell/filebox.ts";
import type { Configuration } from "../../shell/load.ts";
import { spotsTable } from "../../softness/tables.ts";
import { answerOf, wire } from "../answers.ts";
import { given, type Params } from "../params.ts";
import { placed } from "../place.ts";
import type { Method } from "./method.ts";

/** Fields, spots, and the values that they are made of. */
export const softnessMethods = {
  spots: (params, state, control) => {
    const { configuration, minimum } = state.glass(params);
    const indicator = params.text("indicator") ?? "lte";
    const { modes, seed } = { modes: params.whole("modes"), seed: params.whole("seed") };
    const field = fieldOptions(params);
    params.complete();
    return placed(configuration, () => {
      const options = { indicators: [indicator], field, ...given({ modes, seed }) };
      const [map] = indicatorMaps(minimum, options, control);
      const { spots } = map;
      if (spots.status !== "ok") throw new SoftfieldError("numerics", `no soft spots: ${spots.reason}`);
      const own = spots.spots.map((spot) => ({
        ...spot,
        position: inFileBox(configuration, spot.position),
      }));
      const d = configuration.system.box.dimension;
      // bin (b₀, b₁, b₂) has index (b₂·n₁ + b₁)·n₀ + b₀: the last edge is the slowest
      const shape = [...map.field.counts].reverse();
      const summary = { ...provenance(configuration), indicator, threshold: map.field.threshold };
      return answerOf(
        configuration.model,
        { hdf5: { "/spots": spotsTable(own, d) }, summary },
        {
          field: wire(map.field.values, ...shape),
          raw: wire(map.field.raw, ...shape),
          entries: wire(map.field.entries, ...shape),
          kept: wire(map.field.kept, ...shape),
        },
      );
    });
  },

  /** One indicator's values: of particles, or of the sites of each family. */
  indicator: (params, state, control) => {
    const { configuration, minimum } = state.glass(params);
    const indicator = indicators.get(params.text("name") ?? "lte");
    const modes = params.whole("modes");
    params.complete();
    return placed(configuration, () => {
      const found = indicator.run(minimum, given({ modes }), control);
      const { name, unit, of, description } = indicator;
      const arrays = Object.fromEntries(found.map(({ values }, f) => [`values${f}`, wire(values)]));
      return { value: { name, unit, of, description }, arrays };
    });
  },
} satisfies Record<string, Method>;

function fieldOptions(params: Params): FieldOptions {
  return given<FieldOptions>({
    bins: params.whole("bins"),
    threshold: params.number("threshold"),
    reading: params.word("reading", ["mean-of-kept", "mean-of-all", "sum"]),
    empty: params.word("empty", ["zero", "skip"]),
    smoothing: params.word("smoothing", ["average", "pool", "none"]),
  });
}

function provenance({ file, model }: Configuration) {
  return { source: file, model: model.name, softfield: version };
}
