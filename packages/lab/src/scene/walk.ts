import { bondValues } from "../state/bondvalues.ts";
import { happened } from "../state/happened.ts";
import { facts, type Picked, pointed } from "../state/pointed.ts";
import { events } from "../state/shear.ts";
import { judged, sentence } from "../state/verdict.ts";
import { announcement } from "../state/work.ts";
import { sceneView } from "./bind.ts";
import type { Scene } from "./scene.ts";
import { bondPlace, particlePlace, spotPlaces } from "./spotplaces.ts";
import { stage } from "./stage.ts";

/** A stop of the walk through a picture: a spot, an event that has happened, or one of the bonds with the largest |E|. */
type Stop = { readonly rank: number } | { readonly ordinal: number } | { readonly bond: number };
/** So many bonds are walked through, where bonds are drawn. */
const BONDS = 5;

let last: Stop | undefined;

/** To the next or the one before of spots, events and bonds, in this order: pinned in the picture, and said. */
export function walk(scene: Scene, by: 1 | -1): void {
  const stops: Stop[] = [
    ...spotPlaces(scene).map(({ rank }) => ({ rank })),
    ...happened.value.map(({ ordinal }) => ({ ordinal })),
    ...strongestBonds().map((bond) => ({ bond })),
  ];
  if (stops.length === 0) return;
  const now = stops.findIndex((stop) => JSON.stringify(stop) === JSON.stringify(last));
  last = stops[now < 0 && by < 0 ? stops.length - 1 : (now + by + stops.length) % stops.length];
  stopAt(scene, last);
}

/** Brings what is pinned to the middle, larger. */
export function approach(scene: Scene): void {
  const now = last;
  if (!now) return;
  const place = placeOf(scene, now);
  if (!place) return;
  const { camera } = scene;
  camera.pan(camera.width / 2 - place[0], camera.height / 2 - place[1]);
  camera.zoomAt(1.8, camera.width / 2, camera.height / 2);
  scene.look();
  stopAt(scene, now);
}

/** Pins a spot, as a tap on its mark does. */
export function showSpot(rank: number): void {
  const scene = stage.value;
  if (!scene) return;
  last = { rank };
  stopAt(scene, last);
}

function strongestBonds(): number[] {
  const drawn = sceneView.value.bonds ? bondValues.value?.order : undefined;
  return drawn ? Array.from(drawn.slice(-BONDS)).reverse() : [];
}

function stopAt(scene: Scene, stop: Stop): void {
  const place = placeOf(scene, stop);
  if (!place) return;
  if (!("ordinal" in stop)) {
    pin("rank" in stop ? { kind: "spot", rank: stop.rank } : { kind: "bond", index: stop.bond }, place);
    const told = facts.value;
    if (told) announcement.value = `${told.title}: ${told.rows.map((row) => row.join(" ")).join("; ")}.`;
    return;
  }
  const event = judged.value.find(({ ordinal }) => ordinal === stop.ordinal);
  if (!event) return;
  pin({ kind: "particle", index: event.particle }, place);
  announcement.value = sentence(event);
}

function placeOf(scene: Scene, stop: Stop): readonly [number, number] | undefined {
  if ("rank" in stop) {
    const found = spotPlaces(scene).find(({ rank }) => rank === stop.rank);
    return found && [found.x, found.y];
  }
  if ("bond" in stop) return bondPlace(scene, stop.bond);
  const event = events.value.find(({ ordinal }) => ordinal === stop.ordinal);
  return event && particlePlace(scene, event.particle);
}

function pin(what: Picked, at: readonly [number, number]): void {
  pointed.value = { what, at, pinned: true };
}
