import type { JSX } from "preact";
import { showSpot } from "../scene/walk.ts";
import { map, source } from "../state/maps.ts";
import { readState, sheared } from "../state/shear.ts";
import { tab } from "../state/view.ts";
import { Group } from "./Group.tsx";

/** What the picture says, in words, and the way to try it. */
export function Forecast(): JSX.Element | null {
  const count = map.value?.marks.length ?? 0;
  if (count === 0 || source.value !== "lte" || readState.value?.strain !== 0) return null;
  return (
    <Group title="What the picture says" id="forecast-title">
      <p class="hint">
        Lines are bonds: the thicker, the more heat they take up when the glass is warmed (E).{" "}
        <strong>The stronger the blue, the softer the glass.</strong> The circles are its {count} soft spots.
        Sheared, it should give way first at{" "}
        <button type="button" class="link" onClick={() => showSpot(1)}>
          spot 1
        </button>
        , the softest.
      </p>
      {!sheared.value && (
        <button
          type="button"
          class="primary"
          onClick={() => {
            tab.value = "break";
          }}
        >
          Does it? On to the shear
        </button>
      )}
    </Group>
  );
}
