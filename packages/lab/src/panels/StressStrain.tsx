import type { JSX } from "preact";
import { Plot } from "../plots/Plot.tsx";
import { extent, linearScale } from "../plots/scale.ts";
import { glass } from "../state/glass.ts";
import { chosenEvent, events, inView, passed } from "../state/shear.ts";
import { Group } from "./Group.tsx";

/** The curve as far as it is known, with its events. */
export function StressStrain(): JSX.Element {
  const path = passed.value;
  const now = inView.value;
  const [low, high] = extent(path.map(({ stress }) => stress));
  const room = 0.12 * (high - low || 0.01);
  const far = Math.max(1e-4, path.at(-1)!.strain);
  const power = glass.value?.system.box.dimension === 3 ? "³" : "²";
  return (
    <Group title="Stress against strain" id="stress-title">
      <Plot
        title={`Stress against strain with ${events.value.length} events`}
        x={linearScale(0, far * 1.04, 5)}
        y={linearScale(low - room, high + 2 * room, 5)}
        xLabel="strain γ"
        yLabel={`stress σ (ε/λ${power})`}
        height={200}
        curves={branches(path)}
        {...(now && { cursor: now.strain })}
        marks={events.value.map((event) => ({
          x: event.strain,
          y: event.stressBefore,
          label: String(event.ordinal),
          active: event.ordinal === chosenEvent.value,
        }))}
      />
    </Group>
  );
}

/** Each elastic branch, and the falls between them. */
function branches(path: readonly { strain: number; stress: number; events: number }[]) {
  const parts: { x: number[]; y: number[]; tone: "main" | "faint" }[] = [];
  path.forEach(({ strain, stress, events }, k) => {
    const before = path[k - 1];
    if (!before || before.events !== events) {
      if (before) parts.push({ x: [before.strain, strain], y: [before.stress, stress], tone: "faint" });
      parts.push({ x: [], y: [], tone: "main" });
    }
    parts.at(-1)!.x.push(strain);
    parts.at(-1)!.y.push(stress);
  });
  return parts;
}
