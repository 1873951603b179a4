import type { JSX } from "preact";
import { allEnergies } from "../engine/particles.ts";
import { distribution } from "../plots/distribution.ts";
import { Plot } from "../plots/Plot.tsx";
import { logScale } from "../plots/scale.ts";
import { showSpot } from "../scene/walk.ts";
import { spotAt } from "../state/corner.ts";
import { shelf } from "../state/files.ts";
import { glass } from "../state/glass.ts";
import { wordsOf } from "../state/indicators.ts";
import { map, source } from "../state/maps.ts";
import { frames } from "../state/opening.ts";
import { pointed } from "../state/pointed.ts";
import { read } from "../state/reading.ts";
import { reading, readState } from "../state/shear.ts";
import { inUnits } from "../state/units.ts";
import { view } from "../state/view.ts";
import { work } from "../state/work.ts";
import { number } from "../words.ts";
import { Forecast } from "./Forecast.tsx";
import { Facts, Group, NumberTable } from "./Group.tsx";
import { Layers } from "./Layers.tsx";
import { Term } from "./Term.tsx";
import { Trajectory } from "./Trajectory.tsx";
import { WarmGroup } from "./WarmGroup.tsx";

/** What the glass is like: layers, scales, distribution, spots. */
export function ReadPanel(): JSX.Element {
  if (!reading.value) {
    return (
      <Group title="Read" id="read-title">
        <Unread />
      </Group>
    );
  }
  return (
    <>
      {((frames.value ?? 1) > 1 || shelf.value.length > 1) && glass.value?.origin.kind === "file" && (
        <Group title="Files and frames" id="frames-title">
          <Trajectory />
        </Group>
      )}
      <Forecast />
      <Layers />
      <Spots />
      <WarmGroup />
      <Distribution />
      <Numbers />
    </>
  );
}

/** Why there is nothing to see yet, and the way to it. */
export function Unread(): JSX.Element {
  if (!glass.value) return <p class="hint">There is no glass yet: make one, or open one.</p>;
  if (work.value) return <p class="hint">The local thermal energies of this glass are not known yet.</p>;
  return (
    <>
      <p class="hint">The local thermal energies of this glass are not known yet.</p>
      <button type="button" class="primary" onClick={() => void read()}>
        Read the glass
      </button>
    </>
  );
}

function Spots(): JSX.Element | null {
  const found = map.value;
  if (!found) return null;
  const { spotCount } = view.value;
  const strain = readState.value?.strain ?? 0;
  const when = strain === 0 ? "" : ` at γ = ${number(strain, 4)}`;
  const what = pointed.value?.what;
  const chosen = what?.kind === "spot" ? what.rank : undefined;
  const rows = found.marks.slice(0, spotCount);
  return (
    <Group title={`${wordsOf(source.value).spots}${when}`} id="spots-title">
      {found.spots.status === "no-maxima" ? (
        <p class="hint">There are none: {found.spots.reason}. Soft spots take some 300 particles or more.</p>
      ) : (
        <>
          <NumberTable
            labelledBy="spots-title"
            columns={[["spot"], ["softness η"], ["Δε"], ["at", inUnits("λ")]]}
          >
            {rows.map(({ rank, name, score, standardized, position }) => (
              <tr key={rank} class={rank === chosen ? "chosen" : ""}>
                <th scope="row">
                  <button
                    type="button"
                    class="quiet small"
                    aria-label={`Spot ${name}: show it in the picture`}
                    onClick={() => showSpot(rank)}
                  >
                    {name}
                  </button>
                </th>
                <td>{score.toPrecision(4)}</td>
                <td>{standardized.toFixed(3)}</td>
                <td>{Array.from(spotAt(position), (x) => x.toFixed(1).replace("-", "−")).join(", ")}</td>
              </tr>
            ))}
          </NumberTable>
          <p class="hint">
            {rows.length < found.marks.length
              ? `The ${rows.length} softest of ${found.marks.length}, softest first (more: Scales and thresholds)`
              : `${found.marks.length} in all, softest first`}
            . <Term word="η">η</Term>: the map’s value there; <Term word="Δε">Δε</Term>: how many times softer
            the softest is. At: the middle of its cell, as the file counts; the downloaded table has SI D’s
            noise of one cell on it.
          </p>
        </>
      )}
    </Group>
  );
}

function Distribution(): JSX.Element {
  const { x, y, guide } = distribution(allEnergies(reading.value!.energies));
  const top = Math.max(...y.filter(Number.isFinite), 1e-3);
  const bottom = Math.min(...y.filter((p) => p > 0), 1e-3);
  return (
    <Group title="Distribution of E" id="distribution-title">
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
        notes={guide.x.length > 0 ? [{ x: guide.x[0] * 1.15, y: guide.y[0] * 1.1, text: "E⁻⁹ᐟ⁴" }] : []}
      />
    </Group>
  );
}

/** Where the lowest and the highest of values stand. */
function extremes(values: Float64Array): [number, number] {
  let [low, high] = [0, 0];
  values.forEach((value, k) => {
    if (value < values[low]) low = k;
    if (value > values[high]) high = k;
  });
  return [low, high];
}

/** "3–7" of a pair; of three particles the first, the centre, stands in the middle. */
function named(members: readonly Int32Array[], term: number): string {
  const [first, ...others] = members.map((list) => list[term]);
  return (others.length === 2 ? [others[0], first, others[1]] : [first, ...others]).join("–");
}

function capital(word: string): string {
  return word[0].toUpperCase() + word.slice(1);
}

function Numbers(): JSX.Element {
  const now = reading.value!;
  const { dimension } = now.system.box;
  const least = view.value.kept;
  const kept = (values: Float64Array) => values.filter((e) => Math.abs(e) >= least).length;
  const counted = (values: Float64Array) =>
    `${values.length}, of them ${kept(values)} with |E| ≥ ${number(least)}`;
  const rows: [string, string][] = [
    ...now.energies.flatMap(({ kind, sites, lte }, f): [string, string][] => {
      const [low, high] = extremes(lte);
      const term = (t: number) => `${number(lte[t])} (${kind.noun} ${named(sites.members, t)})`;
      const of = f === 0 ? "" : ` of ${kind.name}`;
      return [
        [capital(kind.name), counted(lte)],
        [`Highest E${of}`, term(high)],
        [`Lowest E${of}`, term(low)],
      ];
    }),
    ["Energy a particle", `${number(now.energy / now.system.species.length, 9)} ${inUnits("ε")}`],
    ["Pressure", `${number(now.pressure, 6)} ${inUnits(dimension === 2 ? "ε/λ²" : "ε/λ³")}`],
    ["Residual force", `${number(now.residual, 2)} of the typical one`],
  ];
  if (now.refineSteps > 0) {
    const steps = `${now.refineSteps} Newton step${now.refineSteps === 1 ? "" : "s"}`;
    rows.push([
      "Refined",
      `${steps}, no particle moved by more than ${number(now.moved, 3)} ${inUnits("λ")}`,
    ]);
  }
  if (now.rattlers.length > 0) rows.push(["Rattlers left out", String(now.rattlers.length)]);
  rows.push(
    ["Sum rule Σ E = Nd − d", `holds to ${number(now.sumRuleError, 2)}`],
    ["Computed in", `${Math.round(now.seconds.total * 1000)} ms`],
  );
  return (
    <Group title="In numbers" id="numbers-title">
      <Facts class="numbers" rows={rows} />
      <p class="hint">
        E counts in k<sub>B</sub>T and is a pure number; {inUnits("ε")} and {inUnits("λ")} are the model’s
        energy and length.
      </p>
    </Group>
  );
}
