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

/**
 * Positions for the eye, N×d, single precision: from the corner of the box of the file, so that what is at its left edge
 * is at that of the picture.
 */
export function wrapped(
  box: Box,
  positions: Float64Array,
  corner: ArrayLike<number>,
): Float32Array<ArrayBuffer> {
  const d = box.dimension;
  const own = positions.map((x, k) => x - corner[k % d]);
  return Float32Array.from(wrapPositions(box, own).cartesian);
}
