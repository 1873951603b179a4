import { CURVE_COLOURS, chart, panels, type Series, type StyleName } from "@softfield/figures";
import { column, groups, type Row } from "./rows.ts";

/** Ensembles that have a panel of their own. */
const PANELS = 5;
/** Paler than the mean, and told apart. */
const SAMPLES = ["#8fb8de", "#e0a96d", "#8fc7a5", "#c9a0c4", "#b8b8b8"];

/** Stress over strain: a panel an ensemble with some of its samples, their events and the mean; then the means beside each other. */
export function stressFigure([means, samples]: readonly [Row[], Row[]], style: StyleName): string {
  const ensembles = groups(means, "ensemble");
  const drawn = ensembles.slice(0, PANELS).map(([ensemble, mean]) => {
    const own = groups(
      samples.filter((row) => row.ensemble === ensemble),
      "seed",
    );
    const events = own.flatMap(([, rows], k) => eventSeries(rows, SAMPLES[k % SAMPLES.length]));
    const curves = own.map(([, rows], k): Series => {
      const colour = SAMPLES[k % SAMPLES.length];
      return {
        x: column(rows, "strain"),
        y: column(rows, "stress"),
        colour,
        label: k === 0 ? "samples" : undefined,
      };
    });
    return chart({
      style,
      title: ensemble,
      ...axes(mean),
      series: [...curves, ...events, { ...meanSeries(mean), colour: CURVE_COLOURS[0], label: "mean" }],
      key: "bottom-right",
    });
  });
  // means in one unit of stress can be compared
  const alike = ensembles.filter(([, [first]]) => first.unit === means[0].unit);
  if (alike.length > 1) {
    const series = alike.map(([label, mean], k): Series => {
      return { ...meanSeries(mean), colour: CURVE_COLOURS[k % CURVE_COLOURS.length], label };
    });
    drawn.push(chart({ style, title: "means", ...axes(means), series, key: "bottom-right" }));
  }
  return panels(drawn, { style, columns: Math.min(2, drawn.length) });
}

function axes([first]: readonly Row[]) {
  const unit = String(first.unit).replace("²", "^{2}").replace("³", "^{3}");
  return { x: { label: "strain *γ*" }, y: { label: "stress *σ*", unit } };
}

function meanSeries(rows: readonly Row[]): Series {
  return {
    x: column(rows, "strain"),
    y: column(rows, "value"),
    low: column(rows, "low"),
    high: column(rows, "high"),
  };
}

function eventSeries(rows: readonly Row[], colour: string): Series[] {
  const events = rows.filter(({ event }) => Number(event) > 0);
  if (events.length === 0) return [];
  return [
    {
      x: column(events, "strain"),
      y: column(events, "stress"),
      line: "none",
      markers: "disc",
      markerSize: 0.6,
      colour,
    },
  ];
}
