import { chart, type StyleName } from "@softfield/figures";
import { type Results, version } from "@softfield/node";
import { frameOfSystem, type PairModel, type TableColumn } from "softfield";
import { keptBetween } from "softfield/internal";
import { captioned } from "../shell/captions.ts";
import { fileExtras } from "../shell/filebox.ts";
import type { Configuration } from "../shell/load.ts";
import { behind, rateText, stressOf, stressUnit, temperatureText } from "../shell/units.ts";
import type { Flowed, FlowPlan } from "./flow.ts";

/** What `softfield deform` says; printed by --json, written to .json. */
export interface FlowSummary {
  readonly file: string;
  readonly version: string;
  readonly model: string;
  readonly dimension: number;
  readonly particles: number;
  readonly flow: FlowPlan;
  readonly strain: number;
  /** Of the second half: mean and error by ten blocks, ε/λ^d. */
  readonly flowStress: number;
  readonly flowStressError: number;
  /** Over the rate, ετ₀/λ^d. */
  readonly viscosity: number;
  /** Kept in the second half: mean over all steps, those between two actions of the thermostat too, and error by ten blocks, ε/k_B. */
  readonly temperature: number;
  readonly temperatureError: number;
  readonly work: number;
  readonly heat: number;
  /** Changes between inherent structures in which particles rearranged. */
  readonly rearrangements?: number;
  readonly seconds: number;
  readonly outputs: readonly string[];
  readonly warnings: readonly string[];
}

const BLOCKS = 10;

export function summariseFlow(
  { file, model, system, warnings }: Configuration,
  { points, structures, plan }: Flowed,
  rest: Pick<FlowSummary, "seconds" | "outputs">,
): FlowSummary {
  const half = points.slice(Math.ceil(points.length / 2));
  const stress = half.map((point) => Math.sign(plan.rate) * point.stress);
  const { mean, error } = blocked(stress);
  const kept = blocked(
    half.map((point, k) => keptBetween(points[points.length - half.length + k - 1], point)),
  );
  const last = points[points.length - 1];
  return {
    ...{
      file,
      version,
      model: model.name,
      dimension: system.box.dimension,
      particles: system.species.length,
    },
    flow: plan,
    strain: last.strain,
    flowStress: mean,
    flowStressError: error,
    viscosity: mean / Math.abs(plan.rate),
    temperature: kept.mean,
    temperatureError: kept.error,
    work: last.work,
    heat: last.heat,
    ...(plan.inherent && { rearrangements: structures.filter(({ rearranged }) => rearranged > 0).length }),
    ...rest,
    warnings,
  };
}

/** The mean, and its error from ten blocks; NaN of fewer values than blocks: neighbours are no independent values. */
function blocked(values: readonly number[]): { mean: number; error: number } {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const size = Math.floor(values.length / BLOCKS);
  if (size === 0) return { mean, error: Number.NaN };
  const means = Array.from({ length: BLOCKS }, (_, k) =>
    values.slice(k * size, (k + 1) * size).reduce((sum, x) => sum + x / size, 0),
  );
  const middle = means.reduce((sum, x) => sum + x / BLOCKS, 0);
  const squares = means.reduce((sum, x) => sum + (x - middle) * (x - middle), 0);
  return { mean, error: Math.sqrt(squares / BLOCKS / (BLOCKS - 1)) };
}

/** The path as a table, the last configuration as a frame. */
export function flowResults(configuration: Configuration, flowed: Flowed, summary: FlowSummary): Results {
  const { points, structures, system, plan } = flowed;
  const d = system.box.dimension;
  const stress = `ε/λ${d === 2 ? "²" : "³"}`;
  const metadata = {
    ...{ source: summary.file, model: summary.model, particles: summary.particles },
    ...{
      rate: plan.rate,
      temperature: plan.temperature,
      seed: plan.seed,
      plane: plan.plane,
      softfield: version,
    },
  };
  const of = (key: keyof (typeof points)[number], description: string, unit?: string): TableColumn => ({
    name: key,
    values: Float64Array.from(points, (point) => point[key]),
    unit,
    description,
  });
  const below = (
    name: string,
    key: "energy" | "stress" | "drop" | "d2min" | "participation",
    description: string,
    unit?: string,
  ): TableColumn => ({
    name,
    values: Float64Array.from(structures, (structure) => structure[key] ?? Number.NaN),
    unit,
    description,
  });
  const whole = (key: "rearranged" | "particle", description: string): TableColumn => ({
    name: key,
    values: Int32Array.from(structures, (structure) => structure[key]),
    description,
  });
  const inherent = plan.inherent
    ? [
        below("inherentEnergy", "energy", "of the minimum below", "ε"),
        below("inherentStress", "stress", "along the plane, of the minimum below", stress),
        below("drop", "drop", "energy released since the last minimum, at the strain where it was", "ε"),
        whole("rearranged", "particles with D²min above 0.01 bond lengths² that moved at one strain"),
        whole(
          "particle",
          "zero-based, the one with the largest D²min since the last minimum; −1: no last one",
        ),
        below("d2min", "d2min", "of that particle, a bond", "λ²"),
        below("participation", "participation", "(Σu²)²/(N Σu⁴) of the non-affine displacements"),
      ]
    : [];
  return {
    table: {
      columns: [
        of("strain", "γ"),
        of("stress", "along the plane, with its kinetic part", stress),
        of("pressure", "with its kinetic part", stress),
        of("energy", "potential energy", "ε"),
        of("temperature", "at this moment, behind the thermostat", "ε/k_B"),
        of("work", "done on the glass since the start", "ε"),
        of("heat", "put in by the thermostat since the start", "ε"),
        ...inherent,
      ],
      metadata,
    },
    frame: frameOfSystem(system, configuration.model, {
      info: new Map<string, string | number>([...Object.entries(metadata), ["strain", summary.strain]]),
      ...fileExtras(configuration, system),
    }),
    summary,
  };
}

/** Stress over strain, that of the inherent structures beside it. SVG text. */
export function flowFigure(
  { points, structures, plan }: Flowed,
  style: StyleName,
  glass: Configuration,
): string {
  const svg = chart({
    style,
    x: { label: "strain *γ*" },
    y: { label: "stress *σ*", unit: stressUnit(glass) },
    series: [
      { x: points.map(({ strain }) => strain), y: points.map(({ stress }) => stress), label: "flowing" },
      ...(structures.length > 0
        ? [
            {
              x: structures.map(({ strain }) => strain),
              y: structures.map(({ stress }) => stress),
              label: "inherent structures",
              line: "dashed" as const,
            },
          ]
        : []),
    ],
    key: structures.length > 0 ? "bottom-right" : "none",
  });
  const inherent =
    structures.length > 0 ? ["Dashed: the stress of the inherent structures along the way."] : [];
  // reduced units have no names of their own
  const named = glass.model.units !== undefined;
  const ofRate = `${rateText(plan.rate, glass.model)}${named ? "" : " (1/τ₀)"}`;
  const ofTemperature = `${temperatureText(plan.temperature, glass.model)}${named ? "" : " (ε/k_B)"}`;
  return captioned(svg, glass, [
    "Stress over strain at a finite rate",
    `Stress σ against the strain γ in the plane ${plan.plane} at the rate ${ofRate} and the temperature ${ofTemperature}, seed ${plan.seed}.`,
    ...inherent,
    "One run: there are no error bars.",
  ]);
}

const withError = (error: number) => (Number.isNaN(error) ? "" : ` ± ${error.toPrecision(2)}`);

/** The run for people. */
export function flowText(summary: FlowSummary, units: PairModel): string {
  const stress = behind(stressOf(summary.dimension), units);
  const [energy, temperature] = ["ε", "ε/k_B"].map((unit) => behind(unit, units));
  const { flow, flowStress, flowStressError, rearrangements } = summary;
  const lines = [
    ["glass", `${summary.file}, ${summary.model}, N = ${summary.particles}`],
    [
      "flow",
      `γ̇ = ${rateText(flow.rate, units)} in ${flow.plane} at T = ${temperatureText(flow.temperature, units)}, to γ = ${summary.strain.toPrecision(4)}, seed ${flow.seed}`,
    ],
    [
      "stress",
      Number.isNaN(flowStressError)
        ? `${flowStress.toPrecision(5)}${stress} over the second half; too few points for its error`
        : `${flowStress.toPrecision(5)} ± ${flowStressError.toPrecision(2)}${stress} over the second half`,
    ],
    [
      "kept",
      `T = ${summary.temperature.toPrecision(4)}${withError(summary.temperatureError)}${temperature}; work ${summary.work.toPrecision(4)}${energy}, heat ${summary.heat.toPrecision(4)}${energy}`,
    ],
    ...(rearrangements === undefined
      ? []
      : [
          [
            "changes",
            `in ${rearrangements} of the stretches between two inherent structures particles rearranged`,
          ],
        ]),
    ["time", `${summary.seconds.toFixed(1)} s`],
    ...summary.warnings.map((warning) => ["warning", warning]),
  ];
  return lines.map(([name, text]) => `${name.padEnd(10)}${text}\n`).join("");
}
