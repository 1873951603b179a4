import { SoftfieldError } from "softfield";
import { replay, replaying } from "../state/replay.ts";
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
  const recorder = new MediaRecorder(canvas.captureStream(RATE), { mimeType: type, videoBitsPerSecond: 8e6 });
  const parts: Blob[] = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const whole = new Promise<Blob>((resolve) => {
    recorder.onstop = () => resolve(new Blob(parts, { type }));
  });
  recorder.start();
  replay();
  await untilStill();
  await new Promise((resolve) => setTimeout(resolve, STAY));
  recorder.stop();
  return whole;
}

function untilStill(): Promise<void> {
  return new Promise((resolve) => {
    const end = replaying.subscribe((moves) => {
      if (!moves)
        queueMicrotask(() => {
          end();
          resolve();
        });
    });
  });
}
