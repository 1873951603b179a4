import { useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { bindBeside, fieldDataOf } from "../scene/bind.ts";
import { gradientOf } from "../scene/palette.ts";
import { Scene } from "../scene/scene.ts";
import { stage } from "../scene/stage.ts";
import { sceneTheme } from "../scene/theme.ts";
import { wordsOf } from "../state/indicators.ts";
import { maps } from "../state/maps.ts";
import { pointed } from "../state/pointed.ts";
import { events, shown } from "../state/shear.ts";
import { sharesSofter } from "../state/verdict.ts";
import { view } from "../state/view.ts";
import { behind, number } from "../words.ts";
import { gestures } from "./gestures.ts";
import { Marks, placeMarks } from "./Marks.tsx";

/** The map of an indicator beside the picture in view, seen from the same place. */
export function Pane({ source }: { readonly source: string }): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const marks = useRef<SVGSVGElement>(null);
  const own = useRef<Scene>(null);
  useEffect(() => {
    const leader = stage.peek();
    if (!leader) return undefined;
    const scene = new Scene(canvas.current!, leader);
    own.current = scene;
    scene.onDrawn = () => placeMarks(scene, marks.current!, maps.value[source]);
    const unbind = bindBeside(scene, source);
    const unhand = gestures(scene, {
      onHover: () => undefined,
      onTap: () => undefined,
      onAim: () => false,
      onMove: () => {
        pointed.value = undefined;
      },
      onWalk: () => undefined,
      onApproach: () => undefined,
    });
    return () => {
      unhand();
      unbind();
      scene.dispose();
    };
  }, [source]);
  useSignalEffect(() => {
    void [maps.value, events.value, shown.value, view.value];
    own.current?.draw();
  });
  const map = maps.value[source];
  return (
    <div class="view">
      <PaneTitle source={source} />
      <canvas
        ref={canvas}
        tabIndex={0}
        role="img"
        aria-label={`${wordsOf(source).map}, seen from the same place`}
      />
      <Marks reference={marks} map={map} source={source} />
      {!map && <p class="pane-wait">{wordsOf(source).work} …</p>}
    </div>
  );
}

/** What a picture is of, its scale, and how well it foretold the events so far. */
export function PaneTitle({ source }: { readonly source: string }): JSX.Element {
  const field = fieldDataOf(source);
  const theme = sceneTheme.value;
  const shares = sharesSofter(source) ?? [];
  const mean = shares.reduce((sum, share) => sum + share / shares.length, 0);
  return (
    <div class="pane-title">
      <strong>{wordsOf(source).map}</strong>
      {field && (
        <span class="ends">
          {number(field.low, 2)} <i class="ramp" style={{ background: gradientOf(theme.heat) }} />{" "}
          {number(field.high, 3)}
        </span>
      )}
      {shares.length > 0 && (
        <span class="foretold">
          <span class="long">where it broke is softer than{shares.length > 1 ? ", on average," : ""} </span>
          <span class="short">softer than </span>
          <strong>{behind(mean)}</strong>
          <span class="share-bars" aria-hidden="true">
            {shares.map((share, k) => (
              <i key={k} style={{ "--share": 1 - share }} title={`Event ${k + 1}: ${behind(share)}`} />
            ))}
          </span>
        </span>
      )}
    </div>
  );
}
