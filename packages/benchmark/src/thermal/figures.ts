import { column, groups, type Row, type TableFigureOptions } from "@softfield/campaign";
import { chart, legendNumber, panels, type Series } from "@softfield/figures";
import { indicators, SoftfieldError } from "softfield";
import { CurveStyles } from "../curvestyle.ts";

/** So many of the best have a curve of their own. */
const SHOWN = 6;

/**
 * C of the best indicators against temperature, athermal shear at 0; a panel a rate, three at most, of the first ensemble
 * whose flows have rearranged. @throws SoftfieldError "usage" where none has
 */
export function temperatureFigure(rows: readonly Row[], { style, unit }: TableFigureOptions): string {
  const ratesOf = (own: readonly Row[]) =>
    [...new Set(own.map((row) => Number(row.rate)))].filter((rate) => rate > 0);
  const found = groups(rows, "ensemble").find(([, own]) => ratesOf(own).length > 0);
  if (!found)
    throw new SoftfieldError("usage", "there is nothing to draw: no flow rearranged up to its last strain", {
      field: "fig",
    });
  const [ensemble, own] = found;
  const athermal = own.filter((row) => row.rate === 0);
  const rates = ratesOf(own);
  const most = Math.max(...column(own, "temperature"));
  const styles = new CurveStyles();
  const drawn = rates.slice(0, 3).map((rate) => {
    const all = [...athermal, ...own.filter((row) => row.rate === rate)];
    const series = groups(all, "indicator")
      .slice(0, SHOWN)
      .map(
        ([name, points]): Series => ({
          ...curve(points, "temperature", styles.of(name)),
          label: indicators.find(name)?.short ?? name,
        }),
      );
    return chart({
      style,
      title: `${ensemble}, rate ${legendNumber(rate)} (${unit("1/τ₀")})`,
      x: { domain: [-0.03 * most, 1.03 * most], label: "temperature *T*", unit: unit("ε/*k*_{B}") },
      y: { label: "correlation *C*" },
      series,
      key: "bottom-left",
    });
  });
  return panels(drawn, { style });
}

/** |r| of the best features, each species' own, against time; a panel a species, of the first ensemble. */
export function propensityFigure(rows: readonly Row[], { style, unit }: TableFigureOptions): string {
  const [[ensemble, own]] = groups(rows, "ensemble");
  const styles = new CurveStyles();
  const drawn = groups(own, "species")
    .slice(0, 3)
    .map(([species, points]) => {
      const best = groups(points, "feature")
        .map(([feature, found]) => ({
          feature,
          found,
          most: Math.max(...column(found, "value").map(Math.abs)),
        }))
        .sort((a, b) => b.most - a.most)
        .slice(0, SHOWN);
      return chart({
        style,
        title: `${ensemble}, ${species === "all" ? "all particles" : species}`,
        x: { label: "time", unit: unit("τ₀"), scale: "log" },
        y: { label: "correlation *r* with the propensity" },
        series: best.map(({ feature, found }) => ({
          ...curve(found, "time", styles.of(feature)),
          label: feature,
        })),
        key: "top-left",
      });
    });
  return panels(drawn, { style });
}

function curve(points: readonly Row[], x: string, style: Pick<Series, "colour" | "line">): Series {
  return {
    x: column(points, x),
    y: column(points, "value"),
    low: column(points, "low"),
    high: column(points, "high"),
    interval: "bars",
    markers: "disc",
    ...style,
  };
}
