/** The points n·x ≤ h. */
export interface HalfSpace {
  /** d */
  readonly normal: Float64Array;
  readonly height: number;
}

/** What is left of space after half-spaces have cut it. */
export interface ClippedCell {
  /** Area in 2D. */
  readonly volume: number;
  /** Half-spaces that bound it, by their place in the list, and the area (2D: length) of each facet. */
  readonly facets: readonly number[];
  readonly areas: readonly number[];
  /** The d facets that meet at each corner, corners×d: places in `facets`. */
  readonly corners: readonly number[];
}

/** Whether none from `next` on can cut a cell whose corners are within `radius` of the origin. */
export type Enough = (radius: number, next: number) => boolean;

const EMPTY: ClippedCell = { volume: 0, facets: [], areas: [], corners: [] };

interface Corner {
  readonly x: readonly number[];
  /** Of the edge from here to the next corner. */
  readonly plane: number;
}

/**
 * A square of half-width `size` around the origin cut by half-planes in their order, until it is enough. Undefined
 * where it still is not when all have cut.
 */
export function clippedPolygon(
  planes: readonly HalfSpace[],
  size: number,
  enough: Enough,
): ClippedCell | undefined {
  let polygon: Corner[] = [
    { x: [-size, -size], plane: -1 },
    { x: [size, -size], plane: -2 },
    { x: [size, size], plane: -3 },
    { x: [-size, size], plane: -4 },
  ];
  const radius = () => Math.sqrt(polygon.reduce((most, { x }) => Math.max(most, squared(x)), 0));
  let next = 0;
  for (; next < planes.length && !enough(radius(), next); next++) {
    polygon = cutPolygon(polygon, planes[next], next);
    if (polygon.length === 0) return EMPTY;
  }
  if (!enough(radius(), next) || polygon.some(({ plane }) => plane < 0)) return undefined;
  const areas = polygon.map(({ x }, k) => {
    const [to] = [polygon[(k + 1) % polygon.length].x];
    return Math.sqrt(squared([to[0] - x[0], to[1] - x[1]]));
  });
  const facets = polygon.map(({ plane }) => plane);
  const volume = facets.reduce((sum, plane, k) => sum + 0.5 * distance(planes[plane]) * areas[k], 0);
  const corners = polygon.flatMap((_, k) => [(k + polygon.length - 1) % polygon.length, k]);
  return { volume, facets, areas, corners };
}

function cutPolygon(polygon: readonly Corner[], { normal, height }: HalfSpace, plane: number): Corner[] {
  const above = polygon.map(({ x }) => normal[0] * x[0] + normal[1] * x[1] - height);
  if (!above.some((s) => s > 0)) return polygon as Corner[];
  const left: Corner[] = [];
  polygon.forEach((corner, k) => {
    const after = (k + 1) % polygon.length;
    const [here, there] = [above[k], above[after]];
    if (here <= 0) left.push(corner);
    if (here <= 0 === there <= 0) return;
    const t = here / (here - there);
    const [a, b] = [corner.x, polygon[after].x];
    const x = [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
    left.push({ x, plane: here <= 0 ? plane : corner.plane });
  });
  return left;
}

interface Face {
  readonly plane: number;
  /** Corners counter-clockwise, seen from outside. */
  readonly loop: readonly number[];
}

/** The same for a cube and half-spaces in 3D. Every corner belongs to three faces, however they meet. */
export function clippedPolyhedron(
  planes: readonly HalfSpace[],
  size: number,
  enough: Enough,
): ClippedCell | undefined {
  const solid = new Polyhedron(size);
  let next = 0;
  for (; next < planes.length && !enough(solid.radius(), next); next++) {
    solid.cut(planes[next], next);
    if (solid.faces.length === 0) return EMPTY;
  }
  if (!enough(solid.radius(), next) || solid.faces.some(({ plane }) => plane < 0)) return undefined;
  const facets = solid.faces.map(({ plane }) => plane);
  const areas = solid.faces.map(({ loop }) => solid.area(loop));
  const volume = facets.reduce((sum, plane, f) => sum + (distance(planes[plane]) * areas[f]) / 3, 0);
  const meeting = new Map<number, number[]>();
  solid.faces.forEach(({ loop }, f) => {
    for (const corner of loop) {
      const faces = meeting.get(corner);
      if (faces) faces.push(f);
      else meeting.set(corner, [f]);
    }
  });
  return { volume, facets, areas, corners: [...meeting.values()].flat() };
}

class Polyhedron {
  faces: Face[];
  /** 3 a corner */
  readonly #x: number[] = [];

  constructor(size: number) {
    for (let k = 0; k < 8; k++) this.#x.push(...[1, 2, 4].map((bit) => ((k & bit) === 0 ? -size : size)));
    const loops = [
      [0, 4, 6, 2],
      [1, 3, 7, 5],
      [0, 1, 5, 4],
      [2, 6, 7, 3],
      [0, 2, 3, 1],
      [4, 5, 7, 6],
    ];
    this.faces = loops.map((loop, k) => ({ plane: -1 - k, loop }));
  }

  radius(): number {
    let most = 0;
    for (const { loop } of this.faces) {
      for (const corner of loop) {
        const [x, y, z] = this.#at(corner);
        most = Math.max(most, x * x + y * y + z * z);
      }
    }
    return Math.sqrt(most);
  }

  cut({ normal, height }: HalfSpace, plane: number): void {
    const above = new Map<number, number>();
    let cuts = false;
    for (const { loop } of this.faces) {
      for (const corner of loop) {
        const [x, y, z] = this.#at(corner);
        const s = normal[0] * x + normal[1] * y + normal[2] * z - height;
        above.set(corner, s);
        cuts ||= s > 0;
      }
    }
    if (!cuts) return;
    const made = new Map<string, number>();
    /** The corner where the edge between two corners meets the plane; the same from both of its faces. */
    const between = (a: number, b: number): number => {
      const [low, high] = a < b ? [a, b] : [b, a];
      const key = `${low} ${high}`;
      const known = made.get(key);
      if (known !== undefined) return known;
      const [s, t] = [above.get(low)!, above.get(high)!];
      const share = s / (s - t);
      const [from, to] = [this.#at(low), this.#at(high)];
      const corner = this.#x.length / 3;
      this.#x.push(...from.map((x, c) => x + share * (to[c] - x)));
      made.set(key, corner);
      return corner;
    };
    const kept: Face[] = [];
    const rim = new Map<number, number>();
    for (const face of this.faces) {
      const loop: number[] = [];
      let [leaves, enters] = [-1, -1];
      face.loop.forEach((corner, k) => {
        const after = face.loop[(k + 1) % face.loop.length];
        const inside = above.get(corner)! <= 0;
        if (inside) loop.push(corner);
        if (inside === above.get(after)! <= 0) return;
        const crossing = between(corner, after);
        loop.push(crossing);
        if (inside) leaves = crossing;
        else enters = crossing;
      });
      if (loop.length > 2) kept.push({ plane: face.plane, loop });
      if (leaves >= 0 && enters >= 0) rim.set(enters, leaves);
    }
    this.faces = kept;
    const [first] = rim.keys();
    if (first === undefined) return;
    const loop = [first];
    for (let corner = rim.get(first)!; corner !== first; corner = rim.get(corner)!) loop.push(corner);
    this.faces.push({ plane, loop });
  }

  area(loop: readonly number[]): number {
    const origin = this.#at(loop[0]);
    const sum = [0, 0, 0];
    for (let k = 1; k + 1 < loop.length; k++) {
      const [a, b] = [loop[k], loop[k + 1]].map((corner) => this.#at(corner).map((x, c) => x - origin[c]));
      for (let c = 0; c < 3; c++) {
        const [p, q] = [(c + 1) % 3, (c + 2) % 3];
        sum[c] += a[p] * b[q] - a[q] * b[p];
      }
    }
    return 0.5 * Math.sqrt(squared(sum));
  }

  #at(corner: number): number[] {
    return this.#x.slice(3 * corner, 3 * corner + 3);
  }
}

function squared(x: readonly number[]): number {
  return x.reduce((sum, component) => sum + component * component, 0);
}

/** From the origin to a plane, negative where the origin is cut off. */
function distance({ normal, height }: HalfSpace): number {
  return height / Math.sqrt(normal.reduce((sum, x) => sum + x * x, 0));
}
