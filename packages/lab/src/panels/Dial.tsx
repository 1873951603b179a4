import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { firstSpots, firsts } from "../state/direction.ts";
import { number } from "../words.ts";

interface DialProps {
  readonly angle: number;
  readonly disabled: boolean;
  readonly onChange: (degrees: number) => void;
}

const SIZE = 176;
const RADIUS = 62;
/** So large a strain is drawn, for the eye. */
const DRAWN = 0.5;

/** Sliding direction of the shear: the circle becomes the ellipse; its long axis is where the glass is stretched. */
export function Dial({ angle, disabled, onChange }: DialProps): JSX.Element {
  const svg = useRef<SVGSVGElement>(null);
  const turn = (event: PointerEvent): void => {
    const box = svg.current!.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left - box.width / 2, box.top + box.height / 2 - event.clientY];
    const degrees = (Math.atan2(y, x) * 180) / Math.PI;
    onChange((Math.round(degrees / 5) * 5 + 360) % 180);
  };
  const t = (angle * Math.PI) / 180;
  // x += γ·y turned by θ, in the picture's coordinates (y up).
  const [c, s] = [Math.cos(t), Math.sin(t)];
  const shear = (px: number, py: number): [number, number] => {
    const [along, across] = [c * px + s * py, -s * px + c * py];
    const moved = along + DRAWN * across;
    return [c * moved - s * across, s * moved + c * across];
  };
  const ellipse = Array.from({ length: 72 }, (_, k) => {
    const [x, y] = shear(Math.cos((k * Math.PI) / 36), Math.sin((k * Math.PI) / 36));
    return `${k === 0 ? "M" : "L"}${(RADIUS * 0.62 * x).toFixed(1)} ${(-RADIUS * 0.62 * y).toFixed(1)}`;
  }).join("");
  const arrow = (side: 1 | -1) => {
    const [ox, oy] = [-s * side * 0.62, c * side * 0.62];
    const [dx, dy] = [c * side * 0.42, s * side * 0.42];
    const at = (k: number) =>
      `${((ox + k * dx) * RADIUS).toFixed(1)} ${(-(oy + k * dy) * RADIUS).toFixed(1)}`;
    return `M${at(-1)}L${at(1)}`;
  };
  return (
    <svg
      ref={svg}
      class={disabled ? "dial disabled" : "dial"}
      viewBox={`${-SIZE / 2} ${-SIZE / 2} ${SIZE} ${SIZE}`}
      width={SIZE}
      height={SIZE}
      role="img"
      aria-label={`Sliding direction ${angle}°: the glass is stretched along ${(angle + 45) % 180}°${firstsInWords()}`}
      onPointerDown={(event) => {
        if (disabled) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        turn(event);
      }}
      onPointerMove={(event) => {
        if (!disabled && event.buttons > 0) turn(event);
      }}
    >
      <defs>
        <marker
          id="dial-head"
          viewBox="0 0 8 8"
          refX="6"
          refY="4"
          markerWidth="5"
          markerHeight="5"
          orient="auto"
        >
          <path d="M0 0L8 4L0 8z" class="head" />
        </marker>
      </defs>
      <circle r={RADIUS * 0.62} class="before" />
      <path d={`${ellipse}Z`} class="after" />
      <path d={arrow(1)} class="slide" marker-end="url(#dial-head)" />
      <path d={arrow(-1)} class="slide" marker-end="url(#dial-head)" />
      <Firsts />
      <line x1={-RADIUS * c} y1={RADIUS * s} x2={RADIUS * c} y2={-RADIUS * s} class="hand" />
      <circle cx={RADIUS * c} cy={-RADIUS * s} r="7" class="grip" />
    </svg>
  );
}

/** The spot that goes first, in every direction that was tried, on a ring about the dial: nearer is sooner. */
function Firsts(): JSX.Element | null {
  const list = firsts.value;
  if (list.length === 0) return null;
  const most = Math.max(...list.map(({ strain }) => strain));
  return (
    <g class="firsts">
      {list.flatMap(({ angle, strain }) =>
        [angle, angle + 180].map((degrees) => {
          const t = (degrees * Math.PI) / 180;
          const r = RADIUS + 7 + 14 * (strain / most);
          return (
            <text key={degrees} x={r * Math.cos(t)} y={-r * Math.sin(t)} dy="0.35em">
              {firstSpots.value.get(angle) ?? "·"}
            </text>
          );
        }),
      )}
    </g>
  );
}

function firstsInWords(): string {
  const list = firsts.value;
  if (list.length === 0) return "";
  const told = list.map(
    ({ angle, strain }) =>
      `${angle}°: spot ${firstSpots.value.get(angle) ?? "none"} at γ = ${number(strain, 2)}`,
  );
  return `; first events by direction: ${told.join(", ")}`;
}
