import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BlockSymmetric } from "softfield/sparse";

/** What other solvers of sparse systems say of a matrix: seconds, and entries of L with its operations. */
export interface PeerResult {
  readonly analysis: number;
  readonly factor: number;
  /** Of the entries of the inverse on the pattern; 0: not asked for. */
  readonly invert: number;
  readonly entries: number;
  readonly operations: number;
  /** |Mx − b|/|b|, or how far the trace of M⁻¹M is from N. */
  readonly error: number;
}

const here = dirname(fileURLToPath(import.meta.url));
const cache = join(here, "../cache");

const PROGRAMS = {
  cholmod: { flags: ["-I/usr/include/suitesparse"], libraries: ["-lcholmod"], debian: "libsuitesparse-dev" },
  mumps: { flags: ["-I/usr/include/mumps_seq"], libraries: ["-ldmumps_seq"], debian: "libmumps-seq-dev" },
} as const;

/** Runs CHOLMOD or MUMPS on a matrix file; undefined, with words, where it is not installed or fails. */
export function peer(
  name: keyof typeof PROGRAMS,
  file: string,
  { threads = 1, inverse = false }: { threads?: number; inverse?: boolean } = {},
): PeerResult | undefined {
  const { flags, libraries, debian } = PROGRAMS[name];
  mkdirSync(cache, { recursive: true });
  const program = join(cache, name);
  const source = join(here, `${name}.c`);
  const built = spawnSync("cc", ["-O2", ...flags, source, ...libraries, "-o", program], { encoding: "utf8" });
  if (built.status !== 0) {
    process.stderr.write(`no ${name} here (Debian: ${debian}): not timed\n`);
    return undefined;
  }
  const env = { ...process.env, OMP_NUM_THREADS: String(threads), OPENBLAS_NUM_THREADS: String(threads) };
  const { stdout, stderr, status } = spawnSync(program, [file, ...(inverse ? ["inverse"] : [])], {
    encoding: "utf8",
    env,
  });
  if (status !== 0) {
    process.stderr.write(`${name} failed: ${stderr}\n`);
    return undefined;
  }
  const numbers = stdout.trim().split(" ").map(Number);
  if (name === "cholmod") {
    const [analysis, factor, entries, operations, error] = numbers;
    return { analysis, factor, invert: 0, entries, operations, error };
  }
  const [analysis, factor, invert, entries, operations, trace] = numbers;
  const size = orders.get(file) ?? Number.NaN;
  return { analysis, factor, invert, entries, operations, error: inverse ? Math.abs(trace / size - 1) : 0 };
}

const orders = new Map<string, number>();

/** Writes the lower triangle of M without its first particle, as matrix.h reads it; its order. */
export function writePinned(matrix: BlockSymmetric, file: string): number {
  const { size, dimension: d, columnStarts, rows, lower, diagonal } = matrix;
  const order = (size - 1) * d;
  const blocks = columnStarts[size] - columnStarts[1];
  const count = blocks * d * d + ((size - 1) * d * (d + 1)) / 2;
  const [irn, jcn, values] = [new Int32Array(count), new Int32Array(count), new Float64Array(count)];
  let at = 0;
  const put = (row: number, column: number, value: number) => {
    irn[at] = row - d + 1;
    jcn[at] = column - d + 1;
    values[at++] = value;
  };
  for (let k = 1; k < size; k++) {
    for (let b = 0; b < d; b++) {
      for (let a = b; a < d; a++) put(k * d + a, k * d + b, diagonal[(k * d + a) * d + b]);
      for (let p = columnStarts[k]; p < columnStarts[k + 1]; p++)
        for (let a = 0; a < d; a++) put(rows[p] * d + a, k * d + b, lower[(p * d + a) * d + b]);
    }
  }
  const bytes = (x: Int32Array | Float64Array) => new Uint8Array(x.buffer);
  writeFileSync(file, Buffer.concat([Int32Array.of(order, count), irn, jcn, values].map(bytes)));
  orders.set(file, order);
  return order;
}
