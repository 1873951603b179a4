import { bondValues } from "../state/bondvalues.ts";
import { angle, chosenEvent } from "../state/shear.ts";
import { inUnits } from "../state/units.ts";
import { number } from "../words.ts";
import {
  arrowSaturation,
  bondSaturation,
  colourScale,
  fieldData,
  kinds,
  magnification,
  sceneView,
} from "./bind.ts";
import { fieldTitle } from "./fieldtitle.ts";
import { type MarkKey, markKeys } from "./keys.ts";
import { drawBet, drawPin, drawRival, drawSpot, FONT } from "./marksign.ts";
import { type SceneTheme, SEQUENTIAL } from "./palette.ts";
import type { Pen } from "./svgpen.ts";

/** Height of a line of the legend, CSS pixels. */
const LINE = 26;
const [MARGIN, GAP] = [14, 16];
const RAMP = 90;

/** A part of an entry of the legend, with its width; drawn at x, in the middle of its line. */
interface Part {
  readonly width: number;
  readonly draw: (x: number, y: number) => void;
}
type Entry = readonly Part[];

/** The scales and marks that a picture has, in lines of a width. */
export interface PosterLegend {
  readonly height: number;
  readonly draw: (top: number) => void;
}

export function posterLegend(pen: Pen, width: number, theme: SceneTheme): PosterLegend {
  const lines: Entry[][] = [[]];
  let x = MARGIN;
  for (const entry of entriesOf(pen, theme)) {
    const own = widthOf(entry);
    if (x > MARGIN && x + own > width - MARGIN) {
      lines.push([]);
      x = MARGIN;
    }
    lines.at(-1)!.push(entry);
    x += own + GAP;
  }
  return {
    height: lines.length * LINE + 8,
    draw: (top) =>
      lines.forEach((line, k) => {
        let at = MARGIN;
        for (const entry of line) {
          let within = at;
          for (const part of entry) {
            part.draw(within, top + 4 + (k + 0.5) * LINE);
            within += part.width;
          }
          at += widthOf(entry) + GAP;
        }
      }),
  };
}

function widthOf(entry: Entry): number {
  return entry.reduce((sum, { width }) => sum + width, 0);
}

function entriesOf(pen: Pen, theme: SceneTheme): Entry[] {
  const v = sceneView.value;
  const text = (words: string): Part => {
    pen.font = `12px ${FONT}`;
    return {
      width: pen.measureText(words).width + 7,
      draw: (x, y) => {
        pen.textAlign = "left";
        pen.textBaseline = "middle";
        pen.font = `12px ${FONT}`;
        pen.fillStyle = theme.positive;
        pen.fillText(words, x, y);
      },
    };
  };
  const ramp = (stops: readonly string[]): Part => ({
    width: RAMP + 7,
    draw: (x, y) => {
      const fill = pen.createLinearGradient(x, 0, x + RAMP, 0);
      stops.forEach((stop, k) => {
        fill.addColorStop(k / (stops.length - 1), stop);
      });
      pen.fillStyle = fill;
      pen.fillRect(x, y - 5, RAMP, 10);
      pen.strokeStyle = theme.outline;
      pen.lineWidth = 0.5;
      pen.strokeRect(x, y - 5, RAMP, 10);
    },
  });
  const entries: Entry[] = [];
  const field = v.field ? fieldData.value : undefined;
  if (field)
    entries.push([
      text(`${fieldTitle()}: stiff ${number(field.low, 2)}`),
      ramp(field.decades > 0.05 ? [...theme.heat, theme.glow] : theme.heat),
      text(`${number(field.high, 3)} soft`),
    ]);
  for (const key of markKeys.value) entries.push([signOf(pen, key, theme), text(key.words)]);
  if (v.bonds) {
    const most = number(bondSaturation.value, 2);
    entries.push([
      text(
        bondValues.value?.slope
          ? `dE/dγ of bonds at ${angle.value}°: −${most}`
          : `bonds by heat E: lose −${most}`,
      ),
      ramp([theme.negative, theme.background, theme.positive]),
      text(bondValues.value?.slope ? most : `${most} take up`),
    ]);
  }
  for (const { words, colour, size } of kinds.value)
    entries.push([disc(pen, colour, size, theme), text(words)]);
  if (v.arrows) {
    const event = chosenEvent.value;
    const most = number(arrowSaturation.value, 2);
    entries.push([
      text(
        event === undefined
          ? `X: longest ${most} ${inUnits("λ/ε")}`
          : `jumps at event ${event}, drawn ${number(magnification.value, 2)} times longer: at most ${most} ${inUnits("λ")}`,
      ),
    ]);
  }
  const scale = v.particles ? colourScale.value : undefined;
  if (scale)
    entries.push([
      text(`${scale.title} ${number(scale.low, 2)}`),
      ramp(SEQUENTIAL),
      text(`${number(scale.high, 3)} ${scale.unit}`),
    ]);
  return entries;
}

function disc(pen: Pen, colour: string, size: number, theme: SceneTheme): Part {
  return {
    width: 20,
    draw: (x, y) => {
      pen.beginPath();
      pen.arc(x + 7, y, 6.5 * size, 0, 2 * Math.PI);
      pen.fillStyle = colour;
      pen.fill();
      pen.strokeStyle = theme.outline;
      pen.lineWidth = 1;
      pen.stroke();
    },
  };
}

function signOf(pen: Pen, { kind }: MarkKey, theme: SceneTheme): Part {
  const middle = (draw: (x: number, y: number) => void): Part => ({
    width: kind === "bet" ? 40 : 28,
    draw: (x, y) => draw(x + (kind === "bet" ? 17 : 11), y),
  });
  if (kind === "spot")
    return middle((x, y) =>
      drawSpot(
        pen,
        { name: "1", x, y, radius: 8, first: true, fill: theme.background, ink: theme.positive },
        theme,
      ),
    );
  if (kind === "event") return middle((x, y) => drawPin(pen, undefined, x, y + 11));
  if (kind === "bet") return middle((x, y) => drawBet(pen, x, y, theme));
  return middle((x, y) => drawRival(pen, x, y, theme));
}
