import { readTexts } from "@softfield/campaign";
import { expect, test } from "vitest";
import { gapsFile, gapsTable, SLOPES, withoutSlopes } from "../gaps.ts";
import type { ForetoldEvent } from "./data.ts";
import { forecastFigure } from "./figure.ts";
import {
  forecastDifferenceTable,
  forecastPointsTable,
  forecastStrainTable,
  forecastTable,
} from "./tables.ts";

/** Two glasses, two loads: the forecast names three of four first, and two of their strains within 1.5; lte one. */
const events = [
  { seed: 1, load: "0°", strain: 0.001, rank: 1, foretold: 0.00105, lte: 1 },
  { seed: 1, load: "90°", strain: 0.002, rank: 1, foretold: 0.0028, lte: 0 },
  { seed: 2, load: "0°", strain: 0.004, rank: 1, foretold: 0.008, lte: 0 },
  { seed: 2, load: "90°", strain: 0.008, rank: 4, foretold: 0.009, lte: 0 },
];
const foretold = events.flatMap(({ lte, rank, foretold: at, ...event }): ForetoldEvent[] => [
  { ...event, ordinal: 1, way: "forecast", rank, foretold: at },
  { ...event, ordinal: 1, way: "lte", rank: lte, foretold: Number.NaN },
]);
const ensembles = [{ name: "E", foretold }] as unknown as Parameters<typeof forecastTable>[0];
const rowsOf = ({ columns, rows }: ReturnType<typeof forecastTable>) =>
  rows.map((row) => Object.fromEntries(columns.map((name, c) => [name, row[c]])));

test("the share of events at the first place, among five, and of strains foretold", () => {
  const [forecast, lte] = rowsOf(forecastTable(ensembles));
  expect(forecast).toMatchObject({
    ...{ ensemble: "E", ordinal: 1, way: "forecast", glasses: 2, events: 4, value: 0.75 },
    ...{ low: 0.5, high: 1, among_3: 0.75, among_5: 1, hits: 3 },
    ...{ "strain_within_1.5": 2 / 3, "strain_within_1.1": 1 / 3 },
  });
  expect(lte).toMatchObject({ way: "lte", value: 0.25, hits: 1 });
  for (const none of ["among_5", "strain_within_1.5"]) expect(lte[none]).toBeNaN();
});

test("a way that foretells strains names a list, also where no event lies at a later place", () => {
  const first = foretold.filter(({ rank }) => rank <= 1);
  const [forecast, lte] = rowsOf(
    forecastTable([{ name: "E", foretold: first }] as unknown as typeof ensembles),
  );
  expect(forecast).toMatchObject({ way: "forecast", events: 3, value: 1, among_3: 1, among_5: 1 });
  expect(lte.among_3).toBeNaN();
});

test("ensembles whose forecasts tried no places by slopes are named", () => {
  expect(forecastTable(ensembles).title).not.toContain("slopes");
  const [own] = ensembles;
  const some = [own, { ...own, name: "F", withoutSlopes: 2 }, { ...own, name: "G", withoutSlopes: 1 }];
  expect(forecastTable(some).title).toMatch(
    /none by the slopes E ∂E\/∂γ, since memory held no derivative of their factor: 2 of F, 1 of G$/,
  );
});

test("gaps are a file where there are any, and counted by glass", async () => {
  const table = gapsTable("forecast_gaps");
  expect(await gapsFile(table, [])).toEqual({});
  const { "forecast_gaps.parquet": bytes } = await gapsFile(table, [SLOPES]);
  expect(await readTexts(bytes, "without")).toEqual(["slopes"]);
  const asked: string[] = [];
  const ask = async (sql: string) => {
    asked.push(sql);
    return {
      columns: ["seed", "without"],
      rows: [
        [1, SLOPES],
        [2, "other"],
        [4, SLOPES],
      ],
    };
  };
  expect(await withoutSlopes(ask, table, "where ensemble = 'E'")).toBe(2);
  expect(asked).toEqual(["select distinct seed, without from forecast_gaps where ensemble = 'E'"]);
});

test("differences are of the same events", () => {
  expect(rowsOf(forecastDifferenceTable(ensembles))).toMatchObject([
    { way: "lte", events: 4, value: 0.5, low: 0.5, high: 0.5 },
  ]);
});

test("by strain: as many parts as there are events, each of one", () => {
  const rows = rowsOf(forecastStrainTable(ensembles)).filter(({ way }) => way === "forecast");
  expect(rows.map(({ strain, value }) => [strain, value])).toEqual([
    [0.001, 1],
    [0.002, 1],
    [0.004, 1],
    [0.008, 0],
  ]);
});

test("the figure: a point an event that was foretold, a curve a way", () => {
  const points = rowsOf(forecastPointsTable(ensembles));
  expect(points).toHaveLength(4);
  const shares = rowsOf(forecastStrainTable(ensembles));
  const svg = forecastFigure(points, shares, { style: "paper", unit: (unit) => unit });
  expect(svg).toContain("surroundings");
  expect(svg).toContain("share of first events");
  expect(forecastFigure([], shares, { style: "paper", unit: (unit) => unit })).not.toContain("foretold");
});
