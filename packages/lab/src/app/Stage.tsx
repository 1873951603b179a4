import { effect, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { bindScene, pickable } from "../scene/bind.ts";
import { lookFrom, lookOf } from "../scene/look.ts";
import { pick } from "../scene/pick.ts";
import { Scene } from "../scene/scene.ts";
import { spotPlaces } from "../scene/spotplaces.ts";
import { stage } from "../scene/stage.ts";
import { approach, walk } from "../scene/walk.ts";
import { aim, bet, betting, blind, placeBet } from "../state/bet.ts";
import { compared } from "../state/compared.ts";
import { glass } from "../state/glass.ts";
import { pictureInWords } from "../state/inwords.ts";
import { look, wantedLook } from "../state/look.ts";
import { map, source } from "../state/maps.ts";
import { pointed } from "../state/pointed.ts";
import { current, events, reading, readState, shown } from "../state/shear.ts";
import { tab, view } from "../state/view.ts";
import { analyser } from "../state/work.ts";
import { gestures } from "./gestures.ts";
import { Legend } from "./Legend.tsx";
import { Marks, placeMarks } from "./Marks.tsx";
import { Pane, PaneTitle } from "./Pane.tsx";
import { Tip } from "./Tip.tsx";

/** The glass: a canvas, the numbered spots and events above it, scales, and what the pointer is over. */
export function Stage({ children }: { readonly children?: JSX.Element | undefined }): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const marks = useRef<SVGSVGElement>(null);
  const [broken, setBroken] = useState("");
  const beside = reading.value && !blind.value && !children ? compared.value : [];
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
  useSignalEffect(() => {
    // What was pinned does not stay where it no longer is.
    void [readState.value, current.value, tab.value];
    if (pointed.peek()) pointed.value = undefined;
  });
  const inWelcome = useRef(false);
  useEffect(() => {
    // Where the welcome goes with the button that was pressed, the focus is not lost.
    if (children || !inWelcome.current) return;
    inWelcome.current = false;
    if (document.activeElement === document.body) canvas.current?.focus({ preventScroll: true });
  });
  useSignalEffect(() => {
    // A new set of marks has to be put in its places.
    void [map.value, events.value, shown.value, view.value, pointed.value, bet.value, blind.value];
    stage.value?.draw();
  });
  return (
    <section
      class="stage"
      aria-label="The glass"
      onFocusCapture={(event) => {
        inWelcome.current = event.target instanceof Element && event.target.closest(".welcome") !== null;
      }}
    >
      <div class={betting.value ? "views betting" : "views"} data-panes={1 + beside.length}>
        <div class="view">
          {beside.length > 0 && <PaneTitle source={source.value} />}
          <canvas
            ref={canvas}
            tabIndex={0}
            role="img"
            aria-label={`${pictureInWords.value} Arrow keys move it, plus and minus zoom, 0 shows all; brackets walk through spots and events, Enter goes closer.`}
          />
          <Marks reference={marks} map={map.value} source={source.value} />
          <div class="stage-tools">
            <button type="button" onClick={() => zoom(1.3)} aria-label="Zoom in" title="Zoom in (+)">
              +
            </button>
            <button type="button" onClick={() => zoom(1 / 1.3)} aria-label="Zoom out" title="Zoom out (−)">
              −
            </button>
            <button
              type="button"
              onClick={() => stage.value?.reset()}
              aria-label="Show all"
              title="Show all (0)"
            >
              ⤢
            </button>
          </div>
          <Tip />
          {children}
          {broken !== "" && <p class="broken">{broken}</p>}
        </div>
        {beside.map((name) => (
          <Pane key={name} source={name} />
        ))}
      </div>
      <Legend />
    </section>
  );
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

function zoom(factor: number): void {
  const scene = stage.value;
  if (!scene) return;
  scene.camera.zoomAt(factor, scene.camera.width / 2, scene.camera.height / 2);
  scene.look();
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
