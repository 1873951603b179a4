import type { ComponentChildren, JSX } from "preact";
import { Outcome } from "../panels/Events.tsx";
import { Term } from "../panels/Term.tsx";
import { bet, outcome } from "../state/bet.ts";
import { play } from "../state/game.ts";
import { glass } from "../state/glass.ts";
import { foretold } from "../state/maps.ts";
import { ODDS_TABLE } from "../state/odds.ts";
import { replay } from "../state/replay.ts";
import { chosenEvent, events, foretelling, playing } from "../state/shear.ts";
import { leaveStory, SCENES, tell } from "../state/story.ts";
import { judged, sentence } from "../state/verdict.ts";
import { tab } from "../state/view.ts";
import { magnified } from "../state/warm.ts";
import { behind, cameTrue, LIMIT, percent } from "../words.ts";

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
        <p>
          Yet push its top to one side, its bottom to the other (that is to <em>shear</em> it), and it breaks:
          at one place a few particles suddenly shift. Where first?
        </p>
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
          Each line is a bond: two particles that touch. The thicker it is, the more of the heat it takes up:
          its local thermal energy <Term word="E">E</Term>. A particle has two ways to move and some 3.3
          bonds; shared out evenly, each bond would have 0.6, and most do. The thickest have four times as
          much and more. The orange ones even lose energy: warmth shifts their particles, on average, to where
          the bond is less squeezed.
        </p>
        <p>
          Both are signs of one thing: there the particles are held weakly, and warmth moves them far. E is a
          pure number, computed exactly from where the particles lie.
        </p>
      </>
    ),
  },
  field: {
    title: "Smear it: a map of softness",
    text: () => (
      <>
        <p>
          The size of E, orange or black, averaged over cells some three particles wide, becomes a map:{" "}
          <strong>the stronger the blue, the softer the glass</strong>. Each circle stands in a cell that is
          softer than those around it, a <em>soft spot</em>; 1 is the softest of all, though cells beside it
          are nearly as soft.
        </p>
        <p>
          This map was made before anything has broken. It is a forecast: the glass should break first where
          it is blue, most likely near 1.
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
        <p class="verdict">{bet.value ? "Your bet stands." : "No bet so far."}</p>
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
      <h2 id="scene-title">{ready ? title : "A glass is being made"}</h2>
      <div class="told" aria-live="polite">
        {ready ? (
          text()
        ) : (
          <p>
            A liquid of 1,000 discs is being cooled until it jams: some ten seconds, more on a slow machine.
          </p>
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
      <div class="row onward">
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
            {name !== "bet" ? "Next" : bet.value ? "Shear it" : "Shear it without a bet"}
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
          Little by little; each time the particles settle until all forces balance. The map is that of each
          moment: watch the softness gather, and glow.
        </p>
        <p>It breaks where they cannot settle nearby any more.</p>
      </>
    );
  }
  return (
    <>
      <Outcome event={first} />
      <p class="verdict">{sentence(first)}</p>
      <p>
        The yellow pin stands at the particle that moved most; arrows show the jumps, in slow motion. That is
        all: a push by {percent(first.strain)} of the height, and a few particles shift for good.
      </p>
      <p>
        <Term word="foretold">Foretold</Term> means: softer than {percent(1 - LIMIT)} of the glass or more, as
        one blind guess in ten is. Square M{foretold.value.modes ? "" : " (being computed)"} is the softest
        spot by the <Term word="modes">modes</Term>, the softest vibrations of the glass, the usual way to
        guess.
      </p>
      <h3>Your bet, place against place</h3>
      <p>
        {bets?.you === undefined
          ? "You placed no bet."
          : `Your bet: ${cameTrue(bets.you) ? "a hit" : "a miss"}. Of the glass ${behind(bets.you)} is farther from it than the place that broke (from circle 1: ${bets.lte === undefined ? "none" : behind(bets.lte)}); from ${percent(1 - LIMIT)} on it is a hit, as one blind tap in ten is.`}
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
        This glass was chosen. Of {ODDS_TABLE[0].of} that were not, how many first breaks were foretold, that
        is, came at a place softer than {percent(1 - LIMIT)} of the glass?
      </p>
      <table class="odds">
        <thead>
          <tr>
            <th scope="col">particles</th>
            <th scope="col">by the map</th>
            <th scope="col">by modes</th>
            <th scope="col">by blind guesses</th>
          </tr>
        </thead>
        <tbody>
          {ODDS_TABLE.map(({ particles, lte, modes, of }) => (
            <tr key={particles}>
              <th scope="row">{particles.toLocaleString("en")}</th>
              <td>
                <span class="share" style={{ "--share": lte / of }} />
                {lte}
              </td>
              <td>{modes}</td>
              <td>{LIMIT * of}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        The map does not know everything, but more than chance, and the larger the glass the more. Can you do
        as well, on ten glasses, without it?
      </p>
    </>
  );
}
