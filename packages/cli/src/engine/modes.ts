import { type Results, version } from "@softfield/node";
import type { EngineMinimum } from "softfield";
import { lowestNormalModes, modeWeights, type NormalModes, participationRatios } from "softfield/internal";
import { type ModesSaid, modesContent } from "../modes/results.ts";
import type { CommonOptions } from "../shell/command.ts";
import { massesText } from "../shell/units.ts";
import { engineFrame } from "./frame.ts";
import { frameOf } from "./particles.ts";
import { countOf, type EngineGlass, type EngineOptions } from "./subject.ts";

/** Options of `modes --engine`. */
export interface EngineModesOptions extends EngineOptions, CommonOptions {
  readonly count: string;
}

interface Found {
  readonly minimum: EngineMinimum;
  readonly modes: NormalModes;
}

/** What is said of them; printed by --json. */
interface Summary extends ModesSaid {
  readonly calls: number;
  readonly seconds: { readonly read: number; readonly work: number };
}

/** `softfield modes FILE --engine NAME`. */
export const modesByEngine = engineFrame<EngineModesOptions, Pick<Found, "modes">, Summary>({
  name: "modes",
  holds: "modes",
  find: ({ factor }, { count }, { glass, progress }) => ({
    modes: lowestNormalModes(factor, countOf("count", count, 1) ?? 30, progress, glass.masses),
  }),
  summarise: summariseModes,
  results: modesResults,
  text: ({
    file,
    model,
    particles,
    dimension,
    masses,
    calls,
    frequencies,
    participation,
    warnings,
    outputs,
  }) =>
    [
      `${file}: ${model}, N = ${particles} in ${dimension}D, ${frequencies.length} lowest modes, ${calls} calls`,
      `masses ${masses}; frequencies ω in √(energy/mass)/length of the engine's units`,
      "mode  frequency    participation",
      ...frequencies.map(
        (omega, k) =>
          `${String(k + 1).padEnd(6)}${omega.toPrecision(8).padEnd(13)}${participation[k].toPrecision(4)}`,
      ),
      ...warnings.map((warning) => `warning: ${warning}`),
      ...outputs.map((path) => `wrote ${path}`),
      "",
    ].join("\n"),
});

export function summariseModes(
  { file, model, snapshot, masses, warnings }: EngineGlass,
  { minimum, modes }: Found,
  { seconds, outputs }: Pick<Summary, "seconds" | "outputs">,
): Summary {
  return {
    ...{ file, version, model, dimension: snapshot.dimension, particles: snapshot.count },
    modes: modes.squares.length,
    frequencies: Array.from(modes.frequencies),
    participation: Array.from(participationRatios(modes)),
    masses: massesText(masses, "file"),
    calls: minimum.calls.made,
    ...{ seconds, outputs, warnings },
  };
}

export function modesResults(glass: EngineGlass, { minimum, modes }: Found, summary: Summary): Results {
  const { file, model, particles, masses } = summary;
  const metadata = { source: file, model, particles, masses, softfield: version };
  const { table, hdf5, columns } = modesContent(
    { ...modes, participation: participationRatios(modes), weights: modeWeights(modes) },
    "ε/(m λ²)",
    metadata,
  );
  return { table, hdf5, frame: frameOf(glass, minimum, columns, metadata), summary };
}
