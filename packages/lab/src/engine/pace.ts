import type { Box } from "softfield";
import { wrapPositions } from "softfield/internal";

/** Lets messages in, and waits at least so many milliseconds. Not slowed down in background tabs when 0. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    if (milliseconds > 1) {
      setTimeout(resolve, milliseconds);
      return;
    }
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(0);
  });
}

/** Positions for the eye: in the box with a corner at 0, N×d, single precision. */
export function wrapped(box: Box, positions: Float64Array): Float32Array<ArrayBuffer> {
  return Float32Array.from(wrapPositions(box, positions).cartesian);
}
