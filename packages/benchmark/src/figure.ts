import { column, groups, type Row } from "@softfield/campaign";
import { chart, panels, type Series, type StyleName } from "@softfield/figures";
import { indicators } from "softfield";
import { CurveStyles } from "./curvestyle.ts";

/** So many of the best indicators have a curve of their own. */
const SHOWN = 6;

/** How much of a glass holds the first events, by the best indicators; a panel an ensemble, three at most. */
export function leagueFigure(rows: readonly Row[], style: StyleName): string {
  const styles = new CurveStyles();
  const drawn = groups(rows, "ensemble")
    .slice(0, 3)
    .map(([ensemble, own]) => {
      const curves = groups(own, "indicator").slice(0, SHOWN);
      const series = curves.map(
        ([name, points]): Series => ({
          x: column(points, "x"),
          y: column(points, "value"),
          label: indicators.find(name)?.short ?? name,
          ...styles.of(name),
        }),
      );
      const [[, first]] = curves;
      const chance: Series = {
        x: column(first, "x"),
        y: column(first, "x"),
        colour: "#767676",
        line: "dotted",
        label: "chance",
      };
      return chart({
        style,
        title: ensemble,
        x: { label: "softest part of the glass", scale: "log" },
        y: { label: "share of first events", domain: [0, 1] },
        series: [...series, chance],
        key: "top-left",
      });
    });
  return panels(drawn, { style });
}
