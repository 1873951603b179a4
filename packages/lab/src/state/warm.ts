import { batch, computed, effect, signal } from "@preact/signals";
import type { CanonicalSample } from "softfield";
import type { Running } from "../engine/client.ts";
import type { WarmEvent } from "../engine/warm.ts";
import { glass, onForget, passing, pictureOf } from "./glass.ts";
import { knownOf, numberOf } from "./known.ts";
import { foretelling, sheared } from "./shear.ts";
import { announcement, aside, failure } from "./work.ts";

/** ε/k_B; Eq. 3 is about small ones. */
export const temperature = signal(1e-4);
export const warming = signal(false);
/** What the warm glass has said of itself so far. */
export const sample = signal<CanonicalSample | undefined>(undefined);
/** How many times larger than they are motions are drawn. */
export const magnified = signal<number | undefined>(undefined);

/** [⟨ε⟩ − ε⁰]/½k_BT of a bond after each block, with its standard error. */
export interface RunningMean {
  readonly blocks: readonly number[];
  readonly mean: readonly number[];
  readonly error: readonly number[];
}
/** The bond whose course is followed; undefined: the one with the largest |E|. */
export const followedBond = signal<number | undefined>(undefined);
const history = signal<readonly { readonly mean: Float32Array; readonly error: Float32Array }[]>([]);

export const bondFollowed = computed<number | undefined>(() => {
  const lte = foretelling.value.reading?.energies[0].lte;
  if (!lte) return undefined;
  const asked = followedBond.value;
  if (asked !== undefined && asked < lte.length) return asked;
  return lte.reduce((best, e, k) => (Math.abs(e) > Math.abs(lte[best]) ? k : best), 0);
});

export const course = computed<RunningMean | undefined>(() => {
  const bond = bondFollowed.value;
  if (bond === undefined || history.value.length === 0) return undefined;
  const blocks = history.value.map((_, k) => k + 1);
  return {
    blocks,
    mean: history.value.map(({ mean }) => mean[bond]),
    error: history.value.map(({ error }) => error[bond]),
  };
});

/** How E and what was measured agree: χ² a bond (1 where they do), and the correlation. */
export const agreement = computed<{ readonly chi2: number; readonly correlation: number } | undefined>(() => {
  const lte = foretelling.value.reading?.energies[0].lte;
  const now = sample.value;
  if (!lte || !now || now.blocks < 4) return undefined;
  const { mean, error } = now.families[0];
  let chi2 = 0;
  let [sx, sy, sxx, syy, sxy] = [0, 0, 0, 0, 0];
  mean.forEach((y, k) => {
    const x = lte[k];
    chi2 += ((y - x) / error[k]) ** 2 / mean.length;
    sx += x;
    sy += y;
    sxx += x * x;
    syy += y * y;
    sxy += x * y;
  });
  const n = mean.length;
  const correlation = (n * sxy - sx * sy) / Math.sqrt((n * sxx - sx * sx) * (n * syy - sy * sy));
  return { chi2, correlation };
});

let run: Running<CanonicalSample> | undefined;
let seed = 1;

/** Keeps the glass in view, unsheared, at a temperature, and measures. */
export function warm(at: number): void {
  const from = glass.value;
  if (!from || !knownOf(from.system).reading) return;
  stop();
  batch(() => {
    temperature.value = at;
    warming.value = true;
    sample.value = undefined;
    history.value = [];
    magnified.value = undefined;
  });
  failure.value = undefined;
  const input = {
    state: numberOf(from.system),
    system: from.system,
    model: from.model,
    temperature: at,
    seed: seed++,
  };
  const mine = aside.run("warm", input, (raw) => {
    const { sample: next, moves } = raw as WarmEvent;
    if (run !== mine) return;
    const [{ mean, error }] = next.families;
    batch(() => {
      sample.value = next;
      history.value = [...history.value, { mean: Float32Array.from(mean), error: Float32Array.from(error) }];
    });
    play(moves);
  });
  run = mine;
  mine.result.then(
    (end) => {
      if (run !== mine) return;
      run = undefined;
      batch(() => {
        sample.value = end;
        warming.value = false;
      });
      if (end.hoppedInBlock !== undefined)
        announcement.value = "The glass has left its inherent structure: Eq. 3 no longer speaks of it.";
    },
    (error: Error) => {
      if (run !== mine) return;
      run = undefined;
      warming.value = false;
      if ((error as { code?: string }).code !== "aborted") failure.value = error;
    },
  );
}

/** Lets the glass rest in its minimum. */
export function cool(): void {
  stop();
  warming.value = false;
}

function stop(): void {
  const mine = run;
  run = undefined;
  mine?.cancel();
  clearInterval(film);
  if (warming.peek()) passing.value = undefined;
}

let film: ReturnType<typeof setInterval> | undefined;
/** Milliseconds between two pictures. */
const PICTURE_MS = 40;
/** Root mean square of the motions as they are drawn, of a particle's diameter. */
const DRAWN = 0.09;

/** Shows the first pictures of a block, magnified so that they can be seen. */
function play(moves: readonly Float32Array[]): void {
  const from = glass.value;
  const [first] = moves;
  if (!from || !first || window.matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const d = from.system.box.dimension;
  const size = Math.sqrt(first.reduce((sum, x) => sum + x * x, 0) / (first.length / d));
  const factor = Math.max(1, DRAWN / Math.max(size, 1e-12));
  const times = magnified.peek() ?? Number(factor.toPrecision(1));
  magnified.value = times;
  let k = 0;
  clearInterval(film);
  film = setInterval(() => {
    const move = moves[k++];
    if (!move || !warming.peek()) {
      clearInterval(film);
      return;
    }
    const positions = from.system.positions.map((x, c) => x + times * move[c]);
    passing.value = pictureOf({ ...from.system, positions });
  }, PICTURE_MS);
}

function reset(): void {
  cool();
  sample.value = undefined;
  history.value = [];
  followedBond.value = undefined;
  magnified.value = undefined;
}
onForget.add(reset);

// A glass that is sheared is another one.
effect(() => {
  if (sheared.value && warming.peek()) queueMicrotask(cool);
});
