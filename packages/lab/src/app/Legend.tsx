import type { JSX } from "preact";
import {
  arrowSaturation,
  bondSaturation,
  colourScale,
  fieldData,
  kinds,
  magnification,
  sceneView,
} from "../scene/bind.ts";
import { fieldTitle } from "../scene/fieldtitle.ts";
import { markKeys } from "../scene/keys.ts";
import { gradientOf, SEQUENTIAL } from "../scene/palette.ts";
import { sceneTheme } from "../scene/theme.ts";
import { bondValues } from "../state/bondvalues.ts";
import { asked } from "../state/glossary.ts";
import { angle, chosenEvent, shown } from "../state/shear.ts";
import { inUnits, lengthInWords } from "../state/units.ts";
import { number } from "../words.ts";
import { SIGNS } from "./Signs.tsx";

/** The scales of the layers in view. */
export function Legend(): JSX.Element | null {
  const v = sceneView.value;
  if (!shown.value) return null;
  const theme = sceneTheme.value;
  const field = v.field ? fieldData.value : undefined;
  const scale = v.particles ? colourScale.value : undefined;
  return (
    <div class="legend">
      {field && (
        <Ramp
          name={fieldTitle()}
          stops={theme.heat}
          low={field.low}
          high={field.high}
          words={["stiff", "soft"]}
          {...(field.decades > 0.05 && { glow: theme.glow })}
        />
      )}
      {markKeys.value.map(({ kind, words }) => (
        <div key={kind} class="key">
          {SIGNS[kind]}
          <span>{words}</span>
        </div>
      ))}
      {v.bonds && (
        <div title="Local thermal energy: how much more than its share of heat a bond holds as the glass is warmed a little">
          {bondValues.value?.slope ? (
            <span>
              d<var>E</var>/dγ of bonds at {angle.value}°
            </span>
          ) : (
            <span>
              bonds by heat <var>E</var>: lose
            </span>
          )}
          <span class="ends">−{number(bondSaturation.value, 2)}</span>
          <svg width="112" height="14" aria-hidden="true">
            {[-1, -0.6, -0.3, 0.3, 0.6, 1].map((w, k) => (
              <line
                key={w}
                x1={k * 19 + 2}
                x2={k * 19 + 15}
                y1="7"
                y2="7"
                stroke={w < 0 ? theme.negative : theme.positive}
                stroke-width={1 + 4 * Math.abs(w)}
                stroke-opacity={0.1 + 0.9 * Math.abs(w)}
                stroke-linecap="round"
              />
            ))}
          </svg>
          <span class="ends">{number(bondSaturation.value, 2)}</span>
          {!bondValues.value?.slope && "take up"}
        </div>
      )}
      {kinds.value.length > 0 && (
        <div>
          {kinds.value.map(({ words, colour, size }) => (
            <span key={words} class="key">
              <svg width="16" height="16" viewBox="-8 -8 16 16" aria-hidden="true">
                <circle r={6.5 * size} fill={colour} stroke={theme.outline} />
              </svg>
              {words}
            </span>
          ))}
        </div>
      )}
      {v.arrows && (
        <div>
          <span>
            {chosenEvent.value
              ? `jumps at event ${chosenEvent.value}${v.arrowLog ? "" : `, drawn ${number(magnification.value, 2)} times longer`}`
              : "X, thermal displacement"}
          </span>
          <svg width="46" height="14" aria-hidden="true">
            <path d="M2 7H34M28 2L44 7L28 12Z" stroke={theme.arrow} fill={theme.arrow} stroke-width="2" />
          </svg>
          <span class="ends">
            {chosenEvent.value
              ? lengthInWords(number(arrowSaturation.value, 2))
              : `${number(arrowSaturation.value, 2)} ${inUnits("λ/ε")}`}
            {v.arrowLog ? ", log lengths" : ""}
          </span>
        </div>
      )}
      {scale && (
        <Ramp name={scale.title} stops={SEQUENTIAL} low={scale.low} high={scale.high} unit={scale.unit} />
      )}
      <button
        type="button"
        class="quiet help"
        onClick={() => {
          asked.value = "";
        }}
      >
        What do I see?
      </button>
    </div>
  );
}

interface RampProps {
  readonly name: string;
  readonly stops: readonly string[];
  readonly low: number;
  readonly high: number;
  readonly unit?: string;
  /** What its ends mean. */
  readonly words?: readonly [string, string];
  /** Beyond the upper end. */
  readonly glow?: string;
}

function Ramp(props: RampProps): JSX.Element {
  const [low, high] = props.words ?? [];
  return (
    <div>
      <span>{props.name}</span>
      {low && <span>{low}</span>}
      <span class="ends scale">{number(props.low, 2)}</span>
      <i
        class="ramp"
        style={{ background: gradientOf(props.glow ? [...props.stops, props.glow] : props.stops) }}
      />
      <span class="ends scale">
        {number(props.high, 3)} {props.unit}
      </span>
      {high && <span>{high}</span>}
    </div>
  );
}
