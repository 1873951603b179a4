import type { Scene } from "../scene/scene.ts";
import { type Handlers, turnOrPan } from "./moves.ts";

const AIM: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** What keys do to a picture: move it, walk through what can be asked, aim. `changed`: the view was moved. */
export function keyboard(
  scene: Scene,
  handlers: Handlers,
  changed: () => void,
): (event: KeyboardEvent) => void {
  const { camera } = scene;
  /** With Shift the arrow keys pan in 3D, too. */
  let panning = false;
  const keys: Record<string, () => void> = {
    ArrowLeft: () => turnOrPan(camera, 24, 0, panning),
    ArrowRight: () => turnOrPan(camera, -24, 0, panning),
    ArrowUp: () => turnOrPan(camera, 0, 24, panning),
    ArrowDown: () => turnOrPan(camera, 0, -24, panning),
    "+": () => camera.zoomAt(1.25, camera.width / 2, camera.height / 2),
    "=": () => camera.zoomAt(1.25, camera.width / 2, camera.height / 2),
    "-": () => camera.zoomAt(0.8, camera.width / 2, camera.height / 2),
    "0": () => scene.reset(),
  };
  const walks: Record<string, () => void> = {
    "]": () => handlers.onWalk(1),
    "[": () => handlers.onWalk(-1),
    Enter: handlers.onApproach,
    Escape: handlers.onMove,
  };
  return (event) => {
    const walk = walks[event.key];
    if (walk && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      walk();
      return;
    }
    const step = AIM[event.key];
    if (step && handlers.onAim(...step)) {
      event.preventDefault();
      scene.draw();
      return;
    }
    const action = keys[event.key];
    if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    panning = event.shiftKey;
    action();
    changed();
  };
}
