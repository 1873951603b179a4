import type { Command } from "commander";
import {
  bondLength,
  frameOfSystem,
  incidenceOf,
  type ObservedGlass,
  observeGlass,
  particleEnergy,
  particleStress,
  potentialEnergy,
  SoftfieldError,
  type Table,
  thermalAverage,
} from "softfield";
import { checkOutputPath, outputFormat, type Results, writeResults } from "../files/index.ts";
import { withFile } from "../shell/errors.ts";
import {
  type Configuration,
  type ConfigurationOptions,
  configurationOptions,
  loadConfiguration,
} from "../shell/load.ts";
import { showProgress } from "../shell/progress.ts";
import { version } from "../shell/version.ts";

interface ObserveOptions extends ConfigurationOptions {
  readonly out: string[];
  readonly json?: boolean;
  readonly polish: boolean;
  readonly relaxed: boolean;
}

/** `softfield observe FILE`: low-temperature averages of the observables of Eq. 1. */
export function registerObserve(program: Command): void {
  const command = program
    .command("observe")
    .summary("thermal averages at low temperature (Eq. 1)")
    .description(
      "Computes (⟨A⟩ − A⁰)/(½kT) as T → 0 (Eq. 1 of Zylberg et al. 2017) of every particle's energy and stress " +
        "and of every bond's length, with Debye–Waller factors, thermal displacements and thermal expansion.",
    )
    .argument("<file>", "extended XYZ, LAMMPS data or LAMMPS dump; also .gz");
  configurationOptions(command)
    .option(
      "-o, --out <file>",
      "write results: particles to .tsv .csv .parquet .extxyz, bonds also to .h5 (repeatable)",
      (value: string, all: string[]) => [...all, value],
      [],
    )
    .option("--json", "print the summary as one JSON object on stdout")
    .option("--no-polish", "refuse a configuration that is not at its minimum to full precision")
    .option("--no-relaxed", "plain SIMD arithmetic only: the same bits on every machine")
    .addHelpText(
      "after",
      "\nExample:\n  softfield observe glass.extxyz --model 2dipl -o particles.tsv -o all.h5\n",
    )
    .action(run);
}

async function run(file: string, options: ObserveOptions): Promise<void> {
  for (const path of options.out) {
    if (outputFormat(path).format.startsWith("lammps")) {
      const why = "a LAMMPS file has no place for thermal averages; use .extxyz";
      throw new SoftfieldError("usage", `${path}: ${why}`, { file: path });
    }
    await checkOutputPath(path, [file]);
  }
  const configuration = await loadConfiguration(file, options);
  const glass = observe(configuration, options);
  const summary = summarise(configuration, glass, options.out);
  const results = observeResults(configuration, glass, summary);
  for (const path of options.out) await writeResults(path, results, [file]);
  process.stdout.write(options.json ? `${JSON.stringify(summary)}\n` : summaryText(summary));
}

function observe(configuration: Configuration, { polish, relaxed, json }: ObserveOptions): ObservedGlass {
  const progress = showProgress({ quiet: json === true });
  try {
    return observeGlass(configuration.system, configuration.model, { polish, relaxed }, progress);
  } catch (error) {
    throw withFile(error, configuration);
  } finally {
    progress.finish();
  }
}

function summarise(
  { file, model, warnings }: Configuration,
  { skeleton, response, expansion }: ObservedGlass,
  outputs: readonly string[],
) {
  const total = thermalAverage(potentialEnergy(skeleton.interactions), response);
  const { dimension: d } = response;
  let trace = 0;
  response.variances.forEach((v, k) => {
    if ((k % (d * d)) % (d + 1) === 0) trace += v;
  });
  return {
    file,
    version,
    model: model.name,
    dimension: d,
    particles: skeleton.particles.length + skeleton.rattlers.length,
    rattlers: Array.from(skeleton.rattlers),
    energy: total.value,
    /** Σ over interactions of (⟨ε⟩ − ε⁰)/(½k_BT): the number of non-zero modes. */
    energyCoefficient: total.coefficient,
    /** ⟨|x|²⟩/(k_BT) over all particles. */
    meanDebyeWaller: trace / skeleton.particles.length,
    /** d ln L/d(k_BT) at constant pressure. */
    linearExpansion: expansion.linear,
    bulkModulus: expansion.bulkModulus,
    outputs,
    warnings,
  };
}

type Summary = ReturnType<typeof summarise>;

/** Per-particle values as columns; NaN on rattlers, which have no averages. */
function particleColumns({ skeleton, response }: ObservedGlass, count: number): Record<string, Float64Array> {
  const { interactions, box, particles } = skeleton;
  const d = response.dimension;
  const incidence = incidenceOf(interactions);
  const spread = (width: number, value: (k: number, c: number) => number) => {
    const all = new Float64Array(count * width).fill(Number.NaN);
    particles.forEach((p, k) => {
      for (let c = 0; c < width; c++) all[p * width + c] = value(k, c);
    });
    return all;
  };
  const shear = (k: number) => particleStress({ interactions, box }, k, [0, 1], incidence);
  const pressure = (k: number) => {
    let sum = 0;
    for (let a = 0; a < d; a++) {
      const along = particleStress({ interactions, box }, k, [a, a], incidence);
      sum -= thermalAverage(along, response).coefficient / d;
    }
    return sum;
  };
  return {
    debye_waller: spread(1, (k) => {
      let trace = 0;
      for (let a = 0; a < d; a++) trace += response.variances[(k * d + a) * d + a] as number;
      return trace;
    }),
    energy: spread(
      1,
      (k) => thermalAverage(particleEnergy(interactions, k, incidence), response).coefficient,
    ),
    pressure: spread(1, pressure),
    shear_stress: spread(1, (k) => thermalAverage(shear(k), response).coefficient),
    thermal_displacement: spread(d, (k, a) => response.displacement[k * d + a] as number),
  };
}

const DESCRIPTIONS: Readonly<Record<string, { unit?: string; description: string }>> = {
  debye_waller: { unit: "λ²/ε", description: "⟨|x|²⟩/(kT) in the frame of the centre of mass" },
  energy: {
    description: "(⟨A⟩ − A⁰)/(½kT) of half the energy of a particle's pairs and a third of its triples",
  },
  pressure: { unit: "1/λ^d", description: "the same of −tr σ/d of a particle, without the kinetic part" },
  shear_stress: { unit: "1/λ^d", description: "the same of σ_xy of a particle" },
};

function observeResults(configuration: Configuration, glass: ObservedGlass, summary: Summary): Results {
  const { system, skeleton, response } = glass;
  const { interactions, particles } = skeleton;
  const d = response.dimension;
  const columns = particleColumns(glass, system.species.length);
  const metadata = {
    source: summary.file,
    model: summary.model,
    particles: summary.particles,
    softfield: version,
  };
  const { thermal_displacement: moves, ...scalars } = columns;
  const table: Table = {
    columns: [
      { name: "species", values: system.species },
      ...Object.entries(scalars).map(([name, values]) => ({ name, values, ...DESCRIPTIONS[name] })),
      ...["x", "y", "z"].slice(0, d).map((axis, a) => ({
        name: `thermal_displacement_${axis}`,
        values: (moves as Float64Array).filter((_, k) => k % d === a),
        unit: "λ/ε",
      })),
    ],
    metadata,
  };
  const lengths = interactions.r.map(
    (_, bond) => thermalAverage(bondLength(interactions, bond), response).coefficient,
  );
  const bonds: Table = {
    columns: [
      { name: "i", values: interactions.i.map((k) => particles[k] as number) },
      { name: "j", values: interactions.j.map((k) => particles[k] as number) },
      { name: "length", values: lengths, unit: "λ/ε", description: "(⟨r⟩ − r⁰)/(½kT) of the bond" },
    ],
    metadata,
  };
  return {
    table,
    hdf5: { "/particles": table, "/bonds": bonds },
    frame: frameOfSystem(system, configuration.model, {
      columns,
      ...(configuration.ids ? { ids: configuration.ids } : {}),
      info: new Map(Object.entries(metadata)),
    }),
    summary,
  };
}

function summaryText(summary: Summary): string {
  const rows: [string, string][] = [
    ["glass", `${summary.file}: ${summary.model}, N = ${summary.particles} in ${summary.dimension}D`],
    ["energy", `${summary.energy.toPrecision(10)} + ½kT·${summary.energyCoefficient.toPrecision(10)}`],
    ["vibration", `⟨|x|²⟩ = ${summary.meanDebyeWaller.toPrecision(6)} kT, mean over particles`],
    [
      "expansion",
      `d ln L/d(kT) = ${summary.linearExpansion.toPrecision(6)}, bulk modulus ${summary.bulkModulus.toPrecision(6)}`,
    ],
  ];
  if (summary.rattlers.length > 0) rows.push(["rattlers", `${summary.rattlers.length} are left out`]);
  for (const warning of summary.warnings) rows.push(["warning", warning]);
  for (const output of summary.outputs) rows.push(["wrote", output]);
  return rows.map(([name, text]) => `${name.padEnd(11)}${text}\n`).join("");
}
