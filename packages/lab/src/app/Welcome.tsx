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
import { behind, percent } from "../words.ts";
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
          alt="A glass seen from above, coloured by softness; the pin of its first break stands at circle 1."
        />
        <figcaption>
          <span class="keys">
            <span class="key">
              stiff <i class="ramp" style={{ background: gradientOf(sceneTheme.value.heat) }} /> soft
            </span>
            <span class="key">{SIGNS.spot} soft spots, 1 the softest</span>
            <span class="key">{SIGNS.event} where it broke</span>
          </span>
          <span class="hint">
            This one broke first at a place that the map, made before, called softer than{" "}
            {behind(FIRST_GLASS.softer)} of the glass. Blind guesses: {percent(0.5)} on average.
          </span>
        </figcaption>
      </figure>
      <div class="words">
        <h1>Where will a glass break?</h1>
        <p>
          A glass looks the same everywhere, yet when sheared it gives way at particular places. How much heat
          each of its bonds takes up, their <em>local thermal energy</em>, shows these soft spots beforehand.
          Make a glass here, see where it is soft, then shear it and watch whether it breaks there.
        </p>
        <div class="row">
          <button type="button" class="primary large" onClick={() => void tell(1)}>
            Show me, in seven steps
          </button>
          <button type="button" class="large" onClick={() => void make()}>
            Make a glass
          </button>
          <button type="button" class="large" onClick={() => void play()}>
            Bet on ten
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
          Takes some ten seconds; everything is computed in your browser. The first glasses here, this one
          too, were chosen: they break first at their softest spot. Of {small.of} that were not chosen{" "}
          {small.first} do (a spot picked blindly: {small.blind.toFixed(0)}), of {large.of} with{" "}
          {large.particles.toLocaleString("en")} particles {large.first} (blindly: {large.blind.toFixed(0)}).
          To use your own configuration,{" "}
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
