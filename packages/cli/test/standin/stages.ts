import { setTimeout as sleep } from "node:timers/promises";
import { glassText } from "@softfield/campaign";
import { SoftfieldError } from "softfield";
import { part as base, type Part, type SampleStage } from "../../../campaign/src/index.ts";
import { tableBytes } from "../../../campaign/src/store/index.ts";

/**
 * Stages for tests of the campaign machinery alone: seeded numbers instead of glasses, as slow as a test wishes.
 * SOFTFIELD_TEST_MS: milliseconds of each; SOFTFIELD_TEST_FAIL: a seed that fails; SOFTFIELD_TEST_CRASH: one that
 * kills its worker thread; SOFTFIELD_TEST_CLOCK=jumps: a clock that goes astray by years at every look.
 */
const milliseconds = Number(process.env.SOFTFIELD_TEST_MS ?? 0);

if (process.env.SOFTFIELD_TEST_CLOCK === "jumps") {
  const Steady = Date;
  const year = 3.15e10;
  globalThis.Date = class extends Steady {
    constructor() {
      super(Steady.now() + 40 * year * (Math.random() - 0.5));
    }
  } as DateConstructor;
}

/** xorshift32 */
function numbers(seed: number, count: number): Float64Array {
  let state = (seed * 2654435761 + 1) >>> 0;
  return Float64Array.from({ length: count }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  });
}

const make: SampleStage = {
  name: "make",
  inputs: [],
  version: 1,
  options: glassText,
  tables: [],
  run: async ({ seed, ensemble }) => {
    await sleep(milliseconds);
    if (String(seed) === process.env.SOFTFIELD_TEST_FAIL)
      throw new SoftfieldError("numerics", "no minimum was found");
    if (String(seed) === process.env.SOFTFIELD_TEST_CRASH) process.exit(9);
    return { "glass.bin": new Uint8Array(numbers(seed, 2 * ensemble.particles).buffer) };
  },
};

const bonds = {
  name: "bonds",
  columns: {
    i: { type: "INT32", description: "particle" },
    j: { type: "INT32", description: "particle" },
    lte: { type: "DOUBLE", description: "E" },
  },
} as const;

const lte: SampleStage = {
  name: "lte",
  inputs: ["make"],
  version: 1,
  options: ({ compute, keep }) => (compute.lte ? { bonds: keep.bonds } : undefined),
  tables: [bonds],
  run: async ({ read, ensemble }) => {
    await sleep(milliseconds);
    const glass = new Float64Array(Uint8Array.from(read("make", "glass.bin")).buffer);
    const every = ensemble.keep.bonds === "all" ? 1 : 2;
    const count = Math.floor(ensemble.particles / every);
    const data = {
      i: Int32Array.from({ length: count }, (_, k) => k),
      j: Int32Array.from({ length: count }, (_, k) => k + 1),
      lte: glass.slice(0, count),
    };
    return { "bonds.parquet": await tableBytes(bonds, data) };
  },
};

export const stages: readonly SampleStage[] = [make, lte];

/** The sections of real campaigns, on these stages. */
export const part: Part = { module: import.meta.url, sections: base.sections ?? [], stages };
