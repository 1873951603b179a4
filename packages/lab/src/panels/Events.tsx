import type { JSX } from "preact";
import { glass } from "../state/glass.ts";
import { MEAN_SOFTER, ODDS } from "../state/odds.ts";
import { findModes } from "../state/reading.ts";
import { chosenEvent, foretelling, playing } from "../state/shear.ts";
import { chooseEvent } from "../state/shearing.ts";
import { type JudgedEvent, judged, score, sentence } from "../state/verdict.ts";
import { work } from "../state/work.ts";
import { number, percent } from "../words.ts";
import { Group, NumberTable } from "./Group.tsx";

/** Each event with what was foretold of it. */
export function Events(): JSX.Element {
  const list = judged.value;
  const withModes = foretelling.value.modes !== undefined;
  if (list.length === 0) {
    return (
      <Group title="What came true" id="events-title">
        <p class="hint">No event so far.</p>
      </Group>
    );
  }
  const told = list.find(({ ordinal }) => ordinal === chosenEvent.value) ?? list[list.length - 1];
  return (
    <Group title="What came true" id="events-title">
      <p class="verdict">{sentence(told)}</p>
      <Score />
      <NumberTable
        labelledBy="events-title"
        columns={[["no."], ["γ"], ["drop", "ε"], ["softer"], ["spot"], withModes ? ["modes"] : ["away", "λ"]]}
      >
        {list.map((event) => (
          <EventRow key={event.ordinal} event={event} withModes={withModes} />
        ))}
      </NumberTable>
      <p class="hint">
        Softer: the share of the unsheared glass that its field says is softer than the particle that moved
        most{withModes && "; modes: the same of the modes’ map"}. Spot: the soft spot nearest to it. Drop: of
        the energy. Choose a number to see the event’s displacements, and again to leave it.
      </p>
      <p class="hint">
        One glass says little, and the first ones here were chosen. Where none was, the softest spot goes
        first {ODDS}; on average so much of the glass is softer than its first event: {MEAN_SOFTER}; 50 % by
        chance.
      </p>
      {!withModes && (
        <button
          type="button"
          class="quiet"
          disabled={work.value !== undefined || playing.value}
          onClick={() => void findModes(glass.value?.system)}
        >
          Compare with the modes
        </button>
      )}
    </Group>
  );
}

/** How E has done so far, beside chance and the modes. */
function Score(): JSX.Element | null {
  const { events, lte, modes } = score.value;
  if (lte === undefined || events < 2) return null;
  return (
    <p class="hint">
      So far, {events} events: on average {percent(lte)} of the glass was softer by E
      {modes !== undefined && `, ${percent(modes)} by the modes`}, 50 % by chance.
    </p>
  );
}

interface EventProps {
  readonly event: JudgedEvent;
  readonly withModes: boolean;
}

function EventRow({ event, withModes }: EventProps): JSX.Element {
  const { ordinal, lte, modes } = event;
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
      <td>{event.strain.toPrecision(4)}</td>
      <td>{number(event.drop, 3)}</td>
      <td>{lte ? percent(lte.softer) : "–"}</td>
      <td>{lte?.nearest?.rank ?? "–"}</td>
      {withModes ? (
        <td>{modes ? percent(modes.softer) : "–"}</td>
      ) : (
        <td>{lte?.nearest ? lte.nearest.distance.toFixed(1) : "–"}</td>
      )}
    </tr>
  );
}
