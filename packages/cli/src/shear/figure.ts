import { type ChartInput, chart, type Guide, type StyleName } from "@softfield/figures";
import type { CyclicResult, PairModel, PlasticEvent, ShearResult } from "softfield";
import { unitNamed } from "softfield/internal";

/** How the stress–strain curve is drawn. */
export interface FigureOptions {
  readonly style: StyleName;
}

/** Stress over strain, elastic branches as lines that end at their events. SVG text. */
export function stressStrainFigure(
  result: ShearResult | CyclicResult,
  { style }: FigureOptions,
  model: PairModel,
): string {
  const named = model.definition.units !== undefined;
  const unit = unitNamed(named ? "ε/λ" : "*ε*/*λ*", model);
  return chart(stressStrainChart(result, style, unit));
}

function stressStrainChart(
  { path, events, system }: ShearResult | CyclicResult,
  style: StyleName,
  unit: string,
): ChartInput {
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
  // on a loop they would cross it everywhere
  const cyclic = events.some((event) => "cycle" in event);
  const guides = cyclic ? [] : eventGuides(events, strain.at(-1) ?? 0);
  return {
    x: { label: "strain *γ*" },
    y: { label: `stress *σ* (${unit}^{${system.box.dimension}})` },
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

/** Of the range of strains: events nearer than this share a label. */
const LABEL_WIDTH = 0.03;

/** A line at each event, a label at the last of those that come too close together for one each: "5–7". */
function eventGuides(events: readonly PlasticEvent[], range: number): Guide[] {
  const groups: PlasticEvent[][] = [];
  for (const event of events) {
    const last = groups.at(-1);
    if (last && Math.abs(event.strain - last[0].strain) < LABEL_WIDTH * Math.abs(range)) last.push(event);
    else groups.push([event]);
  }
  return groups.flatMap((group) => {
    const [first, last] = [group[0].ordinal, group.at(-1)!.ordinal];
    const label = first === last ? `${first}` : `${first}–${last}`;
    return group.map(({ strain: at, ordinal }): Guide => {
      return { kind: "vertical", at, label: ordinal === last ? label : undefined };
    });
  });
}
