import type { Box } from "softfield";
import type { BondData } from "../engine/bondlayer.ts";
import { Camera } from "./camera.ts";
import { Device } from "./device.ts";
import { withGhosts } from "./geometry.ts";
import { SCENE, type SceneTheme } from "./palette.ts";
import { paint, warmUp, wipe } from "./picture.ts";
import type { FieldData, SceneView } from "./types.ts";

/** Milliseconds between two pictures of a moving eye that are slow. */
const SLOW = 45;
/** Milliseconds without a move after which the eye rests. */
const REST = 220;
/** Share of the pixels along an edge that are drawn of what moves slowly. */
const COARSE = 0.6;

/**
 * The picture of a glass: discs, bonds, arrows, heat map. Data go to the device when they change; panning,
 * zooming and turning change uniforms only.
 */
export class Scene {
  /** Of the one that it follows, if it follows one: both look from the same place. */
  readonly camera: Camera;
  readonly canvas: HTMLCanvasElement;
  /** Called after each picture. */
  onDrawn: () => void = () => undefined;
  #device: Device;
  #box: Box | undefined;
  #positions: Float32Array = new Float32Array(0);
  #ghosts = 0;
  #maxRadius = 0.7;
  #attributes: Float32Array = new Float32Array(0);
  #bonds: BondData | undefined;
  #arrows: Float32Array | undefined;
  #field: FieldData | undefined;
  #view: SceneView | undefined;
  #theme: SceneTheme = SCENE.light;
  #request = 0;
  readonly #observer: ResizeObserver;

  readonly #leader: Scene | undefined;
  readonly #followers = new Set<Scene>();

  /** Throws where the browser has no WebGL 2. */
  constructor(canvas: HTMLCanvasElement, leader?: Scene) {
    this.canvas = canvas;
    this.#leader = leader;
    this.camera = leader ? leader.camera : new Camera();
    if (leader) leader.#followers.add(this);
    this.#device = new Device(canvas);
    canvas.addEventListener("webglcontextlost", (event) => event.preventDefault());
    canvas.addEventListener("webglcontextrestored", () => {
      this.#device = new Device(canvas);
      this.#uploadAll();
    });
    this.#observer = new ResizeObserver(() => this.#resize());
    this.#observer.observe(canvas);
    this.#resize();
  }

  #uploadAll(): void {
    this.setTheme(this.#theme);
    if (this.#box) this.setParticles(this.#box, this.#positions);
    this.setAttributes(this.#attributes);
    this.setBonds(this.#bonds);
    this.setArrows(this.#arrows);
    this.setField(this.#field);
  }

  #resize(): void {
    const { canvas, camera } = this;
    const { clientWidth, clientHeight } = canvas;
    if (clientWidth === 0 || clientHeight === 0) return;
    if (clientWidth === camera.width && clientHeight === camera.height) return;
    const before = Math.min(camera.width, camera.height);
    camera.width = clientWidth;
    camera.height = clientHeight;
    this.#setSize();
    if (this.#box && !camera.moved) camera.fit(this.#box);
    else if (before > 1) camera.zoom *= Math.min(clientWidth, clientHeight) / before;
    this.look();
  }

  setTheme(theme: SceneTheme): void {
    this.#theme = theme;
    this.#device.paint(theme);
    this.draw();
  }

  /** N×d positions in the box with a corner at 0. In 2D discs across an edge are shown at both sides. */
  setParticles(box: Box, positions: Float32Array): void {
    const first = this.#box?.dimension !== box.dimension || this.#positions.length !== positions.length;
    const other = !this.#box || this.#box.vectors.some((x, k) => x !== box.vectors[k]);
    this.#box = box;
    this.#positions = positions;
    const entries = withGhosts(box, positions, this.#maxRadius);
    this.#ghosts = entries.length / 4 - positions.length / box.dimension;
    this.#device.data.particles.upload(entries);
    // A sheared box stays whole in view, unless the eye is elsewhere.
    if (!this.#leader && (first || (other && !this.camera.moved))) {
      this.camera.fit(box);
      this.look();
    }
    this.draw();
  }

  /** While nothing is shown: makes ready for the first picture. */
  warmUp(): void {
    if (!this.#box) warmUp(this.#device, this.#theme);
  }

  /** Shows nothing. */
  clear(): void {
    this.#box = undefined;
    this.#positions = new Float32Array(0);
    this.draw();
  }

  /** N×2: radius in λ, colour in [0, 1]. */
  setAttributes(attributes: Float32Array): void {
    this.#attributes = attributes;
    this.#maxRadius = 0.1;
    for (let k = 0; k < attributes.length; k += 2) this.#maxRadius = Math.max(this.#maxRadius, attributes[k]);
    this.#device.data.attributes.upload(attributes);
    this.draw();
  }

  setBonds(bonds: BondData | undefined): void {
    this.#bonds = bonds;
    if (bonds) {
      this.#device.data.bonds.upload(bonds.bonds);
      this.#device.data.starts.upload(bonds.starts);
    }
    this.draw();
  }

  /** N×4: vector and its length. */
  setArrows(arrows: Float32Array | undefined): void {
    this.#arrows = arrows;
    if (arrows) this.#device.data.vectors.upload(arrows);
    this.draw();
  }

  setField(field: FieldData | undefined): void {
    this.#field = field;
    if (field) this.#device.data.field.upload(field.levels);
    if (field?.surfaces) this.#device.data.surface.upload(texelsOf(field.surfaces));
    this.draw();
  }

  setView(view: SceneView): void {
    this.#view = view;
    this.draw();
  }

  reset(): void {
    if (this.#box) this.camera.fit(this.#box);
    this.look();
  }

  /** Asks for pictures from where the camera has gone, of all that look from there. */
  look(): void {
    const leader = this.#leader ?? this;
    for (const scene of [leader, ...leader.#followers]) {
      scene.#haste();
      scene.draw();
    }
  }

  /**
   * While the eye moves and pictures come slowly (no graphics device, or a small one), they are drawn with less: fewer
   * pixels and only the strongest bonds. What rests is drawn in full.
   */
  #haste(): void {
    const now = performance.now();
    const since = now - this.#lastLook;
    this.#lastLook = now;
    if (since > SLOW && since < REST) this.#slow++;
    if (this.#slow >= 2) this.#setCoarse(true);
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.#setCoarse(false), REST);
  }

  #lastLook = 0;
  #slow = 0;
  #coarse = false;
  #rest: ReturnType<typeof setTimeout> | undefined;

  #setCoarse(coarse: boolean): void {
    if (!coarse) this.#slow = Math.min(this.#slow, 2);
    if (coarse === this.#coarse) return;
    this.#coarse = coarse;
    this.#setSize();
    this.draw();
  }

  #setSize(): void {
    const ratio = Math.min(2, window.devicePixelRatio || 1) * (this.#coarse ? COARSE : 1);
    this.canvas.width = Math.round(this.camera.width * ratio);
    this.canvas.height = Math.round(this.camera.height * ratio);
  }

  /** Asks for a picture with the next frame of the screen. */
  draw(): void {
    if (this.#request === 0) {
      this.#request = requestAnimationFrame(() => {
        this.#request = 0;
        // What changes with the picture may have changed the room for it: no picture is drawn twice.
        this.#resize();
        this.drawNow();
      });
    }
  }

  /** Draws once at another resolution, pixels per CSS pixel, for `take` to copy; then as before. */
  drawAt(ratio: number, take: (canvas: HTMLCanvasElement) => void): void {
    const { canvas, camera } = this;
    const before = [canvas.width, canvas.height] as const;
    const coarse = this.#coarse;
    this.#coarse = false;
    canvas.width = Math.round(camera.width * ratio);
    canvas.height = Math.round(camera.height * ratio);
    this.drawNow();
    take(canvas);
    this.#coarse = coarse;
    [canvas.width, canvas.height] = before;
    this.drawNow();
  }

  drawNow(): void {
    wipe(this.#device, this.#theme);
    if (this.#box && this.#view) {
      paint(this.#device, {
        camera: this.camera,
        theme: this.#theme,
        view: this.#view,
        box: this.#box,
        discs: this.#positions.length / this.#box.dimension + this.#ghosts,
        bonds: this.#bonds,
        arrows: (this.#arrows?.length ?? 0) / 4,
        field: this.#field,
        coarse: this.#coarse,
      });
    }
    this.onDrawn();
  }

  dispose(): void {
    if (this.#leader) this.#leader.#followers.delete(this);
    this.#observer.disconnect();
    cancelAnimationFrame(this.#request);
    clearTimeout(this.#rest);
    this.#device.dispose();
  }
}

/** Vertices of all surfaces one after another, two texels each. */
function texelsOf(surfaces: NonNullable<FieldData["surfaces"]>): Float32Array {
  const count = surfaces.reduce((sum, { vertices }) => sum + vertices.length / 3, 0);
  const texels = new Float32Array(4 * count);
  let at = 0;
  for (const { vertices } of surfaces)
    for (let k = 0; k < vertices.length; k += 3, at += 4) texels.set(vertices.subarray(k, k + 3), at);
  return texels;
}
