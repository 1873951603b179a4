import { DataTexture } from "./datatexture.ts";
import { blocks, ramp, type SceneTheme, SEQUENTIAL } from "./palette.ts";
import { Program } from "./program.ts";
import { ARROWS, BONDS, DISCS, FIELD, OUTLINE, SURFACE } from "./shaders.ts";

/** What lives on the graphics device: programs, data and palettes. Lost with its context, then made anew. */
export class Device {
  readonly gl: WebGL2RenderingContext;
  readonly programs: Readonly<
    Record<"discs" | "bonds" | "arrows" | "field" | "surface" | "outline", Program>
  >;
  readonly data: Readonly<
    Record<"particles" | "attributes" | "bonds" | "starts" | "vectors" | "field" | "surface", DataTexture>
  >;
  readonly palettes: Readonly<Record<"species" | "number" | "heat", WebGLTexture>>;

  /** Throws where the browser has no WebGL 2. */
  constructor(canvas: HTMLCanvasElement) {
    const gl = contextOf(canvas);
    this.gl = gl;
    const program = ({ vertex, fragment }: { vertex: string; fragment: string }) =>
      new Program(gl, vertex, fragment);
    this.programs = {
      discs: program(DISCS),
      bonds: program(BONDS),
      arrows: program(ARROWS),
      field: program(FIELD),
      surface: program(SURFACE),
      outline: program(OUTLINE),
    };
    this.data = {
      particles: new DataTexture(gl, 4),
      attributes: new DataTexture(gl, 2),
      bonds: new DataTexture(gl, 4),
      starts: new DataTexture(gl, 1),
      vectors: new DataTexture(gl, 4),
      field: new DataTexture(gl, 1),
      surface: new DataTexture(gl, 4),
    };
    this.palettes = { species: gl.createTexture(), number: gl.createTexture(), heat: gl.createTexture() };
    gl.bindVertexArray(gl.createVertexArray());
  }

  /** Palettes of a theme. */
  paint(theme: SceneTheme): void {
    this.#palette(this.palettes.species, blocks(theme.species));
    this.#palette(this.palettes.number, ramp(SEQUENTIAL));
    this.#palette(this.palettes.heat, ramp(theme.heat));
  }

  #palette(texture: WebGLTexture, texels: Uint8Array): void {
    const { gl } = this;
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, 256, 1, 0, gl.RGBA, gl.UNSIGNED_BYTE, texels);
    for (const name of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER])
      gl.texParameteri(gl.TEXTURE_2D, name, gl.NEAREST);
    for (const name of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T])
      gl.texParameteri(gl.TEXTURE_2D, name, gl.CLAMP_TO_EDGE);
  }

  /** Gives a program its textures, by the names of its samplers. */
  bind(program: Program, textures: Readonly<Record<string, DataTexture | WebGLTexture>>): void {
    const { gl } = this;
    Object.entries(textures).forEach(([name, texture], unit) => {
      if (texture instanceof DataTexture) texture.bind(unit);
      else {
        gl.activeTexture(gl.TEXTURE0 + unit);
        gl.bindTexture(gl.TEXTURE_2D, texture);
      }
      program.int(name, unit);
    });
  }

  dispose(): void {
    for (const texture of Object.values(this.data)) texture.dispose();
  }
}

function contextOf(canvas: HTMLCanvasElement): WebGL2RenderingContext {
  const gl = canvas.getContext("webgl2", {
    antialias: false,
    alpha: false,
    powerPreference: "high-performance",
  });
  if (!gl)
    throw new Error(
      "This browser has no WebGL 2, which drawing needs: use a current Firefox, Chrome, Edge or Safari.",
    );
  return gl;
}
