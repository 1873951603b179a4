import type { Box } from "softfield";
import { Camera, edges } from "./camera.ts";
import { DataTexture } from "./datatexture.ts";
import { firstAbove, fractionMatrix, transposed, withGhosts } from "./geometry.ts";
import { blocks, type Rgb, ramp, rgb, SCENE, type SceneTheme, SEQUENTIAL } from "./palette.ts";
import { Program } from "./program.ts";
import { ARROWS, BONDS, DISCS, FIELD, OUTLINE } from "./shaders.ts";
import type { BondData, FieldData, SceneView } from "./types.ts";

/**
 * The picture of a glass: discs, bonds, arrows, heat map. Data go to the device when they change; panning,
 * zooming and turning change uniforms only.
 */
export class Scene {
  readonly camera = new Camera();
  readonly canvas: HTMLCanvasElement;
  /** Called after each picture. */
  onDrawn: () => void = () => undefined;
  #gl!: WebGL2RenderingContext;
  #programs!: Record<"discs" | "bonds" | "arrows" | "field" | "outline", Program>;
  #data!: Record<"particles" | "attributes" | "bonds" | "starts" | "vectors" | "field", DataTexture>;
  #palettes!: Record<"species" | "number" | "heat", WebGLTexture>;
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

  /** Throws where the browser has no WebGL 2. */
  constructor(canvas: HTMLCanvasElement) {
    this.canvas = canvas;
    this.#start();
    canvas.addEventListener("webglcontextlost", (event) => event.preventDefault());
    canvas.addEventListener("webglcontextrestored", () => {
      this.#start();
      this.#uploadAll();
    });
    this.#observer = new ResizeObserver(() => this.#resize());
    this.#observer.observe(canvas);
    this.#resize();
  }

  #start(): void {
    const gl = this.canvas.getContext("webgl2", {
      antialias: false,
      alpha: false,
      powerPreference: "high-performance",
    });
    if (!gl)
      throw new Error(
        "This browser has no WebGL 2, which drawing needs: use a current Firefox, Chrome, Edge or Safari.",
      );
    this.#gl = gl;
    const program = ({ vertex, fragment }: { vertex: string; fragment: string }) =>
      new Program(gl, vertex, fragment);
    this.#programs = {
      discs: program(DISCS),
      bonds: program(BONDS),
      arrows: program(ARROWS),
      field: program(FIELD),
      outline: program(OUTLINE),
    };
    this.#data = {
      particles: new DataTexture(gl, 4),
      attributes: new DataTexture(gl, 2),
      bonds: new DataTexture(gl, 4),
      starts: new DataTexture(gl, 1),
      vectors: new DataTexture(gl, 4),
      field: new DataTexture(gl, 1),
    };
    this.#palettes = { species: gl.createTexture(), number: gl.createTexture(), heat: gl.createTexture() };
    gl.bindVertexArray(gl.createVertexArray());
    this.setTheme(this.#theme);
  }

  #uploadAll(): void {
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
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    canvas.width = Math.round(clientWidth * ratio);
    canvas.height = Math.round(clientHeight * ratio);
    const before = Math.min(camera.width, camera.height);
    camera.width = clientWidth;
    camera.height = clientHeight;
    if (before > 1) camera.zoom *= Math.min(clientWidth, clientHeight) / before;
    else if (this.#box) camera.fit(this.#box);
    this.draw();
  }

  setTheme(theme: SceneTheme): void {
    this.#theme = theme;
    this.#palette(this.#palettes.species, blocks(theme.species));
    this.#palette(this.#palettes.number, ramp(SEQUENTIAL));
    this.#palette(this.#palettes.heat, ramp(theme.heat));
    this.draw();
  }

  #palette(texture: WebGLTexture, texels: Uint8Array): void {
    const gl = this.#gl;
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, 256, 1, 0, gl.RGBA, gl.UNSIGNED_BYTE, texels);
    for (const name of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER])
      gl.texParameteri(gl.TEXTURE_2D, name, gl.NEAREST);
    for (const name of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T])
      gl.texParameteri(gl.TEXTURE_2D, name, gl.CLAMP_TO_EDGE);
  }

  /** N×d positions in the box with a corner at 0. In 2D discs across an edge are shown at both sides. */
  setParticles(box: Box, positions: Float32Array): void {
    const first = this.#box?.dimension !== box.dimension || this.#positions.length !== positions.length;
    const other = !this.#box || this.#box.vectors[0] !== box.vectors[0];
    this.#box = box;
    this.#positions = positions;
    const entries = withGhosts(box, positions, this.#maxRadius);
    this.#ghosts = entries.length / 4 - positions.length / box.dimension;
    this.#data.particles.upload(entries);
    if (first || other) this.camera.fit(box);
    this.draw();
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
    for (let k = 0; k < attributes.length; k += 2)
      this.#maxRadius = Math.max(this.#maxRadius, attributes[k]!);
    this.#data.attributes.upload(attributes);
    this.draw();
  }

  setBonds(bonds: BondData | undefined): void {
    this.#bonds = bonds;
    if (bonds) {
      this.#data.bonds.upload(bonds.bonds);
      this.#data.starts.upload(bonds.starts);
    }
    this.draw();
  }

  /** N×4: vector and its length. */
  setArrows(arrows: Float32Array | undefined): void {
    this.#arrows = arrows;
    if (arrows) this.#data.vectors.upload(arrows);
    this.draw();
  }

  setField(field: FieldData | undefined): void {
    this.#field = field;
    if (field) this.#data.field.upload(Float32Array.from(field.values));
    this.draw();
  }

  setView(view: SceneView): void {
    this.#view = view;
    this.draw();
  }

  reset(): void {
    if (this.#box) this.camera.fit(this.#box);
    this.draw();
  }

  /** Asks for a picture with the next frame of the screen. */
  draw(): void {
    if (this.#request === 0) {
      this.#request = requestAnimationFrame(() => {
        this.#request = 0;
        this.drawNow();
      });
    }
  }

  /** The picture as a PNG. */
  async png(): Promise<Blob> {
    this.drawNow();
    return new Promise((resolve, reject) => {
      this.canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png");
    });
  }

  drawNow(): void {
    const gl = this.#gl;
    const view = this.#view;
    gl.viewport(0, 0, this.canvas.width, this.canvas.height);
    gl.clearColor(...rgb(this.#theme.background), 1);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    if (this.#box && view) {
      const spatial = this.#box.dimension === 3;
      gl.enable(gl.BLEND);
      gl.blendFunc(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA);
      if (spatial) gl.enable(gl.DEPTH_TEST);
      else gl.disable(gl.DEPTH_TEST);
      if (spatial) {
        if (view.particles) this.#drawDiscs(view);
        if (view.bonds) this.#drawBonds(view);
        if (view.arrows) this.#drawArrows(view);
        // What is seen through comes last and hides nothing.
        gl.depthMask(false);
        if (view.field) this.#drawField(view);
        this.#drawOutline();
        gl.depthMask(true);
      } else {
        if (view.field) this.#drawField(view);
        if (view.particles) this.#drawDiscs(view);
        if (view.bonds) this.#drawBonds(view);
        if (view.arrows) this.#drawArrows(view);
        this.#drawOutline();
      }
    }
    this.onDrawn();
  }

  #prepare(program: Program): void {
    const { camera } = this;
    const box = this.#box!;
    const spatial = box.dimension === 3;
    const view = this.#view!;
    program.use();
    program.mat3("uRotation", camera.rotation);
    program.float("uTarget", ...camera.target);
    program.float("uScale", (2 * camera.zoom) / camera.width, (2 * camera.zoom) / camera.height);
    program.float("uPixel", 2 / camera.width, 2 / camera.height);
    program.float("uDepth", 0.9 / camera.radius);
    program.float("uFog", spatial ? 0.75 : 0);
    program.float("uClip", spatial ? 0 : 1);
    program.float("uBackground", ...rgb(this.#theme.background));
    program.mat3("uFraction", fractionMatrix(box));
    const slab = spatial && view.slabThickness < 1;
    const wrap = (x: number) => x - Math.floor(x);
    const [low, high] = [view.slabCentre - view.slabThickness / 2, view.slabCentre + view.slabThickness / 2];
    program.float("uSlab", slab ? 2 : -1, wrap(low), wrap(high), 0);
  }

  #bind(program: Program, names: readonly [string, DataTexture | WebGLTexture][]): void {
    const gl = this.#gl;
    names.forEach(([name, texture], unit) => {
      if (texture instanceof DataTexture) texture.bind(unit);
      else {
        gl.activeTexture(gl.TEXTURE0 + unit);
        gl.bindTexture(gl.TEXTURE_2D, texture);
      }
      program.int(name, unit);
    });
  }

  #drawDiscs(view: SceneView): void {
    const gl = this.#gl;
    const box = this.#box!;
    const program = this.#programs.discs;
    const busy = view.bonds || view.arrows;
    this.#prepare(program);
    this.#bind(program, [
      ["uParticles", this.#data.particles],
      ["uAttributes", this.#data.attributes],
      ["uPalette", this.#palettes[view.colouring]],
    ]);
    const spatial = box.dimension === 3;
    program.float("uShade", spatial ? 1 : 0);
    program.float("uSize", spatial ? (busy ? 0.24 : 0.8) : 0.94);
    program.float(
      "uAlpha",
      view.field
        ? view.colouring === "species"
          ? 0.14
          : 0.75
        : busy && view.colouring === "species"
          ? 0.6
          : 1,
    );
    gl.drawArrays(gl.TRIANGLES, 0, 6 * (this.#positions.length / box.dimension + this.#ghosts));
  }

  #drawBonds(view: SceneView): void {
    const bonds = this.#bonds;
    if (!bonds) return;
    const gl = this.#gl;
    const program = this.#programs.bonds;
    const spatial = this.#box!.dimension === 3;
    this.#prepare(program);
    this.#bind(program, [
      ["uParticles", this.#data.particles],
      ["uBonds", this.#data.bonds],
      ["uStarts", this.#data.starts],
    ]);
    program.float("uSaturation", view.bondSaturation);
    program.float("uExponent", 1.4);
    program.float("uWidth", spatial ? 0.2 : 0.3);
    program.float("uBlend", spatial ? 0 : 1);
    program.float("uDark", ...rgb(this.#theme.shade));
    program.float("uPositive", ...rgb(this.#theme.positive));
    program.float("uNegative", ...rgb(this.#theme.negative));
    const first = firstAbove(bonds, view.bondThreshold);
    gl.drawArrays(gl.TRIANGLES, 6 * first, 6 * (bonds.count - first));
  }

  #drawArrows(view: SceneView): void {
    const arrows = this.#arrows;
    if (!arrows) return;
    const gl = this.#gl;
    const program = this.#programs.arrows;
    this.#prepare(program);
    this.#bind(program, [
      ["uParticles", this.#data.particles],
      ["uVectors", this.#data.vectors],
    ]);
    program.float("uSaturation", view.arrowSaturation);
    program.float("uLength", view.arrowLength);
    program.float("uLog", view.arrowLog ? 1 : 0);
    program.float("uColour", ...rgb(this.#theme.arrow));
    gl.drawArrays(gl.TRIANGLES, 0, 9 * (arrows.length / 4));
  }

  #drawField(view: SceneView): void {
    const field = this.#field;
    if (!field) return;
    const gl = this.#gl;
    const program = this.#programs.field;
    this.#prepare(program);
    this.#bind(program, [
      ["uField", this.#data.field],
      ["uPalette", this.#palettes.heat],
    ]);
    const [nx, ny, nz] = field.counts as [number, number, number?];
    const spatial = nz !== undefined;
    if (spatial !== (this.#box!.dimension === 3)) return;
    const layer = spatial ? Math.min(nz - 1, Math.floor(view.slabCentre * nz)) : 0;
    program.mat3("uVectors", transposed(edges(this.#box!)));
    program.float("uPlane", 2, spatial ? view.slabCentre : 0, 0);
    program.ints("uBins", nx, ny, layer * nx * ny);
    program.ints("uStride", 1, nx);
    program.float("uLow", field.low);
    program.float("uHigh", field.high);
    program.float("uSmooth", view.fieldSmooth ? 1 : 0);
    program.float("uAlpha", spatial ? 0.62 : 1);
    gl.drawArrays(gl.TRIANGLES, 0, 6);
  }

  #drawOutline(): void {
    const gl = this.#gl;
    const program = this.#programs.outline;
    const edgeCount = this.#box!.dimension === 3 ? 12 : 4;
    this.#prepare(program);
    program.mat3("uVectors", transposed(edges(this.#box!)));
    program.int("uEdges", edgeCount);
    program.float("uThickness", 1.25);
    program.float("uColour", ...(rgb(this.#theme.outline) as Rgb));
    gl.drawArrays(gl.TRIANGLES, 0, 6 * edgeCount);
  }

  dispose(): void {
    this.#observer.disconnect();
    cancelAnimationFrame(this.#request);
    for (const texture of Object.values(this.#data)) texture.dispose();
  }
}
