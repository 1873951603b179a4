import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
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
import { endWords, goTo, pauseShear, shearOn, tempo, unshear } from "../state/shearing.ts";
import { work } from "../state/work.ts";
import { LIMIT, number, percent } from "../words.ts";
import { Select, Slider, Toggle } from "./controls.tsx";
import { DirectionGroup } from "./DirectionGroup.tsx";
import { Events, Verdicts } from "./Events.tsx";
import { Group } from "./Group.tsx";
import { NumberField } from "./NumberField.tsx";
import { Unread } from "./ReadPanel.tsx";
import { StressStrain } from "./StressStrain.tsx";
import { Term } from "./Term.tsx";

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
      {!sheared.value && <DirectionGroup />}
      {sheared.value && <Verdicts />}
      {sheared.value && <StressStrain />}
      {sheared.value && <Events />}
      {sheared.value && <WhichField />}
      {sheared.value && <DirectionGroup />}
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
        The top slides one way, the bottom the other, little by little; each time the particles settle until
        all forces balance. An <Term word="event">event</Term> is where they cannot settle nearby: some jump,
        and a yellow pin marks where. The first is <Term word="foretold">foretold</Term> if it comes at a
        place softer than {percent(1 - LIMIT)} of the glass.
      </p>
      <Settings />
      <Run />
      <Pace />
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
  const plays = playing.value;
  const changed = useRef(Number.NEGATIVE_INFINITY);
  useLayoutEffect(() => {
    if (plays || begun) changed.current = performance.now();
  }, [plays]);
  const toggle = (): void => {
    // The button has just come to mean something else: the click was meant for what it was.
    if (performance.now() - changed.current < DEAD_TIME) return;
    if (plays) pauseShear();
    else shearOn(Number.POSITIVE_INFINITY);
  };
  return (
    <div class="row">
      <button type="button" class="primary" disabled={!plays && waits} onClick={toggle}>
        {plays ? "Pause" : begun ? "Go on" : "Shear"}
      </button>
      <button type="button" disabled={waits || plays} onClick={() => shearOn("step")}>
        One step
      </button>
      <button type="button" class="quiet" disabled={!begun} onClick={unshear}>
        Undo the shear
      </button>
    </div>
  );
}

/** Milliseconds after a button has changed its meaning in which it does nothing. */
const DEAD_TIME = 500;

/** That it goes on, and how fast. */
function Pace(): JSX.Element | null {
  if (!playing.value) return null;
  const each = tempo.value;
  return (
    <p class="pace">
      <i aria-hidden="true" />
      {passed.value.length} states, γ = {number(passed.value.at(-1)?.strain ?? 0, 4)}
      {each !== undefined && each > 300 && `, ${number(each / 1000, 2)} s a state`}
    </p>
  );
}

/** Of which state field, bonds and spots are shown. */
function WhichField(): JSX.Element {
  return (
    <Group title="Whose map" id="basis-title">
      <Select<Basis>
        label="Map, bonds and spots of"
        value={basis.value}
        options={[
          ["unsheared", "the unsheared glass: the forecast"],
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
    </Group>
  );
}
