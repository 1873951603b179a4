import { bondValues } from "../state/bondvalues.ts";
import { wordsOf } from "../state/indicators.ts";
import { map, source } from "../state/maps.ts";
import { angle, chosenEvent, events, inView, readState, sheared } from "../state/shear.ts";
import { inUnits } from "../state/units.ts";
import { view } from "../state/view.ts";
import { number } from "../words.ts";
import { arrowSaturation, bondSaturation, colourScale, fieldData, sceneView } from "./bind.ts";
import { imagePdf } from "./imagepdf.ts";
import { type SceneTheme, SEQUENTIAL } from "./palette.ts";
import type { Scene } from "./scene.ts";
import { particlePlace, spotPlaces } from "./spotplaces.ts";
import { type Pen, SvgPen } from "./svgpen.ts";
import { sceneTheme } from "./theme.ts";

/** The long side of a picture to take away, pixels: what is called 4K. */
const LONG_SIDE = 3840;
/** Height of the strip with the legend, CSS pixels. */
const STRIP = 34;

/** Files that a picture comes as. */
export type PictureKind = "png" | "pdf" | "svg";

/** What is in view, as it is in view, for print: picture, spots, events, scales and a measure of length. */
export async function poster(scene: Scene, kind: PictureKind = "png"): Promise<Blob> {
  const { width, height } = scene.camera;
  const ratio = Math.max(1, LONG_SIDE / Math.max(width, height));
  if (kind === "svg") return new Blob([svgOf(scene, ratio)], { type: "image/svg+xml" });
  const sheet = document.createElement("canvas");
  sheet.width = Math.round(width * ratio);
  sheet.height = Math.round((height + STRIP) * ratio);
  const pen = sheet.getContext("2d");
  if (!pen) throw new Error("The browser gives no canvas to draw the picture on.");
  pen.fillStyle = sceneTheme.value.background;
  pen.fillRect(0, 0, sheet.width, sheet.height);
  scene.drawAt(ratio, (canvas) => pen.drawImage(canvas, 0, 0, sheet.width, Math.round(height * ratio)));
  pen.scale(ratio, ratio);
  drawAbove(pen, scene);
  if (kind === "png") return blobOf(sheet, "image/png");
  const jpeg = await (await blobOf(sheet, "image/jpeg")).arrayBuffer();
  return imagePdf(new Uint8Array(jpeg), sheet.width, sheet.height);
}

/** The picture as an image, with marks and words above it that stay such. */
function svgOf(scene: Scene, ratio: number): string {
  const { width, height } = scene.camera;
  const pen = new SvgPen();
  pen.fillStyle = sceneTheme.value.background;
  pen.fillRect(0, 0, width, height + STRIP);
  scene.drawAt(ratio, (canvas) => pen.image(canvas.toDataURL("image/png"), width, height));
  drawAbove(pen, scene);
  return pen.text(width, height + STRIP);
}

function drawAbove(pen: Pen, scene: Scene): void {
  const theme = sceneTheme.value;
  drawMarks(pen, scene, theme);
  drawMeasure(pen, scene, theme);
  drawLegend(pen, { top: scene.camera.height, theme });
}

function blobOf(sheet: HTMLCanvasElement, type: string): Promise<Blob> {
  return new Promise((resolve, reject) => {
    sheet.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error("The picture could not be made."))),
      type,
      0.94,
    );
  });
}

const FONT = "system-ui, sans-serif";

function drawMarks(pen: Pen, scene: Scene, theme: SceneTheme): void {
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  for (const { rank, x, y } of spotPlaces(scene)) {
    pen.beginPath();
    pen.arc(x, y, rank <= 5 ? 10 : 8, 0, 2 * Math.PI);
    pen.fillStyle = theme.background;
    pen.fill();
    pen.strokeStyle = theme.positive;
    pen.lineWidth = 1.4;
    pen.stroke();
    pen.fillStyle = theme.positive;
    pen.font = `650 ${rank <= 5 ? 10.5 : 9}px ${FONT}`;
    pen.fillText(String(rank), x, y + 0.5);
  }
  for (const { ordinal, particle } of events.value) {
    const place = particlePlace(scene, particle);
    if (!place || (ordinal > (inView.value?.events ?? 0) && ordinal !== chosenEvent.value)) continue;
    const [x, y] = place;
    pen.beginPath();
    pen.moveTo(x, y - 9);
    pen.lineTo(x + 11, y - 29);
    pen.lineTo(x - 11, y - 29);
    pen.closePath();
    pen.fillStyle = EVENT;
    pen.fill();
    pen.strokeStyle = EVENT_INK;
    pen.lineWidth = 1.4;
    pen.stroke();
    pen.beginPath();
    pen.arc(x, y, 2.5, 0, 2 * Math.PI);
    pen.fill();
    pen.stroke();
    pen.fillStyle = EVENT_INK;
    pen.font = `650 11px ${FONT}`;
    pen.fillText(String(ordinal), x, y - 21.5);
  }
}
/** As in the page's style. */
const EVENT = "#f5b700";
const EVENT_INK = "#1a1300";

/** A bar of 1, 2 or 5 times a power of ten λ. */
function drawMeasure(pen: Pen, { camera }: Scene, theme: SceneTheme): void {
  const power = 10 ** Math.floor(Math.log10(camera.width / 6 / camera.zoom));
  const length = [5, 2, 1].map((k) => k * power).find((x) => x * camera.zoom <= camera.width / 6) ?? power;
  const [x, y] = [14, camera.height - 12];
  pen.strokeStyle = theme.positive;
  pen.lineWidth = 2;
  pen.beginPath();
  pen.moveTo(x, y);
  pen.lineTo(x + length * camera.zoom, y);
  pen.stroke();
  pen.fillStyle = theme.positive;
  pen.font = `12px ${FONT}`;
  pen.textAlign = "left";
  pen.textBaseline = "bottom";
  pen.fillText(`${number(length)} ${inUnits("λ")}`, x, y - 3);
}

function drawLegend(pen: Pen, { top, theme }: { readonly top: number; readonly theme: SceneTheme }): void {
  const v = sceneView.value;
  const y = top + STRIP / 2;
  let x = 14;
  pen.textBaseline = "middle";
  pen.textAlign = "left";
  pen.font = `12px ${FONT}`;
  const text = (words: string): void => {
    pen.fillStyle = theme.positive;
    pen.fillText(words, x, y);
    x += pen.measureText(words).width + 7;
  };
  const ramp = (stops: readonly string[]): void => {
    const fill = pen.createLinearGradient(x, 0, x + 90, 0);
    stops.forEach((stop, k) => {
      fill.addColorStop(k / (stops.length - 1), stop);
    });
    pen.fillStyle = fill;
    pen.fillRect(x, y - 5, 90, 10);
    pen.strokeStyle = theme.outline;
    pen.lineWidth = 0.5;
    pen.strokeRect(x, y - 5, 90, 10);
    x += 97;
  };
  const field = v.field ? fieldData.value : undefined;
  if (field) {
    text(`${fieldTitle()}: stiff ${number(field.low, 2)}`);
    ramp(field.decades > 0.05 ? [...theme.heat, theme.glow] : theme.heat);
    text(`${number(field.high, 3)} soft`);
    x += 14;
  }
  if (v.bonds) {
    const most = number(bondSaturation.value, 2);
    text(bondValues.value?.slope ? `dE/dγ of bonds at ${angle.value}°: −${most}` : `E of bonds: −${most}`);
    ramp([theme.negative, theme.background, theme.positive]);
    text(most);
    x += 14;
  }
  if (v.arrows) {
    const event = chosenEvent.value;
    const most = number(arrowSaturation.value, 2);
    text(
      event === undefined
        ? `X: longest ${most} ${inUnits("λ/ε")}`
        : `displacement at event ${event}: longest ${most} ${inUnits("λ")}`,
    );
    x += 14;
  }
  const scale = v.particles ? colourScale.value : undefined;
  if (scale) {
    text(`${scale.title} ${number(scale.low, 2)}`);
    ramp(SEQUENTIAL);
    text(`${number(scale.high, 3)} ${scale.unit}`);
  }
}

/** Which field is seen, and of which state. */
export function fieldTitle(): string {
  const name = wordsOf(source.value).map;
  if (!sheared.value || !map.value || !view.value.field) return name;
  const strain = readState.value?.strain ?? 0;
  return `${name}, ${strain === 0 ? "unsheared glass" : `at γ = ${number(strain, 4)}`}`;
}
