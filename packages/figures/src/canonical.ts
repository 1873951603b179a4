import { chart } from "./charts/chart.ts";
import { legendNumber } from "./maps/page.ts";
import { panels } from "./panels.ts";
import { type StyleName, themeOf } from "./theme.ts";

/** A bond followed through temperatures. */
export interface BondCurve {
  /** E_α */
  readonly expected: number;
  /** one point a temperature */
  readonly temperature: readonly number[];
  /** [⟨ε_α⟩_T − ε_α⁰]/(½k_BT) and its standard error */
  readonly mean: readonly number[];
  readonly error: readonly number[];
}

/** What one model contributes: a row of two panels. */
export interface CanonicalCheck {
  readonly title: string;
  /** Of temperatures, in the markup of labels; by default ε over k_B. */
  readonly unit?: string;
  readonly curves: readonly BondCurve[];
  /** Of the scatter: its temperature, and m values each. */
  readonly temperature: number;
  readonly expected: Float64Array;
  readonly mean: Float64Array;
  readonly error: Float64Array;
}

/** Both in energies: a number. */
const MEASURED = "(mean *ε*_{α} − *ε*_{α}^{0}) / (*k*_{B}*T*/2)";
const TEMPERATURE = "ε/*k*_{B}";

/**
 * The canonical check of Eq. 3 (inset of Fig. 2, Zylberg 2017): for each model [⟨ε⟩ − ε⁰]/(½k_BT) of some bonds
 * against T with their E_α as lines, and all bonds at one temperature against their E_α. SVG text.
 */
export function canonicalFigure(checks: readonly CanonicalCheck[], style: StyleName = "paper"): string {
  const figures = checks.flatMap((check) => [curves(check, style), scatter(check, style)]);
  return panels(figures, { style, columns: 2 });
}

function curves({ title, curves, unit = TEMPERATURE }: CanonicalCheck, style: StyleName): string {
  const theme = themeOf(style);
  const colours = [theme.ink, theme.negative];
  return chart({
    style,
    title,
    x: { label: "temperature *T*", unit, scale: "log" },
    y: { label: MEASURED },
    series: curves.map(({ temperature, mean, error }, k) => ({
      x: temperature,
      y: mean,
      ...interval(mean, error),
      interval: "bars" as const,
      line: "none" as const,
      markers: k % 2 === 0 ? ("disc" as const) : ("ring" as const),
      colour: colours[k % 2],
    })),
    guides: curves.map(({ expected }) => ({ kind: "horizontal", at: expected })),
  });
}

function scatter(check: CanonicalCheck, style: StyleName): string {
  const { title, expected, mean, error, temperature, unit = TEMPERATURE } = check;
  const theme = themeOf(style);
  const ends = [Math.min(...expected), Math.max(...expected)];
  return chart({
    style,
    title: `${title}, *T* = ${legendNumber(temperature)} ${unit}`,
    x: { label: "*E*_{α} by Eq. 3" },
    y: { label: MEASURED },
    series: [
      {
        x: expected,
        y: mean,
        ...interval(mean, error),
        interval: "bars",
        line: "none",
        markers: "disc",
        colour: theme.faint,
      },
      { x: ends, y: ends, colour: theme.negative },
    ],
  });
}

/** One standard error to either side. */
function interval(mean: ArrayLike<number>, error: ArrayLike<number>): { low: number[]; high: number[] } {
  return {
    low: Array.from(mean, (value, k) => value - error[k]),
    high: Array.from(mean, (value, k) => value + error[k]),
  };
}
