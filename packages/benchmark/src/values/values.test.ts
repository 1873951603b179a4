import { expect, test } from "vitest";
import type { ScoredEvent } from "../data.ts";
import { atParticles } from "../score.ts";
import { valuesDifferenceTable, valuesTable } from "./tables.ts";

test("a particle has the largest of the sites that it is of, by size, or nothing", () => {
  const pairs = { members: [Int32Array.of(0, 1), Int32Array.of(1, 3)], offsets: new Float64Array(4) };
  const alone = { members: [Int32Array.of(0, 1, 2, 3)], offsets: new Float64Array(8) };
  const found = atParticles(
    [
      { sites: pairs, values: Float64Array.of(2, -5) },
      { sites: alone, values: Float64Array.of(1, 6, Number.NaN, Number.NaN) },
    ],
    4,
  );
  expect(Array.from(found)).toEqual([2, 6, Number.NaN, 5]);
});

/** Two glasses, two loads; `good` is by its values ahead of its field, `lte` behind. */
const events = (softer: (indicator: string, seed: number) => number): ScoredEvent[] =>
  [1, 2].flatMap((seed) =>
    ["0°", "90°"].flatMap((load) =>
      ["lte", "good"].map((indicator) => ({
        ...{ seed, load, ordinal: 1, strain: 0.01, indicator },
        ...{ softer: softer(indicator, seed), precision: 0.2, distance: 1, foretold: Number.NaN },
      })),
    ),
  );
const benchmark = events(() => 0.4);
const byValues = events((indicator, seed) => (indicator === "good" ? 0.05 * seed : 0.5));
const ensembles = [{ name: "E", benchmark, byValues }] as unknown as Parameters<typeof valuesTable>[0];

test("the league by values, and how far each is from that by fields", () => {
  const league = valuesTable(ensembles);
  expect(league.name).toBe("league_values");
  const of = (row: readonly unknown[], name: string) => row[league.columns.indexOf(name)];
  expect(league.rows.map((row) => of(row, "indicator"))).toEqual(["good", "lte"]);
  expect(of(league.rows[0], "value")).toBeCloseTo(0.85, 12);
  expect(of(league.rows[0], "hits_5")).toBe(0.5);
  const { columns, rows } = valuesDifferenceTable(ensembles);
  const good = rows.find((row) => row[2] === "good")!;
  const cell = (name: string) => good[columns.indexOf(name)];
  expect([cell("events"), cell("ordinal")]).toEqual([4, 1]);
  expect(cell("by_values")).toBeCloseTo(0.85, 12);
  expect(cell("by_field")).toBeCloseTo(0.2, 12);
  expect(cell("value")).toBeCloseTo(0.65, 12);
  expect([cell("low"), cell("high")].map(Number)).toEqual([expect.closeTo(0.6, 12), expect.closeTo(0.7, 12)]);
});

test("an event that the field has not scored has no difference", () => {
  const some = benchmark.filter(({ load }) => load === "0°");
  const { columns, rows } = valuesDifferenceTable([
    { name: "E", benchmark: some, byValues },
  ] as unknown as typeof ensembles);
  expect(rows.map((row) => row[columns.indexOf("events")])).toEqual([2, 2]);
});
