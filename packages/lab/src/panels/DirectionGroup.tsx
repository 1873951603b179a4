import type { JSX } from "preact";
import {
  ANGLES,
  findSlopes,
  firstSpots,
  firsts,
  MAX_FOR_ALL,
  spotDirections,
  stopTrying,
  tryAll,
  trying,
} from "../state/direction.ts";
import { glass } from "../state/glass.ts";
import { angle, foretelling, plane, sheared } from "../state/shear.ts";
import { setView, view } from "../state/view.ts";
import { work } from "../state/work.ts";
import { number } from "../words.ts";
import { Toggle } from "./controls.tsx";
import { Dial } from "./Dial.tsx";
import { Group, NumberTable } from "./Group.tsx";

/** Which way each spot is soft, and which spot goes first in which direction. */
export function DirectionGroup(): JSX.Element {
  const d = glass.value?.system.box.dimension ?? 2;
  const begun = sheared.value;
  const few = (glass.value?.system.species.length ?? 0) <= MAX_FOR_ALL;
  return (
    <Group title="Which way?" id="direction-title">
      {d === 2 && (
        <div class="dial-row">
          <Dial
            angle={angle.value}
            disabled={begun}
            onChange={(degrees) => {
              angle.value = degrees;
            }}
          />
          <p class="hint">
            {begun
              ? "A shear that has begun keeps its direction."
              : "Drag the blue dot: along its line the upper half slides. The circle becomes the ellipse; along its long axis the glass is stretched."}
          </p>
        </div>
      )}
      {spotDirections.value ? (
        <Softest />
      ) : d === 3 && plane.value !== "xy" ? (
        <p class="hint">How spots answer is told for the plane “x along y”.</p>
      ) : (
        <>
          <p class="hint">
            A spot is soft for some shears and not for others: E grows as the glass is sheared one way, and
            falls the other.
          </p>
          <button
            type="button"
            disabled={work.value !== undefined || !foretelling.value.reading}
            onClick={() => void findSlopes()}
          >
            Which way is each spot soft?
          </button>
        </>
      )}
      {d === 2 && few && <AllDirections />}
    </Group>
  );
}

function Softest(): JSX.Element {
  const list = spotDirections.value ?? [];
  const shown = list.slice(0, Math.min(8, view.value.spotCount));
  return (
    <>
      <Toggle
        label="Paint it on the spots"
        checked={view.value.directions}
        onChange={(directions) => setView({ directions })}
      />
      <Toggle
        label="Bonds by dE/dγ: dark softens, orange stiffens"
        checked={view.value.bondsBy === "slope"}
        onChange={(slope) => setView({ bondsBy: slope ? "slope" : "lte", bonds: true })}
      />
      <NumberTable
        labelledBy="direction-title"
        columns={[["spot"], ["softest at"], ["yields at γ̂", "there"], ["and", `at ${angle.value}°`]]}
      >
        {shown.map(({ rank, softest, here }) => (
          <tr key={rank}>
            <th scope="row">{rank}</th>
            <td>{softest ? `${softest.angle.toFixed(0)}°` : "–"}</td>
            <td>{softest ? number(softest.strain, 2) : "–"}</td>
            <td>{here > 0 ? number(here, 2) : "stiffens"}</td>
          </tr>
        ))}
      </NumberTable>
      <p class="hint">
        γ̂ is a forecast by linear response, without a parameter: the strain at which the spot would yield if
        nothing else changed. It is good below some 0.005 and too large beyond. The line through a mark is the
        sliding direction under which the spot is softest, solid where the direction chosen softens it.
      </p>
    </>
  );
}

/** The glass sheared in all directions to its first event. */
function AllDirections(): JSX.Element {
  const known = firsts.value;
  const runs = trying.value;
  const ranks = [...firstSpots.value.values()];
  const count = new Map<number, number>();
  for (const rank of ranks) count.set(rank, (count.get(rank) ?? 0) + 1);
  const most = [...count].sort((a, b) => b[1] - a[1]);
  return (
    <>
      <div class="row">
        <button
          type="button"
          disabled={!foretelling.value.reading}
          onClick={() => (runs ? stopTrying() : void tryAll())}
        >
          {runs ? "Stop" : known.length > 0 ? "Try all directions again" : "Try all directions"}
        </button>
        {runs && (
          <span class="pace">
            <i aria-hidden="true" />
            {known.length} of {ANGLES.length}
          </span>
        )}
      </div>
      {known.length > 0 && (
        <p class="verdict">
          In {known.length} directions{" "}
          {most.map(([rank, times], k) => (
            <span key={rank}>
              {k > 0 && ", "}spot {rank} went first {times} time{times === 1 ? "" : "s"}
            </span>
          ))}
          .
        </p>
      )}
      <p class="hint">
        {known.length > 0
          ? "Around the dial: the spot nearest to the first event of that direction, the farther out the later. Petals on the marks: the directions in which a spot went first."
          : `Shears the glass in ${ANGLES.length} directions to its first event each: which spot goes first depends on the way.`}
      </p>
    </>
  );
}
