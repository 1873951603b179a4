import type { Scene } from "../scene/scene.ts";
import { keyboard } from "./keyboard.ts";
import { type Handlers, turnOrPan } from "./moves.ts";

const STILL = 6;

/** Pan, zoom, turn: by mouse, touch and keyboard. Returns what ends it. */
export function gestures(scene: Scene, handlers: Handlers): () => void {
  const { canvas, camera } = scene;
  const pointers = new Map<number, [number, number]>();
  let travelled = 0;
  const place = (event: MouseEvent): [number, number] => {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const changed = (): void => {
    handlers.onMove();
    scene.look();
  };
  const down = (event: PointerEvent): void => {
    pointers.set(event.pointerId, place(event));
    canvas.setPointerCapture(event.pointerId);
    if (pointers.size === 1) travelled = 0;
  };
  const move = (event: PointerEvent): void => {
    const now = place(event);
    const before = pointers.get(event.pointerId);
    if (!before) {
      handlers.onHover(now);
      return;
    }
    const [dx, dy] = [now[0] - before[0], now[1] - before[1]];
    travelled += Math.abs(dx) + Math.abs(dy);
    if (travelled < STILL) return;
    handlers.onHover(undefined);
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    if (other) {
      const span = (p: readonly [number, number]) => Math.hypot(p[0] - other[0], p[1] - other[1]);
      const middle = [(now[0] + other[0]) / 2, (now[1] + other[1]) / 2] as const;
      camera.zoomAt(span(now) / Math.max(1, span(before)), ...middle);
      camera.pan(dx / 2, dy / 2);
    } else turnOrPan(camera, dx, dy, event.shiftKey || event.buttons === 2 || event.buttons === 4);
    pointers.set(event.pointerId, now);
    changed();
  };
  const up = (event: PointerEvent): void => {
    if (!pointers.delete(event.pointerId)) return;
    if (travelled < STILL && event.type === "pointerup") handlers.onTap(place(event));
  };
  const leave = (): void => handlers.onHover(undefined);
  const wheel = (event: WheelEvent): void => {
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 16 : 1;
    camera.zoomAt(Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.0015)), ...place(event));
    changed();
  };
  const again = (): void => {
    scene.reset();
    changed();
  };
  const listeners = [
    ["pointerdown", down],
    ["pointermove", move],
    ["pointerup", up],
    ["pointercancel", up],
    ["pointerleave", leave],
    ["wheel", wheel],
    ["keydown", keyboard(scene, handlers, changed)],
    ["dblclick", again],
  ] as const;
  for (const [name, listener] of listeners)
    canvas.addEventListener(name, listener as EventListener, { passive: false });
  return () => {
    for (const [name, listener] of listeners) canvas.removeEventListener(name, listener as EventListener);
  };
}
