import type { JSX } from "preact";
import { save } from "../files/save.ts";
import { film } from "../scene/film.ts";
import { glass } from "../state/glass.ts";
import { leadOf, SOFTEST } from "../state/glimpses.ts";
import { MEAN_SOFTER, ODDS } from "../state/odds.ts";
import { findIndicator } from "../state/reading.ts";
import { progress, replay, showMoment } from "../state/replay.ts";
import { chosenEvent, foretelling, playing } from "../state/shear.ts";
import { chooseEvent } from "../state/shearing.ts";
import { inUnits } from "../state/units.ts";
import {
  FORETOLD,
  type JudgedEvent,
  judged,
  type Outcome as OutcomeName,
  outcomeOf,
  score,
  sentence,
} from "../state/verdict.ts";
import { failure, work } from "../state/work.ts";
import { NARROW, number, percent } from "../words.ts";
import { Slider } from "./controls.tsx";
import { Group, NumberTable } from "./Group.tsx";

/** What came true of the last event, or of the one that is looked at. */
export function Verdict(): JSX.Element {
  const list = judged.value;
  const told = list.find(({ ordinal }) => ordinal === chosenEvent.value) ?? list.at(-1);
  return (
    <Group title="What came true" id="verdict-title">
      {told ? (
        <>
          <Outcome event={told} />
          <p class="verdict">{sentence(told)}</p>
          <LeadOf event={told} />
          {chosenEvent.value !== undefined ? (
            <SlowMotion ordinal={chosenEvent.value} />
          ) : (
            <button type="button" disabled={playing.value} onClick={() => chooseEvent(told.ordinal)}>
              Event {told.ordinal} in slow motion
            </button>
          )}
          <Score />
        </>
      ) : (
        <p class="hint">No event so far.</p>
      )}
    </Group>
  );
}

const OUTCOMES: Readonly<Record<OutcomeName, string>> = {
  foretold: "The forecast came true",
  "half foretold": "The forecast came half true",
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
          ["softer"],
          ["spot"],
          withModes ? ["modes"] : ["away", inUnits("λ")],
        ]}
      >
        {list.map((event) => (
          <EventRow key={event.ordinal} event={event} withModes={withModes} />
        ))}
      </NumberTable>
      <p class="hint">
        Softer: the share of the unsheared glass that its field says is softer than the particle that moved
        most{withModes && "; modes: the same of the modes’ map"}. Spot: the soft spot nearest to it. Drop: of
        the energy. Choose a number to see the event in slow motion, and again to leave it.
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
        One glass says little, and the first ones here were chosen. Where none was, the softest spot goes
        first {ODDS}; on average so much of the glass is softer than its first event: {MEAN_SOFTER}; by chance
        half.
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
    return <p class="hint">In the states before it, the place that gave way was never among {softest}.</p>;
  return (
    <p class="hint">
      {lead.always
        ? `The place that gave way was among ${softest} ${since}, Δγ = ${early}.`
        : `By the field of each state, the place that gave way came to be among ${softest} Δγ = ${early} before the event.`}
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
      So far {foretold} of {events} events foretold; by chance {number(FORETOLD * events, 2)}. On average{" "}
      {percent(lte)} of the glass was softer than where it broke, says E
      {modes !== undefined && `; ${percent(modes)}, say the modes`}; 50{NARROW}% by chance.
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
