import { column, groups, type Row, type TableFigureOptions } from "@softfield/campaign";
import { CURVE_COLOURS, chart, panels, type Series } from "@softfield/figures";

/** Models whose energies have a panel. */
const PANELS = 3;

/** Inherent energy, a panel a model, and the strain of the first event where glasses were sheared, against the parent temperature. */
export function stabilityFigure(rows: readonly Row[], { style, unit }: TableFigureOptions): string {
  const x = { label: "parent temperature *T*", unit: unit("ε/*k*_{B}") };
  const models = groups(rows, "model").map(([model, own], k) => {
    const of = (quantity: string) => own.filter((row) => row.quantity === quantity);
    return { model, energies: of("energy"), strains: of("strain"), colour: CURVE_COLOURS[k] };
  });
  const energies = models.slice(0, PANELS).map(({ model, energies, colour }) =>
    chart({
      ...{ style, title: model, x },
      y: { label: "inherent energy *U*/*N*", unit: unit("ε") },
      series: [points(energies, colour)],
    }),
  );
  const sheared = models.filter(({ strains }) => strains.length > 0);
  const strains = chart({
    ...{ style, title: "first events", x },
    y: { label: "strain of the first event *γ*_{1}" },
    series: sheared.map(({ model, strains, colour }) => ({ ...points(strains, colour), label: model })),
    key: "top-right",
  });
  const drawn = sheared.length > 0 ? [...energies, strains] : energies;
  return panels(drawn, { style, columns: Math.min(3, drawn.length) });
}

function points(rows: readonly Row[], colour: string | undefined): Series {
  return {
    x: column(rows, "temperature"),
    y: column(rows, "value"),
    low: column(rows, "low"),
    high: column(rows, "high"),
    ...{ interval: "bars", markers: "disc", colour },
  };
}
