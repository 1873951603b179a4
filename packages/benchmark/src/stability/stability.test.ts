import { expect, test } from "vitest";
import { stabilityFigure } from "./figure.ts";
import { stabilityTable } from "./table.ts";

type Data = Parameters<typeof stabilityTable>[0][number];
const ensemble = (more: object) =>
  ({ events: [], energyPerParticle: [], model: "m", ...more }) as unknown as Data;
const events = (strains: readonly number[]) =>
  strains.map((strain, k) => ({ seed: k, strains: [strain, 1] }));
const scores = [1, 2].flatMap((seed) =>
  ["0°", "90°"].flatMap((load, k) =>
    ["lte", "modes"].flatMap((indicator) =>
      [1, 2].map((ordinal) => ({
        seed,
        load,
        ordinal,
        indicator,
        strain: 0.01 * (seed + k + 10 * (ordinal - 1)),
      })),
    ),
  ),
);
const ensembles = [
  ensemble({ name: "hot", parentTemperature: 1, energyPerParticle: [3, 5], events: events([0.1, 0.3]) }),
  ensemble({ name: "cold", parentTemperature: 0.25, energyPerParticle: [1, 2], benchmark: scores }),
  ensemble({ name: "cooled", energyPerParticle: [0, 0] }),
  ensemble({ name: "alone", model: "n", parentTemperature: 1, energyPerParticle: [0, 0] }),
];

test("by temperature, of models with several: energies, and first events, of a benchmark the mean over a glass's loads", () => {
  const { columns, rows } = stabilityTable(ensembles);
  const cells = rows.map((row) => Object.fromEntries(columns.map((name, k) => [name, row[k]])));
  expect(cells.map(({ ensemble, quantity, glasses }) => [ensemble, quantity, glasses])).toEqual([
    ["cold", "energy", 2],
    ["cold", "strain", 2],
    ["hot", "energy", 2],
    ["hot", "strain", 2],
  ]);
  const values = cells.map(({ value }) => Number(value));
  [1.5, (0.015 + 0.025) / 2, 4, 0.2].forEach((value, k) => {
    expect(values[k]).toBeCloseTo(value, 12);
  });
  expect([cells[1].low, cells[1].high]).toEqual([0.015, 0.025]);
});

test("the figure: energies of each model, and first events where there are any", () => {
  const { columns, rows } = stabilityTable(ensembles);
  const drawn = rows.map((row) => Object.fromEntries(columns.map((name, k) => [name, row[k]])));
  const options = { style: "paper", unit: (words: string) => words } as const;
  const [both, energies] = [drawn, drawn.filter(({ quantity }) => quantity === "energy")].map((own) =>
    stabilityFigure(own, options),
  );
  const title = />first events</;
  expect([both, energies].map((svg) => title.test(svg))).toEqual([true, false]);
});
