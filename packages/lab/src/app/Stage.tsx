import { useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { later } from "../panels/later.tsx";
import { stage } from "../scene/stage.ts";
import { bet, betting, blind } from "../state/bet.ts";
import { compared } from "../state/compared.ts";
import { pictureInWords } from "../state/inwords.ts";
import { map, source } from "../state/maps.ts";
import { pointed } from "../state/pointed.ts";
import { rival } from "../state/rival.ts";
import { current, events, reading, readState, shown } from "../state/shear.ts";
import { tab, view } from "../state/view.ts";
import { Legend } from "./Legend.tsx";
import { Marks } from "./Marks.tsx";
import { Pane, PaneTitle } from "./Pane.tsx";
import { Tip } from "./Tip.tsx";
import { useScene } from "./usescene.tsx";

/** With the events: not before one has come. */
const CameTrue = later(() => import("../panels/CameTrue.tsx").then((module) => module.CameTrue));

/** The glass: a canvas, the numbered spots and events above it, scales, and what the pointer is over. */
export function Stage({ children }: { readonly children?: JSX.Element | undefined }): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const marks = useRef<SVGSVGElement>(null);
  const beside = reading.value && !blind.value && !children ? compared.value : [];
  const broken = useScene(canvas, marks);
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
    void rival.value;
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
            aria-label={`${pictureInWords.value} Arrow keys move it, plus and minus zoom, 0 shows all; brackets walk through spots, events and the strongest bonds, Enter goes closer.`}
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
      {events.value.length > 0 && <CameTrue />}
      <Legend />
    </section>
  );
}

function zoom(factor: number): void {
  const scene = stage.value;
  if (!scene) return;
  scene.camera.zoomAt(factor, scene.camera.width / 2, scene.camera.height / 2);
  scene.look();
}
