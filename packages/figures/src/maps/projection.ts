/** The periodic box that a map shows; `vectors` as in softfield's `Box`: d×d, row a = edge vector a, unit λ. */
export interface MapBox {
  readonly dimension: 2 | 3;
  readonly vectors: ArrayLike<number>;
}

/**
 * The slice of a three-dimensional box that a map shows: between two planes parallel to a pair of box faces,
 * projected along the third edge vector.
 */
export interface Slab {
  /** Edge vector that the slab cuts across; default "z". */
  readonly axis?: "x" | "y" | "z";
  /** Fractional coordinate of the middle plane along that edge, 0…1; default 0.5. */
  readonly centre?: number;
  /** Distance between the planes, unit λ; default 2.5. */
  readonly thickness?: number;
}

/** How fractional coordinates of a box become a parallelogram in the plane of the picture. */
export interface Projection {
  readonly dimension: 2 | 3;
  /** Indices of the two edge vectors drawn. */
  readonly axes: readonly [number, number];
  /** Edge vectors in the plane, unit λ: the first lies along the horizontal. */
  readonly across: readonly [number, number];
  readonly up: readonly [number, number];
  /** d×d, fractional = inverse · Cartesian with s_k = Σ_c x_c inverse[c·d + k]. */
  readonly inverse: Float64Array;
  /** d, fractional coordinates of the corner of the box that is drawn. */
  readonly corner: readonly number[];
  /** In 3D the edge across the slab, its centre and half its thickness in fractional units, its thickness in λ. */
  readonly slab?: {
    readonly axis: number;
    readonly centre: number;
    readonly half: number;
    readonly thickness: number;
  };
}

/** Inverse of the lower triangular matrix of edge vectors. */
function invertBox({ dimension: d, vectors }: MapBox): Float64Array {
  const inverse = new Float64Array(d * d);
  for (let column = 0; column < d; column++) {
    for (let row = column; row < d; row++) {
      let sum = row === column ? 1 : 0;
      for (let k = column; k < row; k++) sum -= vectors[row * d + k] * inverse[k * d + column];
      inverse[row * d + column] = sum / vectors[row * d + row];
    }
  }
  return inverse;
}

const AXES = { x: 0, y: 1, z: 2 } as const;

/**
 * The projection of a box on the page: in 2D the box itself, in 3D the two edge vectors beside the slab's axis
 * (x, y for z; x, z for y; y, z for x), their lengths and angle kept; drawn from `origin` on (d, λ; default 0).
 */
export function projectBox(box: MapBox, slab: Slab = {}, origin?: ArrayLike<number>): Projection {
  const d = box.dimension;
  const inverse = invertBox(box);
  const corner = Array.from({ length: d }, (_, k) =>
    origin === undefined ? 0 : fractional({ dimension: d, inverse }, origin, 0, k),
  );
  const edge = (a: number): number[] => Array.from({ length: d }, (_, c) => box.vectors[a * d + c]);
  const cut = d === 3 ? AXES[slab.axis ?? "z"] : -1;
  const [a, b] = [0, 1, 2].filter((k) => k !== cut) as [number, number, ...number[]];
  const dot = (u: number[], v: number[]): number => u.reduce((sum, x, c) => sum + x * v[c], 0);
  const [u, v] = [edge(a), edge(b)];
  const length = Math.sqrt(dot(u, u));
  const shear = dot(u, v) / length;
  const across = [length, 0] as const;
  const up = [shear, Math.sqrt(dot(v, v) - shear * shear)] as const;
  if (d === 2) return { dimension: d, axes: [a, b], across, up, inverse, corner };
  // distance between the planes s_k = 0 and s_k = 1 is 1/|∇s_k|
  const gradient = Math.hypot(...Array.from({ length: d }, (_, c) => inverse[c * d + cut]));
  const half = Math.min(((slab.thickness ?? 2.5) * gradient) / 2, 0.5);
  return {
    dimension: d,
    axes: [a, b],
    across,
    up,
    inverse,
    corner,
    slab: { axis: cut, centre: slab.centre ?? 0.5, half, thickness: (2 * half) / gradient },
  };
}

/** Fractional coordinate k of the vector that starts at `offset` of `source`. */
export function fractional(
  projection: Pick<Projection, "dimension" | "inverse">,
  source: ArrayLike<number>,
  offset: number,
  k: number,
): number {
  const d = projection.dimension;
  let sum = 0;
  for (let c = 0; c < d; c++) sum += source[offset + c] * projection.inverse[c * d + k];
  return sum;
}

/** Fractional coordinate k of the point at `offset` of `source`, from the corner that is drawn. */
export function fractionalFromCorner(
  projection: Projection,
  source: ArrayLike<number>,
  offset: number,
  k: number,
): number {
  return fractional(projection, source, offset, k) - projection.corner[k];
}

/** Whether a fractional coordinate along the slab's axis lies within the slab, periodically; always in 2D. */
export function inSlab(projection: Projection, coordinate: number): boolean {
  const slab = projection.slab;
  if (slab === undefined) return true;
  const offset = coordinate - slab.centre;
  return Math.abs(offset - Math.round(offset)) <= slab.half;
}

/** Receives a piece of a segment that lies within the box, in fractional coordinates of the drawn edges. */
export type SegmentSink = (s0: number, t0: number, s1: number, t1: number) => void;

/**
 * Cuts the segment from (s, t) to (s + ds, t + dt), fractional, into the pieces that lie in the unit square
 * after wrapping: a bond across the edge of the box becomes two halves (three at a corner).
 */
export function wrapSegment(
  start: readonly [number, number],
  delta: readonly [number, number],
  sink: SegmentSink,
): void {
  const [s, t] = start;
  const [ds, dt] = delta;
  const lowS = Math.floor(Math.min(s, s + ds));
  const highS = Math.floor(Math.max(s, s + ds));
  const lowT = Math.floor(Math.min(t, t + dt));
  const highT = Math.floor(Math.max(t, t + dt));
  for (let ns = lowS; ns <= highS; ns++) {
    for (let nt = lowT; nt <= highT; nt++) {
      // Liang–Barsky: the part q of [0, 1] for which both coordinates lie in [0, 1]
      let q0 = 0;
      let q1 = 1;
      for (const [x, dx] of [
        [s - ns, ds],
        [t - nt, dt],
      ] as const) {
        if (dx === 0) continue;
        const a = -x / dx;
        const b = (1 - x) / dx;
        q0 = Math.max(q0, Math.min(a, b));
        q1 = Math.min(q1, Math.max(a, b));
      }
      if (q1 > q0) sink(s - ns + q0 * ds, t - nt + q0 * dt, s - ns + q1 * ds, t - nt + q1 * dt);
    }
  }
}
