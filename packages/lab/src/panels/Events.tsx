import type { JSX } from "preact";
import { modes } from "../state/glass.ts";
import { number } from "../state/hover.ts";
import { findModes } from "../state/reading.ts";
import { chosenEvent, type MatchedEvent, matched, playing } from "../state/shear.ts";
import { chooseEvent } from "../state/shearing.ts";
import { work } from "../state/work.ts";
import { Group, NumberTable } from "./Group.tsx";

/** Each event with the soft spot that it belongs to. */
export function Events(): JSX.Element {
  const list = matched.value;
  const withModes = modes.value !== undefined;
  if (list.length === 0) {
    return (
      <Group title="Events" id="events-title">
        <p class="hint">None so far.</p>
      </Group>
    );
  }
  return (
    <Group title="Events" id="events-title">
      <NumberTable
        labelledBy="events-title"
        columns={[
          ["no."],
          ["γ"],
          ["drop", "ε"],
          ["spot"],
          ["Δε"],
          ["away", "λ"],
          ...(withModes ? [["modes"] as const] : []),
        ]}
      >
        {list.map((event) => (
          <EventRow key={event.ordinal} event={event} withModes={withModes} />
        ))}
      </NumberTable>
      <p class="hint">
        Drop: of the energy. Spot: rank of the soft spot of the unsheared glass nearest to the particle that
        moved most{withModes && "; modes: the same of the modes’ spots"}. Choose a number to see the event’s
        displacement field, and again to leave it.
      </p>
      {!withModes && (
        <button
          type="button"
          class="quiet"
          disabled={work.value !== undefined || playing.value}
          onClick={() => void findModes()}
        >
          Compare with the modes
        </button>
      )}
    </Group>
  );
}

interface EventProps {
  readonly event: MatchedEvent;
  readonly withModes: boolean;
}

function EventRow({ event, withModes }: EventProps): JSX.Element {
  const { ordinal, nearest } = event;
  const chosen = ordinal === chosenEvent.value;
  return (
    <tr class={chosen ? "chosen" : ""}>
      <th scope="row">
        <button
          type="button"
          class="quiet small"
          aria-pressed={chosen}
          aria-label={`Event ${ordinal}: show its displacement field`}
          onClick={() => chooseEvent(ordinal)}
        >
          {ordinal}
        </button>
      </th>
      <td>{event.strain.toFixed(5)}</td>
      <td>{number(event.drop, 3)}</td>
      <td>{nearest?.rank ?? "–"}</td>
      <td>{nearest ? number(nearest.standardized, 3) : "–"}</td>
      <td>{nearest ? number(nearest.distance, 3) : "–"}</td>
      {withModes && <td>{event.nearestModes?.rank ?? "–"}</td>}
    </tr>
  );
}
