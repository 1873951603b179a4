/**
 * C of indicators of softness at rearrangements of flows over rates, from reports of several campaigns of the same glasses.
 *
 *   npx --no-install node --conditions=softfield-source validation/flow-rates.ts REPORT… FIGURE.svg
 *
 * REPORT: folders of `softfield report` on campaigns with the stage `deform`. Rows: temperature, rate, rearrangements and C with
 * its 95 % interval of each indicator, all ordinals together; of conditions that several reports have, the first counts.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chart, panels, type Series } from "@softfield/figures";
import { indicators } from "softfield";
import { scriptArguments } from "./script.ts";

const NAMES = ["lte", "debye-waller", "modes", "softening"];
const given = scriptArguments("flow-rates.ts REPORT… FIGURE.svg", 2);
const [figure] = given.slice(-1);

interface Point {
  readonly indicator: string;
  readonly temperature: number;
  readonly rate: number;
  readonly events: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const points = new Map<string, Point>();
for (const report of given.slice(0, -1)) {
  const [head, ...rows] = readFileSync(join(report, "tables", "temperature_curves.csv"), "utf8")
    .trim()
    .split("\n")
    .map((row) => row.split(","));
  for (const row of rows) {
    const cell = (name: string) => row[head.indexOf(name)];
    const [temperature, rate, events, value, low, high] = [
      ...["temperature", "rate", "events", "value", "low", "high"].map((name) => Number(cell(name))),
    ];
    const indicator = cell("indicator");
    const key = `${indicator} ${temperature} ${rate}`;
    if (!points.has(key)) points.set(key, { indicator, temperature, rate, events, value, low, high });
  }
}
const all = [...points.values()].filter(({ indicator }) => NAMES.includes(indicator));
const sorted = (values: number[]) => [...new Set(values)].sort((a, b) => a - b);
const of = (name: string, temperature: number) =>
  all
    .filter((point) => point.indicator === name && point.temperature === temperature && point.rate > 0)
    .sort((a, b) => a.rate - b.rate);
const temperatures = sorted(all.map(({ temperature }) => temperature)).filter((t) => t > 0);
const print = (...cells: readonly (string | number)[]) => process.stdout.write(`${cells.join("\t")}\n`);
print("T", "rate", "rearrangements", ...NAMES);
for (const temperature of [0, ...temperatures])
  for (const rate of sorted(all.filter((p) => p.temperature === temperature).map((p) => p.rate))) {
    const found = NAMES.map((name) => points.get(`${name} ${temperature} ${rate}`));
    print(
      temperature,
      rate,
      found[0]?.events ?? 0,
      ...found.map((p) => (p ? `${p.value.toFixed(2)} (${p.low.toFixed(2)}…${p.high.toFixed(2)})` : "")),
    );
  }
const charts = temperatures.map((temperature) => {
  const series = NAMES.map((name): Series => {
    const own = of(name, temperature);
    return {
      label: indicators.find(name)?.short ?? name,
      x: own.map(({ rate }) => rate),
      y: own.map(({ value }) => value),
      low: own.map(({ low }) => low),
      high: own.map(({ high }) => high),
      interval: "bars",
      markers: "disc",
    };
  });
  return chart({
    title: `*T* = ${temperature}`,
    x: { label: "rate", unit: "1/τ₀", scale: "log" },
    y: { label: "correlation *C*", domain: [-0.15, 0.7] },
    series,
    key: "top-left",
  });
});
writeFileSync(figure, panels(charts));
