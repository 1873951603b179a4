import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Scale } from "./scale.ts";

export interface Curve {
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Class of the path: its colour. */
  readonly tone?: "main" | "second" | "guide" | "faint";
  readonly dots?: boolean;
}

export interface Mark {
  readonly x: number;
  readonly y: number;
  readonly label: string;
  readonly active?: boolean;
  readonly onSelect?: () => void;
}

interface PlotProps {
  /** What the plot shows, for those who cannot see it. */
  readonly title: string;
  readonly x: Scale;
  readonly y: Scale;
  readonly xLabel: ComponentChildren;
  readonly yLabel: ComponentChildren;
  readonly curves: readonly Curve[];
  readonly marks?: readonly Mark[];
  /** Text at a point of the plane. */
  readonly notes?: readonly { readonly x: number; readonly y: number; readonly text: string }[];
  /** A vertical line. */
  readonly cursor?: number;
  readonly height?: number;
}

const PAD = { right: 10, top: 20, bottom: 34 };
/** Pixels of a digit of the tick labels, at most. */
const DIGIT = 6.6;

/** A small plot in SVG: axes, curves, marks that can be chosen. */
export function Plot(props: PlotProps): JSX.Element {
  const { title, x, y, curves, marks = [], notes = [], height = 150 } = props;
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(300);
  useLayoutEffect(() => {
    const element = frame.current!;
    const measure = () => setWidth(Math.max(180, element.clientWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const left = Math.max(46, 10 + DIGIT * Math.max(0, ...y.ticks.map(({ label }) => label.length)));
  const [w, h] = [width - left - PAD.right, height - PAD.top - PAD.bottom];
  const px = (value: number) => left + w * x.at(value);
  const py = (value: number) => PAD.top + h * (1 - y.at(value));
  const levels = labelLevels(marks.map((mark) => px(mark.x)));
  return (
    <div ref={frame} class="plot">
      <svg width={width} height={height} role="img" aria-label={title}>
        <g class="axes">
          {x.ticks.map(({ value, label }) => (
            <g key={label}>
              <line x1={px(value)} x2={px(value)} y1={PAD.top} y2={PAD.top + h} class="grid" />
              <text
                x={Math.min(px(value), width - (DIGIT * label.length) / 2)}
                y={PAD.top + h + 14}
                text-anchor="middle"
              >
                {label}
              </text>
            </g>
          ))}
          {y.ticks.map(({ value, label }) => (
            <g key={label}>
              <line x1={left} x2={left + w} y1={py(value)} y2={py(value)} class="grid" />
              <text x={left - 6} y={py(value) + 3.5} text-anchor="end">
                {label}
              </text>
            </g>
          ))}
          <path d={`M${left} ${PAD.top}v${h}h${w}`} class="frame" />
          <text x={left + w} y={height - 4} text-anchor="end" class="name">
            {props.xLabel}
          </text>
          <text x={6} y={11} class="name">
            {props.yLabel}
          </text>
        </g>
        {props.cursor !== undefined && (
          <line x1={px(props.cursor)} x2={px(props.cursor)} y1={PAD.top} y2={PAD.top + h} class="cursor" />
        )}
        {curves.map((curve, k) => (
          <CurvePath key={k} curve={curve} px={px} py={py} />
        ))}
        {notes.map((note) => (
          <text key={note.text} x={px(note.x)} y={py(note.y)} class="note">
            {note.text}
          </text>
        ))}
        {marks.map((mark, k) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: the table of events has the same by keyboard
          <g key={mark.label} class={mark.active ? "mark active" : "mark"} onClick={mark.onSelect}>
            <circle cx={px(mark.x)} cy={py(mark.y)} r={mark.active ? 5 : 3.5} />
            <circle cx={px(mark.x)} cy={py(mark.y)} r={12} class="reach" />
            <text x={px(mark.x) + 6} y={py(mark.y) + LABEL_LEVELS[levels[k] % LABEL_LEVELS.length]}>
              {mark.label}
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
}

/** Pixels from a mark to its label: above, below, further above, further below. */
const LABEL_LEVELS = [-5, 14, -17, 26];
/** Labels nearer than this, in pixels, would stand in each other. */
const LABEL_WIDTH = 13;

/** The level of each label, from left to right: the lowest that no near one has. */
function labelLevels(places: readonly number[]): number[] {
  const levels: number[] = [];
  places.forEach((x, k) => {
    const near = levels.filter((_, other) => Math.abs(places[other] - x) < LABEL_WIDTH);
    levels[k] = [0, 1, 2, 3].find((level) => !near.includes(level)) ?? 0;
  });
  return levels;
}

type Place = (value: number) => number;

function CurvePath({ curve, px, py }: { curve: Curve; px: Place; py: Place }): JSX.Element {
  const { x, y, tone = "main", dots } = curve;
  // A line through one point would not be seen.
  if (dots || x.length === 1) {
    return (
      <g class={`dots ${tone}`}>
        {x.map((value, k) => (
          <circle key={k} cx={px(value)} cy={py(y[k])} r={2.2} />
        ))}
      </g>
    );
  }
  let path = "";
  let pen = false;
  for (let k = 0; k < x.length; k++) {
    const [a, b] = [px(x[k]), py(y[k])];
    if (!Number.isFinite(a) || !Number.isFinite(b)) {
      pen = false;
      continue;
    }
    path += `${pen ? "L" : "M"}${a.toFixed(1)} ${b.toFixed(1)}`;
    pen = true;
  }
  return <path d={path} class={`curve ${tone}`} />;
}
