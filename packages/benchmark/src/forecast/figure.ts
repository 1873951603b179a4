import { column, groups, type Row, type TableFigureOptions } from "@softfield/campaign";
import { chart, panels, type Series } from "@softfield/figures";
import { indicators } from "softfield";
import { CurveStyles } from "../curvestyle.ts";

const NAMES: Readonly<Record<string, string>> = { forecast: "surroundings", cubic: "cubic" };
const named = (way: string) => NAMES[way] ?? indicators.find(way)?.short ?? way;

/** Strains foretold beside those of the first events; and the share of events that each way names first, by strain. */
export function forecastFigure(
  points: readonly Row[],
  shares: readonly Row[],
  { style }: TableFigureOptions,
): string {
  const [[ensemble, own]] = groups(shares, "ensemble");
  const first = points.filter((row) => row.ensemble === ensemble && row.ordinal === 1);
  const styles = new CurveStyles();
  const curves = groups(own, "way").map(
    ([way, rows]): Series => ({
      x: column(rows, "strain"),
      y: column(rows, "value"),
      low: column(rows, "low"),
      high: column(rows, "high"),
      interval: "bars",
      markers: "disc",
      label: named(way),
      ...styles.of(way),
    }),
  );
  const strain = { label: "strain of the event", scale: "log" } as const;
  const byStrain = chart({
    style,
    title: ensemble,
    x: strain,
    y: { label: "share of first events", domain: [0, 1] },
    series: curves,
    key: "bottom-left",
  });
  if (first.length === 0) return panels([byStrain], { style });
  const strains = column(first, "strain");
  const ends = [Math.min(...strains), Math.max(...strains)];
  const dots = groups(first, "way").map(
    ([way, rows]): Series => ({
      x: column(rows, "strain"),
      y: column(rows, "foretold"),
      label: named(way),
      markers: way === "forecast" ? "disc" : "ring",
      ...styles.of(way),
      line: "none",
    }),
  );
  const beside = chart({
    style,
    title: ensemble,
    x: strain,
    y: { label: "*γ*_{c} foretold", scale: "log" },
    series: [...dots.reverse(), { x: ends, y: ends, label: "equal", colour: "#767676", line: "dotted" }],
    key: "top-left",
  });
  return panels([beside, byStrain], { style });
}
