import { ForceField, parseModel, preset, type System } from "softfield";
import { describe, expect, test } from "vitest";
import { artificialMetal, metalDefinition, setflText } from "../packages/core/test/eam.ts";
import { jitteredLattice, twoSpeciesLattice } from "../packages/core/test/reference.ts";
import { SILICON_CARBON, siliconCarbon } from "../packages/core/test/tersoff.ts";
import { needs } from "../testing/needs.ts";
import { askStyle, expectAlike, largest, own, type Style } from "./styles.ts";

const T3 =
  "Si Si Si 3.0 1.0 1.7322 100390.0 16.218 -0.59826 0.78734 1.0999e-6 1.7322 471.18 2.85 0.15 2.4799 1830.8\n";

const header = { name: "m", species: ["A", "B"] };
const lj = { ...header, form: "lennard-jones", epsilon: [[1, 1.5], [0.5]], lambda: [[1, 0.8], [0.88]] };
/** One cutoff for all pairs, as the ratio that models have. */
const over = (r: number) => [[r, r / 0.8], [r / 0.88]];
const coefficients = (of: (epsilon: number, sigma: number) => string) => [
  `pair_coeff 1 1 ${of(1, 1)}`,
  `pair_coeff 1 2 ${of(1.5, 0.8)}`,
  `pair_coeff 2 2 ${of(0.5, 0.88)}`,
];
const plain = (epsilon: number, sigma: number) => `${epsilon} ${sigma}`;

const cases: readonly [string, object, Style, number][] = [
  [
    "lj/cut",
    { ...lj, cutoff: over(2.2), smoothing: "none" },
    { lines: ["pair_style lj/cut 2.2", ...coefficients(plain)] },
    1,
  ],
  [
    "lj/cut, shifted",
    { ...lj, cutoff: over(2.2), smoothing: "shifted" },
    { lines: ["pair_style lj/cut 2.2", "pair_modify shift yes", ...coefficients(plain)] },
    1,
  ],
  [
    "lj/smooth/linear",
    { ...lj, cutoff: over(2.2), smoothing: "force-shifted" },
    { lines: ["pair_style lj/smooth/linear 2.2", ...coefficients((e, s) => `${e} ${s} 2.2`)] },
    1,
  ],
  [
    "lj/smooth",
    { ...lj, cutoff: over(2.2), smoothing: { window: "smooth", from: over(1.7) } },
    { lines: ["pair_style lj/smooth 1.7 2.2", "pair_modify shift yes", ...coefficients(plain)] },
    1,
  ],
  [
    "lj/gromacs",
    { ...lj, cutoff: over(2.2), smoothing: { window: "gromacs", from: over(1.7) } },
    { lines: ["pair_style lj/gromacs 1.7 2.2", ...coefficients((e, s) => `${e} ${s} 1.7 2.2`)] },
    1,
  ],
  [
    "lj/charmm/coul/charmm",
    { ...lj, cutoff: over(2.2), smoothing: { window: "charmm", from: over(1.7) } },
    { lines: ["pair_style lj/charmm/coul/charmm 1.7 2.2", ...coefficients(plain)] },
    1,
  ],
  [
    "mie/cut",
    { ...lj, exponents: [14, 7.5], cutoff: over(2.2), smoothing: "none" },
    { lines: ["pair_style mie/cut 2.2", ...coefficients((e, s) => `${e} ${s} 14 7.5`)] },
    1,
  ],
  [
    "buck",
    {
      ...header,
      form: "buckingham",
      A: [[1000, 900], [700]],
      rho: [[0.18, 0.17], [0.16]],
      C: [[3, 2], [1]],
      cutoff: 2.3,
      smoothing: "none",
    },
    {
      lines: [
        "pair_style buck 2.3",
        "pair_coeff 1 1 1000 0.18 3",
        "pair_coeff 1 2 900 0.17 2",
        "pair_coeff 2 2 700 0.16 1",
      ],
    },
    1,
  ],
  [
    "born",
    {
      ...header,
      form: "born-mayer",
      A: [[2, 1.5], [1]],
      rho: 0.2,
      sigma: [[1, 0.95], [0.9]],
      C: [[1, 0.5], [0.2]],
      D: [[0.3, -0.1], [0.2]],
      cutoff: 2.3,
      smoothing: "shifted",
    },
    {
      lines: [
        "pair_style born 2.3",
        "pair_modify shift yes",
        "pair_coeff 1 1 2 0.2 1 1 0.3",
        "pair_coeff 1 2 1.5 0.2 0.95 0.5 -0.1",
        "pair_coeff 2 2 1 0.2 0.9 0.2 0.2",
      ],
    },
    1,
  ],
  [
    "morse",
    {
      ...header,
      form: "morse",
      epsilon: [[1, 2], [3]],
      lambda: 1,
      steepness: [[4, 5], [6]],
      minimum: [[1.1, 1], [0.9]],
      cutoff: 2.3,
      smoothing: "none",
    },
    {
      lines: [
        "pair_style morse 2.3",
        "pair_coeff 1 1 1 4 1.1",
        "pair_coeff 1 2 2 5 1",
        "pair_coeff 2 2 3 6 0.9",
      ],
    },
    1,
  ],
  [
    "yukawa",
    {
      ...header,
      form: "yukawa",
      epsilon: [[1, 2], [3]],
      lambda: 1,
      kappa: 1.5,
      cutoff: 2.5,
      smoothing: "shifted",
    },
    {
      lines: [
        "pair_style yukawa 1.5 2.5",
        "pair_modify shift yes",
        ...[
          ["1 1", 1],
          ["1 2", 2],
          ["2 2", 3],
        ].map(([pair, e]) => `pair_coeff ${pair} ${(e as number) * Math.exp(1.5)}`),
      ],
    },
    1,
  ],
  [
    "zbl",
    {
      ...header,
      form: "zbl",
      units: "metal",
      numbers: { A: 14, B: 8 },
      cutoff: 2.4,
      smoothing: { window: "gromacs", from: 1.8 },
    },
    {
      units: "metal",
      lines: ["pair_style zbl 1.8 2.4", "pair_coeff 1 1 14 14", "pair_coeff 1 2 14 8", "pair_coeff 2 2 8 8"],
    },
    0.4,
  ],
];

describe("LAMMPS agrees to 1e-10 on random states", needs("lmp"), () => {
  test.each(cases)("%s", (_, json, style, density) => {
    const system = twoSpeciesLattice(density);
    const model = parseModel(json);
    const theirs = askStyle(system, style);
    expectAlike(own(system, model), theirs);
    // and so do the kernels of the dynamics
    const field = ForceField.create(system, model);
    expectAlike({ energy: field.energy, gradient: field.gradient(), stress: field.stress() }, theirs);
  });

  const coulomb = {
    ...header,
    form: "coulomb",
    units: "metal",
    charges: { A: 2.4, B: -1.2 },
    damping: 0.3,
    cutoff: 6,
  };

  test("coul/wolf: Wolf's energy, the damped shifted force", () => {
    const system = twoSpeciesLattice(0.06);
    const theirs = askStyle(system, {
      units: "metal",
      charges: [2.4, -1.2],
      lines: ["pair_style coul/wolf 0.3 6", "pair_coeff * *"],
    });
    const force = parseModel({ ...coulomb, smoothing: "force-shifted" });
    expectAlike(own(system, force), theirs, ["gradient", "stress"]);
    // less the self energy, −(erfc(αr_c)/2r_c + α/√π) k q² an atom
    const wolf = parseModel({ ...coulomb, smoothing: "shifted" });
    const squares = Array.from(system.species).reduce((sum, s) => sum + (s === 0 ? 2.4 : 1.2) ** 2, 0);
    const self = -(ERFC_1_8 / 12 + 0.3 / Math.sqrt(Math.PI)) * 14.399645 * squares;
    expect(Math.abs((own(system, wolf).energy + self) / theirs.energy - 1)).toBeLessThan(1e-10);
  });

  test("charges atom by atom, of the file: coul/wolf and, to its approximation of erfc, coul/dsf", () => {
    const plain = twoSpeciesLattice(0.06);
    const n = plain.species.length;
    const charges = Float64Array.from(
      plain.species,
      (s, p) => (s === 0 ? 2.4 : -1.2) + 0.3 * Math.sin(5 * p),
    );
    const mean = charges.reduce((sum, q) => sum + q / n, 0);
    const system = { ...plain, charges: charges.map((q) => q - mean) };
    const model = parseModel({ ...coulomb, charges: "file", smoothing: "force-shifted" });
    const wolf = { units: "metal", lines: ["pair_style coul/wolf 0.3 6", "pair_coeff * *"] } as const;
    const mine = own(system, model);
    expectAlike(mine, askStyle(system, wolf), ["gradient", "stress"]);
    const field = ForceField.create(system, model);
    expectAlike({ energy: field.energy, gradient: field.gradient(), stress: field.stress() }, mine);
    const squares = system.charges.reduce((sum, q) => sum + q * q, 0);
    const shifted = own(system, parseModel({ ...coulomb, charges: "file", smoothing: "shifted" }));
    const self = -(ERFC_1_8 / 12 + 0.3 / Math.sqrt(Math.PI)) * 14.399645 * squares;
    expect(Math.abs((shifted.energy + self) / askStyle(system, wolf).energy - 1)).toBeLessThan(1e-10);
    const dsf = askStyle(system, { units: "metal", lines: ["pair_style coul/dsf 0.3 6", "pair_coeff * *"] });
    expect(largest(mine.gradient.map((g, k) => g - dsf.gradient[k])) / largest(mine.gradient)).toBeLessThan(
      1e-6,
    );
    // its self energy has the shift of the force in it: r_c f′(r_c)/2 = −½[erfc(αr_c)/r_c + 2α/√π exp(−α²r_c²)] more
    const slope = -(ERFC_1_8 / 6 + (0.6 / Math.sqrt(Math.PI)) * Math.exp(-3.24));
    const more = (slope / 2) * 14.399645 * squares;
    expect(Math.abs((mine.energy + self + more) / dsf.energy - 1)).toBeLessThan(1e-6);
  });

  test("hybrid/overlay buck mie/cut coul/wolf: a sum of terms of some pairs each, the silica of van Beest et al.", () => {
    const system = twoSpeciesLattice(0.066);
    const { definition } = preset("bks-silica");
    const terms = (definition as unknown as { terms: { form: string }[] }).terms.map((term) =>
      term.form === "coulomb" ? term : { ...term, smoothing: "none" },
    );
    const model = parseModel({ ...definition, terms });
    const theirs = askStyle(system, {
      units: "metal",
      charges: [2.4, -1.2],
      lines: [
        "pair_style hybrid/overlay buck 5.5 mie/cut 5.5 coul/wolf 0.2 10",
        `pair_coeff 1 2 buck 18003.7572 ${1 / 4.87318} 133.5381`,
        `pair_coeff 2 2 buck 1388.773 ${1 / 2.76} 175`,
        `pair_coeff 1 2 mie/cut ${(4 * 0.003097948) / (1.25 * 5 ** 0.25)} 1.313635 30 6`,
        `pair_coeff 2 2 mie/cut ${(4 * 0.00105105) / (1.25 * 5 ** 0.25)} 1.779239 30 6`,
        "pair_coeff * * coul/wolf",
      ],
    });
    expectAlike(own(system, model), theirs, ["gradient", "stress"]);
  });

  test.each([
    ["of two elements, λ₃ and m of each triplet", SILICON_CARBON, parseModel(siliconCarbon()), 0.09, "Si C"],
    ["of silicon, T3", T3, preset("tersoff-silicon"), 0.055, "Si Si"],
  ] as const)("tersoff %s", (_, text, model, density, elements) => {
    const system = twoSpeciesLattice(density);
    const theirs = askStyle(system, {
      units: "metal",
      files: { "own.tersoff": text },
      lines: ["pair_style tersoff", `pair_coeff * * own.tersoff ${elements}`],
    });
    const one = { ...system, species: system.species.map((s) => (model.species.length > 1 ? s : 0)) };
    const field = ForceField.create(one, model);
    expectAlike({ energy: field.energy, gradient: field.gradient(), stress: field.stress() }, theirs);
    expectAlike(own(one, model), theirs);
  });

  test("vashishta: pairs and triples of silica", () => {
    const system = twoSpeciesLattice(0.066);
    const entries = [
      ["Si Si Si", "0.82023 11 1.6 1.6 999 0 4.43 0 10 0 0 0 0 0"],
      ["O O O", "743.848 7 -0.8 -0.8 999 22.1179 4.43 0 10 0 0 0 0 0"],
      ["O Si Si", "163.859 9 -0.8 1.6 999 44.2357 4.43 0 10 20.146 1 2.6 0 -0.77714596"],
      ["Si O O", "163.859 9 1.6 -0.8 999 44.2357 4.43 0 10 5.0365 1 2.6 0 -0.333333333333"],
      ...["Si O Si", "Si Si O", "O Si O", "O O Si"].map((key) => [key, "0 0 0 0 0 0 0 0 0 0 0 0 0 0"]),
    ];
    const theirs = askStyle(system, {
      units: "metal",
      files: { "sio.vashishta": entries.map((entry) => `${entry.join(" ")}\n`).join("") },
      lines: ["pair_style vashishta", "pair_coeff * * sio.vashishta Si O"],
    });
    const model = preset("vashishta-silica");
    const field = ForceField.create(system, model);
    expectAlike({ energy: field.energy, gradient: field.gradient(), stress: field.stress() }, theirs);
    expectAlike(own(system, model), theirs);
  });

  test.each(["alloy", "fs"] as const)(
    "eam/%s: pairs and embeddings; LAMMPS's cubic splines are off by some 1e-9 on these rows",
    (kind) => {
      const metal = artificialMetal(kind);
      const model = parseModel(metalDefinition(metal));
      const system = jitteredLattice(model, 6, 5, 0.11);
      const theirs = askStyle(system, {
        units: "metal",
        files: { "metal.eam": setflText(metal) },
        lines: [`pair_style eam/${kind}`, "pair_coeff * * metal.eam A B"],
      });
      const field = ForceField.create(system, model);
      const moving = { energy: field.energy, gradient: field.gradient(), stress: field.stress() };
      for (const mine of [own(system, model), moving]) {
        expect(Math.abs(mine.energy / theirs.energy - 1)).toBeLessThan(1e-10);
        expect(largest(mine.gradient.map((g, k) => g - theirs.gradient[k]))).toBeLessThan(
          1e-8 * largest(mine.gradient),
        );
        expect(largest(mine.stress.map((x, k) => x - theirs.stress[k]))).toBeLessThan(
          1e-9 * largest(mine.stress),
        );
      }
    },
  );
});

describe("packings of LAMMPS's atom_style sphere", needs("lmp"), () => {
  const packing = (): System => {
    const { box, positions, species } = twoSpeciesLattice(1.9);
    const diameters = Float64Array.from(species, (_, p) => 0.7 + 0.5 * ((p * 0.6180339887498949) % 1));
    return { box, positions, species: species.map(() => 0), diameters };
  };

  test.each([
    ["gran/hooke", "harmonic", "square", "pair_style gran/hooke 200 NULL 0 NULL 0 0"],
    ["gran/hertz/history", "hertzian", "hertz", "pair_style gran/hertz/history 200 NULL 0 NULL 0 0"],
  ])("%s: forces of contacts whose strengths go with diameters", (_, form, strength, style) => {
    const system = packing();
    const model = parseModel({ name: "m", species: ["A"], form, epsilon: 200, diameters: { strength } });
    const theirs = askStyle(system, { lines: [style, "pair_coeff * *"] });
    expectAlike(own(system, model), theirs, ["gradient", "stress"]);
    const field = ForceField.create(system, model);
    expectAlike({ energy: field.energy, gradient: field.gradient(), stress: field.stress() }, theirs, [
      "gradient",
      "stress",
    ]);
    expect(field.energy / own(system, model).energy).toBeCloseTo(1, 12);
    // LAMMPS knows no energy of these: the gradient is its slope
    const moved = (by: number): System => ({
      ...system,
      positions: system.positions.map((x, k) => (k === 7 ? x + by : x)),
    });
    const slope = (own(moved(1e-5), model).energy - own(moved(-1e-5), model).energy) / 2e-5;
    expect(Math.abs(slope - own(system, model).gradient[7])).toBeLessThan(1e-5 * largest(theirs.gradient));
  });
});

/** erfc 1.8 */
const ERFC_1_8 = 0.01090949836426929;
