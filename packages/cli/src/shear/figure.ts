import { type ChartInput, chart, type StyleName } from "@softfield/figures";
import type { CyclicResult, ShearResult } from "softfield";
import { stressStrainCurve } from "softfield/internal";
import { captioned } from "../shell/captions.ts";
import type { Configuration } from "../shell/load.ts";
import { stressUnit } from "../shell/units.ts";

/** How the stress–strain curve is drawn. */
export interface FigureOptions {
  readonly style: StyleName;
}

/** Stress over strain, elastic branches as lines that end at their events. SVG text. */
export function stressStrainFigure(
  result: ShearResult | CyclicResult,
  { style }: FigureOptions,
  { glass, load }: { glass: Pick<Configuration, "file" | "model" | "system">; load: string },
): string {
  const svg = chart({
    ...stressStrainChart(result, style, stressUnit(glass)),
    empty: `nothing to draw: ${result.message}`,
  });
  const count = result.events.length;
  const numbered = isCyclic(result) ? "" : ", which are numbered above; dashed lines: their strains";
  return captioned(svg, glass, [
    "Stress over strain",
    `Stress σ = (1/V) dU/dγ against the strain γ of the load, athermal and quasistatic: ${load}.`,
    count === 0
      ? "No plastic event was met."
      : `Discs: the stress just before each of the ${count} plastic events${numbered}.`,
    "Nothing is averaged: there are no error bars.",
  ]);
}

function isCyclic({ events }: ShearResult | CyclicResult): boolean {
  return events.some((event) => "cycle" in event);
}

function stressStrainChart(result: ShearResult | CyclicResult, style: StyleName, unit: string): ChartInput {
  const { path, events } = result;
  const { strain, stress } = stressStrainCurve(path, events);
  return {
    x: { label: "strain *γ*" },
    y: { label: "stress *σ*", unit },
    series: [
      { x: strain, y: stress },
      {
        x: events.map((event) => event.strain),
        y: events.map((event) => event.stressBefore),
        line: "none",
        markers: "disc",
      },
    ],
    // lines of events would cross a loop everywhere
    numbers: isCyclic(result)
      ? []
      : events.map(({ strain: at, ordinal }) => ({ at, label: String(ordinal) })),
    style,
    key: "none",
  };
}
