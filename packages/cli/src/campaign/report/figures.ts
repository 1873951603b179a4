import {
  bondMap,
  CURVE_COLOURS,
  chart,
  displacementMap,
  type Guide,
  heatMap,
  panels,
  type Series,
  type StyleName,
} from "@softfield/figures";
import { SoftfieldError } from "softfield";
import { type CanonicalTable, canonicalInset } from "./inset.ts";
import type { SamplePicture } from "./sample.ts";
import type { ReportTable } from "./statistics.ts";

/** Figures of the paper that a campaign's results can draw. */
export const FIGURES = ["1", "2", "3", "4", "si2", "si3"] as const;
export type FigureName = (typeof FIGURES)[number];

/** Those that show one sample; the others show tables of all. */
export const OF_SAMPLE: ReadonlySet<FigureName> = new Set(["1", "3"]);

export const CAPTIONS: Readonly<Record<FigureName, string>> = {
  "1": "Fig. 1: thermal displacement X (left) and local thermal energies of the bonds (right) of one sample",
  "2": "Fig. 2: distribution of local thermal energies, curves shifted by decades, with the power law −9/4",
  "3": "Fig. 3: local thermal energies (left) and softness field with soft spots and the first plastic events (right)",
  "4": "Fig. 4: F_n of local thermal energies and of normal modes (left), and their ratio (right)",
  si2: "SI Fig. 2: distribution of pair-force magnitudes",
  si3: "SI Fig. 3: distance of plastic events to the nearest soft spot",
};

/** F_n is drawn for the first three events, as in the paper. */
const DRAWN_EVENTS = 3;

/** Fig. 1 or 3 of one sample. SVG text. */
export function sampleFigure(name: FigureName, sample: SamplePicture, style: StyleName = "paper"): string {
  const { system, interactions, lte, displacement, field, spots, events } = sample;
  const common = { box: system.box, positions: system.positions, style };
  const bonds = bondMap({ ...common, i: interactions.i, du: interactions.du, values: lte });
  if (name === "1") {
    return panels([displacementMap({ ...common, displacements: displacement }), bonds], { style });
  }
  if (field === undefined) {
    throw new SoftfieldError(
      "usage",
      'Fig. 3 needs the softness field: add "spots" to what the campaign computes',
      {
        field: "fig",
      },
    );
  }
  return panels([bonds, heatMap({ box: system.box, ...field, spots, events, style })], { style });
}

/** Fig. 2, 4, SI 2 or SI 3 from the report's tables. SVG text. @throws SoftfieldError "usage" where they are empty */
export function tableFigure(
  name: FigureName,
  tables: readonly ReportTable[],
  { style = "paper", canonical }: TableFigureOptions = {},
): string {
  switch (name) {
    case "2":
      return energyFigure(rowsOf(tables, "lte_density"), { style, ...(canonical ? { canonical } : {}) });
    case "4":
      return predictionFigure(rowsOf(tables, "prediction"), rowsOf(tables, "prediction_ratio"), style);
    case "si2":
      return forceFigure(rowsOf(tables, "force_density"), style);
    default:
      return distanceFigure(rowsOf(tables, "distances"), style);
  }
}

export interface TableFigureOptions {
  readonly style?: StyleName;
  /** For the inset of Fig. 2. */
  readonly canonical?: CanonicalTable;
}

type Row = Readonly<Record<string, string | number>>;

function rowsOf(tables: readonly ReportTable[], name: string): Row[] {
  const { columns, rows } = tables.find((table) => table.name === name)!;
  if (rows.length === 0) {
    throw new SoftfieldError("usage", `there is nothing to draw yet: the table ${name} is empty`, {
      field: "fig",
    });
  }
  return rows.map((row) => Object.fromEntries(columns.map((column, k) => [column, row[k]!])));
}

function column(rows: readonly Row[], name: string, factor = 1): number[] {
  return rows.map((row) => factor * Number(row[name]));
}

function groups(rows: readonly Row[], ...names: string[]): [string, Row[]][] {
  return [...Map.groupBy(rows, (row) => names.map((name) => row[name]).join(" "))];
}

/** |E| below which p(E) says nothing of soft bonds. */
const LEAST_ENERGY = 0.01;

function energyFigure(
  rows: readonly Row[],
  { style, canonical }: { style: StyleName; canonical?: CanonicalTable },
): string {
  const curves = groups(
    rows.filter(({ x }) => Number(x) >= LEAST_ENERGY),
    "ensemble",
  );
  const series = curves.map(([label, own], k): Series => {
    const factor = 10 ** -k;
    const y = column(own, "density", factor);
    // on a logarithmic axis an interval that reaches 0 is drawn upwards only
    const low = column(own, "low", factor).map((value, m) => value || y[m]!);
    const high = column(own, "high", factor);
    return { x: column(own, "x"), y, low, high, interval: "bars", markers: "disc", line: "none", label };
  });
  return chart({
    style,
    x: { label: "|*E*_{α}|", scale: "log" },
    y: { label: curves.length > 1 ? "*p*(*E*_{α}), shifted" : "*p*(*E*_{α})", scale: "log" },
    series,
    guides: powerGuide(curves[0]![1]),
    key: canonical ? "top-right" : "bottom-left",
    ...(canonical ? { inset: { chart: canonicalInset(canonical, style), at: [0.02, 0.03, 0.5, 0.48] } } : {}),
  });
}

/** The −9/4 above the first curve, over the decade and a half that ends at its largest energies. */
function powerGuide(rows: readonly Row[]): Guide[] {
  const tail = rows.filter((row) => Number(row.x) >= 3);
  const [first, last] = [tail[0], tail.at(-1)];
  if (first === undefined || last === undefined || first === last) return [];
  const through = [Number(first.x), 3 * Number(first.density)] as const;
  return [
    { kind: "power", exponent: -9 / 4, through, between: [Number(first.x), Number(last.x)], label: "−9/4" },
  ];
}

function predictionFigure(rows: readonly Row[], ratios: readonly Row[], style: StyleName): string {
  const [ensemble] = groups(rows, "ensemble")[0]!;
  const shown = (row: Row) => row.ensemble === ensemble && Number(row.ordinal) <= DRAWN_EVENTS;
  const curve = (own: readonly Row[]) => ({
    x: column(own, "standardized"),
    y: column(own, "value"),
    low: column(own, "low"),
    high: column(own, "high"),
  });
  const fractions = groups(rows.filter(shown), "field", "ordinal").map(([, own]): Series => {
    const { field, ordinal } = own[0]!;
    const colour = CURVE_COLOURS[Number(ordinal) - 1]!;
    if (field === "lte") return { ...curve(own), colour, label: `*F*_{${ordinal}} LTE` };
    const { x: at, y } = curve(own);
    return { x: at, y, colour, line: "dashed", label: `*F*_{${ordinal}} modes` };
  });
  const relative = groups(ratios.filter(shown), "ordinal").map(([ordinal, own]): Series => {
    return { ...curve(own), label: `δ*F*_{${ordinal}}` };
  });
  const x = { label: "Δ*ε*", domain: [1, 5] as const };
  const left = chart({
    style,
    x,
    y: { label: "*F*_{n}", domain: [0, 1] },
    series: fractions,
    key: "bottom-right",
  });
  const guides: Guide[] = [{ kind: "horizontal", at: 1 }];
  const right = chart({ style, x, y: { label: "δ*F*_{n}" }, series: relative, guides });
  return panels([left, right], { style, letters: ["A", "B"] });
}

/** Pairs with smaller forces are about to lose touch: their number follows the smoothing of φ at the cutoff. */
const LEAST_FORCE = 0.5;

function forceFigure(rows: readonly Row[], style: StyleName): string {
  const pressed = rows.filter(({ x }) => Number(x) >= LEAST_FORCE);
  const series = groups(pressed, "ensemble").map(([label, own]): Series => {
    return { x: column(own, "x"), y: column(own, "density"), label };
  });
  return chart({ style, x: { label: "|*f*|" }, y: { label: "*p*(|*f*|)", scale: "log" }, series });
}

function distanceFigure(rows: readonly Row[], style: StyleName): string {
  const series = groups(rows, "ensemble", "field").map(([, own]): Series => {
    const { ensemble, field } = own[0]!;
    const label = `${ensemble}, ${field === "lte" ? "LTE" : "modes"}`;
    return {
      x: column(own, "x"),
      y: column(own, "density"),
      line: field === "lte" ? "solid" : "dashed",
      label,
    };
  });
  return chart({ style, x: { label: "distance" }, y: { label: "*p*(distance)" }, series });
}
