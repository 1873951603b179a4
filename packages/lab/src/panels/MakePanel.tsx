import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { presetNames } from "softfield";
import { PROTOCOL_KINDS, timeUnitText, unitNamed, unitsText } from "softfield/internal";
import { Plot } from "../plots/Plot.tsx";
import { extent, linearScale } from "../plots/scale.ts";
import type { Course } from "../state/course.ts";
import { course } from "../state/glass.ts";
import { make } from "../state/making.ts";
import { isPreset, modelNamed, ownModels } from "../state/ownmodels.ts";
import {
  choice,
  defaults,
  FIRST_RECIPE,
  hasOwnWords,
  modelWords,
  PROTOCOL_NUMBERS,
  PROTOCOL_WORDS,
  type ProtocolNumber,
  protocolFault,
  type RecipeChoice,
  resolved,
} from "../state/recipe.ts";
import { inUnits } from "../state/units.ts";
import { work } from "../state/work.ts";
import { Select } from "./controls.tsx";
import { later } from "./later.tsx";
import { NumberField, showRefused } from "./NumberField.tsx";
import { OpenGroup } from "./OpenGroup.tsx";

/** With what few need. */
const OwnGlass = later(() => import("./OwnGlass.tsx").then((module) => module.OwnGlass));

function choose(change: Partial<RecipeChoice>): void {
  choice.value = { ...choice.value, ...change };
}

/** Choose a recipe and make its glass, or open one. */
export function MakePanel(): JSX.Element {
  return (
    <>
      <Recipe />
      {course.value && <CoursePlots course={course.value} />}
      <OpenGroup />
    </>
  );
}

function Recipe(): JSX.Element {
  const now = choice.value;
  const unprepared = !modelNamed(now.model).glass;
  const wrong = unprepared ? undefined : protocolFault.value;
  return (
    <form
      class="group"
      onSubmit={(event) => {
        event.preventDefault();
        if (!showRefused(event.currentTarget)) void make();
      }}
    >
      <h2>Make a glass</h2>
      <Models />
      <p class="hint">
        {modelWords(now.model).text}
        {!isPreset(now.model) && " From your file."}
      </p>
      {unprepared && <OwnGlass key={now.model} name={now.model} model={modelNamed(now.model)} />}
      <Sample />
      <Select
        label="Protocol: how it is cooled"
        value={now.kind}
        // a gradual quench is days of one core
        options={PROTOCOL_KINDS.filter((kind) => kind !== "gq").map(
          (kind) => [kind, PROTOCOL_WORDS[kind]] as const,
        )}
        onChange={(kind) => choose({ kind, numbers: {} })}
      />
      {!unprepared && <ProtocolNumbers />}
      {wrong && <p class="wrong">{wrong}</p>}
      <button
        type="submit"
        class="primary"
        disabled={work.value !== undefined || unprepared || wrong !== undefined}
      >
        Make the glass
      </button>
    </form>
  );
}

/** Models that come with a protocol for their glass. */
const MAKEABLE = presetNames.filter((name) => modelNamed(name).glass);
/** Of them those that most visitors want. */
const FIRST = MAKEABLE.filter((name) => hasOwnWords(name));

/** A few to choose from, with those of one's own files; and all others. */
function Models(): JSX.Element {
  const { model } = choice.value;
  const others = MAKEABLE.filter((name) => !FIRST.includes(name));
  return (
    <fieldset class="cards-of">
      <legend>Model</legend>
      <Cards names={[...FIRST, ...ownModels.value.keys()]} />
      <details open={others.some((name) => name === model)}>
        <summary>Other models ({others.length})</summary>
        <Cards names={others} />
      </details>
    </fieldset>
  );
}

function Cards({ names }: { readonly names: readonly string[] }): JSX.Element {
  return (
    <div class="cards">
      {names.map((name) => (
        <label key={name} class="card" title={modelWords(name).text}>
          <input
            type="radio"
            name="model"
            value={name}
            checked={choice.value.model === name}
            onChange={() => choose({ model: name, numbers: {} })}
          />
          <span>
            {modelWords(name).title}
            {modelWords(name).term && <small>{modelWords(name).term}</small>}
          </span>
        </label>
      ))}
    </div>
  );
}

/** As many as `softfield make` takes. */
const MAX_PARTICLES = 4_000_000;

/** How many particles, and which sample of them. */
function Sample(): JSX.Element {
  const { particles, seed } = choice.value;
  return (
    <div class="columns">
      <NumberField
        label="Particles N"
        value={particles}
        whole={[2, MAX_PARTICLES]}
        list={[500, 1000, 1600, 2000, 5000, 10000]}
        onChange={(count = FIRST_RECIPE.particles) => choose({ particles: count })}
      />
      <div class="with-button">
        <NumberField
          label="Seed"
          value={seed}
          whole={[0]}
          onChange={(next = FIRST_RECIPE.seed) => choose({ seed: next })}
        />
        <button
          type="button"
          class="quiet"
          aria-label="Another seed"
          title="Another seed"
          onClick={() => choose({ seed: Math.floor(Math.random() * 1e6) })}
        >
          ⚄
        </button>
      </div>
    </div>
  );
}

/** Numbers of the protocol; what is empty is at its default. */
function ProtocolNumbers(): JSX.Element {
  const { numbers } = choice.value;
  const model = modelNamed(choice.value.model);
  const ofModel = timeUnitText(model);
  const usual = defaults.value as unknown as Record<ProtocolNumber, number>;
  const used = resolved.value instanceof Error ? usual : { ...usual, ...resolved.value };
  return (
    <details>
      <summary>Temperatures and times</summary>
      <div class="columns">
        {PROTOCOL_NUMBERS.filter(([name]) => name in usual).map(([name, words, unit]) => (
          <NumberField
            key={name}
            label={words}
            unit={unitNamed(unit, model)}
            value={numbers[name]}
            placeholder={String(used[name])}
            onChange={(value) => {
              const { [name]: _, ...others } = numbers;
              choose({ numbers: value === undefined ? others : { ...others, [name]: value } });
            }}
          />
        ))}
      </div>
      <p class="hint">
        {ofModel === undefined ? (
          <>
            Reduced units: a small particle’s length λ, energy ε and mass, and k<sub>B</sub>, are 1; τ₀ is
            their time.
          </>
        ) : (
          `The model’s own units: ${unitsText(model)}; ${ofModel}.`
        )}
      </p>
    </details>
  );
}

function CoursePlots({ course: now }: { readonly course: Course }): JSX.Element {
  const { time, temperature, energy } = now;
  const x = linearScale(0, Math.max(1, time.at(-1) ?? 1), 5);
  const [low, high] = useMemo(() => extent(energy), [energy]);
  const room = 0.06 * (high - low || 1);
  return (
    <section class="group" aria-label="Temperature and energy">
      <Plot
        title={`Temperature against time; now ${(temperature.at(-1) ?? 0).toFixed(3)}`}
        x={x}
        y={linearScale(0, Math.max(1.15, ...temperature), 4)}
        xLabel={`time (${inUnits("τ₀")})`}
        yLabel={`temperature T (${inUnits("ε")})`}
        height={126}
        curves={[{ x: time, y: temperature }]}
      />
      <Plot
        title={`Energy a particle against time; now ${(energy.at(-1) ?? 0).toFixed(4)}`}
        x={x}
        y={linearScale(low - room, high + room, 4)}
        xLabel={`time (${inUnits("τ₀")})`}
        yLabel={`energy a particle U/N (${inUnits("ε")})`}
        height={126}
        curves={[{ x: time, y: energy, tone: "second" }]}
      />
    </section>
  );
}
