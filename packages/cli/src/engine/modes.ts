import { type Results, requireColumns, version } from "@softfield/node";
import type { EngineMinimum } from "softfield";
import { lowestNormalModes, modeWeights, type NormalModes, participationRatios } from "softfield/internal";
import type { CommandFrame, CommonOptions } from "../shell/command.ts";
import { massesText } from "../shell/units.ts";
import { frameOf } from "./particles.ts";
import { atEngineMinimum, countOf, type EngineGlass, type EngineOptions, engineGlass } from "./subject.ts";

/** Options of `modes --engine`. */
export interface EngineModesOptions extends EngineOptions, CommonOptions {
  readonly count: string;
}

interface Found {
  readonly minimum: EngineMinimum;
  readonly modes: NormalModes;
}

/** What is said of them; printed by --json. */
interface Summary {
  readonly file: string;
  readonly version: string;
  readonly model: string;
  readonly dimension: number;
  readonly particles: number;
  readonly modes: number;
  readonly frequencies: readonly number[];
  readonly participation: readonly number[];
  readonly masses: string;
  readonly calls: number;
  readonly seconds: { readonly read: number; readonly work: number };
  readonly outputs: readonly string[];
  readonly warnings: readonly string[];
}

/** `softfield modes FILE --engine NAME`. */
export const modesByEngine: CommandFrame<
  EngineModesOptions,
  { readonly glass: EngineGlass },
  Found,
  Summary
> = {
  name: "modes",
  summary: "",
  description: "",
  help: "",
  subject: engineGlass,
  outputs: [
    {
      flags: "-o, --out <file>",
      description: "",
      check: (path) => requireColumns(path, "modes"),
      results: ({ glass, found, summary }) => modesResults(glass, found, summary),
    },
  ],
  run: ({ glass }, options) =>
    atEngineMinimum(glass, options, (minimum, progress) => ({
      minimum,
      modes: lowestNormalModes(
        minimum.factor,
        countOf("count", options.count, 1) ?? 30,
        progress,
        glass.masses,
      ),
    })),
  summarise: ({ glass, found, seconds, outputs }) => summariseModes(glass, found, { seconds, outputs }),
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
};

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
  const { frequencies, squares, residuals, vectors, dimension: d } = modes;
  const { file, model, particles, masses } = summary;
  const metadata = { source: file, model, particles, masses, softfield: version };
  const table = {
    columns: [
      { name: "mode", values: Int32Array.from(frequencies, (_, k) => k + 1) },
      { name: "frequency", values: frequencies, unit: "1/τ₀", description: "ω" },
      { name: "square", values: squares, unit: "ε/(m λ²)", description: "ω², eigenvalue of m^{-½} M m^{-½}" },
      { name: "residual", values: residuals, unit: "ε/(m λ²)", description: "‖m^{-½} M m^{-½} Ψ − ω²Ψ‖" },
      { name: "participation", values: participationRatios(modes), description: "(Σ|Ψ_i|²)²/(N Σ|Ψ_i|⁴)" },
    ],
    metadata,
  };
  const weight = modeWeights(modes);
  const size = vectors.length / frequencies.length;
  const named = Array.from(
    frequencies,
    (_, k) => [`mode_${k + 1}`, vectors.subarray(k * size, (k + 1) * size)] as const,
  );
  return {
    table,
    hdf5: {
      "/modes": table,
      "/particles": { columns: [{ name: "weight", values: weight, description: "Σ |Ψ_i|² over the modes" }] },
      "/vectors": {
        values: vectors,
        shape: [frequencies.length, particles, d],
        description: "Ψ, normalised: mode, particle, component; particles move as Ψ/√m",
      },
    },
    frame: frameOf(glass, minimum, { mode_weight: weight, ...Object.fromEntries(named) }, metadata),
    summary,
  };
}
