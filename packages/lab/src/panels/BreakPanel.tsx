import type { JSX } from "preact";
import type { ShearPlane } from "softfield";
import { Plot } from "../plots/Plot.tsx";
import { extent, linearScale } from "../plots/scale.ts";
import { findModes, glass, modes, reading } from "../state/glass.ts";
import { number } from "../state/hover.ts";
import {
  angle,
  chooseEvent,
  chosenEvent,
  ended,
  eventsWanted,
  goTo,
  inView,
  matched,
  passed,
  pauseShear,
  plane,
  playing,
  recompute,
  sheared,
  shearOn,
  showUnsheared,
  unshear,
  unsheared,
} from "../state/shear.ts";
import { work } from "../state/work.ts";
import { NumberField, Select, Slider } from "./controls.tsx";

/** Shear the glass until it breaks. */
export function BreakPanel(): JSX.Element {
  if (!reading.value) {
    return (
      <section class="group">
        <h2>Break</h2>
        <p class="hint">
          {glass.value ? "The glass has to be read first." : "There is no glass yet: make one, or open one."}
        </p>
      </section>
    );
  }
  return (
    <>
      <Drive />
      {sheared.value && <StressStrain />}
      {sheared.value && <Events />}
    </>
  );
}

function Drive(): JSX.Element {
  const begun = sheared.value;
  const over = ended.value;
  const now = inView.value;
  const reached = passed.value.at(-1)?.strain ?? 0;
  const spatial = glass.value?.system.box.dimension === 3;
  return (
    <section class="group" aria-labelledby="drive-title">
      <h2 id="drive-title">Shear it</h2>
      <p class="hint">
        Slowly and without temperature: a little strain, then back to the nearest minimum. An event is where
        no minimum is near any more.
      </p>
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
          onChange={(count) => {
            if (count !== undefined && count >= 1) eventsWanted.value = Math.round(count);
          }}
        />
      </div>
      {spatial && (
        <Select<ShearPlane>
          label="Plane"
          value={plane.value}
          options={[
            ["xy", "x along y"],
            ["xz", "x along z"],
            ["yz", "y along z"],
          ]}
          onChange={(name) => {
            if (!begun) plane.value = name;
          }}
        />
      )}
      <div class="row">
        {playing.value ? (
          <button type="button" class="primary" onClick={pauseShear}>
            Pause
          </button>
        ) : (
          <button
            type="button"
            class="primary"
            disabled={over !== undefined || work.value !== undefined}
            onClick={() => shearOn(Number.POSITIVE_INFINITY)}
          >
            {begun ? "Go on" : "Shear"}
          </button>
        )}
        <button
          type="button"
          disabled={over !== undefined || playing.value || work.value !== undefined}
          onClick={() => shearOn("step")}
        >
          One step
        </button>
        <button type="button" class="quiet" disabled={!begun} onClick={unshear}>
          Undo the shear
        </button>
      </div>
      <Slider
        label="Strain γ"
        value={now?.strain ?? 0}
        min={0}
        max={Math.max(0.06, Math.ceil(120 * reached) / 100)}
        step={0.0005}
        shown={number(now?.strain ?? 0, 4)}
        disabled={over !== undefined || work.value !== undefined}
        onInput={goTo}
      />
      {over && over.status !== "complete" && <p class="notice">{over.message}</p>}
      {begun && (
        <div class="row">
          {unsheared.value ? (
            <button type="button" onClick={showUnsheared}>
              Field of the unsheared glass
            </button>
          ) : (
            <button type="button" disabled={work.value !== undefined} onClick={() => void recompute()}>
              Field of the sheared glass
            </button>
          )}
        </div>
      )}
    </section>
  );
}

function StressStrain(): JSX.Element {
  const path = passed.value;
  const now = inView.value;
  const [low, high] = extent(path.map(({ stress }) => stress));
  const room = 0.12 * (high - low || 0.01);
  const far = Math.max(1e-4, path.at(-1)!.strain);
  const curves = branches(path);
  return (
    <section class="group" aria-labelledby="stress-title">
      <h2 id="stress-title">Stress against strain</h2>
      <Plot
        title={`Stress against strain with ${matched.value.length} events`}
        x={linearScale(0, far * 1.04, 5)}
        y={linearScale(low - room, high + 2 * room, 5)}
        xLabel="strain γ"
        yLabel="stress σ"
        height={200}
        curves={curves}
        {...(now && { cursor: now.strain })}
        marks={matched.value.map((event) => ({
          x: event.strain,
          y: event.stressBefore,
          label: String(event.ordinal),
          active: event.ordinal === chosenEvent.value,
        }))}
      />
    </section>
  );
}

/** Each elastic branch, and the falls between them. */
function branches(path: readonly { strain: number; stress: number; events: number }[]) {
  const parts: { x: number[]; y: number[]; tone: "main" | "faint" }[] = [];
  path.forEach(({ strain, stress, events }, k) => {
    const before = path[k - 1];
    if (!before || before.events !== events) {
      if (before) parts.push({ x: [before.strain, strain], y: [before.stress, stress], tone: "faint" });
      parts.push({ x: [], y: [], tone: "main" });
    }
    parts.at(-1)!.x.push(strain);
    parts.at(-1)!.y.push(stress);
  });
  return parts;
}

function Events(): JSX.Element {
  const list = matched.value;
  const withModes = modes.value !== undefined;
  return (
    <section class="group" aria-labelledby="events-title">
      <h2 id="events-title">Events</h2>
      {list.length === 0 ? (
        <p class="hint">None so far.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls
        <section class="table" aria-labelledby="events-title" tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">no.</th>
                <th scope="col">γ</th>
                <th scope="col">drop</th>
                <th scope="col">spot</th>
                <th scope="col">Δε</th>
                <th scope="col">away</th>
                {withModes && <th scope="col">modes’ spot</th>}
              </tr>
            </thead>
            <tbody>
              {list.map((event) => (
                <tr key={event.ordinal} class={event.ordinal === chosenEvent.value ? "chosen" : ""}>
                  <th scope="row">
                    <button
                      type="button"
                      class="quiet small"
                      aria-pressed={event.ordinal === chosenEvent.value}
                      aria-label={`Event ${event.ordinal}: show its displacement field`}
                      onClick={() => chooseEvent(event.ordinal)}
                    >
                      {event.ordinal}
                    </button>
                  </th>
                  <td>{event.strain.toFixed(5)}</td>
                  <td>{number(event.drop, 3)}</td>
                  <td>{event.nearest?.rank ?? "–"}</td>
                  <td>{event.nearest ? number(event.nearest.standardized, 3) : "–"}</td>
                  <td>{event.nearest ? number(event.nearest.distance, 3) : "–"}</td>
                  {withModes && <td>{event.nearestModes?.rank ?? "–"}</td>}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <p class="hint">
        Spot: rank of the soft spot of the unsheared glass nearest to the particle that moved most. Choose a
        number to see the event’s displacement field.
      </p>
      {!withModes && list.length > 0 && (
        <button
          type="button"
          class="quiet"
          disabled={work.value !== undefined || playing.value}
          onClick={() => void findModes()}
        >
          Compare with the modes
        </button>
      )}
    </section>
  );
}
