import { loadModel, version } from "@softfield/node";
import { type Command, Option } from "commander";
import {
  type CrystalName,
  energy,
  frameOfSystem,
  minimumOf,
  type ObservedGlass,
  observeGlass,
  type PairModel,
  SoftfieldError,
  type System,
  stress,
  volume,
} from "softfield";
import {
  crystalAtRest,
  crystalDimension,
  crystalNames,
  maxNorm,
  pressureOf,
  siliconUnits,
  usualLattice,
} from "softfield/internal";
import { type ElasticSummary, elasticSummary, moduliText } from "../observe/elastic.ts";
import { numberOption, wholeNumber } from "../shell/arguments.ts";
import { type CommandFrame, type CommonOptions, registerCommand } from "../shell/command.ts";
import { nothing } from "../shell/subject.ts";
import { behind, stressOf } from "../shell/units.ts";

interface CrystalCliOptions extends CommonOptions {
  readonly model: string;
  readonly lattice?: CrystalName;
  readonly cells: string;
  readonly density?: number;
  readonly species?: string;
}

interface Crystal {
  readonly system: System;
  readonly lattice: CrystalName;
  readonly observed: ObservedGlass;
}

const crystal: CommandFrame<CrystalCliOptions, { readonly model: PairModel }, Crystal, Summary> = {
  name: "crystal",
  summary: "check a model by its perfect crystal",
  description:
    "Makes a perfect crystal of a model at zero pressure and says its energy, largest force, pressure and elastic " +
    "constants (exact, particles relaxed), to be held against published values; writes it on request.",
  help:
    "Examples:\n  softfield crystal --model sw-silicon -o diamond.extxyz\n" +
    "  softfield crystal --model 2dipl --density 0.86\n",
  subject: {
    ...nothing,
    declare: (command) =>
      command.requiredOption(
        "-m, --model <model>",
        "sw-silicon, 3dkablj, … or a model file (see 'softfield models')",
      ),
    open: (_, { model }) => ({ model: loadModel(model) }),
  },
  options: (command) =>
    command
      .addOption(
        new Option(
          "--lattice <name>",
          "(default: the model's: diamond where its terms are of three, else fcc in 3D, hexagonal in 2D)",
        ).choices(crystalNames),
      )
      .option("--cells <n>", "cells along each edge of the box", "3")
      .addOption(
        numberOption("--density <rho>", "particles a unit volume (default: where the pressure vanishes)"),
      )
      .option("--species <name>", "which species of the model (default: its first)"),
  outputs: [
    {
      flags: "-o, --out <file>",
      description: "the crystal: .extxyz .data .dump, also .gz",
      results: ({ model, found: { system, lattice } }) => {
        const info = new Map(Object.entries({ model: model.name, lattice, softfield: version }));
        return { frame: frameOfSystem(system, model, { info }) };
      },
    },
  ],
  run: ({ model }, { lattice, cells, species, density }) =>
    crystalOf(model, { lattice, cells: wholeNumber("cells", cells, 1), species, density }),
  summarise: ({ model, found, outputs }) => summariseCrystal(model, found, outputs),
  text: summaryText,
};

/** `softfield crystal`: a perfect crystal, whose energy, pressure and elastic constants check a model. */
export function registerCrystal(program: Command): void {
  registerCommand(program, crystal);
}

/** Which crystal. */
interface CrystalRequest {
  readonly lattice?: CrystalName | undefined;
  readonly cells: number;
  readonly species?: string | undefined;
  readonly density?: number | undefined;
}

/** A perfect crystal of a model with its elastic constants; one that is no minimum is refused. */
export function crystalOf(
  model: PairModel,
  { lattice = usualLattice(model), cells, species, density }: CrystalRequest,
): Crystal {
  const system = crystalAtRest(model, lattice, { cells, species: speciesOf(model, species), density });
  return { system, lattice, observed: observed(system, model, lattice) };
}

export function summariseCrystal(
  model: PairModel,
  { system, lattice, observed: { minimum, elastic } }: Crystal,
  outputs: readonly string[],
): Summary {
  const d = system.box.dimension;
  const { interactions, gradient } = minimum.backbone;
  const count = system.species.length;
  return {
    lattice,
    version,
    model: model.name,
    particles: count,
    density: count / volume(system.box),
    energyPerParticle: energy(interactions) / count,
    largestForce: maxNorm(gradient),
    pressure: pressureOf(stress(interactions, system.box)),
    ...elasticSummary(elastic, d),
    outputs,
  };
}

function observed(system: System, model: PairModel, lattice: CrystalName): ObservedGlass {
  try {
    return observeGlass(minimumOf(system, model, { refine: false, arithmetic: "reproducible" }));
  } catch (error) {
    if (!(error instanceof SoftfieldError) || error.code !== "not-a-minimum") throw error;
    const density = (system.species.length / volume(system.box)).toPrecision(6);
    throw new SoftfieldError(
      error.code,
      `the ${lattice} crystal of "${model.name}" is unstable at density ${density}: its Hessian is not positive; ` +
        "try another --lattice or --density",
      { ...error.place, field: "lattice" },
      { cause: error },
    );
  }
}

function speciesOf(model: PairModel, name: string | undefined): number {
  if (name === undefined) return 0;
  const index = model.species.indexOf(name);
  if (index >= 0) return index;
  throw new SoftfieldError(
    "usage",
    `--species ${name}: the model "${model.name}" has ${model.species.join(", ")}`,
    { field: "species" },
  );
}

interface Summary extends ElasticSummary {
  readonly lattice: CrystalName;
  readonly version: string;
  readonly model: string;
  readonly particles: number;
  readonly density: number;
  readonly energyPerParticle: number;
  readonly largestForce: number;
  readonly pressure: number;
  readonly outputs: readonly string[];
}

/** ε/σ³ of Stillinger and Weber's silicon in GPa. */
const GPA = (siliconUnits.energy * 160.21766208) / siliconUnits.length ** 3;

function summaryText(summary: Summary, { model: own }: { readonly model: PairModel }): string {
  const unit = (name: string) => behind(name, own);
  const stress = stressOf(crystalDimension(summary.lattice));
  const { model, lattice, particles, density, energyPerParticle, largestForce, pressure, outputs } = summary;
  const rows: [string, string][] = [
    ["crystal", `${lattice} of ${model}: N = ${particles}, density ${density.toPrecision(8)}`],
    ["energy", `${energyPerParticle.toFixed(8)}${unit("ε")} a particle`],
    ["force", `${largestForce.toExponential(1)}${unit("ε/λ")}, the largest`],
    ["pressure", `${pressure.toPrecision(3)}${unit(stress)}`],
    ["elasticity", `${constantsText(summary, 1)}; ${moduliText(summary)}${unit(stress)}`],
  ];
  if (model === "sw-silicon") {
    rows.push(["in GPa", `${constantsText(summary, GPA)}; ${moduliText(summary, GPA)}`]);
  }
  for (const output of outputs) rows.push(["wrote", output]);
  return rows.map(([name, text]) => `${name.padEnd(12)}${text}\n`).join("");
}

/** The three constants of a cubic (3D) or square (2D) crystal. */
function constantsText({ elasticConstants: { matrix }, lattice }: Summary, factor: number): string {
  const d = crystalDimension(lattice);
  const shear = matrix.length - 1;
  const entries: [string, number][] = [
    ["c11", matrix[0][0]],
    ["c12", matrix[0][1]],
    [d === 2 ? "c66" : "c44", matrix[shear][shear]],
  ];
  return entries.map(([name, value]) => `${name} ${(value * factor).toPrecision(6)}`).join(", ");
}
