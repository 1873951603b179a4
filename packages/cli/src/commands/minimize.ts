import { version } from "@softfield/node";
import { type Command, Option } from "commander";
import {
  type BoxRelaxation,
  type BoxRelaxOptions,
  ForceField,
  frameOfSystem,
  type InfoValue,
  type Method,
  type MinimizeOptions,
  type MinimizeResult,
  minimize,
  minimizeBox,
  pairsOf,
  SoftfieldError,
} from "softfield";
import { BOX_SHAPES, METHODS, maxCutoff, siliconUnits, zeroModeWords } from "softfield/internal";
import { numberOption, realNumber, wholeNumber } from "../shell/arguments.ts";
import { type FrameCommand, type FrameOptions, registerFrame } from "../shell/command.ts";
import { compute } from "../shell/compute.ts";
import type { Configuration } from "../shell/load.ts";
import { behind, stressOf } from "../shell/units.ts";

interface MinimizeCliOptions extends FrameOptions {
  readonly method?: Method;
  readonly tolerance?: string;
  readonly maxEvaluations?: string;
  readonly newton: boolean;
  readonly stopAtSaddle?: boolean;
  readonly pressure?: number;
  readonly shape?: BoxRelaxOptions["shape"];
}

interface Minimized {
  readonly field: ForceField;
  readonly result: MinimizeResult;
  /** Where the box was let go. */
  readonly box?: Pick<BoxRelaxation, "pressure" | "stress" | "swelling">;
}

const minimization: FrameCommand<MinimizeCliOptions, Minimized, object> = {
  name: "minimize",
  summary: "bring a configuration to its energy minimum, to machine precision",
  description:
    "Minimises the energy of a configuration: a first-order descent, then Newton's method with the sparse " +
    "Cholesky factor, which also proves that the result is a minimum and not a saddle. With --pressure the box is let go, too.",
  help:
    "Examples:\n  softfield minimize liquid.extxyz --model 2dipl -o glass.extxyz\n" +
    "  softfield minimize glass.extxyz --model 3dkablj --pressure 0 --shape full -o free.extxyz\n",
  options: (command) =>
    command
      .addOption(new Option("--method <name>", "first-order minimiser (default: fire)").choices(METHODS))
      .option("--tolerance <x>", "largest force over the typical pair force (default: 1e-12)")
      .option("--max-evaluations <n>", "give up after this many force evaluations (default: 200000)")
      .option("--no-newton", "first order alone: for large 3D samples; nothing then proves a minimum")
      .option("--stop-at-saddle", "report a saddle with its way down instead of leaving it")
      .addOption(numberOption("--pressure <P>", "let the box go to this pressure, by its exact tangent"))
      .addOption(
        new Option(
          "--shape <freedom>",
          "with --pressure: the size of the box, its edges, or tilts too (default: isotropic)",
        ).choices(BOX_SHAPES),
      ),
  outputs: [
    {
      flags: "-o, --out <file>",
      description: "the inherent structure: .extxyz .data .dump, also .gz",
      results: ({ configuration, found }) => ({ frame: frameOf(configuration, found) }),
    },
  ],
  check: minimizeOptions,
  run: ({ configuration }, options) => {
    for (const warning of configuration.warnings) process.stderr.write(`softfield: ${warning}\n`);
    const field = ForceField.create(configuration.system, configuration.model);
    requireInteractions(field, configuration);
    const chosen = minimizeOptions(options);
    const { pressure, shape } = options;
    if (pressure !== undefined) {
      const { system, model } = configuration;
      const found = compute(configuration, options, (progress) =>
        minimizeBox(system, model, { ...chosen, pressure, shape }, progress),
      );
      return { field: ForceField.create(found.system, model), result: found.minimum, box: found };
    }
    return {
      field,
      result: compute(configuration, options, (progress) => minimize(field, chosen, progress)),
    };
  },
  summarise: ({ found: { result, box } }) => ({
    ...summarise(result),
    ...(box && { pressure: box.pressure, stress: Array.from(box.stress), swelling: box.swelling }),
  }),
  text: (_, { configuration, options, found, outputs }) =>
    text(found, configuration, [proofWords(found.result, options), outputs]),
  conclude: ({ configuration, found: { field, result } }) => {
    if (result.status !== "converged" && result.status !== "unjammed")
      throw failure(result, field.count, configuration.file);
  },
};

/** `softfield minimize FILE`: the inherent structure of any configuration in any model. */
export function registerMinimize(program: Command): void {
  registerFrame(program, minimization);
}

/** Where no two particles meet there is nothing to minimise, and most often the unit of length is wrong. */
function requireInteractions(field: ForceField, { file, model, system }: Configuration): void {
  if (pairsOf(field.interactions()).count > 0) return;
  const n = system.species.length;
  throw new SoftfieldError(
    "model",
    `${file}: nothing interacts: no two of the ${n} particles are nearer than the potential's reach of ` +
      `${maxCutoff(model, system.diameters).toPrecision(4)}, so the energy is zero as it is. Check the model, its length unit` +
      `${model.name === "sw-silicon" ? ` (${model.name} counts lengths in ${siliconUnits.length} Å)` : ""} and the box`,
    { file, field: "positions" },
  );
}

function minimizeOptions(options: MinimizeCliOptions): MinimizeOptions {
  if (options.shape !== undefined && options.pressure === undefined)
    throw new SoftfieldError("usage", "--shape needs --pressure, to which the box is let go", {
      field: "pressure",
    });
  if (options.pressure !== undefined && !options.newton)
    throw new SoftfieldError(
      "usage",
      "--pressure takes the box by its tangent, for which --no-newton has none",
      {
        field: "newton",
      },
    );
  const { method, tolerance, maxEvaluations, newton, stopAtSaddle } = options;
  return {
    newton,
    method,
    tolerance: tolerance === undefined ? undefined : realNumber("tolerance", tolerance),
    ...(maxEvaluations !== undefined && {
      maxEvaluations: wholeNumber("max-evaluations", maxEvaluations, 1),
    }),
    saddles: stopAtSaddle ? ("report" as const) : undefined,
  };
}

function frameOf({ model, snapshot }: Configuration, { field, result, box }: Minimized) {
  const info = new Map<string, InfoValue>([
    ...snapshot.info,
    ["model", model.name],
    ["softfield", version],
    ["energy", result.energy],
    ["residual", result.residual],
    ...(box ? [["pressure", box.pressure] as const] : []),
  ]);
  const extras = { info, ids: snapshot.ids };
  return { ...frameOfSystem(field.system(), model, extras), origin: field.origin };
}

/** Without the mode itself, which has a number a coordinate. */
function summarise({ mode, ...rest }: MinimizeResult): object {
  return mode ? { ...rest, unstableEigenvalue: mode.eigenvalue } : rest;
}

function text(
  { field: { count }, result, box }: Minimized,
  { file, model, system }: Configuration,
  [proof, outputs]: readonly [proof: string | undefined, outputs: readonly string[]],
): string {
  const unit = (name: string) => behind(name, model);
  const stress = unit(stressOf(system.box.dimension));
  const { status, energy, residual, typicalForce, evaluations, factorizations, saddlesLeft, rattlers } =
    result;
  const lines = [
    `${file}: ${status}, N = ${count}`,
    `  energy per particle   ${energy / count}${unit("ε")}`,
    `  residual              ${residual.toExponential(2)} of the typical pair force ${typicalForce.toPrecision(4)}${unit("ε/λ")}`,
    `  work                  ${evaluations} force evaluations, ${factorizations} factorisation${factorizations === 1 ? "" : "s"}`,
  ];
  if (proof !== undefined) lines.push(`  a minimum             ${proof}`);
  if (box)
    lines.push(
      `  pressure              ${box.pressure}${stress} at ${box.swelling.toPrecision(6)} of the volume`,
      `  stress                ${Array.from(box.stress, (sigma) => sigma.toPrecision(5)).join(" ")}${stress}`,
    );
  if (status === "unjammed")
    lines.push(
      "  unjammed              no overlap is left: the energy is zero to rounding, and nothing holds the particles",
    );
  if (saddlesLeft > 0) lines.push(`  saddles left          ${saddlesLeft}`);
  if (rattlers > 0) lines.push(`  rattlers              ${rattlers}`);
  for (const path of outputs) lines.push(`  wrote                 ${path}`);
  return `${lines.join("\n")}\n`;
}

/** By what a converged result is known to be a minimum and no saddle; undefined where it did not converge. */
function proofWords({ status, factorizations }: MinimizeResult, { newton }: MinimizeCliOptions) {
  if (status !== "converged") return undefined;
  if (!newton) return "not proven (--no-newton)";
  return factorizations > 0
    ? "proven: its Hessian is positive definite"
    : "by conjugate gradients, which met no negative curvature (no factor is made of so many particles)";
}

function failure(
  { status, residual, mode, free }: MinimizeResult,
  count: number,
  file: string,
): SoftfieldError {
  if (free)
    return new SoftfieldError("not-a-minimum", zeroModeWords(free, count), { file, particle: free[0] });
  const why =
    status === "saddle"
      ? `ended at a saddle (lowest eigenvalue ${mode?.eigenvalue.toExponential(3)}); without --stop-at-saddle it is left downhill`
      : `stalled at a residual of ${residual.toExponential(2)}; try another --method, more --max-evaluations or a looser --tolerance`;
  return new SoftfieldError("not-a-minimum", `the minimisation ${why}`, { file });
}
