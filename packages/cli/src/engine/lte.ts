import { type Results, version } from "@softfield/node";
import type { Command } from "commander";
import { type EngineEnergies, type EngineMinimum, engineEnergies, SoftfieldError } from "softfield";
import { participationRatios } from "softfield/internal";
import { ordinals } from "../modes/results.ts";
import type { CommonOptions } from "../shell/command.ts";
import { engineFrame } from "./frame.ts";
import { frameOf, placeColumns, vectorColumns } from "./particles.ts";
import { countOf, type EngineGlass, type EngineOptions } from "./subject.ts";

/** Options of `lte --engine`. */
export interface EngineLteOptions extends EngineOptions, CommonOptions {
  readonly softModes?: string;
  readonly samples?: string;
  readonly seed?: string;
}

/** Adds --soft-modes and --seed; --samples is shared with --windows. */
export function samplingOptions(command: Command): Command {
  return command
    .option(
      "--soft-modes <n>",
      "of --engine: softest modes that are integrated one by one, or 'all' (default: 40)",
    )
    .option("--seed <n>", "of --engine: of the samples (default: 1)");
}

interface Found {
  readonly minimum: EngineMinimum;
  readonly energies: EngineEnergies;
}

type HessianMeasure =
  | "range"
  | "step"
  | "colours"
  | "missing"
  | "asymmetry"
  | "drift"
  | "noise"
  | "secondStep"
  | "secondNoise";

/** What is said of it; printed by --json. */
interface Summary {
  readonly file: string;
  readonly version: string;
  readonly model: string;
  readonly dimension: number;
  readonly particles: number;
  readonly energyPerParticle: number;
  readonly force: { readonly given: number; readonly final: number };
  readonly refine: { readonly steps: number; readonly moved: number };
  /** How the Hessian was made, and what it was measured to be good for. */
  readonly hessian: Readonly<Record<HessianMeasure, number>>;
  readonly calls: { readonly hessian: number; readonly all: number };
  readonly modes: number;
  readonly samples: number;
  readonly lowestFrequency: number;
  readonly relativeError: number | undefined;
  readonly sum: number | undefined;
  readonly expected: number;
  readonly lowest: { readonly particle: number; readonly lte: number; readonly error: number } | undefined;
  readonly highest: Summary["lowest"];
  readonly seconds: { readonly read: number; readonly work: number };
  readonly outputs: readonly string[];
  readonly warnings: readonly string[];
}

/** `softfield lte FILE --engine NAME`. */
export const lteByEngine = engineFrame<EngineLteOptions, Pick<Found, "energies">, Summary>({
  name: "lte",
  holds: "local thermal energies",
  find: async (minimum, options, { progress }) => ({
    energies: await engineEnergies(minimum, samplingOf(options), progress),
  }),
  summarise,
  results: resultsOf,
  text: summaryText,
});

function samplingOf({ softModes, samples, seed }: EngineLteOptions) {
  return {
    modes: softModes === "all" ? Infinity : countOf("soft-modes", softModes, 1),
    samples: countOf("samples", samples, 2),
    seed: countOf("seed", seed, 0),
  };
}

export function summarise(
  { file, model, snapshot, warnings }: EngineGlass,
  { minimum, energies }: Found,
  { seconds, outputs }: Pick<Summary, "seconds" | "outputs">,
): Summary {
  const {
    range,
    step,
    colours,
    missing,
    asymmetry,
    drift,
    noise,
    secondStep,
    secondNoise,
    calls,
    force,
    forceGiven,
  } = minimum;
  const { lte, errors, modes, samples, relativeError, sum, expected } = energies;
  const extreme = (better: (a: number, b: number) => boolean): Summary["lowest"] => {
    if (!lte || !errors) return undefined;
    const particle = lte.reduce((best, e, p) => (better(e, lte[best]) ? p : best), 0);
    return { particle, lte: lte[particle], error: errors[particle] };
  };
  return {
    ...{ file, version, model, dimension: snapshot.dimension, particles: snapshot.count },
    energyPerParticle: minimum.energy / snapshot.count,
    force: { given: forceGiven, final: force },
    refine: { steps: minimum.refineSteps, moved: minimum.moved },
    hessian: { range, step, colours, missing, asymmetry, drift, noise, secondStep, secondNoise },
    calls: { hessian: 2 * snapshot.dimension * colours, all: calls.made },
    modes: samples === 0 ? expected : modes.squares.length,
    samples,
    lowestFrequency: modes.frequencies[0],
    ...{ relativeError, sum, expected },
    lowest: extreme((a, b) => a < b),
    highest: extreme((a, b) => a > b),
    ...{ seconds, outputs, warnings },
  };
}

/** Tables of particles and of the softest modes. */
export function resultsOf(glass: EngineGlass, { minimum, energies }: Found, summary: Summary): Results {
  const d = minimum.box.dimension;
  const { lte, errors, harmonic, anharmonic, displacement, displacementErrors, debyeWaller, modes } =
    energies;
  const metadata = {
    source: summary.file,
    model: summary.model,
    particles: summary.particles,
    softfield: version,
    calls: summary.calls.all,
    samples: summary.samples,
  };
  const maybe = (name: string, values: Float64Array | undefined, description: string, unit?: string) =>
    values ? [{ name, values, description, ...(unit !== undefined && { unit }) }] : [];
  const table = {
    columns: [
      ...placeColumns(glass, minimum),
      ...maybe("energy", minimum.energies, "of the particle, as the engine tells it", "ε"),
      ...maybe("lte", lte, "(⟨u⟩ − u⁰)/½k_BT of the particle's energy u, T → 0"),
      ...maybe("lte_error", errors, "standard error of lte; 0: all modes were integrated one by one"),
      ...maybe("harmonic", harmonic, "∂²u/∂x∂x : M⁻¹"),
      ...maybe("anharmonic", anharmonic, "∂u/∂x·X"),
      ...vectorColumns("thermal_displacement", displacement, d, "λ/ε", "⟨x⟩/½k_BT"),
      ...vectorColumns("thermal_displacement_error", displacementErrors, d, "λ/ε", "its standard error"),
      ...maybe("debye_waller", debyeWaller, "⟨|x|²⟩/k_BT", "λ²/ε"),
    ],
    metadata,
  };
  const count = modes.squares.length;
  const modeTable = {
    columns: [
      ordinals(count),
      {
        name: "square",
        values: modes.squares,
        unit: "ε/λ²",
        description: "eigenvalue of M (masses are not in it)",
      },
      { name: "residual", values: modes.residuals, unit: "ε/λ²", description: "‖MΨ − ω²Ψ‖" },
      { name: "participation", values: participationRatios(modes), description: "(Σ|Ψ_i|²)²/(N Σ|Ψ_i|⁴)" },
    ],
    metadata,
  };
  return {
    table,
    hdf5: {
      "/particles": table,
      "/modes": modeTable,
      "/vectors": {
        values: modes.vectors,
        shape: [count, summary.particles, d],
        description: "Ψ, normalised: mode, particle, component",
      },
    },
    frame: frameOf(
      glass,
      minimum,
      {
        energy: minimum.energies,
        lte,
        lte_error: errors,
        harmonic,
        anharmonic,
        thermal_displacement: displacement,
        debye_waller: debyeWaller,
      },
      metadata,
    ),
    summary,
  };
}

function summaryText(summary: Summary): string {
  const { hessian, calls, force, refine, lowest, highest, seconds } = summary;
  const percent = (share: number) => `${(100 * share).toPrecision(2)} %`;
  const place = ({ particle, lte, error }: NonNullable<Summary["lowest"]>) =>
    `${lte.toPrecision(5)} ± ${error.toPrecision(2)} (particle ${particle})`;
  const rows: [string, string][] = [
    ["glass", `${summary.file}: ${summary.model}, N = ${summary.particles} in ${summary.dimension}D`],
    [
      "state",
      `energy ${summary.energyPerParticle.toPrecision(10)} a particle, largest force ${force.final.toExponential(1)}`,
    ],
    [
      "Hessian",
      `${hessian.colours} colours, ${calls.hessian} calls: forces reach ${Number.isFinite(hessian.range) ? hessian.range.toPrecision(4) : "everywhere"}, displacements ${hessian.step.toPrecision(2)}; ` +
        `M·v is off by ${hessian.missing.toExponential(1)}, halves differ by ${hessian.asymmetry.toExponential(1)}`,
    ],
    [
      "sampling",
      summary.samples === 0
        ? `all ${summary.modes} modes one by one`
        : `${summary.modes} softest modes one by one, ${summary.samples} antithetic pairs of the rest`,
    ],
    [
      "calls",
      `${calls.all} in all; second differences by displacements of ${hessian.secondStep.toPrecision(2)}, which repeat to ${hessian.secondNoise.toExponential(1)}`,
    ],
  ];
  if (refine.steps > 0)
    rows.splice(2, 0, [
      "refined",
      `largest force as given ${force.given.toExponential(1)}: ${refine.steps} Newton steps moved no particle by more than ${refine.moved.toExponential(2)}`,
    ]);
  if (lowest && highest) {
    rows.push(["E", `${place(lowest)} … ${place(highest)}, of atoms`]);
    rows.push([
      "accuracy",
      `E to ${percent(summary.relativeError ?? 0)} (standard error, L2); Σ E = ${summary.sum?.toPrecision(7)}, Nd − d = ${summary.expected}`,
    ]);
  } else
    rows.push([
      "E",
      "none: the engine tells no energies of atoms; thermal displacements and Debye–Waller factors are there",
    ]);
  rows.push(["time", `${seconds.read.toFixed(2)} s to start, ${seconds.work.toFixed(2)} s of work`]);
  for (const warning of summary.warnings) rows.push(["warning", warning]);
  for (const output of summary.outputs) rows.push(["wrote", output]);
  return rows.map(([name, text]) => `${name.padEnd(9)} ${text}\n`).join("");
}

/** Refuses what `lte` says of other ways, before anything is read. */
export function checkSampling(options: EngineLteOptions): void {
  samplingOf(options);
  if (options.softModes !== undefined && options.softModes !== "all" && !(Number(options.softModes) >= 1))
    throw new SoftfieldError("usage", "--soft-modes: give a number of modes, or all", {
      field: "soft-modes",
    });
}
