import type { JSX } from "preact";
import { bondThreshold, COLOURING_WORDS } from "../scene/bind.ts";
import { MAX_BESIDE } from "../state/compared.ts";
import { glass } from "../state/glass.ts";
import { INDICATOR_NAMES } from "../state/indicatorlist.ts";
import { wordsOf } from "../state/indicators.ts";
import { findIndicator } from "../state/reading.ts";
import { chosenEvent, values } from "../state/shear.ts";
import { type Colouring, setView, VIEW_DEFAULTS, view } from "../state/view.ts";
import { work } from "../state/work.ts";
import { NARROW, percent } from "../words.ts";
import { Select, Toggle } from "./controls.tsx";
import { Group } from "./Group.tsx";
import { ViewFactor, ViewSlider, ViewToggle } from "./viewcontrols.tsx";

const twoDecimals = (value: number): string => value.toFixed(2);

/** What is drawn of a glass, and how. */
export function Layers(): JSX.Element {
  return (
    <Group title="Layers" id="layers-title">
      <div class="toggles">
        {chosenEvent.value === undefined ? (
          <>
            <ViewToggle
              name="bonds"
              label={
                <>
                  Bonds by heat (<var>E</var>)
                </>
              }
            />
            <ViewToggle name="arrows" label="Thermal push (X), arrows" />
          </>
        ) : (
          <ViewToggle name="eventArrows" label={`Displacements of event ${chosenEvent.value}`} />
        )}
        <ViewToggle name="field" label="Map (field)" />
        <ViewToggle name="spots" label="Soft spots" />
        <ViewToggle name="particles" label="Particles" />
        <ViewToggle name="smooth" label="Smooth map" />
      </div>
      <Sources />
      <Beside />
      <Scales />
      {glass.value?.system.box.dimension === 3 && <Slab />}
      <button type="button" class="quiet" onClick={() => setView(VIEW_DEFAULTS)}>
        Back to defaults
      </button>
    </Group>
  );
}

/** What particles are coloured by, and what the field is made of. */
function Sources(): JSX.Element {
  const { colouring, source } = view.value;
  return (
    <>
      <div class="columns">
        <Select<Colouring>
          label="Particles by"
          value={colouring}
          options={Object.entries(COLOURING_WORDS) as [Colouring, string][]}
          onChange={(next) => setView({ colouring: next, particles: true, field: next === "species" })}
        />
        <Select<string>
          label="Map and spots by"
          value={source}
          options={INDICATOR_NAMES.map((name) => [name, wordsOf(name).choice])}
          onChange={(next) => setView({ source: next })}
        />
      </div>
      {source !== "lte" && !values.value[source] && !work.value && (
        <p class="notice">
          {wordsOf(source).work} of this glass: not known yet.{" "}
          <button type="button" onClick={() => void findIndicator(source)}>
            Compute them
          </button>
        </p>
      )}
    </>
  );
}

/** Maps of other indicators beside the one in view. */
function Beside(): JSX.Element {
  const { source, beside } = view.value;
  const names = beside.split(",").filter((name) => name !== "");
  const others = INDICATOR_NAMES.filter((name) => name !== source);
  return (
    <details open={names.length > 0}>
      <summary>Side by side with</summary>
      <div class="toggles">
        {others.map((name) => (
          <Toggle
            key={name}
            label={wordsOf(name).choice}
            checked={names.includes(name)}
            disabled={!names.includes(name) && names.length >= MAX_BESIDE}
            onChange={(checked) =>
              setView({
                beside: [...names.filter((other) => other !== name), ...(checked ? [name] : [])].join(","),
              })
            }
          />
        ))}
      </div>
      <p class="hint">
        Up to {MAX_BESIDE + 1} maps from one place, with the same events; each on a scale of its own. Once it
        is sheared, each says than how much of the glass it held the place that broke for softer: the more,
        the better; 50{NARROW}% by chance.
      </p>
    </details>
  );
}

function Scales(): JSX.Element {
  return (
    <details>
      <summary>Scales and thresholds</summary>
      <ViewFactor name="gain" label="Bond strength" powers={4} />
      <ViewSlider
        name="threshold"
        label="Bonds with |E| above"
        value={bondThreshold.value}
        min={0}
        max={4}
        step={0.05}
        shown={(value) => `${view.value.threshold < 0 ? "automatic, " : ""}${twoDecimals(value)}`}
      />
      <ViewSlider name="kept" label="Map keeps |E| above" min={0} max={3} step={0.05} shown={twoDecimals} />
      <ViewFactor name="arrowGain" label="Arrow length" powers={3} />
      <ViewToggle name="arrowLog" label="Logarithmic arrow lengths" />
      <ViewSlider name="spotCount" label="Spots shown" min={1} max={60} step={1} shown={String} />
    </details>
  );
}

/** Which part of a box in 3D is seen. */
function Slab(): JSX.Element {
  return (
    <>
      <ViewToggle name="surfaces" label="Field as surfaces round what is soft; else a slice" />
      <ViewSlider
        name="slabThickness"
        label="Slab thickness"
        min={0.05}
        max={1}
        step={0.05}
        shown={(thickness) => (thickness === 1 ? "whole box" : `${percent(thickness)} of the box`)}
      />
      <ViewSlider
        name="slabCentre"
        label="Slab and field at z"
        min={0}
        max={1}
        step={0.01}
        shown={(centre) => `${percent(centre)} of the box`}
      />
    </>
  );
}
