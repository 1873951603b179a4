import { happened } from "../state/happened.ts";
import { source } from "../state/maps.ts";
import { inUnits } from "../state/units.ts";
import { number } from "../words.ts";
import { markRadius } from "./apart.ts";
import { imagePdf } from "./imagepdf.ts";
import { drawBet, drawPin, drawRival, drawSpot, FONT } from "./marksign.ts";
import type { SceneTheme } from "./palette.ts";
import { posterLegend } from "./posterlegend.ts";
import type { Scene } from "./scene.ts";
import { spotColours } from "./spotcolours.ts";
import { betPlace, particlePlace, rivalPlace, spotPlaces } from "./spotplaces.ts";
import { type Pen, SvgPen } from "./svgpen.ts";
import { sceneTheme } from "./theme.ts";

/** The long side of a picture to take away, pixels: what is called 4K. */
const LONG_SIDE = 3840;

/** Files that a picture comes as. */
export type PictureKind = "png" | "pdf" | "svg";

/** What is in view, as it is in view, for print: picture, spots, events, scales and a measure of length. */
export async function poster(scene: Scene, kind: PictureKind = "png"): Promise<Blob> {
  const { width, height } = scene.camera;
  const ratio = Math.max(1, LONG_SIDE / Math.max(width, height));
  if (kind === "svg") return new Blob([svgOf(scene, ratio)], { type: "image/svg+xml" });
  const sheet = document.createElement("canvas");
  sheet.width = Math.round(width * ratio);
  const pen = sheet.getContext("2d");
  if (!pen) throw new Error("The browser gives no canvas to draw the picture on.");
  const legend = posterLegend(pen, width, sceneTheme.value);
  sheet.height = Math.round((height + legend.height) * ratio);
  pen.fillStyle = sceneTheme.value.background;
  pen.fillRect(0, 0, sheet.width, sheet.height);
  scene.drawAt(ratio, (canvas) => pen.drawImage(canvas, 0, 0, sheet.width, Math.round(height * ratio)));
  pen.scale(ratio, ratio);
  drawAbove(pen, scene);
  legend.draw(height);
  if (kind === "png") return blobOf(sheet, "image/png");
  const jpeg = await (await blobOf(sheet, "image/jpeg")).arrayBuffer();
  return imagePdf(new Uint8Array(jpeg), sheet.width, sheet.height);
}

/** The picture as an image, with marks and words above it that stay such. */
function svgOf(scene: Scene, ratio: number): string {
  const { width, height } = scene.camera;
  const pen = new SvgPen();
  const legend = posterLegend(pen, width, sceneTheme.value);
  pen.fillStyle = sceneTheme.value.background;
  pen.fillRect(0, 0, width, height + legend.height);
  scene.drawAt(ratio, (canvas) => pen.image(canvas.toDataURL("image/png"), width, height));
  drawAbove(pen, scene);
  legend.draw(height);
  return pen.text(width, height + legend.height);
}

function drawAbove(pen: Pen, scene: Scene): void {
  const theme = sceneTheme.value;
  drawMarks(pen, scene, theme);
  drawMeasure(pen, scene, theme);
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

function drawMarks(pen: Pen, scene: Scene, theme: SceneTheme): void {
  const colours = spotColours(source.value);
  for (const { rank, name, bin, x, y, toX, toY } of spotPlaces(scene)) {
    if (toX !== 0 || toY !== 0) drawStem(pen, [x, y], [x + toX, y + toY], theme);
    const own = colours?.(bin);
    const [fill, ink] = [own?.["--fill"] ?? theme.background, own?.["--ink-on"] ?? theme.positive];
    drawSpot(pen, { name, x, y, radius: markRadius(rank), first: rank === 1, fill, ink }, theme);
  }
  const other = rivalPlace(scene);
  if (other) drawRival(pen, ...other, theme);
  const pins = happened.value;
  for (const { ordinal, particle } of pins) {
    const place = particlePlace(scene, particle);
    if (place) drawPin(pen, pins.length > 1 || ordinal > 1 ? ordinal : undefined, ...place);
  }
  const stake = betPlace(scene);
  if (stake) drawBet(pen, ...stake, theme);
}

type Point = readonly [number, number];

function drawStem(pen: Pen, from: Point, to: Point, theme: SceneTheme): void {
  pen.beginPath();
  pen.moveTo(...from);
  pen.lineTo(...to);
  pen.strokeStyle = theme.positive;
  pen.lineWidth = 1.4;
  pen.stroke();
  pen.beginPath();
  pen.arc(...to, 2.2, 0, 2 * Math.PI);
  pen.fillStyle = theme.positive;
  pen.fill();
}

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
