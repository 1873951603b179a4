import type { Box } from "softfield";

type Vector = readonly [number, number, number];

/** Edge vectors of a box as rows of 3×3, a 2D box lying in z = 0 with height 1. */
export function edges(box: Box): Float64Array {
  const v = box.vectors;
  return box.dimension === 3 ? v : Float64Array.of(v[0], v[1], 0, v[2], v[3], 0, 0, 0, 1);
}

/** The middle of the box. */
export function middle(box: Box): [number, number, number] {
  const v = edges(box);
  const half = (c: number) => 0.5 * (v[c] + v[3 + c] + v[6 + c]);
  return [half(0), half(1), box.dimension === 3 ? half(2) : 0];
}

/** Where one looks from: a parallel projection that pans and zooms, and in 3D turns. */
export class Camera {
  dimension: 2 | 3 = 2;
  target: [number, number, number] = [0, 0, 0];
  /** CSS pixels per λ. */
  zoom = 1;
  /** World to view, row-major 3×3. */
  rotation = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
  width = 1;
  height = 1;
  /** Radius of the sphere round the box, λ: sets the depth range. */
  radius = 1;
  /** Moved by hand since it last showed the whole box. */
  moved = false;
  #fitted = 1;

  /** Shows the whole box, from the front in 2D, from a corner in 3D. */
  fit(box: Box, margin = 18): void {
    this.dimension = box.dimension;
    const v = edges(box);
    this.target = middle(box);
    this.rotation = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
    if (box.dimension === 3) {
      this.turn(-0.55, 0);
      this.turn(0, 0.38);
    }
    let [x, y, far] = [0, 0, 0];
    for (let corner = 0; corner < 8; corner++) {
      const w = [0, 1, 2].map((c) => [0, 1, 2].reduce((s, a) => s + ((corner >> a) & 1) * v[a * 3 + c], 0));
      if (box.dimension === 2) w[2] = 0;
      const p = this.toView(w as unknown as Vector);
      x = Math.max(x, Math.abs(p[0]));
      y = Math.max(y, Math.abs(p[1]));
      far = Math.max(far, Math.hypot(...p));
    }
    this.radius = far;
    const room = (size: number) => Math.max(40, size - 2 * margin);
    this.zoom = Math.min(room(this.width) / (2 * x), room(this.height) / (2 * y));
    this.#fitted = this.zoom;
    this.moved = false;
  }

  /** The zoom over the one that shows the whole box. */
  get relativeZoom(): number {
    return this.zoom / this.#fitted;
  }

  set relativeZoom(times: number) {
    this.zoom = times * this.#fitted;
  }

  /** Turns so that the screen's right and up lie along two directions of the world, made orthonormal. */
  face(right: readonly number[], up: readonly number[]): void {
    const unit = (u: readonly number[]) => u.map((x) => x / Math.max(1e-9, Math.hypot(...u)));
    const x = unit(right);
    const along = up.reduce((sum, u, c) => sum + u * x[c], 0);
    const y = unit(up.map((u, c) => u - along * x[c]));
    const z = [x[1] * y[2] - x[2] * y[1], x[2] * y[0] - x[0] * y[2], x[0] * y[1] - x[1] * y[0]];
    this.rotation = Float64Array.of(...x, ...y, ...z);
  }

  toView([x, y, z]: Vector): [number, number, number] {
    const [a, b, c] = [x - this.target[0], y - this.target[1], z - this.target[2]];
    const r = this.rotation;
    return [r[0] * a + r[1] * b + r[2] * c, r[3] * a + r[4] * b + r[5] * c, r[6] * a + r[7] * b + r[8] * c];
  }

  /** World to CSS pixels from the upper left, and depth towards the eye. */
  toScreen(point: Vector): [number, number, number] {
    const [x, y, z] = this.toView(point);
    return [this.width / 2 + x * this.zoom, this.height / 2 - y * this.zoom, z];
  }

  /** The point of the plane z = 0 under a point of the screen; in 2D only. */
  toPlane(x: number, y: number): [number, number] {
    return [
      this.target[0] + (x - this.width / 2) / this.zoom,
      this.target[1] - (y - this.height / 2) / this.zoom,
    ];
  }

  /** Moves the scene by pixels. */
  pan(dx: number, dy: number): void {
    this.moved = true;
    const r = this.rotation;
    for (let c = 0; c < 3; c++) {
      this.target[c] -= (dx * r[c] - dy * r[3 + c]) / this.zoom;
    }
  }

  /** Zooms by a factor about a point of the screen. */
  zoomAt(factor: number, x: number, y: number): void {
    const zoom = Math.min(this.#fitted * 60, Math.max(this.#fitted * 0.3, this.zoom * factor));
    const scale = zoom / this.zoom;
    const [dx, dy] = [x - this.width / 2, y - this.height / 2];
    this.pan(dx * (1 / scale - 1), dy * (1 / scale - 1));
    this.zoom = zoom;
  }

  /** Turns about the screen's vertical and horizontal axes, radians. */
  turn(aroundY: number, aroundX: number): void {
    this.moved = true;
    const [cy, sy, cx, sx] = [Math.cos(aroundY), Math.sin(aroundY), Math.cos(aroundX), Math.sin(aroundX)];
    const r = this.rotation;
    const next = new Float64Array(9);
    for (let c = 0; c < 3; c++) {
      const x = cy * r[c] + sy * r[6 + c];
      const z = -sy * r[c] + cy * r[6 + c];
      next[c] = x;
      next[3 + c] = cx * r[3 + c] - sx * z;
      next[6 + c] = sx * r[3 + c] + cx * z;
    }
    this.rotation = next;
  }
}
