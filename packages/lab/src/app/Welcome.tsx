import type { JSX } from "preact";
import { gradientOf } from "../scene/palette.ts";
import { sceneTheme } from "../scene/theme.ts";
import { EXAMPLES, openExample } from "../state/files.ts";
import { play } from "../state/game.ts";
import { make } from "../state/making.ts";
import { galleryOpen } from "../state/mode.ts";
import { FIRST_GLASS, ODDS_TABLE } from "../state/odds.ts";
import { classOpen } from "../state/pool.ts";
import { tell } from "../state/story.ts";
import { tab, themeName } from "../state/view.ts";
import { behind, LIMIT, percent } from "../words.ts";
import { SIGNS } from "./Signs.tsx";

const [small, , large] = ODDS_TABLE;

/** The first screen: three sentences and one button. */
export function Welcome(): JSX.Element {
  return (
    <div class="welcome">
      <figure class="hero">
        <img
          src={`./glass-${themeName.value}.webp`}
          width="560"
          height="560"
          alt="A glass seen from above, coloured by softness; the pin of its first break stands beside circle 1."
        />
        <figcaption>
          <span class="keys">
            <span class="key">
              stiff <i class="ramp" style={{ background: gradientOf(sceneTheme.value.heat) }} /> soft
            </span>
            <span class="key">{SIGNS.spot} soft spots, 1 the softest</span>
            <span class="key">{SIGNS.event} where it broke</span>
            <span class="key">
              <svg width="44" height="10" aria-hidden="true">
                <path d="M3 5H20" stroke={sceneTheme.value.positive} class="bond" />
                <path d="M25 5H42" stroke={sceneTheme.value.negative} class="bond" />
              </svg>
              bonds that take up much heat, or lose some
            </span>
          </span>
          <span>
            The map came first. Then the glass was sheared, and broke at a place softer than{" "}
            {behind(FIRST_GLASS.softer)} of it.
          </span>
          <span>
            This one was chosen. Of {small.of} that were not, {small.lte} broke at such a place, softer than{" "}
            {percent(1 - LIMIT)}; with ten times as many particles {large.lte} of {large.of}. Blind guesses
            would be right in {LIMIT * small.of} of {small.of}.
          </span>
        </figcaption>
      </figure>
      <div class="words">
        <h1>Where will a glass break?</h1>
        <p>
          A glass looks the same everywhere, yet when it is sheared, its top pushed to one side, it breaks at
          one place first: a few particles suddenly shift. How much heat each of its bonds takes up, their{" "}
          <em>local thermal energy</em>, shows such soft spots beforehand. Make a glass here, see where it is
          soft, then shear it and watch whether it breaks there.
        </p>
        <div class="row">
          <button type="button" class="primary large" onClick={() => void tell(1)}>
            Show me, in seven steps
          </button>
          <button type="button" class="large" onClick={() => void make()}>
            Make a glass
          </button>
          <button type="button" class="large" onClick={() => void play()}>
            Bet on ten glasses
          </button>
        </div>
        <div class="row">
          <button type="button" class="quiet" onClick={() => void openExample(EXAMPLES[0])}>
            or look at one that is made
          </button>
          <button
            type="button"
            class="quiet"
            onClick={() => {
              galleryOpen.value = true;
            }}
          >
            Gallery
          </button>
          <button
            type="button"
            class="quiet"
            onClick={() => {
              classOpen.value = true;
            }}
          >
            For a class
          </button>
        </div>
        <p class="hint">
          A glass takes some ten seconds, here in your browser. To use your own configuration,{" "}
          <button
            type="button"
            class="link"
            onClick={() => {
              tab.value = "make";
              document.getElementById("open-title")?.scrollIntoView({ behavior: "smooth" });
            }}
          >
            drop its file here
          </button>
          .
        </p>
      </div>
    </div>
  );
}
