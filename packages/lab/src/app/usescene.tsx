import { effect } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { bindScene, pickable } from "../scene/bind.ts";
import { lookFrom, lookOf } from "../scene/look.ts";
import { pick } from "../scene/pick.ts";
import { Scene } from "../scene/scene.ts";
import { spotPlaces } from "../scene/spotplaces.ts";
import { stage } from "../scene/stage.ts";
import { approach, walk } from "../scene/walk.ts";
import { aim, betting, placeBet } from "../state/bet.ts";
import { glass } from "../state/glass.ts";
import { look, wantedLook } from "../state/look.ts";
import { map } from "../state/maps.ts";
import { pointed } from "../state/pointed.ts";
import { reading, shown } from "../state/shear.ts";
import { view } from "../state/view.ts";
import { analyser, simulator } from "../state/work.ts";
import { gestures } from "./gestures.ts";
import { placeMarks } from "./Marks.tsx";

interface Held<Element> {
  readonly current: Element | null;
}

/** Keeps the picture of the page's state on a canvas, with its marks, for as long as they are there; what is wrong with it. */
export function useScene(canvas: Held<HTMLCanvasElement>, marks: Held<SVGSVGElement>): string {
  const [broken, setBroken] = useState("");
  useEffect(() => {
    let scene: Scene;
    try {
      scene = new Scene(canvas.current!);
    } catch (error) {
      setBroken((error as Error).message);
      return undefined;
    }
    stage.value = scene;
    const unbind = bindScene(scene);
    scene.onDrawn = () => {
      placeMarks(scene, marks.current!, map.value);
      tellLook(scene);
    };
    const unlook = effect(() => {
      const [text, box] = [wantedLook.value, shown.value?.box];
      if (text === undefined || !box || !glass.value || !reading.value) return;
      wantedLook.value = undefined;
      if (lookFrom(scene.camera, box, text)) scene.look();
    });
    const unhand = gestures(scene, {
      onHover: (at) => {
        if (!pointed.value?.pinned && !betting.value) point(scene, at, false);
      },
      onTap: (at) => {
        if (!placeBet(...scene.camera.toPlane(...at))) point(scene, at, true);
      },
      onAim: (dx, dy) => aim(dx, dy),
      onMove: () => {
        pointed.value = undefined;
      },
      onWalk: (by) => walk(scene, by),
      onApproach: () => approach(scene),
    });
    const ahead = setTimeout(() => {
      scene.warmUp();
      analyser.warm();
      simulator.warm();
    }, AHEAD);
    return () => {
      clearTimeout(ahead);
      unlook();
      unhand();
      unbind();
      scene.dispose();
      stage.value = undefined;
    };
  }, []);
  return broken;
}

/** Milliseconds after the first screen in which what the first glass will need is made ready. */
const AHEAD = 600;

let telling: ReturnType<typeof setTimeout> | undefined;

/** The link follows the eye once it rests. */
function tellLook({ camera }: Scene): void {
  clearTimeout(telling);
  telling = setTimeout(() => {
    const box = shown.value?.box;
    if (box && glass.value && wantedLook.value === undefined) look.value = lookOf(camera, box);
  }, 250);
}

function point(scene: Scene, at: readonly [number, number] | undefined, pinned: boolean): void {
  const things = pickable.value;
  const spot = at && nearestSpotMark(scene, at);
  const what = spot ?? (at && things ? pick(scene.camera, at, things) : undefined);
  pointed.value = what && at ? { what, at, pinned } : undefined;
}

/** Pixels round a spot's mark. */
const MARK_REACH = 12;

function nearestSpotMark(scene: Scene, [x, y]: readonly [number, number]) {
  if (!view.value.spots) return undefined;
  const near = spotPlaces(scene).find((mark) => Math.hypot(mark.x - x, mark.y - y) < MARK_REACH);
  return near && { kind: "spot" as const, rank: near.rank };
}
