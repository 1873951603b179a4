import type { JSX } from "preact";
import { arrowSaturation, bondSaturation, colourScale, fieldData, sceneView } from "../scene/bind.ts";
import { gradientOf, SEQUENTIAL } from "../scene/palette.ts";
import { sceneTheme } from "../scene/theme.ts";
import { source } from "../state/maps.ts";
import { chosenEvent, readState, sheared, shown } from "../state/shear.ts";
import { number } from "../words.ts";

/** The scales of the layers in view. */
export function Legend(): JSX.Element | null {
  const v = sceneView.value;
  if (!shown.value) return null;
  const theme = sceneTheme.value;
  const field = v.field ? fieldData.value : undefined;
  const scale = v.particles ? colourScale.value : undefined;
  if (!v.bonds && !v.arrows && !field && !scale) return null;
  return (
    <div class="legend">
      {v.bonds && (
        <div>
          <span>
            <var>E</var> of bonds
          </span>
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
          <span class="ends">
            ≤ −{number(bondSaturation.value, 2)} … ≥ {number(bondSaturation.value, 2)}
          </span>
        </div>
      )}
      {field && <Ramp name={fieldName()} stops={theme.heat} low={field.low} high={field.high} />}
      {v.arrows && (
        <div>
          <span>
            {chosenEvent.value ? `Displacement, event ${chosenEvent.value}` : "X, thermal displacement"}
          </span>
          <svg width="46" height="14" aria-hidden="true">
            <path d="M2 7H34M28 2L44 7L28 12Z" stroke={theme.arrow} fill={theme.arrow} stroke-width="2" />
          </svg>
          <span class="ends">
            {number(arrowSaturation.value, 2)} {chosenEvent.value ? "λ" : "λ/ε"}
            {v.arrowLog ? ", log lengths" : ""}
          </span>
        </div>
      )}
      {scale && (
        <Ramp name={scale.title} stops={SEQUENTIAL} low={scale.low} high={scale.high} unit={scale.unit} />
      )}
    </div>
  );
}

/** Which field is seen, and of which state. */
function fieldName(): string {
  const name = source.value === "modes" ? "Modes map" : "Softness field";
  if (!sheared.value) return name;
  const strain = readState.value?.strain ?? 0;
  return `${name}, ${strain === 0 ? "unsheared glass" : `at γ = ${number(strain, 4)}`}`;
}

interface RampProps {
  readonly name: string;
  readonly stops: readonly string[];
  readonly low: number;
  readonly high: number;
  readonly unit?: string;
}

function Ramp(props: RampProps): JSX.Element {
  return (
    <div>
      <span>{props.name}</span>
      <i class="ramp" style={{ background: gradientOf(props.stops) }} />
      <span class="ends">
        {number(props.low, 2)} … {number(props.high, 3)} {props.unit}
      </span>
    </div>
  );
}
