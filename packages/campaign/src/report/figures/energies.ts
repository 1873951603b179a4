import { chart, type Guide, type Series } from "@softfield/figures";
import type { TableFigureOptions } from "../entries.ts";
import { canonicalInset } from "../inset.ts";
import { column, groups, pointsOf, type Row } from "./rows.ts";

/** |E| below which p(E) says nothing of soft bonds. */
const MIN_ENERGY = 0.01;

/** Of the curves, in their order. */
const MARKERS = ["disc", "square", "triangle", "ring", "open-square", "open-triangle"] as const;

/** Fig. 2: p(E_α) of each ensemble, shifted by decades. */
export function energyFigure(rows: readonly Row[], { style, canonical, unit }: TableFigureOptions): string {
  const curves = groups(
    rows.filter(({ x }) => Number(x) >= MIN_ENERGY),
    "ensemble",
  );
  const series = curves.map(([label, own], k): Series => {
    const markers = { markers: MARKERS[k % MARKERS.length], markerSize: 0.55 } as const;
    return { ...pointsOf(own, "density", 10 ** -k), ...markers, label };
  });
  return chart({
    style,
    x: { label: "local thermal energy |*E*_{α}|", scale: "log" },
    y: {
      label: `density *p*(|*E*_{α}|)${curves.length > 1 ? ", each a decade lower" : ""}`,
      scale: "log",
    },
    series,
    guides: powerGuide(curves[0][1]),
    key: canonical ? "top-right" : "bottom-left",
    inset: canonical
      ? { chart: canonicalInset(canonical, style, unit("ε")), at: [0.02, 0.03, 0.5, 0.48] }
      : undefined,
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

/** Pairs with smaller forces lie just within the cutoff, where their number depends on how φ is smoothed. */
const MIN_FORCE = 0.5;

/** SI Fig. 2. */
export function forceFigure(rows: readonly Row[], { style, unit }: TableFigureOptions): string {
  const pressed = rows.filter(({ x }) => Number(x) >= MIN_FORCE);
  const series = groups(pressed, "ensemble").map(([label, own]): Series => {
    return { x: column(own, "x"), y: column(own, "density"), label };
  });
  return chart({
    style,
    x: { label: "pair force |*f*|", unit: unit("ε/λ") },
    y: { label: "density *p*(|*f*|)", unit: unit("λ/ε"), scale: "log" },
    series,
  });
}
