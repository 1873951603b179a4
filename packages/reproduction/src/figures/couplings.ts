import { column, groups, type Row, type TableFigureOptions } from "@softfield/campaign";
import { CURVE_COLOURS, chart, type Guide, panels, type Series } from "@softfield/figures";

/** Points of one ensemble that are drawn, the softest ones. */
const MAX_POINTS = 1000;
const MAX_PATHS = 40;
/** Fainter than any curve: the paths are many. */
const PATH_COLOUR = "#b9c6d8";

/** Eq. 4: c (left) and f·Ψ (right) of plane waves and of the lowest modes against ω. */
export function couplingFigure(
  [waves, modes]: readonly [Row[], Row[]],
  { style, unit }: TableFigureOptions,
): string {
  // of ensembles with a single wave number there is nothing to see
  const shown =
    groups(waves, "ensemble").find(([, own]) => own.some(({ wave }) => Number(wave) >= 3))?.[1] ?? [];
  const x = { label: "frequency *ω*", unit: unit("1/τ₀"), scale: "log" } as const;
  const panel = (
    y: { readonly label: string; readonly unit: string },
    quantities: readonly string[],
    exponent: number,
    words: string,
  ) => {
    const series = [
      ...quantities.flatMap((quantity) => waveSeries(shown, quantity)),
      ...quantities.flatMap((quantity) => modeSeries(modes, quantity)),
    ];
    return chart({
      style,
      x,
      y: { ...y, scale: "log", ...roomBelow(series) },
      series,
      guides: guideOf(shown, quantities[0], { exponent, words }),
      key: "bottom-right",
    });
  };
  return panels(
    [
      panel(
        { label: "coupling |*c*|", unit: unit("ε/λ^{3}") },
        ["self_coupling", "cross_coupling"],
        3,
        "*ω*^{3}",
      ),
      panel({ label: "|*f*_{α}·*Ψ*|", unit: unit("ε/λ") }, ["projection"], 1, "*ω*"),
    ],
    { style },
  );
}

/** A logarithmic domain with a third of its length below the data, for the key. */
function roomBelow(series: readonly Series[]): { domain?: readonly [number, number] } {
  const values = series
    .flatMap(({ y, low, high }) => [y, low ?? [], high ?? []].flatMap((some) => Array.from(some)))
    .filter((v) => v > 0 && Number.isFinite(v));
  if (values.length === 0) return {};
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return { domain: [least * (least / most) ** 0.5 * 0.9, 1.3 * most] };
}

/** Filled for c_iii and f·Ψ, open for c_ijj. */
function waveSeries(waves: readonly Row[], quantity: string): Series[] {
  const cross = quantity === "cross_coupling";
  return groups(waves, "polarisation").map(([polarisation, own], k): Series => {
    const curve = { x: column(own, "frequency"), y: column(own, quantity), line: "none" } as const;
    const colour = CURVE_COLOURS[k];
    if (cross && k === 0) return { ...curve, markers: "ring", colour, label: "open, dashed: *c*_{ijj}" };
    if (cross) return { ...curve, markers: "open-square", colour };
    return { ...curve, markers: k === 0 ? "disc" : "square", colour, label: `${polarisation} waves` };
  });
}

/** Medians with quartiles, of c_ijj dashed; of several ensembles the colours go on after those of the waves. */
function modeSeries(modes: readonly Row[], quantity: string): Series[] {
  const own = groups(
    modes.filter((row) => row.quantity === quantity),
    "ensemble",
  );
  return own.map(([ensemble, rows], k): Series => {
    const colour = CURVE_COLOURS[(2 + k) % CURVE_COLOURS.length];
    const curve = { x: column(rows, "x"), y: column(rows, "median"), colour };
    if (quantity === "cross_coupling") return { ...curve, line: "dashed" };
    return { ...curve, low: column(rows, "low"), high: column(rows, "high"), label: `${ensemble}, modes` };
  });
}

/** The power of ω above the transverse waves. */
function guideOf(
  waves: readonly Row[],
  quantity: string,
  { exponent, words }: { exponent: number; words: string },
): Guide[] {
  const [first, last] = [waves[0], waves.findLast((row) => row.polarisation === waves[0].polarisation)];
  if (first === undefined || first === last) return [];
  const through = [Number(first.frequency), 2.5 * Number(first[quantity])] as const;
  return [{ kind: "power", exponent, through, between: [through[0], Number(last!.frequency)], label: words }];
}

/** Eq. 5: the largest |E_α| of each sample against the ω of its softest mode, and paths towards instabilities. */
export function softestFigure(
  [softest, approach]: readonly [Row[], Row[]],
  { style, unit }: TableFigureOptions,
): string {
  const ensembles = groups(softest, "ensemble").map(([label, own], k): Series => {
    const part = [...own].sort((a, b) => Number(a.frequency) - Number(b.frequency)).slice(0, MAX_POINTS);
    return {
      x: column(part, "frequency"),
      y: column(part, "lte_largest"),
      line: "none",
      markers: "disc",
      markerSize: 0.45,
      colour: CURVE_COLOURS[k % CURVE_COLOURS.length],
      label,
    };
  });
  const paths = groups(approach, "ensemble", "seed")
    .slice(0, MAX_PATHS)
    .map(([, own], k): Series => {
      return {
        x: column(own, "frequency"),
        y: column(own, "lte_largest"),
        colour: PATH_COLOUR,
        label: k === 0 ? "towards an event" : undefined,
      };
    });
  return chart({
    style,
    x: { label: "frequency *ω* of the softest mode", unit: unit("1/τ₀"), scale: "log" },
    y: { label: "largest local thermal energy |*E*_{α}|", scale: "log" },
    series: [...paths, ...ensembles],
    guides: fourthPower([...approach, ...softest]),
  });
}

/** ω⁻⁴ above the softest of all, over a factor of four. */
function fourthPower(rows: readonly Row[]): Guide[] {
  const soft = rows.reduce<Row | undefined>(
    (least, row) => (least === undefined || Number(row.frequency) < Number(least.frequency) ? row : least),
    undefined,
  );
  if (soft === undefined) return [];
  const through = [Number(soft.frequency), 3 * Number(soft.lte_largest)] as const;
  return [{ kind: "power", exponent: -4, through, between: [through[0], 4 * through[0]], label: "*ω*^{−4}" }];
}
