/** Texels a row of a data texture; every WebGL 2 device has room for it. */
export const TEXTURE_WIDTH = 1024;

const FORMATS = {
  1: { internal: "R32F", format: "RED" },
  2: { internal: "RG32F", format: "RG" },
  4: { internal: "RGBA32F", format: "RGBA" },
} as const;

/** An array of 1, 2 or 4 floats an entry, as a texture that vertex shaders pull from by index. */
export class DataTexture {
  readonly texture: WebGLTexture;
  readonly #gl: WebGL2RenderingContext;
  readonly #channels: 1 | 2 | 4;
  #rows = 0;

  constructor(gl: WebGL2RenderingContext, channels: 1 | 2 | 4) {
    this.#gl = gl;
    this.#channels = channels;
    this.texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, this.texture);
    for (const name of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER])
      gl.texParameteri(gl.TEXTURE_2D, name, gl.NEAREST);
    for (const name of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T])
      gl.texParameteri(gl.TEXTURE_2D, name, gl.CLAMP_TO_EDGE);
    this.upload(new Float32Array(channels));
  }

  /** Replaces the content; `values` is read. The texture grows where it must and never shrinks. */
  upload(values: Float32Array): void {
    const gl = this.#gl;
    const perRow = TEXTURE_WIDTH * this.#channels;
    const rows = Math.max(1, Math.ceil(values.length / perRow));
    const { internal, format } = FORMATS[this.#channels];
    gl.bindTexture(gl.TEXTURE_2D, this.texture);
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 4);
    if (rows > this.#rows) {
      gl.texImage2D(gl.TEXTURE_2D, 0, gl[internal], TEXTURE_WIDTH, rows, 0, gl[format], gl.FLOAT, null);
      this.#rows = rows;
    }
    const whole = Math.floor(values.length / perRow);
    if (whole > 0)
      gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, TEXTURE_WIDTH, whole, gl[format], gl.FLOAT, values);
    const left = values.subarray(whole * perRow);
    const width = left.length / this.#channels;
    if (width > 0) gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, whole, width, 1, gl[format], gl.FLOAT, left);
  }

  bind(unit: number): void {
    this.#gl.activeTexture(this.#gl.TEXTURE0 + unit);
    this.#gl.bindTexture(this.#gl.TEXTURE_2D, this.texture);
  }

  dispose(): void {
    this.#gl.deleteTexture(this.texture);
  }
}
