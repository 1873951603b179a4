import type { JSX } from "preact";
import { Plot } from "../plots/Plot.tsx";
import { extent, linearScale, logScale } from "../plots/scale.ts";
import { glass } from "../state/glass.ts";
import { glimpses } from "../state/glimpses.ts";
import { chosenEvent, events, inView, passed } from "../state/shear.ts";
import { chooseEvent } from "../state/shearing.ts";
import { inUnits } from "../state/units.ts";
import { Group } from "./Group.tsx";

/** σ(γ) as far as it is known, with its events, and beneath it the climb of the largest |E| towards each. */
export function StressStrain(): JSX.Element {
  const path = passed.value;
  const now = inView.value;
  const [low, high] = extent(path.map(({ stress }) => stress));
  const room = 0.12 * (high - low || 0.01);
  const x = linearScale(0, Math.max(1e-4, path.at(-1)!.strain) * 1.04, 5);
  const power = glass.value?.system.box.dimension === 3 ? "³" : "²";
  const read = path.filter((state) => glimpses.value.has(state));
  const largest = read.map((state) => ({ ...state, value: glimpses.value.get(state)!.largest }));
  const top = Math.max(10, ...largest.map(({ value }) => value));
  return (
    <Group title="Stress against strain" id="stress-title">
      <Plot
        title={`Stress against strain with ${events.value.length} events`}
        x={x}
        y={linearScale(low - room, high + 2 * room, 5)}
        xLabel="strain γ"
        yLabel={`stress σ (${inUnits("ε/λ")}${power})`}
        height={180}
        curves={branches(path.map((state) => ({ ...state, value: state.stress })))}
        {...(now && { cursor: now.strain })}
        marks={events.value.map((event) => ({
          x: event.strain,
          y: event.stressBefore,
          label: String(event.ordinal),
          active: event.ordinal === chosenEvent.value,
          onSelect: () => chooseEvent(event.ordinal),
        }))}
      />
      {largest.length > 1 && (
        <Plot
          title="The largest |E| against strain, on a logarithmic axis: it grows without bound towards each event"
          x={x}
          y={logScale(1, top * 2, 4)}
          xLabel="strain γ"
          yLabel="largest |E|: without bound where a bond gives way"
          height={130}
          curves={branches(largest)}
          {...(now && { cursor: now.strain })}
        />
      )}
    </Group>
  );
}

interface Point {
  readonly strain: number;
  readonly value: number;
  readonly events: number;
}

/** Each elastic branch, and the falls between them. */
function branches(path: readonly Point[]) {
  const parts: { x: number[]; y: number[]; tone: "main" | "faint" }[] = [];
  path.forEach(({ strain, value, events }, k) => {
    const before = path[k - 1];
    if (!before || before.events !== events) {
      if (before) parts.push({ x: [before.strain, strain], y: [before.value, value], tone: "faint" });
      parts.push({ x: [], y: [], tone: "main" });
    }
    parts.at(-1)!.x.push(strain);
    parts.at(-1)!.y.push(value);
  });
  return parts;
}
