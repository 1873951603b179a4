import type { JSX } from "preact";
import { Plot } from "../plots/Plot.tsx";
import { Scatter } from "../plots/Scatter.tsx";
import { bothWaysScale, extent, linearScale } from "../plots/scale.ts";
import { sceneTheme } from "../scene/theme.ts";
import { pointed } from "../state/pointed.ts";
import { foretelling, sheared } from "../state/shear.ts";
import { inUnits } from "../state/units.ts";
import {
  agreement,
  bondFollowed,
  cool,
  course,
  followedBond,
  magnified,
  sample,
  temperature,
  warm,
  warming,
} from "../state/warm.ts";
import { number } from "../words.ts";
import { Slider } from "./controls.tsx";
import { Group } from "./Group.tsx";

/** Eq. 3 live: the glass is warmed, and every bond's heat is measured against its E. */
export function WarmGroup(): JSX.Element {
  const runs = warming.value;
  const now = sample.value;
  return (
    <Group title="Is it true? Warm it" id="warm-title">
      <p class="hint">
        E says how much heat a bond takes up, from the structure alone. Here the glass is kept at a
        temperature, by molecular dynamics, and the energy of every bond is measured: by Eq. 3 of the paper,
        [⟨ε⟩ − ε⁰]/½k
        <sub>B</sub>T tends to E.
      </p>
      <Slider
        label="Temperature T"
        value={Math.log10(temperature.value)}
        min={-6}
        max={-0.7}
        step={0.1}
        shown={`${number(temperature.value, 2)} ${inUnits("ε")}/k_B`}
        onInput={(power) => {
          const next = Number((10 ** power).toPrecision(2));
          if (runs) warm(next);
          else temperature.value = next;
        }}
      />
      <div class="row">
        <button
          type="button"
          class={runs ? "" : "primary"}
          disabled={sheared.value}
          onClick={() => (runs ? cool() : warm(temperature.value))}
        >
          {runs ? "Let it rest" : now ? "Warm it again" : "Warm it"}
        </button>
        {magnified.value !== undefined && magnified.value > 1 && runs && (
          <span class="pace">motion drawn ×{magnified.value}</span>
        )}
      </div>
      {sheared.value && <p class="hint">Of the unsheared glass only: undo the shear first.</p>}
      {now && now.blocks > 0 && <Measured />}
      {now?.hoppedInBlock !== undefined && (
        <p class="notice">
          After {now.hoppedInBlock} blocks the glass left its minimum for another: so warm, Eq. 3 no longer
          speaks of it. What was measured before stays.
        </p>
      )}
    </Group>
  );
}

function Measured(): JSX.Element | null {
  const reading = foretelling.value.reading;
  const now = sample.value;
  if (!reading || !now) return null;
  const [{ lte }] = reading.energies;
  const [{ mean, error }] = now.families;
  const [low, high] = extent(lte);
  const theme = sceneTheme.value;
  const agrees = agreement.value;
  return (
    <>
      <Scatter
        title={`What was measured of each bond against its E: correlation ${agrees ? agrees.correlation.toFixed(4) : "not known yet"}`}
        scale={bothWaysScale(Math.min(-1, 1.4 * low), 1.4 * Math.max(2, high))}
        x={lte}
        y={mean}
        error={error}
        xLabel="E, from the structure"
        yLabel="measured: [⟨ε⟩ − ε⁰]/½T, with its error"
        chosen={bondFollowed.value}
        colours={{ point: theme.arrow, chosen: theme.negative }}
      />
      <p class="verdict" data-testid="agreement">
        {now.blocks} block{now.blocks === 1 ? "" : "s"} of 20 {inUnits("τ₀")}
        {agrees && (
          <>
            : correlation {agrees.correlation.toFixed(agrees.correlation > 0.99 ? 4 : 2)}, misfit χ² ={" "}
            {number(agrees.chi2, 3)} a bond
          </>
        )}
      </p>
      <p class="hint">
        {agrees && agrees.chi2 > 2 && now.blocks > 8
          ? "Beyond the errors: at this temperature terms of higher order in T are felt. Take a lower one, and the points return to the line."
          : "χ² is about 1 where measurement and E differ by no more than the errors of the measurement. They shrink with time: the points gather on the line."}
      </p>
      <BondCourse lte={lte} />
    </>
  );
}

/** One bond's mean so far, with a band of two standard errors, and its E. */
function BondCourse({ lte }: { readonly lte: Float64Array }): JSX.Element | null {
  const bond = bondFollowed.value;
  const now = course.value;
  const pairs = foretelling.value.reading?.pairs;
  if (bond === undefined || !now || !pairs || now.blocks.length < 3) return null;
  const from = 2;
  const [x, mean, error] = [now.blocks.slice(from), now.mean.slice(from), now.error.slice(from)];
  const upper = mean.map((m, k) => m + 2 * error[k]);
  const lower = mean.map((m, k) => m - 2 * error[k]);
  const [low, high] = extent([...upper.slice(1), ...lower.slice(1), lte[bond]]);
  const room = 0.15 * (high - low || 1);
  const what = pointed.value?.what;
  return (
    <>
      <Plot
        title={`Bond ${pairs.i[bond]}–${pairs.j[bond]}: measured ${number(mean.at(-1) ?? 0, 4)} ± ${number(error.at(-1) ?? 0, 2)}, E = ${number(lte[bond], 4)}`}
        x={linearScale(1, Math.max(8, now.blocks.length), 5)}
        y={linearScale(low - room, high + room, 4)}
        xLabel="blocks of time"
        yLabel={`bond ${pairs.i[bond]}–${pairs.j[bond]}: mean so far ± 2 errors; dashed its E = ${number(lte[bond], 4)}`}
        height={150}
        curves={[
          { x, y: upper, tone: "faint" },
          { x, y: lower, tone: "faint" },
          { x, y: mean },
          { x: [1, Math.max(8, now.blocks.length)], y: [lte[bond], lte[bond]], tone: "guide" },
        ]}
      />
      {what?.kind === "bond" && what.index !== bond ? (
        <button
          type="button"
          class="small"
          onClick={() => {
            followedBond.value = what.index;
          }}
        >
          Follow the bond that is pointed at
        </button>
      ) : (
        <p class="hint">Tap a bond in the picture to follow it instead.</p>
      )}
    </>
  );
}
