import type { SceneTheme } from "./palette.ts";
import type { Pen } from "./svgpen.ts";

export const FONT = "system-ui, sans-serif";

/** As in the page's style. */
const EVENT = "#f5b700";
const EVENT_INK = "#1a1300";

function circle(pen: Pen, x: number, y: number, radius: number): void {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
}

function word(pen: Pen, text: string, x: number, y: number, font: string): void {
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.font = `650 ${font} ${FONT}`;
  pen.fillText(text, x, y);
}

/** What a numbered circle looks like. */
interface SpotLook {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly first: boolean;
  readonly fill: string;
  readonly ink: string;
}

/** A numbered circle; the softest has a thicker rim. */
export function drawSpot(
  pen: Pen,
  { name, x, y, radius, first, fill, ink }: SpotLook,
  theme: SceneTheme,
): void {
  circle(pen, x, y, radius + 2);
  pen.fillStyle = theme.background;
  pen.fill();
  circle(pen, x, y, radius);
  pen.fillStyle = fill;
  pen.fill();
  pen.strokeStyle = theme.positive;
  pen.lineWidth = first ? 3 : 1.8;
  pen.stroke();
  pen.fillStyle = ink;
  word(pen, name, x, y + 0.5, radius >= 10 ? "10.5px" : "9px");
}

/** A pin whose point is at the event. */
export function drawPin(pen: Pen, ordinal: number | undefined, x: number, y: number): void {
  pen.beginPath();
  pen.moveTo(x, y - 2);
  pen.lineTo(x + 11, y - 23);
  pen.lineTo(x - 11, y - 23);
  pen.closePath();
  pen.fillStyle = EVENT;
  pen.fill();
  pen.strokeStyle = EVENT_INK;
  pen.lineWidth = 1.4;
  pen.stroke();
  circle(pen, x, y, 2.5);
  pen.fill();
  pen.stroke();
  if (ordinal === undefined) return;
  pen.fillStyle = EVENT_INK;
  word(pen, String(ordinal), x, y - 15.5, "11px");
}

/** A cross hair. */
export function drawBet(pen: Pen, x: number, y: number, theme: SceneTheme): void {
  circle(pen, x, y, 11);
  for (const [a, b] of [
    [-1, 0],
    [1, 0],
    [0, -1],
    [0, 1],
  ]) {
    pen.moveTo(x + 6 * a, y + 6 * b);
    pen.lineTo(x + 17 * a, y + 17 * b);
  }
  pen.strokeStyle = theme.bet;
  pen.lineWidth = 3;
  pen.stroke();
}

/** A square with the letter of the modes. */
export function drawRival(pen: Pen, x: number, y: number, theme: SceneTheme): void {
  pen.fillStyle = theme.background;
  pen.fillRect(x - 8, y - 8, 16, 16);
  pen.strokeStyle = theme.rival;
  pen.lineWidth = 2.2;
  pen.strokeRect(x - 8, y - 8, 16, 16);
  pen.fillStyle = theme.rival;
  word(pen, "M", x, y + 0.5, "10.5px");
}
