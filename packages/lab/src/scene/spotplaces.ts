import type { Box } from "softfield";
import { inverseVectors } from "softfield/internal";
import { bet } from "../state/bet.ts";
import { eyeCorner, glass } from "../state/glass.ts";
import { happened } from "../state/happened.ts";
import { map } from "../state/maps.ts";
import { presenting } from "../state/mode.ts";
import { pointed } from "../state/pointed.ts";
import { rival } from "../state/rival.ts";
import { reading, readState, shown } from "../state/shear.ts";
import { spotsShown } from "../state/spotsshown.ts";
import { view } from "../state/view.ts";
import { apart, pinDiscs, pinSize, type SpotPlace } from "./apart.ts";
import { edges } from "./camera.ts";
import type { Scene } from "./scene.ts";

/** The places of all spots that are shown, of a map or of the one in view. */
export function spotPlaces(scene: Scene, found = map.value): readonly SpotPlace[] {
  const [from, now] = [readState.value, shown.value];
  if (!from || !now || !found || !spotsShown.value) return [];
  const spots = found.marks.slice(0, view.value.spotCount).map(({ rank, name, bin, position }) => {
    const [x, y] = scene.camera.toScreen(carried(from.system.box, now.box, position));
    return { rank, name, bin, x, y };
  });
  const scale = presenting.value ? LARGE : 1;
  const pins = happened.value.flatMap(({ particle, drop }) => {
    const place = particlePlace(scene, particle);
    return place ? pinDiscs(...place, scale * pinSize(drop)) : [];
  });
  const other = rivalPlace(scene);
  const square = other ? [{ x: other[0], y: other[1], radius: 11 * scale }] : [];
  return apart(spots, scale, [...pins, ...square]);
}

/** How many times larger marks are on the stage that stands alone; as in the page's style. */
const LARGE = 1.8;
/** Where the softest spot of the modes stands, CSS pixels, where it is compared. */
export function rivalPlace(scene: Scene): readonly [number, number] | undefined {
  const [place, from, now] = [rival.value, glass.value?.system.box, shown.value];
  if (!place || !from || !now) return undefined;
  const [x, y] = scene.camera.toScreen(carried(from, now.box, place));
  return [x, y];
}

/** Where the bet stands now, CSS pixels. */
export function betPlace(scene: Scene): readonly [number, number] | undefined {
  const [place, from, now] = [bet.value, glass.value?.system.box, shown.value];
  if (!place || !from || !now) return undefined;
  const [x, y] = scene.camera.toScreen(carried(from, now.box, place));
  return [x, y];
}

/** A point of one box at the same fractional coordinates of another, in the cell that is drawn, from its corner. */
export function carried(from: Box, to: Box, point: ArrayLike<number>): [number, number, number] {
  const d = from.dimension;
  const inverse = inverseVectors(from);
  const corner = eyeCorner(from);
  const vectors = edges(to);
  const out: [number, number, number] = [0, 0, 0];
  for (let a = 0; a < d; a++) {
    let s = 0;
    for (let c = 0; c < d; c++) s += (point[c] - corner[c]) * inverse[c * d + a];
    s -= Math.floor(s);
    for (let c = 0; c < 3; c++) out[c] += s * vectors[a * 3 + c];
  }
  return out;
}

/** Where an event's particle is now, CSS pixels; undefined where no such event is known. */
export function particlePlace(scene: Scene, particle: number): readonly [number, number] | undefined {
  const now = shown.value;
  if (!now) return undefined;
  const d = now.box.dimension;
  const at = now.positions.subarray(particle * d, (particle + 1) * d);
  const [x, y] = scene.camera.toScreen([at[0], at[1], d === 3 ? at[2] : 0]);
  return [x, y];
}

/** Where the particle or bond stands that is spoken of, CSS pixels; spots have marks of their own. */
export function pointedPlace(scene: Scene): readonly [number, number] | undefined {
  const what = pointed.value?.what;
  const now = shown.value;
  if (!what || !now || what.kind === "spot") return undefined;
  if (what.kind === "particle") return particlePlace(scene, what.index);
  return bondPlace(scene, what.index);
}

/** Where the middle of a bond of the reading in view is now, CSS pixels. */
export function bondPlace(scene: Scene, bond: number): readonly [number, number] | undefined {
  const [pairs, now] = [reading.value?.pairs, shown.value];
  if (!pairs || !now) return undefined;
  const [i, d] = [pairs.i[bond], now.box.dimension];
  const middle = Array.from(
    pairs.du.subarray(bond * d, (bond + 1) * d),
    (u, c) => now.positions[i * d + c] + u / 2,
  );
  const [x, y] = scene.camera.toScreen([middle[0], middle[1], d === 3 ? middle[2] : 0]);
  return [x, y];
}
