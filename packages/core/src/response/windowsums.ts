import { type PairArrays, PairSpread } from "../interactions/index.ts";
import type { WorkControl } from "../progress.ts";
import type { Arithmetic, BlockSymmetric } from "../sparse/index.ts";
import type { Window } from "./windows.ts";
import { blockRows, type WindowInput, windowSpread } from "./windowspread.ts";

/** Batches of samples that standard errors are made of. */
export const BATCHES = 8;
/** Of iterative solutions: |r|/|b|. */
export const TOLERANCE = 1e-9;

/** Sums over all windows: of each batch, H of the bonds and U‴:G. */
export interface WindowSums {
  readonly harmonic: readonly Float64Array[];
  readonly third: readonly Float64Array[];
}

/** What all windows give, one after another. */
export function windowSums(
  windows: readonly Window[],
  matrix: BlockSymmetric,
  shared: Pick<WindowInput, "pairs" | "batches" | "directions"> & { readonly arithmetic: Arithmetic },
  control: WorkControl,
): WindowSums {
  const { pairs, batches, directions, arithmetic } = shared;
  const input: WindowInput = {
    pairs,
    batches,
    directions,
    byRow: blockRows(matrix),
    place: new Int32Array(matrix.size).fill(-1),
    firstBonds: bondsByFirst(pairs),
  };
  const harmonic = batches.map(() => new Float64Array(pairs.i.length));
  const third = batches.map(() => new Float64Array(matrix.size * pairs.dimension));
  windows.forEach((window, w) => {
    const { bonds, held, followed } = windowSpread(
      window,
      matrix,
      input,
      arithmetic,
      withoutProgress(control),
    );
    const own = somePairs(pairs, bonds);
    followed.forEach((mean, k) => {
      const spread = new PairSpread(
        own,
        mean.map((x, e) => x + held[e]),
      );
      spread.addThird(third[k]);
      spread.harmonic().forEach((h, m) => {
        harmonic[k][bonds[m]] = h;
      });
    });
    control.onProgress?.({ stage: "windows", done: w + 1, total: windows.length });
  });
  return { harmonic, third };
}

function withoutProgress({ signal }: WorkControl): WorkControl {
  return signal ? { signal } : {};
}

/** Bonds by their first particle. */
function bondsByFirst({ i, particleCount }: PairArrays): WindowInput["firstBonds"] {
  const starts = new Int32Array(particleCount + 1);
  for (const p of i) starts[p + 1]++;
  for (let p = 0; p < particleCount; p++) starts[p + 1] += starts[p];
  const fill = starts.slice();
  const bonds = new Int32Array(i.length);
  i.forEach((p, m) => {
    bonds[fill[p]++] = m;
  });
  return { starts, bonds };
}

/** Some of the pairs, as arrays of their own. */
export function somePairs(pairs: PairArrays, bonds: Int32Array): PairArrays {
  const { dimension: d, particleCount, du } = pairs;
  const pick = (values: Float64Array) => Float64Array.from(bonds, (m) => values[m]);
  return {
    dimension: d,
    particleCount,
    i: bonds.map((m) => pairs.i[m]),
    j: bonds.map((m) => pairs.j[m]),
    du: Float64Array.from({ length: bonds.length * d }, (_, e) => du[bonds[Math.floor(e / d)] * d + (e % d)]),
    r: pick(pairs.r),
    phi0: pick(pairs.phi0),
    phi1: pick(pairs.phi1),
    phi2: pick(pairs.phi2),
    phi3: pick(pairs.phi3),
  };
}
