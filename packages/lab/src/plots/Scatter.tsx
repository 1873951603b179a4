import type { ComponentChildren, JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Scale } from "./scale.ts";

interface ScatterProps {
  /** What the plot shows, for those who cannot see it. */
  readonly title: string;
  /** Of both axes. */
  readonly scale: Scale;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Half length of the bar of each. */
  readonly error: Float64Array;
  readonly xLabel: ComponentChildren;
  readonly yLabel: ComponentChildren;
  /** Drawn larger. */
  readonly chosen?: number | undefined;
  readonly height?: number;
  readonly colours: { readonly point: string; readonly chosen: string };
}

const PAD = { left: 40, right: 10, top: 20, bottom: 34 };

/** Thousands of points against the diagonal, with their errors; on a canvas, as an SVG of so many would be slow. */
export function Scatter(props: ScatterProps): JSX.Element {
  const { title, scale, height = 250 } = props;
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [width, setWidth] = useState(300);
  useLayoutEffect(() => {
    const element = frame.current!;
    const measure = () => setWidth(Math.max(180, element.clientWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const [w, h] = [width - PAD.left - PAD.right, height - PAD.top - PAD.bottom];
  useEffect(() => {
    if (canvas.current) drawPoints(canvas.current, w, h, props);
  });
  return (
    <div ref={frame} class="plot scatter">
      <canvas
        ref={canvas}
        style={{ left: `${PAD.left}px`, top: `${PAD.top}px`, width: `${w}px`, height: `${h}px` }}
      />
      <svg width={width} height={height} role="img" aria-label={title}>
        <g class="axes">
          {scale.ticks.map(({ value, label }) => (
            <g key={label}>
              <text x={PAD.left + w * scale.at(value)} y={PAD.top + h + 14} text-anchor="middle">
                {label}
              </text>
              <text x={PAD.left - 6} y={PAD.top + h * (1 - scale.at(value)) + 3.5} text-anchor="end">
                {label}
              </text>
            </g>
          ))}
          <path d={`M${PAD.left} ${PAD.top + h}L${PAD.left + w} ${PAD.top}`} class="curve guide" />
          <path d={`M${PAD.left} ${PAD.top}v${h}h${w}`} class="frame" />
          <text x={PAD.left + w} y={height - 4} text-anchor="end" class="name">
            {props.xLabel}
          </text>
          <text x={6} y={11} class="name">
            {props.yLabel}
          </text>
        </g>
      </svg>
    </div>
  );
}

function drawPoints(canvas: HTMLCanvasElement, w: number, h: number, props: ScatterProps): void {
  const { x, y, error, scale, chosen, colours } = props;
  const ratio = Math.min(2, window.devicePixelRatio || 1);
  canvas.width = Math.round(w * ratio);
  canvas.height = Math.round(h * ratio);
  const pen = canvas.getContext("2d");
  if (!pen) return;
  pen.scale(ratio, ratio);
  const px = (value: number) => w * scale.at(value);
  const py = (value: number) => h * (1 - scale.at(value));
  const point = (k: number, radius: number, colour: string): void => {
    const [a, b] = [px(x[k]), py(y[k])];
    pen.strokeStyle = colour;
    pen.fillStyle = colour;
    if (Number.isFinite(error[k])) {
      pen.beginPath();
      pen.moveTo(a, py(y[k] - error[k]));
      pen.lineTo(a, py(y[k] + error[k]));
      pen.stroke();
    }
    pen.beginPath();
    pen.arc(a, b, radius, 0, 2 * Math.PI);
    pen.fill();
  };
  pen.globalAlpha = 0.45;
  pen.lineWidth = 0.8;
  for (let k = 0; k < x.length; k++) if (k !== chosen) point(k, 1.4, colours.point);
  pen.globalAlpha = 1;
  pen.lineWidth = 2;
  if (chosen !== undefined && chosen < x.length) point(chosen, 4, colours.chosen);
}
