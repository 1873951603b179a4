/** A linked shader program whose uniforms are set by name. */
export class Program {
  readonly #gl: WebGL2RenderingContext;
  readonly #program: WebGLProgram;
  readonly #locations = new Map<string, WebGLUniformLocation | null>();

  /** Throws with the compiler's log where a shader does not compile: a fault of this code. */
  constructor(gl: WebGL2RenderingContext, vertex: string, fragment: string) {
    this.#gl = gl;
    this.#program = gl.createProgram();
    for (const [type, source] of [
      [gl.VERTEX_SHADER, vertex],
      [gl.FRAGMENT_SHADER, fragment],
    ] as const) {
      const shader = gl.createShader(type)!;
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS) && !gl.isContextLost())
        throw new Error(`shader: ${gl.getShaderInfoLog(shader)}`);
      gl.attachShader(this.#program, shader);
      gl.deleteShader(shader);
    }
    gl.linkProgram(this.#program);
  }

  use(): void {
    this.#gl.useProgram(this.#program);
  }

  #at(name: string): WebGLUniformLocation | null {
    let location = this.#locations.get(name);
    if (location === undefined) {
      location = this.#gl.getUniformLocation(this.#program, name);
      this.#locations.set(name, location);
    }
    return location;
  }

  int(name: string, value: number): void {
    this.#gl.uniform1i(this.#at(name), value);
  }

  ints(name: string, ...v: number[]): void {
    const at = this.#at(name);
    if (v.length === 2) this.#gl.uniform2i(at, v[0], v[1]);
    else this.#gl.uniform3i(at, v[0], v[1], v[2]);
  }

  float(name: string, ...v: number[]): void {
    const gl = this.#gl;
    const at = this.#at(name);
    if (v.length === 1) gl.uniform1f(at, v[0]);
    else if (v.length === 2) gl.uniform2f(at, v[0], v[1]);
    else if (v.length === 3) gl.uniform3f(at, v[0], v[1], v[2]);
    else gl.uniform4f(at, v[0], v[1], v[2], v[3]);
  }

  mat3(name: string, rows: ArrayLike<number>): void {
    // Row-major in, column-major on the device.
    const columns = Float32Array.from({ length: 9 }, (_, k) => rows[(k % 3) * 3 + Math.floor(k / 3)]);
    this.#gl.uniformMatrix3fv(this.#at(name), false, columns);
  }
}
