import type { JSX } from "preact";
import { distribution } from "../plots/distribution.ts";
import { Plot } from "../plots/Plot.tsx";
import { logScale } from "../plots/scale.ts";
import { bondThreshold, COLOURING_WORDS } from "../scene/bind.ts";
import { findModes, glass, modes, reading, spots } from "../state/glass.ts";
import { number, pointed } from "../state/hover.ts";
import { type Colouring, type FieldSource, setView, VIEW_DEFAULTS, view } from "../state/view.ts";
import { work } from "../state/work.ts";
import { Select, Slider, Toggle } from "./controls.tsx";

/** What the glass is like: layers, scales, distribution, spots. */
export function ReadPanel(): JSX.Element {
  const now = reading.value;
  if (!now) {
    return (
      <section class="group">
        <h2>Read</h2>
        <p class="hint">
          {glass.value
            ? "The local thermal energies of this glass are not known."
            : "There is no glass yet: make one, or open one."}
        </p>
      </section>
    );
  }
  return (
    <>
      <Layers />
      <Spots />
      <Distribution />
      <Numbers />
    </>
  );
}

function Layers(): JSX.Element {
  const v = view.value;
  const spatial = glass.value?.system.box.dimension === 3;
  return (
    <section class="group" aria-labelledby="layers-title">
      <h2 id="layers-title">Layers</h2>
      <div class="toggles">
        <Toggle
          label={
            <>
              <var>E</var> as bonds
            </>
          }
          checked={v.bonds}
          onChange={(bonds) => setView({ bonds })}
        />
        <Toggle label="X as arrows" checked={v.arrows} onChange={(arrows) => setView({ arrows })} />
        <Toggle label="Softness field" checked={v.field} onChange={(field) => setView({ field })} />
        <Toggle label="Soft spots" checked={v.spots} onChange={(shown) => setView({ spots: shown })} />
        <Toggle label="Particles" checked={v.particles} onChange={(particles) => setView({ particles })} />
        <Toggle label="Smooth field" checked={v.smooth} onChange={(smooth) => setView({ smooth })} />
      </div>
      <div class="columns">
        <Select<Colouring>
          label="Particles by"
          value={v.colouring}
          options={(Object.keys(COLOURING_WORDS) as Colouring[]).map(
            (key) => [key, COLOURING_WORDS[key]] as const,
          )}
          onChange={(colouring) => setView({ colouring, particles: true, field: colouring === "species" })}
        />
        <Select<FieldSource>
          label="Field and spots from"
          value={v.source}
          options={[
            ["lte", "E of bonds"],
            ["modes", "Lowest modes"],
          ]}
          onChange={(source) => {
            setView({ source });
            if (source === "modes" && !modes.value) void findModes();
          }}
        />
      </div>
      {v.source === "modes" && !modes.value && !work.value && (
        <p class="notice">
          The modes of this glass are not known yet.{" "}
          <button type="button" onClick={() => void findModes()}>
            Compute them
          </button>
        </p>
      )}
      <details>
        <summary>Scales and thresholds</summary>
        <Slider
          label="Bond strength"
          value={Math.log2(v.gain)}
          min={-4}
          max={4}
          step={0.25}
          shown={`×${number(v.gain, 2)}`}
          onInput={(power) => setView({ gain: 2 ** power })}
        />
        <Slider
          label="Bonds with |E| above"
          value={bondThreshold.value}
          min={0}
          max={4}
          step={0.05}
          shown={`${v.threshold < 0 ? "automatic, " : ""}${bondThreshold.value.toFixed(2)}`}
          onInput={(threshold) => setView({ threshold })}
        />
        <Slider
          label="Field keeps |E| above"
          value={v.kept}
          min={0}
          max={3}
          step={0.05}
          shown={v.kept.toFixed(2)}
          onInput={(kept) => setView({ kept })}
        />
        <Slider
          label="Arrow length"
          value={Math.log2(v.arrowGain)}
          min={-3}
          max={3}
          step={0.25}
          shown={`×${number(v.arrowGain, 2)}`}
          onInput={(power) => setView({ arrowGain: 2 ** power })}
        />
        <Toggle
          label="Logarithmic arrow lengths"
          checked={v.arrowLog}
          onChange={(arrowLog) => setView({ arrowLog })}
        />
        <Slider
          label="Spots shown"
          value={v.spotCount}
          min={1}
          max={60}
          step={1}
          shown={String(v.spotCount)}
          onInput={(spotCount) => setView({ spotCount })}
        />
      </details>
      {spatial && (
        <>
          <Slider
            label="Slab thickness"
            value={v.slabThickness}
            min={0.05}
            max={1}
            step={0.05}
            shown={v.slabThickness === 1 ? "whole box" : `${Math.round(100 * v.slabThickness)} %`}
            onInput={(slabThickness) => setView({ slabThickness })}
          />
          <Slider
            label="Slab and field at z"
            value={v.slabCentre}
            min={0}
            max={1}
            step={0.01}
            shown={`${Math.round(100 * v.slabCentre)} %`}
            onInput={(slabCentre) => setView({ slabCentre })}
          />
        </>
      )}
      <button type="button" class="quiet" onClick={() => setView(VIEW_DEFAULTS)}>
        Back to defaults
      </button>
    </section>
  );
}

function Spots(): JSX.Element | null {
  const found = spots.value;
  const v = view.value;
  if (!found) return null;
  const rows = found.spots.slice(0, v.spotCount);
  return (
    <section class="group" aria-labelledby="spots-title">
      <h2 id="spots-title">{v.source === "modes" ? "Spots of the modes" : "Soft spots"}</h2>
      {found.status === "no-maxima" ? (
        <p class="hint">There are none: {found.reason}.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls
        <section class="table" aria-labelledby="spots-title" tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">rank</th>
                <th scope="col">score η</th>
                <th scope="col">Δε</th>
                <th scope="col">at</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ rank, score, standardized, position }) => {
                const what = pointed.value?.what;
                return (
                  <tr key={rank} class={what?.kind === "spot" && what.rank === rank ? "chosen" : ""}>
                    <th scope="row">{rank}</th>
                    <td>{number(score, 4)}</td>
                    <td>{number(standardized, 4)}</td>
                    <td>{Array.from(position, (x) => number(x, 3)).join(", ")}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </section>
      )}
      <p class="hint">{found.spots.length} in all; Δε = η₁/η is 1 for the softest.</p>
    </section>
  );
}

function Distribution(): JSX.Element {
  const now = reading.value!;
  const { x, y, guide } = distribution(now.lte);
  const top = Math.max(...y.filter(Number.isFinite), 1e-3);
  const bottom = Math.min(...y.filter((p) => p > 0), 1e-3);
  return (
    <section class="group" aria-labelledby="distribution-title">
      <h2 id="distribution-title">Distribution of E</h2>
      <Plot
        title="Probability density of positive local thermal energies on logarithmic axes, with a guide of slope −9/4"
        x={logScale(0.1, Math.max(10, (x.at(-1) ?? 10) * 1.3))}
        y={logScale(bottom / 2, top * 2)}
        xLabel="E"
        yLabel="p(E)"
        height={190}
        curves={[
          { x: guide.x, y: guide.y, tone: "guide" },
          { x, y, dots: true },
        ]}
        notes={guide.x.length > 0 ? [{ x: guide.x[0]! * 1.15, y: guide.y[0]! * 1.1, text: "E⁻⁹ᐟ⁴" }] : []}
      />
    </section>
  );
}

function Numbers(): JSX.Element {
  const now = reading.value!;
  let [low, high, kept] = [0, 0, 0];
  now.lte.forEach((value, m) => {
    if (value < now.lte[low]!) low = m;
    if (value > now.lte[high]!) high = m;
    if (Math.abs(value) >= view.value.kept) kept++;
  });
  const bond = (m: number) =>
    `${number(now.lte[m]!)} (bond ${now.interactions.i[m]}–${now.interactions.j[m]})`;
  const rows: readonly (readonly [string, string])[] = [
    ["Bonds", `${now.lte.length}, of them ${kept} with |E| ≥ ${view.value.kept}`],
    ["Highest E", bond(high)],
    ["Lowest E", bond(low)],
    ["Energy a particle", number(now.energy / now.system.species.length, 9)],
    ["Pressure", number(now.pressure, 6)],
    ["Residual force", `${number(now.residual, 2)} of the typical one`],
    ...(now.polishSteps > 0
      ? [
          [
            "Polished",
            `${now.polishSteps} Newton steps, no particle moved by more than ${number(now.moved, 3)}`,
          ] as const,
        ]
      : []),
    ...(now.rattlers.length > 0 ? [["Rattlers left out", String(now.rattlers.length)] as const] : []),
    ["Sum rule Σ E = Nd − d", `holds to ${number(now.sumRuleError, 2)}`],
    ["Computed in", `${Math.round(now.seconds.total * 1000)} ms`],
  ];
  return (
    <section class="group" aria-labelledby="numbers-title">
      <h2 id="numbers-title">In numbers</h2>
      <dl class="numbers">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
