import { column, groups, pointsOf, type Row, type TableFigureOptions } from "@softfield/campaign";
import { CURVE_COLOURS, chart, type Guide, panels, type Series } from "@softfield/figures";

/**
 * D(ω) with the guide ω⁴ (left), and its exponent against the frequency up to which it is fitted (right), with the
 * first plane wave of the first ensemble where there are waves.
 */
export function modesFigure(
  [densities, exponents, waves]: readonly [densities: Row[], exponents: Row[], waves: Row[]],
  { style, unit }: TableFigureOptions,
): string {
  const names = groups(densities, "ensemble").map(([name]) => name);
  const colour = (row: Row) => CURVE_COLOURS[names.indexOf(String(row.ensemble)) % CURVE_COLOURS.length];
  const labelled = (row: Row) => (row.selection === "all" ? row.ensemble : `${row.ensemble}, localised`);
  const first = waves.find(
    (row) => row.ensemble === names[0] && row.polarisation === "transverse" && row.wave === 1,
  );
  const wave: Guide[] =
    first === undefined
      ? []
      : [{ kind: "vertical", at: Number(first.relaxed_frequency), label: "first wave" }];
  const left = chart({
    style,
    x: { label: "frequency *ω*", unit: unit("1/τ₀"), scale: "log" },
    y: { label: "density of vibrations *D*(*ω*)", unit: unit("τ₀"), scale: "log" },
    series: groups(densities, "ensemble", "selection").map(([, own]): Series => {
      const row = own[0];
      return {
        ...pointsOf(own, "density"),
        markers: row.selection === "all" ? "disc" : "ring",
        colour: colour(row),
        label: String(labelled(row)),
      };
    }),
    guides: [...fourthPower(densities), ...wave],
    key: "bottom-right",
  });
  const right = chart({
    style,
    x: { label: "frequency *ω*_{c}", unit: unit("1/τ₀"), scale: "log" },
    y: { label: "exponent *β* for *ω* < *ω*_{c}", domain: [0, 8] },
    series: groups(exponents, "ensemble", "selection").map(([, own]): Series => {
      const row = own[0];
      return {
        x: column(own, "upto"),
        y: column(own, "value"),
        ...(row.selection === "all" ? { low: column(own, "low"), high: column(own, "high") } : {}),
        line: row.selection === "all" ? "solid" : "dashed",
        colour: colour(row),
        label: String(labelled(row)),
      };
    }),
    guides: [{ kind: "horizontal", at: 4, label: "*ω*^{4}" }, ...wave],
    key: "bottom-left",
  });
  return panels([left, right], { style });
}

/** ω⁴ above the softest modes of the first ensemble, over a factor of two and a half. */
function fourthPower(densities: readonly Row[]): Guide[] {
  const [own] = groups(densities, "ensemble", "selection").map(([, rows]) => rows);
  const start = own!.find(({ count }) => Number(count) >= 5);
  if (start === undefined) return [];
  const x = Number(start.x);
  return [
    {
      kind: "power",
      exponent: 4,
      through: [x, 2.5 * Number(start.density)],
      between: [x, 2.5 * x],
      label: "*ω*^{4}",
    },
  ];
}
