import { CURVE_COLOURS, chart, type Guide, panels, type Series, type StyleName } from "@softfield/figures";
import { indicators } from "softfield";
import type { TableFigureOptions } from "../entries.ts";
import { column, groups, type Row } from "./rows.ts";

/** How the curves of one field are drawn: those of the first field solid, of others dashed, then dotted. */
function styleOf(
  field: string,
  fields: readonly string[],
): Pick<Series, "line"> & { readonly label: string } {
  const line = LINES[Math.min(fields.indexOf(field), LINES.length - 1)];
  return { line, label: indicators.find(field)?.short ?? field };
}

const LINES = [undefined, "dashed", "dotted"] as const;

/** F_n is drawn for the first three events, as in the paper. */
const DRAWN_EVENTS = 3;

const MAX_RATIO = 3.5;

/** Fig. 4: F_n and δF_n of the first ensemble. */
export function predictionFigure(rows: readonly Row[], ratios: readonly Row[], style: StyleName): string {
  const [ensemble] = groups(rows, "ensemble")[0];
  const shown = (row: Row) => row.ensemble === ensemble && Number(row.ordinal) <= DRAWN_EVENTS;
  const curve = (own: readonly Row[]) => ({
    x: column(own, "standardized"),
    y: column(own, "value"),
    low: column(own, "low"),
    high: column(own, "high"),
  });
  const fields = fieldsOf(rows.filter(shown));
  const fractions = groups(rows.filter(shown), "field", "ordinal").map(([, own]): Series => {
    const { field, ordinal } = own[0];
    const colour = CURVE_COLOURS[Number(ordinal) - 1];
    const { label, ...line } = styleOf(String(field), fields);
    const named = { colour, ...line, label: `*F*_{${ordinal}} ${label}` };
    if (field === fields[0]) return { ...curve(own), ...named };
    const { x: at, y } = curve(own);
    return { x: at, y, ...named };
  });
  const relative = groups(ratios.filter(shown), "ordinal").map(([ordinal, own]): Series => {
    return { ...curve(own), label: `δ*F*_{${ordinal}}` };
  });
  const x = { label: "standardised score Δ*ε*", domain: [1, 5] as const };
  const left = chart({
    style,
    x,
    y: { label: "fraction *F*_{n} of *n*-th events", domain: [0, 1] },
    series: fractions,
    key: "bottom-right",
  });
  const guides: Guide[] = [{ kind: "horizontal", at: 1 }];
  // ratios of few events run off: the paper's axis ends at 3.5
  const tops = relative
    .flatMap(({ y, high }) => [...Array.from(y), ...Array.from(high ?? [])])
    .filter(Number.isFinite);
  const most = Math.min(MAX_RATIO, 1.05 * Math.max(1.5, ...tops));
  const right = chart({
    style,
    x,
    y: { label: "ratio δ*F*_{n}", domain: [0, most] },
    series: relative,
    guides,
  });
  return panels([left, right], { style });
}

/** What F_n is worth beside the area of the spots: F_n against area, and over chance, of the first ensemble. */
export function areaFigure(
  areas: readonly Row[],
  { prediction, chance }: { readonly prediction: readonly Row[]; readonly chance: readonly Row[] },
  style: StyleName,
): string {
  const [ensemble] = groups(areas, "ensemble")[0];
  const shown = (row: Row) => row.ensemble === ensemble && Number(row.ordinal) <= DRAWN_EVENTS;
  const byChance = new Map(
    chance
      .filter((row) => row.ensemble === ensemble)
      .map(({ field, standardized, value }) => [`${field} ${standardized}`, Number(value)]),
  );
  const overChance = (row: Row, name: string) =>
    Number(row[name]) / byChance.get(`${row.field} ${row.standardized}`)!;
  const fields = fieldsOf(areas.filter(shown));
  const curves = (rows: readonly Row[], x: string, y: (row: Row, name: string) => number) =>
    groups(rows.filter(shown), "field", "ordinal").map(([, own]): Series => {
      const { field, ordinal } = own[0];
      const { label, ...line } = styleOf(String(field), fields);
      const colour = CURVE_COLOURS[Number(ordinal) - 1];
      const curve = { x: column(own, x), y: own.map((row) => y(row, "value")), colour, ...line };
      const named = { ...curve, label: `*F*_{${ordinal}} ${label}` };
      if (field !== fields[0]) return named;
      return { ...named, low: own.map((row) => y(row, "low")), high: own.map((row) => y(row, "high")) };
    });
  const diagonal: Series = { x: [0, 1], y: [0, 1], colour: "#767676", line: "dotted", label: "chance" };
  const left = chart({
    style,
    x: { label: "fraction of the glass, softest spots first", domain: [0, 1] },
    y: { label: "fraction of *n*-th events in it", domain: [0, 1] },
    series: [...curves(areas, "area", (row, name) => Number(row[name])), diagonal],
    key: "bottom-right",
  });
  const right = chart({
    style,
    x: { label: "standardised score Δ*ε*", domain: [1, 5] },
    y: { label: "*F*_{n} over that of chance" },
    series: curves(prediction, "standardized", overChance).map(({ label: _, ...curve }) => curve),
    guides: [{ kind: "horizontal", at: 1 }],
  });
  return panels([left, right], { style });
}

/** The fields of a table, in its order. */
function fieldsOf(rows: readonly Row[]): string[] {
  return [...new Set(rows.map(({ field }) => String(field)))];
}

/** SI Fig. 3. */
export function distanceFigure(rows: readonly Row[], { style, unit }: TableFigureOptions): string {
  const series = groups(rows, "ensemble", "field").map(([, own]): Series => {
    const { ensemble, field } = own[0];
    const { line = "solid", label } = styleOf(String(field), fieldsOf(rows));
    return { x: column(own, "x"), y: column(own, "density"), line, label: `${ensemble}, ${label}` };
  });
  return chart({
    style,
    x: { label: "distance *r* to the nearest spot", unit: unit("λ") },
    y: { label: "density *p*(*r*)", unit: unit("1/λ") },
    series,
  });
}
