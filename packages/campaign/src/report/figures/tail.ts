import { CURVE_COLOURS, chart, type Guide, type Series, type StyleName } from "@softfield/figures";
import { column, groups, pointsOf, type Row } from "./rows.ts";

/** The tail exponent against where the tail begins: maximum likelihood with its band, and Hill's estimate. */
export function tailFigure(rows: readonly Row[], style: StyleName): string {
  const names = groups(rows, "ensemble").map(([name]) => name);
  const series = groups(rows, "ensemble", "method").map(([, own]): Series => {
    const { ensemble, method } = own[0];
    const curve = {
      x: column(own, "from"),
      y: column(own, "value"),
      colour: CURVE_COLOURS[names.indexOf(String(ensemble)) % CURVE_COLOURS.length],
    };
    // one entry of the key for all estimates of Hill
    if (method === "hill")
      return { ...curve, line: "dashed", label: ensemble === names[0] ? "dashed: Hill" : undefined };
    return { ...curve, low: column(own, "low"), high: column(own, "high"), label: String(ensemble) };
  });
  return chart({
    style,
    x: { label: "|*E*_{α}| from which the tail is fitted", scale: "log" },
    y: { label: "exponent *a* of *p*(|*E*_{α}|) ~ |*E*_{α}|^{−a}", domain: [1.5, 4] },
    series,
    guides: [{ kind: "horizontal", at: 9 / 4, label: "9/4" }],
    key: "top-left",
  });
}

/** How many samples have a largest |E_α| of at least x, with the guide x^(1 − 9/4). */
export function maximaFigure(rows: readonly Row[], fits: readonly Row[], style: StyleName): string {
  const curves = groups(rows, "ensemble");
  const series = curves.map(([ensemble, own]): Series => {
    const fit = fitOf(fits, ensemble);
    return {
      ...pointsOf(own, "fraction"),
      markers: "disc",
      markerSize: 0.7,
      label: `${ensemble}${fit}`,
    };
  });
  return chart({
    style,
    x: { label: "largest local thermal energy *x*", scale: "log" },
    y: { label: "fraction of samples with max |*E*_{α}| ≥ *x*", scale: "log" },
    series,
    guides: guideOf(curves[0][1]),
    key: "bottom-left",
  });
}

/** The exponent of the density from the tenth of the samples with the largest maxima. */
function fitOf(fits: readonly Row[], ensemble: string): string {
  const own = fits.filter((row) => row.ensemble === ensemble);
  const middle = own[Math.floor(own.length / 2)];
  if (middle === undefined) return "";
  return `, *a* = ${Number(middle.value).toFixed(2)} ± ${Number(middle.error).toFixed(2)}`;
}

/** Above the last third of the first curve. */
function guideOf(rows: readonly Row[]): Guide[] {
  const tail = rows.slice(Math.floor(rows.length / 3));
  const [first, last] = [tail[0], tail.at(-1)];
  if (first === undefined || first === last) return [];
  const through = [Number(first.x), 2 * Number(first.fraction)] as const;
  return [
    { kind: "power", exponent: 1 - 9 / 4, through, between: [through[0], Number(last!.x)], label: "−5/4" },
  ];
}
