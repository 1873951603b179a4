import { expect, test } from "vitest";
import type { ScoredEvent } from "./data.ts";
import { curveTable, differenceTable, leagueTable, strainTable } from "./league.ts";

/** Two glasses, two loads, two indicators: `good` is always in the softest tenth, `lte` in the middle. */
const benchmark: ScoredEvent[] = [1, 2].flatMap((seed) =>
  ["0°", "90°"].flatMap((load, l) =>
    ["lte", "good"].map((indicator) => ({
      ...{ seed, load, ordinal: 1, strain: 0.01 * (seed + 2 * l), indicator },
      softer: indicator === "good" ? 0.02 * seed : 0.5,
      precision: indicator === "good" ? 0.4 : 0.1,
      distance: indicator === "good" ? 1 : 5,
    })),
  ),
);
const unit = (words: string) => words;
const ensembles = [{ name: "E", benchmark, unit }] as unknown as Parameters<typeof leagueTable>[0];
const cellsOf = ({ columns, rows }: ReturnType<typeof leagueTable>, k: number) =>
  Object.fromEntries(columns.map((name, c) => [name, rows[k][c]]));

test("the league: the better first, C, hits, precision and spots", () => {
  const table = leagueTable(ensembles);
  expect(table.rows).toHaveLength(2);
  expect(cellsOf(table, 0)).toMatchObject({
    ...{ ensemble: "E", ordinal: 1, indicator: "good", glasses: 2, events: 4 },
    ...{ hits_1: 0, hits_5: 1, hits_10: 1, precision: 0.4, near_spots: 1 },
  });
  expect(cellsOf(table, 0).value).toBeCloseTo(1 - 2 * 0.03, 12);
  // resampling glasses: C is 0.96 or 0.92 or their mean
  expect([cellsOf(table, 0).low, cellsOf(table, 0).high]).toEqual([0.92, 0.96]);
  expect(cellsOf(table, 1)).toMatchObject({ indicator: "lte", value: 0, hits_10: 0, near_spots: 0 });
});

test("strains foretold: hits within a factor of 1.5 of all events, and the median ratio of those that have one", () => {
  const events = benchmark.map((event, k) => ({
    ...event,
    foretold: event.indicator === "good" ? event.strain * [1.2, Number.NaN, 3, 0.8][k >> 1] : Number.NaN,
  }));
  const table = leagueTable([{ name: "E", benchmark: events, unit }] as unknown as Parameters<
    typeof leagueTable
  >[0]);
  expect(cellsOf(table, 0).strain_hits).toBeCloseTo(2 / 4, 12);
  expect(cellsOf(table, 0).strain_ratio).toBeCloseTo(1.2, 12);
  expect(cellsOf(table, 1).strain_hits).toBeNaN();
});

test("several ensembles have a league together, of what all have scored, their glasses kept apart", () => {
  const other = benchmark
    .filter(({ seed }) => seed === 1)
    .flatMap((event) => [
      { ...event, softer: event.softer + 0.1 },
      { ...event, indicator: `${event.indicator}-2` },
    ]);
  const both = [...ensembles, { name: "F", benchmark: other, unit }] as unknown as typeof ensembles;
  const table = leagueTable(both);
  const all = table.rows.map((_, k) => cellsOf(table, k)).filter(({ ensemble }) => ensemble === "all");
  expect(all.map(({ indicator }) => indicator)).toEqual(["good", "lte"]);
  // seed 1 of E and of F are two glasses: 0.02, 0.04 and 0.12, two events each
  expect(all[0]).toMatchObject({ glasses: 3, events: 6, hits_5: 4 / 6 });
  expect(all[0].value).toBeCloseTo(1 - (2 * (0.02 + 0.04 + 0.12)) / 3, 12);
  const differences = differenceTable(both).rows.filter(([name]) => name === "all");
  expect(differences.map((row) => row.slice(0, 4))).toEqual([["all", 1, "good", 6]]);
  expect(differences[0][4]).toBeCloseTo((0.96 + 0.92 + 0.96) / 3, 12);
  expect(leagueTable(ensembles).rows.some(([name]) => name === "all")).toBe(false);
});

test("differences to lte are of the same events", () => {
  const { rows } = differenceTable(ensembles);
  expect(rows).toHaveLength(1);
  expect(rows[0].slice(0, 4)).toEqual(["E", 1, "good", 4]);
  expect(rows[0][4]).toBeCloseTo(0.94, 12);
});

test("by strain: four parts of one event each", () => {
  const { columns, rows } = strainTable(ensembles);
  const good = rows.filter((row) => row[columns.indexOf("indicator")] === "good");
  expect(good.reduce((sum, row) => sum + Number(row[columns.indexOf("events")]), 0)).toBe(4);
});

test("curves end at 1", () => {
  const { rows } = curveTable(ensembles);
  expect(rows.filter(([, indicator]) => indicator === "good").at(-1)).toEqual(["E", "good", 1, 1]);
  expect(rows.filter(([, indicator]) => indicator === "lte").at(-1)).toEqual(["E", "lte", 1, 1]);
});
