import type { JSX } from "preact";
import { save } from "../files/save.ts";
import { film } from "../scene/film.ts";
import { glass } from "../state/glass.ts";
import { leadOf, SOFTEST } from "../state/glimpses.ts";
import { ODDS_TABLE } from "../state/odds.ts";
import { findIndicator } from "../state/reading.ts";
import { progress, replay, showMoment } from "../state/replay.ts";
import { chosenEvent, foretelling, playing } from "../state/shear.ts";
import { chooseEvent } from "../state/shearing.ts";
import { inUnits } from "../state/units.ts";
import {
  briefly,
  type JudgedEvent,
  judged,
  type Outcome as OutcomeName,
  outcomeOf,
  score,
  sentence,
} from "../state/verdict.ts";
import { failure, work } from "../state/work.ts";
import { behind, LIMIT, NARROW, number, percent } from "../words.ts";
import { Slider } from "./controls.tsx";
import { Group, NumberTable } from "./Group.tsx";

/** What came true: of the first event, which the map is about, and of those after it. */
export function Verdicts(): JSX.Element {
  const [first, ...later] = judged.value;
  return (
    <Group title="What came true" id="verdict-title">
      {first ? (
        <>
          <Told event={first} />
          {later.length > 0 && (
            <>
              <h3>After it</h3>
              <p class="hint">The map is of the glass before any event: each makes it another glass.</p>
              <ol class="verdicts">
                {later.map((event) => (
                  <li key={event.ordinal}>
                    {event.ordinal === chosenEvent.value ? (
                      <Told event={event} />
                    ) : (
                      <button
                        type="button"
                        class="quiet small"
                        disabled={playing.value}
                        onClick={() => chooseEvent(event.ordinal)}
                      >
                        Event {event.ordinal}: {event.lte ? briefly(event.lte) : "–"}
                      </button>
                    )}
                  </li>
                ))}
              </ol>
            </>
          )}
          <Score />
        </>
      ) : (
        <p class="hint">No event so far.</p>
      )}
    </Group>
  );
}

/** An event's verdict in full, with the event in slow motion. */
function Told({ event }: { readonly event: JudgedEvent }): JSX.Element {
  return (
    <>
      <Outcome event={event} />
      <p class="verdict">{sentence(event)}</p>
      <LeadOf event={event} />
      {event.ordinal === chosenEvent.value ? (
        <SlowMotion ordinal={event.ordinal} />
      ) : (
        <button type="button" disabled={playing.value} onClick={() => chooseEvent(event.ordinal)}>
          Event {event.ordinal} in slow motion
        </button>
      )}
    </>
  );
}

const OUTCOMES: Readonly<Record<OutcomeName, string>> = {
  foretold: "The forecast came true",
  "not foretold": "The forecast did not come true",
};

/** In a few words, whether the forecast came true. */
export function Outcome({ event: { lte } }: { readonly event: JudgedEvent }): JSX.Element | null {
  if (!lte) return null;
  const name = outcomeOf(lte);
  return <p class={`outcome ${name.split(" ")[0]}`}>{OUTCOMES[name]}</p>;
}

/** Each event with what was foretold of it. */
export function Events(): JSX.Element | null {
  const list = judged.value;
  const withModes = foretelling.value.values?.modes !== undefined;
  if (list.length === 0) return null;
  return (
    <Group title="Events" id="events-title">
      <NumberTable
        labelledBy="events-title"
        columns={[
          ["no."],
          ["γ"],
          ["drop", inUnits("ε")],
          ["softer", "than"],
          ["spot"],
          withModes ? ["modes"] : ["away", inUnits("λ")],
        ]}
      >
        {list.map((event) => (
          <EventRow key={event.ordinal} event={event} withModes={withModes} />
        ))}
      </NumberTable>
      <p class="hint">
        γ: the strain at which it came. Drop: the energy set free. Softer than: how much of the unsheared
        glass its map calls less soft than the particle that moved most
        {withModes && "; modes: the same of the modes’ map"}. Spot: the soft spot nearest to it, across the
        edge, too. Choose a number to see the event in slow motion, and again to leave it.
      </p>
      {!withModes && (
        <button
          type="button"
          class="quiet"
          disabled={work.value !== undefined || playing.value}
          onClick={() => void findIndicator("modes", glass.value?.system)}
        >
          Compare with the modes
        </button>
      )}
      <p class="hint">
        One glass says little, and the first ones here were chosen. Of {ODDS_TABLE[0].of} that were not, the
        first event was foretold in{" "}
        {ODDS_TABLE.map(({ particles, lte }) => `${lte} (N = ${particles.toLocaleString("en")})`).join(", ")},
        where blind guesses foretell {LIMIT * ODDS_TABLE[0].of}.
      </p>
    </Group>
  );
}

/** How early the place that gave way was the softest of the glass. */
function LeadOf({ event }: { readonly event: JudgedEvent }): JSX.Element | null {
  const lead = leadOf(event);
  if (!lead) return null;
  const softest = `the softest ${percent(SOFTEST)} of the glass`;
  const early = number(lead.strain, 2);
  const since = event.ordinal === 1 ? "from the unsheared glass on" : `from event ${event.ordinal - 1} on`;
  if (lead.strain === 0)
    return (
      <p class="hint">
        By the map of each state on the way, the place that gave way was never among {softest}.
      </p>
    );
  return (
    <p class="hint">
      By the map of each state on the way, the place that gave way
      {lead.always
        ? ` was among ${softest} all the time ${since}.`
        : ` came to be among ${softest} when γ was still to grow by ${early}.`}
    </p>
  );
}

/** The event in slow motion: again, and by hand. */
function SlowMotion({ ordinal }: { readonly ordinal: number }): JSX.Element {
  return (
    <div class="motion">
      <Slider
        label={`Event ${ordinal}, from just before to just after`}
        value={progress.value}
        min={0}
        max={1}
        step={0.01}
        shown={percent(progress.value)}
        onInput={showMoment}
      />
      <div class="row">
        <button type="button" onClick={replay}>
          Again
        </button>
        <button type="button" class="quiet" onClick={() => void takeFilm(ordinal)}>
          Film
        </button>
        <button type="button" class="quiet" onClick={() => chooseEvent(ordinal)}>
          Leave the event
        </button>
      </div>
    </div>
  );
}

async function takeFilm(ordinal: number): Promise<void> {
  try {
    const made = await film();
    save(`event${ordinal}.${made.type.includes("mp4") ? "mp4" : "webm"}`, made);
  } catch (error) {
    failure.value = error as Error;
  }
}

/** How E has done so far, beside chance and the modes. */
function Score(): JSX.Element | null {
  const { events, foretold, lte, modes } = score.value;
  if (lte === undefined || events < 2) return null;
  return (
    <p class="hint">
      So far {foretold} of {events} events foretold (softer than {percent(1 - LIMIT)} of the glass or more);
      by chance {number(LIMIT * events, 2)}. On average where it broke was softer than {behind(lte)} of the
      glass, says the map{modes !== undefined && `; than ${behind(modes)}, say the modes`}; than 50
      {NARROW}% by chance.
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
      <td>{lte ? behind(lte.softer) : "–"}</td>
      <td>{lte?.nearest?.rank ?? "–"}</td>
      {withModes ? (
        <td>{modes ? behind(modes.softer) : "–"}</td>
      ) : (
        <td>{lte?.nearest ? lte.nearest.distance.toFixed(1) : "–"}</td>
      )}
    </tr>
  );
}
