import { effect, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { bindScene, pickable } from "../scene/bind.ts";
import { lookFrom, lookOf } from "../scene/look.ts";
import { pick } from "../scene/pick.ts";
import { Scene } from "../scene/scene.ts";
import { betPlace, particlePlace, pointedPlace, spotPlaces } from "../scene/spotplaces.ts";
import { stage } from "../scene/stage.ts";
import { approach, walk } from "../scene/walk.ts";
import { aim, bet, betting, blind, placeBet } from "../state/bet.ts";
import { ANGLES, firstSpots, spotDirections } from "../state/direction.ts";
import { glass } from "../state/glass.ts";
import { pictureInWords } from "../state/inwords.ts";
import { look, wantedLook } from "../state/look.ts";
import { map, source } from "../state/maps.ts";
import { pointed } from "../state/pointed.ts";
import { chosenEvent, current, events, inView, reading, readState, shown } from "../state/shear.ts";
import { chooseEvent } from "../state/shearing.ts";
import { tab, view } from "../state/view.ts";
import { gestures } from "./gestures.ts";
import { Legend } from "./Legend.tsx";
import { Tip } from "./Tip.tsx";

/** The glass: a canvas, the numbered spots and events above it, scales, and what the pointer is over. */
export function Stage({ children }: { readonly children?: JSX.Element | undefined }): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const marks = useRef<SVGSVGElement>(null);
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
      placeMarks(scene, marks.current!);
      tellLook(scene);
    };
    const unlook = effect(() => {
      const [text, box] = [wantedLook.value, shown.value?.box];
      if (text === undefined || !box || !glass.value || !reading.value) return;
      wantedLook.value = undefined;
      if (lookFrom(scene.camera, box, text)) scene.draw();
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
    return () => {
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
      <div class={betting.value ? "view betting" : "view"}>
        <canvas
          ref={canvas}
          tabIndex={0}
          role="img"
          aria-label={`${pictureInWords.value} Arrow keys move it, plus and minus zoom, 0 shows all; brackets walk through spots and events, Enter goes closer.`}
        />
        <Marks reference={marks} />
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
      <Legend />
    </section>
  );
}

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
  scene.draw();
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

function Marks({ reference }: { readonly reference: { current: SVGSVGElement | null } }): JSX.Element {
  const list =
    view.value.spots && !blind.value ? (map.value?.marks.slice(0, view.value.spotCount) ?? []) : [];
  const chosen = chosenEvent.value;
  const seen = inView.value?.events ?? 0;
  const happened = events.value.filter(({ ordinal }) => ordinal <= seen || ordinal === chosen);
  return (
    <svg ref={reference} class="marks" aria-hidden="true">
      {list.map(({ rank }) => (
        <g key={`s${rank}`} data-spot={rank} class={rank <= 5 ? "spot top" : "spot"}>
          <SpotDirections rank={rank} />
          <circle r={rank <= 5 ? 10 : 8} />
          <text dy="0.35em">{rank}</text>
        </g>
      ))}
      {happened.map(({ ordinal, drop }) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: the table of events has the same by keyboard
        <g
          key={`e${ordinal}`}
          data-event={ordinal}
          class={ordinal === chosen ? "event chosen" : "event"}
          onClick={() => chooseEvent(ordinal)}
        >
          <g class="pin" style={{ "--size": pinSize(drop).toFixed(2) }}>
            <path d="M0-9L11-29H-11Z" />
            <text y="-19" dy="0.22em">
              {ordinal}
            </text>
          </g>
          <circle r="2.5" />
        </g>
      ))}
      {bet.value && (
        <g data-bet class="bet">
          <circle r="11" />
          <path d="M-17 0H-6M6 0H17M0-17V-6M0 6V17" />
        </g>
      )}
      <circle data-ring r="9" class="ring" transform="translate(-100 -100)" />
    </svg>
  );
}

/** Which way a spot is soft: a line; the directions in which it went first: petals. */
function SpotDirections({ rank }: { readonly rank: number }): JSX.Element | null {
  if (source.value !== "lte" || readState.value?.strain !== 0 || !view.value.directions) return null;
  const own = spotDirections.value?.find((spot) => spot.rank === rank);
  const first = ANGLES.filter((degrees) => firstSpots.value.get(degrees) === rank);
  const half = 180 / ANGLES.length / 2;
  const at = (degrees: number, r: number) => {
    const t = (degrees * Math.PI) / 180;
    return `${(r * Math.cos(t)).toFixed(1)} ${(-r * Math.sin(t)).toFixed(1)}`;
  };
  return (
    <g class="way">
      {first.flatMap((degrees) =>
        [degrees, degrees + 180].map((a) => (
          <path key={a} d={`M0 0L${at(a - half, 26)}A26 26 0 0 0 ${at(a + half, 26)}Z`} class="petal" />
        )),
      )}
      {own?.softest && (
        <path
          d={`M${at(own.softest.angle, 24)}L${at(own.softest.angle + 180, 24)}`}
          class={own.here > 0 ? "soft" : "stiff"}
        />
      )}
    </g>
  );
}

/** Events are marked larger the more energy they set free: by its decades, from 10⁻⁴ to 10 ε. */
function pinSize(drop: number): number {
  return 0.75 + 0.1 * Math.min(5, Math.max(0, Math.log10(drop) + 4));
}

/** Pins of events nearer to the upper edge than this hang down. */
const PIN_HEIGHT = 40;

function placeMarks(scene: Scene, svg: SVGSVGElement): void {
  if (!glass.value || !shown.value) return;
  const places = new Map(spotPlaces(scene).map((mark) => [mark.rank, mark]));
  for (const element of svg.children) {
    const { spot, event, ring, bet: bets } = (element as SVGGElement).dataset;
    let x = -100;
    let y = -100;
    if (ring !== undefined) [x, y] = pointedPlace(scene) ?? [x, y];
    else if (bets !== undefined) [x, y] = betPlace(scene) ?? [x, y];
    else if (spot !== undefined) {
      const place = places.get(Number(spot));
      if (place) [x, y] = [place.x, place.y];
    } else {
      const found = events.value.find(({ ordinal }) => ordinal === Number(event));
      const place = found && particlePlace(scene, found.particle);
      if (place) [x, y] = place;
    }
    (element as SVGGElement).dataset.flip = event !== undefined && y < PIN_HEIGHT ? "yes" : "no";
    element.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
  }
}
