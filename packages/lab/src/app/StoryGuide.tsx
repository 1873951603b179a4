import type { ComponentChildren, JSX } from "preact";
import { Outcome } from "../panels/Events.tsx";
import { Term } from "../panels/Term.tsx";
import { bet, outcome } from "../state/bet.ts";
import { play } from "../state/game.ts";
import { glass } from "../state/glass.ts";
import { ODDS_TABLE } from "../state/odds.ts";
import { replay } from "../state/replay.ts";
import { chosenEvent, events, foretelling, playing } from "../state/shear.ts";
import { leaveStory, SCENES, tell } from "../state/story.ts";
import { FORETOLD, judged, sentence } from "../state/verdict.ts";
import { tab } from "../state/view.ts";
import { magnified } from "../state/warm.ts";
import { behind, NARROW, percent } from "../words.ts";

interface Told {
  readonly title: string;
  readonly text: () => ComponentChildren;
}

const TOLD: Readonly<Record<(typeof SCENES)[number]["name"], Told>> = {
  plain: {
    title: "Nothing to see",
    text: () => (
      <>
        <p>
          A glass: {glass.value?.system.species.length ?? 1000} discs, small and large, that were cooled until
          they jammed. It looks the same everywhere: no crack, no grain, no defect.
        </p>
        <p>Yet pushed hard enough it gives way, at one place first. Where?</p>
        <p class="hint">
          The box has no walls: what leaves on the right comes in on the left, top and bottom likewise.
        </p>
      </>
    ),
  },
  warm: {
    title: "Warm it a little",
    text: () => (
      <>
        <p>
          Every particle trembles about its place
          {magnified.value !== undefined && ` (drawn ${magnified.value} times larger than it is)`}. Each
          contact between two particles takes up some of the heat.
        </p>
        <p>Not all the same, though, and that is the clue.</p>
      </>
    ),
  },
  bonds: {
    title: "Some bonds take more heat",
    text: () => (
      <>
        <p>
          Each line is a bond: two particles that touch. The thicker it is, the more of the heat it takes up,
          its <Term word="E">local thermal energy E</Term>. If all took the same, each would have about 0.6;
          most do. The thickest have four times as much and more. Orange ones lose energy as the glass is
          warmed.
        </p>
        <p>
          Those are the strained places. E is a pure number, computed from where the particles lie, exactly,
          without any motion. (E = 1 is ½k<sub>B</sub>T, the heat of one way to move.)
        </p>
      </>
    ),
  },
  field: {
    title: "Smear it: a map of softness",
    text: () => (
      <>
        <p>
          Averaged over small cells, E becomes a map:{" "}
          <strong>the stronger the blue, the softer the glass</strong>. The circles are its peaks, the{" "}
          <em>soft spots</em>; 1 is the softest.
        </p>
        <p>
          This map was made before anything has broken. It is a forecast: the glass should break first where
          it is softest, near 1. (A lesser circle may lie in a pale part: softer than what is around it, no
          more.)
        </p>
      </>
    ),
  },
  bet: {
    title: "Your bet",
    text: () => (
      <>
        <p>
          The top of the box will be pushed to the right, the bottom to the left.{" "}
          <strong>Tap where you think the glass breaks first.</strong> Trust the map, or your eye.
        </p>
        <p class="hint">
          Edges are no walls: distances are measured across them. On the keyboard: arrow keys in the picture.
        </p>
        {bet.value && <p class="verdict">Your bet stands.</p>}
      </>
    ),
  },
  shear: {
    title: "Shear it",
    text: () => <Sheared />,
  },
  many: {
    title: "One glass says little",
    text: () => <Many />,
  },
};

/** A scene of the story: what is seen, in a few sentences, and the way on. */
export function StoryGuide({ number }: { readonly number: number }): JSX.Element {
  const { name } = SCENES[number - 1];
  const { title, text } = TOLD[name];
  const ready = foretelling.value.reading !== undefined;
  const busy = name === "shear" && (playing.value || events.value.length === 0);
  return (
    <section class="group guide" aria-labelledby="scene-title">
      <p class="hint" aria-hidden="true">
        {number} of {SCENES.length}
      </p>
      <h2 id="scene-title">{title}</h2>
      <div class="told" aria-live="polite">
        {ready ? (
          text()
        ) : (
          <p>A liquid of 1,000 discs is being cooled until it jams, which takes a few seconds.</p>
        )}
      </div>
      <nav class="scenes" aria-label="Scenes">
        {SCENES.map((each, k) => (
          <button
            key={each.name}
            type="button"
            aria-label={`Scene ${k + 1}: ${TOLD[each.name].title}`}
            aria-current={k + 1 === number ? "step" : undefined}
            disabled={!ready}
            onClick={() => void tell(k + 1)}
          />
        ))}
      </nav>
      <div class="row">
        {number > 1 && (
          <button type="button" disabled={!ready} onClick={() => void tell(number - 1)}>
            Back
          </button>
        )}
        {number < SCENES.length && (
          <button
            type="button"
            class="primary"
            disabled={!ready || busy}
            onClick={() => void tell(number + 1)}
          >
            {name === "bet" ? "Shear it" : "Next"}
          </button>
        )}
        {number === SCENES.length && (
          <button type="button" class="primary" onClick={() => void play()}>
            Play: ten glasses
          </button>
        )}
        <button
          type="button"
          class="quiet"
          onClick={() => {
            leaveStory();
            tab.value = "break";
          }}
        >
          {number === SCENES.length ? "Now you: the lab" : "To the lab"}
        </button>
      </div>
    </section>
  );
}

function Sheared(): JSX.Element {
  const [first] = judged.value;
  const bets = outcome.value;
  if (!first) {
    return (
      <>
        <p>
          Little by little, each time back to the nearest rest. The map is that of each moment: watch the
          softness gather, and glow.
        </p>
        <p>An event is where no rest is near any more.</p>
      </>
    );
  }
  return (
    <>
      <Outcome event={first} />
      <p class="verdict">{sentence(first)}</p>
      {bets?.you !== undefined && bets.lte !== undefined && (
        <p>
          Your bet, by the same yardstick: the place that broke is nearer to it than {behind(bets.you)} of the
          glass{bets.you <= FORETOLD ? ": you foretold it" : ""}. The map put {behind(bets.lte)} behind it, a
          blind guess 50{NARROW}% on average.
        </p>
      )}
      <p>
        The yellow pin stands where it broke. Arrows show where the particles jump, in slow motion. The modes
        (square M: their softest spot) are the softest vibrations of the glass, the usual way to guess.{" "}
        <Term word="foretold">Foretold</Term> means: softer than {percent(1 - FORETOLD)} of the glass or more,
        as one blind guess in ten is.
      </p>
      {chosenEvent.value !== undefined && (
        <button type="button" onClick={replay}>
          Again
        </button>
      )}
    </>
  );
}

/** How often it comes true. */
function Many(): JSX.Element {
  return (
    <>
      <p>
        This glass was chosen. Does it come true of glasses that were not? How often the softest spot of all
        is the one that goes first, and than how much of the glass the place that breaks first is softer:
      </p>
      <table class="odds">
        <thead>
          <tr>
            <th scope="col">particles</th>
            <th scope="col">spot 1 goes first</th>
            <th scope="col">a spot picked blindly</th>
            <th scope="col">softer than, on average</th>
          </tr>
        </thead>
        <tbody>
          {ODDS_TABLE.map(({ particles, first, of, blind, softer }) => (
            <tr key={particles}>
              <th scope="row">{particles.toLocaleString("en")}</th>
              <td>
                {first} of {of}
              </td>
              <td>{blind.toFixed(0)}</td>
              <td>
                <span class="share" style={{ "--share": 1 - softer }} />
                {behind(softer)}
              </td>
            </tr>
          ))}
          <tr>
            <th scope="row">by chance</th>
            <td>–</td>
            <td>–</td>
            <td>
              <span class="share chance" style={{ "--share": 0.5 }} />
              {percent(0.5)}
            </td>
          </tr>
        </tbody>
      </table>
      <p>
        Larger glasses have more spots to choose from. The map does not know everything. It knows far more
        than chance. Can you do as well, on ten glasses, without it?
      </p>
    </>
  );
}
