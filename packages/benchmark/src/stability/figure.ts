import { column, groups, type Row, type TableFigureOptions } from "@softfield/campaign";
import { CURVE_COLOURS, chart, panels, type Series } from "@softfield/figures";

/** Inherent energy, and strain of the first event where glasses were sheared, against the parent temperature; a curve a model. */
export function stabilityFigure(rows: readonly Row[], { style, unit }: TableFigureOptions): string {
  const x = { label: "parent temperature *T*", unit: unit("ε/*k*_{B}") };
  const axes = {
    energy: { label: "inherent energy *U*/*N*", unit: unit("ε") },
    strain: { label: "strain of the first event *γ*_{1}" },
  } as const;
  const drawn = (["energy", "strain"] as const).flatMap((quantity) => {
    const own = groups(
      rows.filter((row) => row.quantity === quantity),
      "model",
    );
    if (own.length === 0) return [];
    const series = own.map(
      ([label, points], k): Series => ({
        x: column(points, "temperature"),
        y: column(points, "value"),
        low: column(points, "low"),
        high: column(points, "high"),
        ...{ interval: "bars", markers: "disc", colour: CURVE_COLOURS[k % CURVE_COLOURS.length], label },
      }),
    );
    return [chart({ style, x, y: axes[quantity], series, key: "top-right" })];
  });
  return panels(drawn, { style });
}
