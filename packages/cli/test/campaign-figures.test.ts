import { plainText } from "@softfield/figures";
import { findInteractions, localThermalEnergy, minimumOf, preset, softnessField, softSpots } from "softfield";
import { expect, test } from "vitest";
import { captionOf } from "../../campaign/src/report/caption.ts";
import type { SampleFigureEntry } from "../../campaign/src/report/entries.ts";
import { figureNamed, tableFigure } from "../../campaign/src/report/figures.ts";
import type { SamplePicture } from "../../campaign/src/report/sample.ts";
import { statistics } from "../../campaign/src/report/statistics.ts";
import { readReference } from "../../core/test/reference.ts";
import { labelFaults, placedLabels } from "../../figures/test/svg-labels.ts";
import type { VibrationData } from "../../reproduction/src/vibrations.ts";
import { inventedEnsemble, inventedVibrations } from "./campaign-invented.ts";
import { paper as registry } from "./campaign-support.ts";

const tables = statistics(registry, [inventedEnsemble("soft spheres", 1), inventedEnsemble("others", 2)]);

const FIGURES = ["stress", "2", "4", "area", "eq4", "eq5", "modes", "tail", "maxima", "si2", "si3"] as const;

test.each(FIGURES)("Fig. %s of a table is the picture that was looked at", async (name) => {
  await expect(tableFigure(registry, name, tables)).toMatchFileSnapshot(`snapshots/fig-${name}.svg`);
});

test.each(FIGURES)("Fig. %s: no label covers another or leaves the page, in print and on slides", (name) => {
  for (const style of ["paper", "slides"] as const) {
    const svg = tableFigure(registry, name, tables, { style });
    expect(placedLabels(svg).length).toBeGreaterThan(5);
    expect(labelFaults(svg)).toEqual([]);
  }
});

/** What has no dimension: strains, fractions, exponents, scores, energies over k_B T/2. */
const NUMBERS =
  /^(strain γ|standardised score Δε|(fraction|exponent|ratio|softest part|share|Fn over).*|.*(\|Eα\||thermal energy x).*)$/;

test.each(FIGURES)("Fig. %s: every axis says what it is and in which unit, in those of the model", (name) => {
  const metal: Readonly<Record<string, string>> = { λ: "Å", ε: "eV", "τ₀": "ps" };
  const unit = (reduced: string) => reduced.replace(/λ|ε|τ₀/g, (symbol) => metal[symbol]);
  const [own, theirs] = [
    tableFigure(registry, name, tables),
    tableFigure(registry, name, tables, { unit }),
  ].map((svg) => placedLabels(svg).filter(({ kind }) => kind === "x-label" || kind === "y-label"));
  expect(own.length).toBeGreaterThanOrEqual(2);
  own.forEach(({ text }, k) => {
    if (NUMBERS.test(text)) return;
    // Greek letters of units in brackets at the end
    expect(text).toMatch(/ \([^()]*(λ|ε|τ₀)[^()]*\)$/);
    // that of stresses stands in its table
    if (name !== "stress") expect(theirs[k].text).toMatch(/ \([^()λετ]*(Å|eV|ps)[^()λετ]*\)$/);
  });
});

test.each(FIGURES)(
  "Fig. %s: letters of panels where there are several, and a caption that tells them",
  (name) => {
    const svg = tableFigure(registry, name, tables);
    const letters = placedLabels(svg).filter(({ kind }) => kind === "letter");
    const panels = placedLabels(svg).filter(({ kind }) => kind === "x-label").length;
    expect(letters.map(({ text }) => text)).toEqual(
      panels === 1 ? [] : ["(a)", "(b)", "(c)"].slice(0, panels),
    );
    const caption = plainText(captionOf(figureNamed(registry, name), { tables }));
    if (name !== "stress") for (const { text } of letters) expect(caption).toContain(text);
    expect(caption).toMatch(/Samples: (40|12) of soft spheres \(2dipl, N = 400\), (40|12) of others/);
    expect(caption).not.toMatch(/[_*^{}]/);
  },
);

test("labels that cover each other are seen", () => {
  const label = (x: number, y: number, text: string) =>
    `<text x="${x}" y="${y}" font-size="10"><tspan>${text}</tspan></text>`;
  const page = (...labels: string[]) =>
    `<svg width="100pt" height="50pt" viewBox="0 0 100 50">${labels.join("")}</svg>`;
  expect(labelFaults(page(label(10, 20, "one"), label(40, 20, "two")))).toEqual([]);
  expect(labelFaults(page(label(10, 20, "one"), label(20, 15, "two")))).toEqual([
    "one and two cover each other",
  ]);
  const panel = `<svg x="60" y="0" width="40" height="50" viewBox="0 0 40 50">${label(10, 20, "wide enough")}</svg>`;
  expect(labelFaults(page(label(10, 20, "one"), panel))).toEqual(["wide enough leaves the page"]);
});

test("what is not there is not drawn, and named", () => {
  const bare = {
    ...inventedEnsemble("bare", 1),
    maxima: [],
    vibrations: { modes: [], couplings: [], waves: [], paths: [] },
  };
  const none = statistics(registry, [bare]);
  expect(() => tableFigure(registry, "eq4", none)).toThrow("the tables waves and mode_couplings are empty");
  expect(() => tableFigure(registry, "eq5", none)).toThrow("the tables softest and approach are empty");
  expect(() => tableFigure(registry, "modes", none)).toThrow("the table mode_density is empty");
  expect(() => tableFigure(registry, "maxima", none)).toThrow("the table maxima is empty");
  const towards: VibrationData = {
    ...bare,
    vibrations: { ...bare.vibrations, paths: inventedVibrations([1]).paths },
  };
  const paths = statistics(registry, [towards]);
  expect(tableFigure(registry, "eq5", paths)).toContain("towards an event");
});

function reference(): SamplePicture {
  const { system } = readReference("2dipl_400");
  const model = preset("2dipl");
  const { energies, displacement } = localThermalEnergy(
    minimumOf(system, model, { arithmetic: "reproducible" }),
  );
  const interactions = findInteractions(system, model);
  const field = softnessField(system.box, system.positions, energies);
  const [{ lte }] = energies;
  return {
    ensemble: {
      name: "a",
      model,
      particles: 400,
      protocol: {} as never,
      compute: {},
      keep: { bonds: "all" },
    },
    seed: 1,
    system,
    interactions,
    lte,
    displacement,
    field,
    spots: softSpots(field, 1).spots.map(({ rank, position }) => ({ number: rank, position })),
    events: [
      { number: 1, position: Float64Array.of(5, 6) },
      { number: 2, position: Float64Array.of(17, 3) },
    ],
  };
}

test.each(["1", "3"] as const)(
  "Fig. %s of a reference glass is the picture that was looked at",
  async (name) => {
    await expect(
      (figureNamed(registry, name) as SampleFigureEntry).drawSample(reference(), "paper"),
    ).toMatchFileSnapshot(`snapshots/fig-${name}.svg`);
  },
);

test("slides are set larger", () => {
  const width = (name: string, style: "paper" | "slides") =>
    Number(/ width="([\d.]+)pt"/.exec(tableFigure(registry, name, tables, { style }))![1]);
  expect(width("4", "slides")).toBeGreaterThan(1.5 * width("4", "paper"));
});
