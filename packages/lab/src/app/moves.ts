import type { Camera } from "../scene/camera.ts";

/** What hands and keys ask of a picture. */
export interface Handlers {
  /** Pointer over a point without a button; undefined: it left. */
  readonly onHover: (at: readonly [number, number] | undefined) => void;
  /** A click or a tap. */
  readonly onTap: (at: readonly [number, number]) => void;
  /** The view was moved by hand. */
  readonly onMove: () => void;
  /** To the next, or the one before, of what can be asked. */
  readonly onWalk: (by: 1 | -1) => void;
  /** Closer to it. */
  readonly onApproach: () => void;
  /** An arrow key, in steps of a particle's size, while a place is chosen; false where none is. */
  readonly onAim: (dx: number, dy: number) => boolean;
}

/** In 3D what is dragged turns, unless it is to be panned. */
export function turnOrPan(camera: Camera, dx: number, dy: number, pan: boolean): void {
  if (camera.dimension === 3 && !pan) camera.turn(dx * 0.008, dy * 0.008);
  else camera.pan(dx, dy);
}
