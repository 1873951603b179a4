import type { JSX } from "preact";
import { hangs, markRadius, pinSize } from "../scene/apart.ts";
import type { Scene } from "../scene/scene.ts";
import { spotColours } from "../scene/spotcolours.ts";
import { betPlace, particlePlace, pointedPlace, rivalPlace, spotPlaces } from "../scene/spotplaces.ts";
import { bet } from "../state/bet.ts";
import { ANGLES, firstSpots, spotDirections } from "../state/direction.ts";
import type { FieldMap } from "../state/fieldmap.ts";
import { glass } from "../state/glass.ts";
import { happened } from "../state/happened.ts";
import { rival } from "../state/rival.ts";
import { chosenEvent, events, readState, shown } from "../state/shear.ts";
import { chooseEvent } from "../state/shearing.ts";
import { spotsShown } from "../state/spotsshown.ts";
import { view } from "../state/view.ts";
import { BetSign, RivalSign } from "./Signs.tsx";

interface MarksProps {
  readonly reference: { current: SVGSVGElement | null };
  /** Whose spots are marked, and what they are spots of. */
  readonly map: FieldMap | undefined;
  readonly source: string;
}

/** Spots, events, the bet and what is pointed at, above a picture. */
export function Marks({ reference, map, source }: MarksProps): JSX.Element {
  const list = spotsShown.value ? (map?.marks.slice(0, view.value.spotCount) ?? []) : [];
  const chosen = chosenEvent.value;
  const colours = spotColours(source);
  const pins = happened.value;
  return (
    <svg ref={reference} class="marks" aria-hidden="true">
      <defs>
        <marker id="foot" viewBox="-3 -3 6 6" markerWidth="4" markerHeight="4">
          <circle r="2.4" />
        </marker>
      </defs>
      {list.map(({ rank, name, bin }) => (
        <g
          key={`s${name}`}
          data-spot={name}
          class={`spot${rank <= 5 ? " top" : ""}${rank === 1 ? " first" : ""}`}
          style={colours?.(bin)}
        >
          <line class="stem" />
          {source === "lte" && <SpotDirections rank={rank} />}
          <circle r={markRadius(rank) + 2} class="halo" />
          <circle r={markRadius(rank)} />
          <text dy="0.35em">{name}</text>
        </g>
      ))}
      {rival.value && (
        <g data-rival class="rival">
          <RivalSign />
        </g>
      )}
      {pins.map(({ ordinal, drop }) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: the table of events has the same by keyboard
        <g
          key={`e${ordinal}`}
          data-event={ordinal}
          class={ordinal === chosen ? "event chosen" : "event"}
          onClick={() => chooseEvent(ordinal)}
        >
          <g class="pin" style={{ "--size": pinSize(drop).toFixed(2) }}>
            <path d="M0-2L11-23H-11Z" />
            {(pins.length > 1 || ordinal > 1) && (
              <text y="-13" dy="0.22em">
                {ordinal}
              </text>
            )}
          </g>
          <circle r="2.5" />
        </g>
      ))}
      {bet.value && (
        <g data-bet class="bet">
          <BetSign />
        </g>
      )}
      {shown.value?.box.dimension === 3 && (
        <g data-axes class="axes3">
          {["x", "y", "z"].map((name) => (
            <g key={name}>
              <line />
              <text dy="0.35em">{name}</text>
            </g>
          ))}
        </g>
      )}
      <circle data-ring r="9" class="ring" transform="translate(-100 -100)" />
    </svg>
  );
}

/** Which way a spot is soft: a line; the directions in which it went first: petals. */
function SpotDirections({ rank }: { readonly rank: number }): JSX.Element | null {
  if (readState.value?.strain !== 0 || !view.value.directions) return null;
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

/** Puts marks where their things are now. */
export function placeMarks(scene: Scene, svg: SVGSVGElement, map: FieldMap | undefined): void {
  if (!glass.value || !shown.value) return;
  const places = new Map(spotPlaces(scene, map).map((mark) => [mark.name, mark]));
  for (const element of svg.children) {
    if (element instanceof SVGDefsElement) continue;
    if (element instanceof SVGGElement && element.dataset.axes !== undefined) {
      turnAxes(element, scene);
      continue;
    }
    const { spot, event, ring, rival: rivals, bet: bets } = (element as SVGGElement).dataset;
    let x = -100;
    let y = -100;
    if (ring !== undefined) [x, y] = pointedPlace(scene) ?? [x, y];
    else if (bets !== undefined) [x, y] = betPlace(scene) ?? [x, y];
    else if (rivals !== undefined) [x, y] = rivalPlace(scene) ?? [x, y];
    else if (spot !== undefined) {
      const place = places.get(spot);
      if (place) {
        [x, y] = [place.x, place.y];
        element.firstElementChild?.setAttribute("x2", place.toX.toFixed(1));
        element.firstElementChild?.setAttribute("y2", place.toY.toFixed(1));
      }
    } else {
      const found = events.value.find(({ ordinal }) => ordinal === Number(event));
      const place = found && particlePlace(scene, found.particle);
      if (place) [x, y] = place;
    }
    (element as SVGGElement).dataset.flip = event !== undefined && hangs(y) ? "yes" : "no";
    element.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
  }
}

/** The axes of the world as they are seen, in the lower left corner. */
function turnAxes(element: SVGGElement, { camera }: Scene): void {
  element.setAttribute("transform", `translate(46 ${(camera.height - 46).toFixed(0)})`);
  for (const [a, axis] of [...element.children].entries()) {
    const [x, y] = [camera.rotation[a], -camera.rotation[3 + a]];
    const [line, name] = axis.children;
    line.setAttribute("x2", (26 * x).toFixed(1));
    line.setAttribute("y2", (26 * y).toFixed(1));
    name.setAttribute("x", (35 * x).toFixed(1));
    name.setAttribute("y", (35 * y).toFixed(1));
  }
}
