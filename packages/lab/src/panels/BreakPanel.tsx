import type { JSX } from "preact";
import type { ShearPlane } from "softfield";
import { glass } from "../state/glass.ts";
import {
  angle,
  type Basis,
  basis,
  ended,
  eventsWanted,
  foretelling,
  inView,
  live,
  passed,
  plane,
  playing,
  sheared,
} from "../state/shear.ts";
import { endWords, goTo, pauseShear, shearOn, unshear } from "../state/shearing.ts";
import { work } from "../state/work.ts";
import { number } from "../words.ts";
import { Select, Slider, Toggle } from "./controls.tsx";
import { Events, Verdict } from "./Events.tsx";
import { Group } from "./Group.tsx";
import { NumberField } from "./NumberField.tsx";
import { Unread } from "./ReadPanel.tsx";
import { StressStrain } from "./StressStrain.tsx";

/** Shear the glass until it breaks. */
export function BreakPanel(): JSX.Element {
  if (!foretelling.value.reading) {
    return (
      <Group title="Break" id="break-title">
        <Unread />
      </Group>
    );
  }
  return (
    <>
      <Drive />
      {sheared.value && <Verdict />}
      {sheared.value && <StressStrain />}
      {sheared.value && <Events />}
    </>
  );
}

function Drive(): JSX.Element {
  const over = ended.value;
  const now = inView.value?.strain ?? 0;
  const reached = passed.value.at(-1)?.strain ?? 0;
  return (
    <Group title="Shear it" id="drive-title">
      <p class="hint">
        Slowly and without temperature: a little strain, then back to the nearest minimum. An event is where
        no minimum is near any more.
      </p>
      <Settings />
      <Run />
      <Slider
        label="Strain γ"
        value={now}
        min={0}
        max={Math.max(0.06, Math.ceil(120 * reached) / 100)}
        step={0.0005}
        shown={number(now, 4)}
        disabled={over !== undefined || work.value !== undefined}
        onInput={goTo}
      />
      {over && over.status !== "complete" && <p class="notice">{endWords(over)}</p>}
      {sheared.value && <WhichField />}
    </Group>
  );
}

/** Direction, plane and end; a shear that has begun keeps the first two. */
function Settings(): JSX.Element {
  const begun = sheared.value;
  return (
    <>
      <div class="columns">
        <Slider
          label="Direction"
          value={angle.value}
          min={0}
          max={175}
          step={5}
          shown={`${angle.value}°`}
          disabled={begun}
          onInput={(degrees) => {
            angle.value = degrees;
          }}
        />
        <NumberField
          label="Events to stop after"
          value={eventsWanted.value}
          whole={[1]}
          onChange={(count) => {
            if (count !== undefined) eventsWanted.value = count;
          }}
        />
      </div>
      {glass.value?.system.box.dimension === 3 && (
        <Select<ShearPlane>
          label="Plane"
          value={plane.value}
          disabled={begun}
          options={[
            ["xy", "x along y"],
            ["xz", "x along z"],
            ["yz", "y along z"],
          ]}
          onChange={(name) => {
            plane.value = name;
          }}
        />
      )}
    </>
  );
}

function Run(): JSX.Element {
  const begun = sheared.value;
  const waits = ended.value !== undefined || work.value !== undefined;
  return (
    <div class="row">
      {playing.value ? (
        <button type="button" class="primary" onClick={pauseShear}>
          Pause
        </button>
      ) : (
        <button
          type="button"
          class="primary"
          disabled={waits}
          onClick={() => shearOn(Number.POSITIVE_INFINITY)}
        >
          {begun ? "Go on" : "Shear"}
        </button>
      )}
      <button type="button" disabled={waits || playing.value} onClick={() => shearOn("step")}>
        One step
      </button>
      <button type="button" class="quiet" disabled={!begun} onClick={unshear}>
        Undo the shear
      </button>
    </div>
  );
}

/** Of which state field, bonds and spots are shown. */
function WhichField(): JSX.Element {
  return (
    <>
      <Select<Basis>
        label="Field, bonds and spots of"
        value={basis.value}
        options={[
          ["unsheared", "the unsheared glass, which foretell"],
          ["present", "the state in view"],
        ]}
        onChange={(name) => {
          basis.value = name;
        }}
      />
      <Toggle
        label="Show each state’s own while it is sheared"
        checked={live.value}
        onChange={(checked) => {
          live.value = checked;
        }}
      />
    </>
  );
}
