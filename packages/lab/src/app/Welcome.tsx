import type { JSX } from "preact";
import { EXAMPLES, openExample } from "../state/files.ts";
import { play } from "../state/game.ts";
import { make } from "../state/making.ts";
import { galleryOpen } from "../state/mode.ts";
import { ODDS_TABLE } from "../state/odds.ts";
import { classOpen } from "../state/pool.ts";
import { tell } from "../state/story.ts";
import { tab, themeName } from "../state/view.ts";

const [small, , large] = ODDS_TABLE;

/** The first screen: three sentences and one button. */
export function Welcome(): JSX.Element {
  return (
    <div class="welcome">
      <img src={`./glass-${themeName.value}.webp`} width="560" height="560" alt="" />
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
          Takes some ten seconds; everything is computed in your browser. The first glasses were chosen: they
          break first at their softest spot. Of {small.of} that were not chosen {small.first} do (by chance{" "}
          {small.blind.toFixed(0)}), of {large.of} with {large.particles.toLocaleString("en")} particles{" "}
          {large.first} (by chance {large.blind.toFixed(0)}). To use your own configuration,{" "}
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
