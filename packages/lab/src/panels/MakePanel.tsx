import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { PROTOCOL_KINDS, presetNames } from "softfield";
import { Plot } from "../plots/Plot.tsx";
import { extent, linearScale } from "../plots/scale.ts";
import { type Course, course, make, settle, unsettled } from "../state/glass.ts";
import {
  choice,
  MODEL_WORDS,
  PROTOCOL_NUMBERS,
  PROTOCOL_WORDS,
  type ProtocolNumber,
  type RecipeChoice,
  resolved,
} from "../state/recipe.ts";
import { work } from "../state/work.ts";
import { NumberField, Select } from "./controls.tsx";
import {
  EXAMPLES,
  fileFrame,
  fileModel,
  fileSpecies,
  modelOptions,
  openExample,
  openFile,
  reopen,
  reopenable,
} from "./files.ts";

function choose(change: Partial<RecipeChoice>): void {
  choice.value = { ...choice.value, ...change };
}

/** Choose a recipe and make its glass, or open one. */
export function MakePanel(): JSX.Element {
  const now = choice.value;
  const protocol = resolved.value;
  const wrong = protocol instanceof Error ? protocol.message : undefined;
  return (
    <>
      <form
        class="group"
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <h2>Make a glass</h2>
        <fieldset class="cards">
          <legend>Model</legend>
          {presetNames.map((name) => (
            <label key={name} class="card" title={MODEL_WORDS[name].text}>
              <input
                type="radio"
                name="model"
                value={name}
                checked={now.model === name}
                onChange={() => choose({ model: name, numbers: {} })}
              />
              <span>{MODEL_WORDS[name].title}</span>
            </label>
          ))}
        </fieldset>
        <p class="hint">{MODEL_WORDS[now.model].text}</p>
        <div class="columns">
          <NumberField
            label="Particles N"
            value={now.particles}
            list={[500, 1000, 1600, 2000, 5000, 10000]}
            onChange={(particles) => choose({ particles: particles ?? 1000 })}
          />
          <div class="with-button">
            <NumberField label="Seed" value={now.seed} onChange={(seed) => choose({ seed: seed ?? 1 })} />
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
        <Select
          label="Protocol"
          value={now.kind}
          options={PROTOCOL_KINDS.map((kind) => [kind, PROTOCOL_WORDS[kind]] as const)}
          onChange={(kind) => choose({ kind, numbers: {} })}
        />
        <details>
          <summary>Temperatures and times</summary>
          <div class="columns">
            {PROTOCOL_NUMBERS.filter(([name]) => name in (wrong ? now.numbers : protocol)).map(
              ([name, words]) => (
                <NumberField
                  key={name}
                  label={words}
                  value={now.numbers[name]}
                  placeholder={
                    wrong ? "" : String((protocol as unknown as Record<ProtocolNumber, number>)[name])
                  }
                  onChange={(value) => {
                    const { [name]: _, ...others } = now.numbers;
                    choose({ numbers: value === undefined ? others : { ...others, [name]: value } });
                  }}
                />
              ),
            )}
          </div>
          <p class="hint">Reduced units: length of a small particle, its energy and mass, k_B = 1.</p>
        </details>
        {wrong && <p class="wrong">{wrong}</p>}
        <button type="submit" class="primary" disabled={work.value !== undefined || wrong !== undefined}>
          Make the glass
        </button>
      </form>
      {course.value && <CoursePlots course={course.value} />}
      <OpenGroup />
    </>
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
        xLabel="time / τ₀"
        yLabel="T"
        height={126}
        curves={[{ x: time, y: temperature }]}
      />
      <Plot
        title={`Energy a particle against time; now ${(energy.at(-1) ?? 0).toFixed(4)}`}
        x={x}
        y={linearScale(low - room, high + room, 4)}
        xLabel="time / τ₀"
        yLabel="U / N"
        height={126}
        curves={[{ x: time, y: energy, tone: "second" }]}
      />
    </section>
  );
}

function OpenGroup(): JSX.Element {
  const again = reopenable.value;
  return (
    <section class="group" aria-labelledby="open-title">
      <h2 id="open-title">Or open one</h2>
      <p class="hint">
        Drop an extended XYZ, LAMMPS data or dump file anywhere on this page, also as .gz. To use a potential
        of your own, drop its model file (.json) first. Everything stays in your browser.
      </p>
      <div class="columns">
        <Select
          label="Its model"
          value={fileModel.value}
          options={modelOptions()}
          onChange={(name) => {
            fileModel.value = name;
          }}
        />
        <div class="field">
          <label for="species-map">Species map</label>
          <input
            id="species-map"
            type="text"
            placeholder="e.g. 1=S,2=L"
            value={fileSpecies.value}
            onChange={(event) => {
              fileSpecies.value = event.currentTarget.value;
            }}
          />
        </div>
      </div>
      <div class="row open-row">
        <label class="button">
          Choose a file
          <input
            type="file"
            class="hidden-input"
            onChange={(event) => {
              const [file] = event.currentTarget.files ?? [];
              event.currentTarget.value = "";
              if (file) void openFile(file);
            }}
          />
        </label>
        {again && (
          <NumberField
            label="Frame"
            value={fileFrame.value}
            onChange={(frame) => {
              fileFrame.value = frame ?? 0;
            }}
          />
        )}
        {again && (
          <button type="button" onClick={() => void reopen()}>
            Open {again.name} again
          </button>
        )}
      </div>
      {unsettled.value && (
        <p class="notice">
          This configuration is no energy minimum.{" "}
          <button type="button" onClick={() => void settle()}>
            Bring it to its minimum
          </button>
        </p>
      )}
      <h3>Examples</h3>
      <div class="row wrap">
        {EXAMPLES.map((example) => (
          <button
            type="button"
            key={example.name}
            class="quiet"
            onClick={() => void openExample(example)}
            title={example.text}
          >
            {example.title}
          </button>
        ))}
      </div>
    </section>
  );
}
