import type { Arena } from "./arena.ts";
import binary from "./generated/dynamics.ts";
import { compileEmbedded, instantiate } from "./module.ts";

/** Byte address in an `Arena`. */
export type Address = number;

/**
 * The kernels of molecular dynamics and minimisation: plain f64 SIMD, the same bits on every engine.
 * Argument lists are documented at their sources in assembly/dynamics/.
 */
export interface DynamicsKernels {
  axpy(n: number, a: number, x: Address, y: Address): void;
  scaleAdd(n: number, a: number, y: Address, b: number, x: Address): void;
  dot(n: number, x: Address, y: Address): number;
  multiply(n: number, x: Address, y: Address, z: Address): void;
  maxAbs(n: number, x: Address): number;
  maxDistance2(count: number, stride: number, x: Address, y: Address): number;
  gradientSums(n: number, g: Address, v: Address, sums: Address): number;
  axpySquare(n: number, a: number, x: Address, y: Address): number;
  scaleAddLongest(count: number, stride: number, a: number, y: Address, b: number, x: Address): number;
  drift(count: number, stride: number, h: number, v: Address, x: Address, reference: Address): number;
  deform(count: number, dimension: number, matrix: Address, x: Address): void;

  seedStream(stream: Address, seedHigh: number, seedLow: number, purpose: number): void;
  uniform(stream: Address): number;
  gaussian(stream: Address): number;
  sumOfSquares(stream: Address, n: number): number;
  rescaling(stream: Address, degrees: number, decay: number, perDegree: number): number;
  exponential(x: number): number;

  wrapAndBin(
    count: number,
    dimension: number,
    box: Address,
    inverse: Address,
    cells: Address,
    x: Address,
    images: Address,
    cellOf: Address,
  ): void;
  sortByCell(
    speciesCount: number,
    starts: Address,
    cellCount: number,
    cellOf: Address,
    cellStarts: Address,
    order: Address,
  ): void;
  gather(count: number, words: number, order: Address, from: Address, to: Address): void;
  buildList(
    dimension: number,
    dummy: number,
    x: Address,
    order: Address,
    cells: Address,
    cellStarts: Address,
    images: number,
    shifts: Address,
    types: number,
    pairs: Address,
    reach2: Address,
    ranges: Address,
    segmentStarts: Address,
    segments: Address,
    segmentCapacity: number,
    neighbours: Address,
    capacity: number,
    from: number,
    to: number,
  ): number;
  markPages(
    types: number,
    segmentStarts: Address,
    segments: Address,
    neighbours: Address,
    pages: number,
    flags: Address,
  ): void;
  clearPages(pages: number, flags: Address, bytes: number, vector: Address): void;
  sumPages(
    from: number,
    end: number,
    blocks: number,
    flags: Address,
    flagBytes: number,
    bytes: number,
    vectors: Address,
    vectorBytes: number,
    to: Address,
  ): void;

  pairForces(
    dimension: number,
    kind: number,
    full: 0 | 1,
    types: number,
    segmentStarts: Address,
    segments: Address,
    neighbours: Address,
    x: Address,
    gradient: Address,
    shifts: Address,
    rows: Address,
    diameters: Address,
    eta: number,
    strength: number,
    sums: Address,
  ): void;
  threeBodyForces(
    dimension: number,
    count: number,
    types: number,
    segmentStarts: Address,
    segments: Address,
    neighbours: Address,
    x: Address,
    shifts: Address,
    legRows: Address,
    species: Address,
    kinds: number,
    angleRows: Address,
    ends: Address,
    pairs: Address,
    starts: Address,
    slots: Address,
    own: Address,
    most: number,
    gradient: Address,
    sums: Address,
  ): void;
  embeddedForces(
    dimension: number,
    full: 0 | 1,
    count: number,
    types: number,
    segmentStarts: Address,
    segments: Address,
    neighbours: Address,
    x: Address,
    shifts: Address,
    rows: Address,
    unlike: Address,
    species: Address,
    functions: Address,
    rho: Address,
    pulls: Address,
    distances: Address,
    ends: Address,
    slopes: Address,
    bonds: Address,
    counts: Address,
    gradient: Address,
    sums: Address,
  ): void;
  listPairs(
    dimension: number,
    count: number,
    types: number,
    segmentStarts: Address,
    segments: Address,
    neighbours: Address,
    x: Address,
    shifts: Address,
    limits: Address,
    rows: Address,
    ends: Address,
    records: Address,
  ): number;

  kick(n: number, h: number, v: Address, g: Address): void;
  kickDrift(
    count: number,
    stride: number,
    a: number,
    h: number,
    dt: number,
    x: Address,
    v: Address,
    g: Address,
    reference: Address,
  ): number;
  kineticEnergy(n: number, v: Address): number;
  removeMean(count: number, stride: number, v: Address): void;
  noise(count: number, dimension: number, a: number, b: number, v: Address, stream: Address): void;

  swapAttempts(
    dimension: number,
    plan: Address,
    attempts: number,
    share: number,
    window: number,
    step: number,
    beta: number,
  ): number;
  swapNeighbours(
    dimension: number,
    plan: Address,
    reach: number,
    cx: number,
    cy: number,
    cz: number,
    heads: Address,
    next: Address,
    capacity: number,
  ): number;
}

/** Bytes of a random stream. */
export const STREAM_BYTES = 48;

let compiled: WebAssembly.Module | undefined;
let compiledShared: WebAssembly.Module | undefined;

/** An instance of the dynamics kernels on the memory of `arena`. */
export function dynamicsKernels({ memory, shared }: Pick<Arena, "memory" | "shared">): DynamicsKernels {
  if (shared) compiledShared ??= compileEmbedded(binary, true);
  else compiled ??= compileEmbedded(binary);
  return instantiate<DynamicsKernels>((shared ? compiledShared : compiled)!, memory);
}
