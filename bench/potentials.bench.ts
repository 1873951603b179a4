// Molecular dynamics of other potentials than the presets' power laws against LAMMPS's own styles of them: process CPU of
// NVE runs. POTENTIAL=CuZr.eam.fs adds a metal of that file (Finnis–Sinclair, species Cu and Zr, as Cu64.5Zr35.5 at
// 300 K) to the artificial one.
import { readFileSync } from "node:fs";
import {
  evaluatePairs,
  ForceField,
  initialConfiguration,
  MolecularDynamics,
  pairCutoff,
  parseEamFile,
  parseModel,
  preset,
} from "softfield";
import { artificialMetal, metalDefinition, setflText } from "../packages/core/test/eam.ts";
import { SILICON, tables } from "../validation/lammps.ts";
import { report, time } from "./harness.ts";
import { lammps, type Peer, race } from "./race.ts";

interface Case {
  readonly name: string;
  readonly model: object;
  readonly particles: number;
  readonly dt: number;
  readonly steps: number;
  readonly temperature: number;
  readonly peers: readonly Peer[];
}

/** Number density, fractions; what else a glass former has plays no part here. */
const glass = (density: number, fractions: readonly number[]) => ({
  ...{ density, fractions, liquidTemperature: 1, annealTemperature: 1, glassTransition: 1, annealTime: 1 },
});
const kobAndersen = {
  ...{ dimension: 3, species: ["A", "B"], glass: glass(1.2, [0.8, 0.2]), form: "lennard-jones" },
  ...{ epsilon: [[1, 1.5], [0.5]], lambda: [[1, 0.8], [0.88]] },
};
const over = (r: number) => [[r, r / 0.8], [r / 0.88]];
const ofPairs = (of: (epsilon: number, sigma: number) => string) => [
  `pair_coeff 1 1 ${of(1, 1)}`,
  `pair_coeff 1 2 ${of(1.5, 0.8)}`,
  `pair_coeff 2 2 ${of(0.5, 0.88)}`,
];

/** Kob–Andersen, smoothed, as rows that a user might bring: to 16 digits or to seven. */
function tabulated(digits: number): Case {
  const rows = 1000;
  const source = parseModel({ name: "ka", ...kobAndersen, cutoff: 2.5, smoothing: 3 });
  const { text, coefficients } = tables(source, rows);
  const columns = [
    ["A A", 0, 0],
    ["A B", 0, 1],
    ["B B", 1, 1],
  ] as const;
  const filled = columns.map(([name, s, t]) => {
    const r = Float64Array.from({ length: rows }, (_, n) => {
      const end = pairCutoff(source, s, t);
      return end * (0.3 + (0.7 * n) / (rows - 1));
    });
    const column = () => new Float64Array(rows);
    const ends = { i: new Int32Array(rows), j: new Int32Array(rows).fill(1) };
    const batch = { ...ends, r, phi0: column(), phi1: column(), phi2: column(), phi3: column() };
    evaluatePairs(source, { species: Int32Array.of(s, t) }, batch);
    return [name, { r: [...r], phi: Array.from(batch.phi0, (e) => Number(e.toPrecision(digits))) }];
  });
  const { form: _form, epsilon: _epsilon, lambda: _lambda, ...rest } = kobAndersen;
  return {
    name: `table, rows of ${digits} digits`,
    model: { name: "table", ...rest, form: "table", tables: Object.fromEntries(filled), smoothing: "none" },
    ...{ particles: 4000, dt: 0.005, steps: 2000, temperature: 0.4 },
    peers: [
      {
        name: "table",
        lines: ["pair_style table linear 1000", ...coefficients],
        files: { "table.txt": text },
      },
    ],
  };
}

function metal(): Case {
  const potential = artificialMetal("fs");
  return {
    ...{ name: "eam/fs, artificial", model: metalDefinition(potential) },
    ...{ particles: 4000, dt: 0.005, steps: 1000, temperature: 0.3 },
    peers: [
      {
        ...{ name: "eam/fs", units: "metal" },
        lines: ["pair_style eam/fs", "pair_coeff * * metal.fs A B"],
        files: { "metal.fs": setflText(potential) },
      },
    ],
  };
}

function copperZirconium(path: string): Case {
  const text = readFileSync(path, "utf8");
  const { masses: _, ...rest } = parseEamFile(text, path);
  return {
    name: "eam/fs, Cu64.5Zr35.5",
    model: {
      ...{ name: "cuzr", dimension: 3, species: ["Cu", "Zr"], form: "eam", potential: rest },
      masses: { Cu: 63.546, Zr: 91.224 },
      glass: glass(0.0629, [0.645, 0.355]),
    },
    // 2 fs in units of √(u Å²/eV) = 10.1805 fs; 300 K
    ...{ particles: 4000, dt: 0.196, steps: 500, temperature: 0.02585 },
    peers: [2, 1].map((skin) => ({
      ...{ name: `eam/fs, skin ${skin}`, units: "metal", skin },
      lines: ["pair_style eam/fs", "pair_coeff * * CuZr.fs Cu Zr"],
      files: { "CuZr.fs": text },
    })),
  };
}

const cases: Case[] = [
  metal(),
  ...(process.env.POTENTIAL ? [copperZirconium(process.env.POTENTIAL)] : []),
  {
    ...{ name: "sw", model: preset("sw-silicon").definition },
    ...{ particles: 4000, dt: 0.01, steps: 1000, temperature: 0.04 },
    peers: [{ name: "sw", lines: ["pair_style sw", "pair_coeff * * si.sw Si"], files: { "si.sw": SILICON } }],
  },
  tabulated(16),
  tabulated(7),
  {
    name: "lj/smooth",
    model: {
      name: "smooth",
      ...kobAndersen,
      cutoff: over(2.5),
      smoothing: { window: "smooth", from: over(2) },
    },
    ...{ particles: 4000, dt: 0.005, steps: 2000, temperature: 0.4 },
    peers: [
      {
        name: "lj/smooth",
        lines: ["pair_style lj/smooth 2.0 2.5", "pair_modify shift yes", ...ofPairs((e, s) => `${e} ${s}`)],
      },
    ],
  },
  hertzian(),
];

/** Spheres of diameter 1 at a packing fraction of 0.7. */
function hertzian(): Case {
  const model = {
    name: "hertz",
    dimension: 3,
    species: ["A"],
    form: "hertzian",
    epsilon: 200,
    lambda: 1,
    glass: glass((0.7 * 6) / Math.PI, [1]),
  };
  const { text, coefficients } = tables(parseModel(model), 1000);
  return {
    ...{ name: "hertz", model, particles: 8000, dt: 0.005, steps: 6000, temperature: 0.01 },
    peers: [
      {
        name: "gran/hertz/history",
        sphere: true,
        lines: ["pair_style gran/hertz/history 200 NULL 0 NULL 0 0", "pair_coeff * *"],
        skin: 0.2,
      },
      {
        name: "table of it",
        lines: ["pair_style table linear 1000", ...coefficients],
        files: { "table.txt": text },
        skin: 0.2,
      },
    ],
  };
}

for (const { name, model, particles, dt, steps, temperature, peers } of cases) {
  if (process.env.CASE && !name.includes(process.env.CASE)) continue;
  const compiled = parseModel(model);
  const field = ForceField.create(initialConfiguration(compiled, particles, 1), compiled);
  const dynamics = new MolecularDynamics(field, { dt: dt / 4, seed: 1 });
  dynamics.drawVelocities(temperature);
  dynamics.run({ steps: 2000, thermostat: { kind: "rescaling", temperature, relaxation: 100 * dt } });
  const force = time(
    () => {
      field.moved(0);
      field.evaluateGradient();
    },
    { warmup: 20, runs: 51 },
  );
  report({ bench: "potentials", case: `force ${name} N=${particles}`, ...force });
  if (lammps) race({ bench: "potentials", name, steps, dt }, dynamics, peers);
}
