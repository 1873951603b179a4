import { type Box, faceDistances } from "../space/index.ts";

/** A part of a glass, and the surroundings that are needed to know how it fluctuates. */
export interface Window {
  /** Particles whose interactions it answers for, ascending. */
  readonly core: Int32Array;
  /** These and all within the reach of them, ascending. */
  readonly particles: Int32Array;
  /** particles×d, in (−½, ½] around the middle of the core: for the ordering */
  readonly fractional: Float64Array;
}

/** Particles of a core, at most, where nothing else is said: by dimension. */
export const CORE = { 2: 2000, 3: 700 };

/**
 * Cuts a glass into cores of about as many particles, `most`, by planes across its longest extents, and gives each core all
 * particles within `reach` of its bounding box. O(N log N) and the sum of all windows.
 */
export function windowsOf(box: Box, fractional: Float64Array, reach: number, most: number): Window[] {
  const d = box.dimension;
  const n = fractional.length / d;
  const widths = faceDistances(box);
  const cores: Int32Array[] = [];
  const cut = (members: Int32Array, extents: readonly number[]) => {
    if (members.length <= most) {
      cores.push(members.sort());
      return;
    }
    const axis = extents.reduce((best, x, a) => (x * widths[a] > extents[best] * widths[best] ? a : best), 0);
    const sorted = members.sort((p, q) => fractional[p * d + axis] - fractional[q * d + axis] || p - q);
    const middle = sorted.length >> 1;
    const halved = extents.map((x, a) => (a === axis ? x / 2 : x));
    cut(sorted.slice(0, middle), halved);
    cut(sorted.slice(middle), halved);
  };
  cut(
    Int32Array.from({ length: n }, (_, p) => p),
    Array.from({ length: d }, () => 1),
  );
  return cores.map((core) => withSurroundings(core, fractional, d, (a) => reach / widths[a]));
}

function withSurroundings(
  core: Int32Array,
  fractional: Float64Array,
  d: number,
  margin: (axis: number) => number,
): Window {
  const middle: number[] = [];
  const half: number[] = [];
  for (let a = 0; a < d; a++) {
    let [low, high] = [Infinity, -Infinity];
    for (const p of core) {
      low = Math.min(low, fractional[p * d + a]);
      high = Math.max(high, fractional[p * d + a]);
    }
    middle.push((low + high) / 2);
    half.push((high - low) / 2 + margin(a));
  }
  const particles: number[] = [];
  const places: number[] = [];
  const place = new Float64Array(d);
  for (let p = 0; p < fractional.length / d; p++) {
    let inside = true;
    for (let a = 0; a < d && inside; a++) {
      const x = fractional[p * d + a] - middle[a];
      place[a] = x - Math.round(x);
      inside = Math.abs(place[a]) <= half[a];
    }
    if (!inside) continue;
    particles.push(p);
    places.push(...place);
  }
  return { core, particles: Int32Array.from(particles), fractional: Float64Array.from(places) };
}
