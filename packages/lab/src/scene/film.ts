import { SoftfieldError } from "softfield";
import { eased, LONG, showMoment } from "../state/replay.ts";
import { stage } from "./stage.ts";

/** Frames a second. */
const RATE = 30;
/** Milliseconds that the last picture stays. */
const STAY = 500;

/** The event that is looked at in slow motion, as a film of the picture. Throws "resource" where the browser makes none. */
export async function film(): Promise<Blob> {
  const canvas = stage.value?.canvas;
  const type = ["video/webm", "video/mp4"].find(
    (name) => typeof MediaRecorder !== "undefined" && MediaRecorder.isTypeSupported(name),
  );
  if (!canvas || !type) throw new SoftfieldError("resource", "this browser records no films of a page");
  const stream = canvas.captureStream(0);
  const [track] = stream.getVideoTracks();
  const recorder = new MediaRecorder(stream, { mimeType: type, videoBitsPerSecond: 8e6 });
  const parts: Blob[] = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const whole = new Promise<Blob>((resolve) => {
    recorder.onstop = () => resolve(new Blob(parts, { type }));
  });
  recorder.start();
  const pictures = Math.round((LONG / 1000) * RATE);
  for (let k = 0; k <= pictures; k++) {
    const began = performance.now();
    showMoment(eased(k / pictures));
    // However slowly pictures come, each is in the film.
    await nextPicture();
    if ("requestFrame" in track) (track as CanvasCaptureMediaStreamTrack).requestFrame();
    const left = 1000 / RATE - (performance.now() - began);
    if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
  }
  await new Promise((resolve) => setTimeout(resolve, STAY));
  recorder.stop();
  return whole;
}

/** Until what was asked for is drawn: with the next picture of the screen, and the one after it. */
function nextPicture(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
}
