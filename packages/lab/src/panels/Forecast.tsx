import type { JSX } from "preact";
import { showSpot } from "../scene/walk.ts";
import { glass } from "../state/glass.ts";
import { INDICATORS } from "../state/indicatorlist.ts";
import { wordsOf } from "../state/indicators.ts";
import { map, source } from "../state/maps.ts";
import { oddsFor } from "../state/odds.ts";
import { readState, sheared } from "../state/shear.ts";
import { judged, sentence } from "../state/verdict.ts";
import { tab, view } from "../state/view.ts";
import { LIMIT, number } from "../words.ts";
import { Group } from "./Group.tsx";
import { Term } from "./Term.tsx";

/** What the picture says, in words: of any field, before the shear and after it; and the way on. */
export function Forecast(): JSX.Element | null {
  const count = map.value?.marks.length ?? 0;
  if (count === 0) return null;
  const strain = readState.value?.strain ?? 0;
  const ofE = source.value === "lte";
  const what = INDICATORS.find(({ name }) => name === source.value)?.description;
  const drawn = Math.min(count, view.value.spotCount);
  return (
    <Group title="What the picture says" id="forecast-title">
      <p class="hint">
        {view.value.bonds && (
          <>
            Lines are bonds: the thicker, the more heat they take up when the glass is warmed (
            <Term word="E">E</Term>; orange ones lose some).{" "}
          </>
        )}
        {ofE ? (
          <strong>The stronger the blue, the softer the glass.</strong>
        ) : (
          <>
            The colour is another measure: {what}. <strong>The stronger the blue, the more of it.</strong>
          </>
        )}{" "}
        {drawn < count
          ? `The circles are the ${drawn} highest of its ${count} peaks`
          : "The circles are its peaks"}
        {ofE ? ", the " : ": "}
        <Term word="spots">{wordsOf(source.value).spots.toLowerCase()}</Term>. The <Term word="box">box</Term>{" "}
        has no walls: right goes on at left, top at bottom.
      </p>
      <WhatNow strain={strain} />
    </Group>
  );
}

function WhatNow({ strain }: { readonly strain: number }): JSX.Element {
  const [first] = judged.value;
  const one = (
    <button type="button" class="link" onClick={() => showSpot(1)}>
      spot {map.value?.marks[0]?.name}
    </button>
  );
  const on = (words: string, primary: boolean) => (
    <button
      type="button"
      class={primary ? "primary" : ""}
      onClick={() => {
        tab.value = "break";
      }}
    >
      {words}
    </button>
  );
  if (strain !== 0)
    return (
      <>
        <p class="hint">
          This is the glass sheared to γ = {number(strain, 4)}: {one} is the softest now. What was foretold is
          judged by the map of the unsheared glass.
        </p>
        {on("To what came true", false)}
      </>
    );
  if (first)
    return (
      <>
        <p class="hint">
          So it was before the shear, and {one} was the best guess. {sentence(first)}
        </p>
        {on("To what came true", false)}
      </>
    );
  const odds =
    source.value === "lte" && glass.value
      ? oddsFor(glass.value.modelName, glass.value.system.species.length)
      : undefined;
  return (
    <>
      <p class="hint">
        Sheared, it should give way first where it is blue, most likely at {one}, the softest
        {source.value === "lte" ? "" : " by this measure"}.
        {odds &&
          ` Of ${odds.of} glasses of ${odds.particles.toLocaleString("en")} particles that were not chosen, ${odds.lte} first broke in the softest tenth of the map; blind guesses are right in ${LIMIT * odds.of}.`}
      </p>
      {sheared.value ? on("Go on with the shear", true) : on("Does it? On to the shear", true)}
    </>
  );
}
