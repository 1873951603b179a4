import { type ChartInput, chart, type Guide, type StyleName } from "@softfield/figures";
import type { ShearResult } from "softfield";
import { inFormat } from "../render/pictures.ts";

/** How the stress–strain curve is drawn. */
export interface FigureOptions {
  readonly style: StyleName;
  readonly pixels: string;
}

/** Stress over strain, elastic branches as lines that end at their events, as SVG text or PNG bytes by the path. */
export function stressStrainFigure(
  path: string,
  result: ShearResult,
  options: FigureOptions,
): string | Uint8Array {
  const svg = chart(stressStrainChart(result, options.style));
  return inFormat(path, svg, options);
}

function stressStrainChart({ path, events }: ShearResult, style: StyleName): ChartInput {
  const strain: number[] = [];
  const stress: number[] = [];
  let passed = 0;
  for (const point of path) {
    for (; passed < point.events; passed++) {
      const event = events[passed];
      if (!event) break;
      strain.push(event.strain, event.strain);
      stress.push(event.stressBefore, event.stressAfter);
    }
    strain.push(point.strain);
    stress.push(point.stress);
  }
  for (const event of events.slice(passed)) {
    strain.push(event.strain, event.strain);
    stress.push(event.stressBefore, event.stressAfter);
  }
  const guides: Guide[] = events.map(({ strain: at, ordinal }) => ({
    kind: "vertical",
    at,
    label: `${ordinal}`,
  }));
  return {
    x: { label: "strain *γ*" },
    y: { label: "stress *σ* (*ε*/*λ*^{d})" },
    series: [
      { x: strain, y: stress },
      {
        x: events.map((event) => event.strain),
        y: events.map((event) => event.stressBefore),
        line: "none",
        markers: "disc",
      },
    ],
    guides,
    style,
    key: "none",
  };
}
