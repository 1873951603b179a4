import { SoftfieldError } from "../errors.ts";
import type { WorkControl } from "../progress.ts";
import { debyeWaller, lowestNormalModes, type NormalModes, pseudoInverse } from "../response/index.ts";
import { fluctuation, withoutMean } from "../sparse/index.ts";
import { dot, maxNorm } from "../vectors.ts";
import type { EngineMinimum } from "./minimum.ts";
import { signs, Use } from "./signs.ts";

/** How many directions are gone through one by one, and how many at random. */
export interface EngineEnergiesOptions {
  /** Softest modes that are integrated by quadrature (default 40). */
  readonly modes?: number | undefined;
  /** Antithetic pairs of samples of all other modes, at least 2 (default 160); with modes for all, none are needed. */
  readonly samples?: number | undefined;
  readonly seed?: number | undefined;
}

/** Local thermal energies of the atoms of an engine. */
export interface EngineEnergies {
  /** N, E_i = (⟨u_i⟩ − u_i⁰)/½k_BT as T → 0, u_i the energy of atom i as the engine tells it; absent where it tells none. */
  readonly lte: Float64Array | undefined;
  /** N, H_i = ∂²u_i/∂x∂x : M⁻¹ and A_i = ∂u_i/∂x·X, whose sum is E_i. */
  readonly harmonic: Float64Array | undefined;
  readonly anharmonic: Float64Array | undefined;
  /** N, standard error of E_i by the samples; 0 where all modes are integrated one by one. */
  readonly errors: Float64Array | undefined;
  /** N×d, thermal displacement X: ⟨x⟩ = ½k_BT·X, and its standard error. */
  readonly displacement: Float64Array;
  readonly displacementErrors: Float64Array;
  /** N, ⟨|x_i|²⟩/k_BT. */
  readonly debyeWaller: Float64Array;
  /** The softest modes. */
  readonly modes: NormalModes;
  /** Antithetic pairs; 0: all modes were integrated one by one. */
  readonly samples: number;
  /** Σ E_i, and Nd − d, what it is. */
  readonly sum: number | undefined;
  readonly expected: number;
  /** √(Σ errors² / Σ E²) */
  readonly relativeError: number | undefined;
}

/** What one direction, or sample, adds: H of the atoms and U‴:M⁻¹. */
interface Part {
  readonly harmonic: Float64Array | undefined;
  readonly third: Float64Array;
}

/**
 * Local thermal energies of atoms and the thermal displacement by an engine's calls alone. Fluctuations are Gaussian
 * with covariance M⁻¹; for any vectors ξ of that covariance
 *
 *     H_i = ⟨[u_i(x + sξ) + u_i(x − sξ) − 2u_i(x)]/s²⟩,   b = U‴:M⁻¹ = ⟨[∇U(x + sξ) + ∇U(x − sξ) − 2∇U(x)]/s²⟩,
 *     X = −M⁻¹·b,   E_i = H_i + ∂u_i/∂x·X
 *
 * (Eqs. 2 and 3 of Zylberg 2017 with atoms in the place of interactions). The softest modes are gone through one by one,
 * ξ = ψ/ω; of the rest ξ = L⁻ᵀz with random signs z, less what lies in those modes. With signs Σ_i H_i is Nd − d in each sample.
 * Calls: two a mode and two a sample, whatever N. Numbers of a seed are the same on every machine.
 */
export async function engineEnergies(
  minimum: EngineMinimum,
  options: EngineEnergiesOptions = {},
  control: WorkControl = {},
): Promise<EngineEnergies> {
  const { calls, box, positions: x, factor } = minimum;
  const { modes: asked = 40, samples: pairs = 160, seed = 1 } = options;
  const d = box.dimension;
  const n = calls.count;
  const vibrations = n * d - d;
  if (!(pairs >= 2 || asked >= vibrations) || !(asked >= 1)) {
    throw new SoftfieldError(
      "usage",
      `at least one mode and two samples are needed; got ${asked} and ${pairs}`,
      { field: "samples" },
    );
  }
  const all = asked + pairs >= vibrations;
  const modes = lowestNormalModes(factor, Math.min(asked, vibrations), control);
  const total = all ? vibrations : modes.squares.length + pairs;
  let done = 0;
  const tell = () => control.onProgress?.({ stage: all ? "quadrature" : "samples", done: done++, total });
  const rest = await calls.at(x);
  const part = async (xi: Float64Array): Promise<Part> => {
    tell();
    // the largest displacement of an atom's coordinate is that of second differences
    const s = minimum.secondStep / maxNorm(xi);
    const { plus, minus } = await calls.both(x, xi, s);
    const second = (p: Float64Array, m: Float64Array, o: Float64Array) =>
      p.map((value, k) => (value + m[k] - 2 * o[k]) / (s * s));
    const harmonic =
      plus.energies &&
      minus.energies &&
      rest.energies &&
      second(plus.energies, minus.energies, rest.energies);
    return { harmonic, third: second(plus.gradient, minus.gradient, rest.gradient) };
  };
  const fixed: Part[] = [];
  if (all) {
    // the columns of L⁻ᵀ: Σ ξξᵀ = M⁻¹
    for (let k = d; k < n * d; k++) {
      const z = new Float64Array(n * d);
      z[k] = 1;
      fixed.push(await part(withoutMean(fluctuation(factor, z), d)));
    }
  } else {
    for (let k = 0; k < modes.squares.length; k++)
      fixed.push(await part(modeOf(modes, k).map((value) => value / modes.frequencies[k])));
  }
  const sampled: Part[] = [];
  for (let s = 0; !all && s < pairs; s++) {
    const xi = withoutMean(fluctuation(factor, signs(n * d, seed, Use.samples, s)), d);
    for (let k = 0; k < modes.squares.length; k++) {
      const psi = modeOf(modes, k);
      const along = dot(psi, xi);
      for (let e = 0; e < xi.length; e++) xi[e] -= along * psi[e];
    }
    sampled.push(await part(xi));
  }
  tell();
  return assembled(minimum, modes, fixed, sampled);
}

function modeOf({ squares, vectors }: NormalModes, k: number): Float64Array {
  const length = vectors.length / squares.length;
  return vectors.slice(k * length, (k + 1) * length);
}

/** E = what the modes give + the mean over the samples, in all of which it is linear. */
function assembled(
  minimum: EngineMinimum,
  modes: NormalModes,
  fixed: readonly Part[],
  sampled: readonly Part[],
): EngineEnergies {
  const { positions, box, calls } = minimum;
  const d = box.dimension;
  const n = calls.count;
  const size = positions.length;
  const moves = (third: Float64Array) => withoutMean(minimum.solve(withoutMean(third, d).map((b) => -b)), d);
  const sumOf = (parts: readonly Part[]) => {
    const third = new Float64Array(size);
    const harmonic = parts[0]?.harmonic && new Float64Array(n);
    for (const part of parts) {
      part.third.forEach((b, k) => {
        third[k] += b;
      });
      if (harmonic)
        part.harmonic?.forEach((h, i) => {
          harmonic[i] += h;
        });
    }
    return { harmonic, third };
  };
  const own = sumOf(fixed);
  const displacement = moves(own.third);
  const harmonic = own.harmonic;
  const follow = (x: Float64Array) => alongSlopes(minimum, x);
  const anharmonic = harmonic && follow(displacement);
  const [shift, energy] = [new Moments(size), new Moments(n)];
  const [rest, after] = [new Moments(n), new Moments(n)];
  for (const part of sampled) {
    const x = moves(part.third);
    shift.add(x);
    if (!part.harmonic) continue;
    const a = follow(x);
    rest.add(part.harmonic);
    after.add(a);
    energy.add(part.harmonic.map((h, i) => h + a[i]));
  }
  if (sampled.length > 0) {
    addTo(displacement, shift.mean());
    if (harmonic && anharmonic) {
      addTo(harmonic, rest.mean());
      addTo(anharmonic, after.mean());
    }
  }
  const lte = harmonic && anharmonic && harmonic.map((h, i) => h + anharmonic[i]);
  const errors = lte && energy.errors();
  const squares = (values: Float64Array) => dot(values, values);
  return {
    lte,
    harmonic,
    anharmonic,
    errors,
    displacement,
    displacementErrors: shift.errors(),
    debyeWaller: debyeWaller(pseudoInverse(minimum)),
    modes,
    samples: sampled.length,
    sum: lte?.reduce((all, e) => all + e, 0),
    expected: size - d,
    relativeError: lte && errors && Math.sqrt(squares(errors) / squares(lte)),
  };
}

/** ∂u_i/∂x·X of every atom, from the slopes that the differences of M have brought. */
function alongSlopes({ reach, slopes, box }: EngineMinimum, x: Float64Array): Float64Array {
  const { starts, neighbours } = reach;
  const d = box.dimension;
  return Float64Array.from({ length: starts.length - 1 }, (_, i) => {
    let sum = 0;
    for (let s = starts[i]; s < starts[i + 1]; s++)
      for (let a = 0; a < d; a++) sum += (slopes?.[s * d + a] ?? 0) * x[neighbours[s] * d + a];
    return sum;
  });
}

function addTo(y: Float64Array, x: Float64Array): void {
  for (let k = 0; k < y.length; k++) y[k] += x[k];
}

/** Means and their standard errors (Welford). */
class Moments {
  readonly #mean: Float64Array;
  readonly #squares: Float64Array;
  #count = 0;

  constructor(length: number) {
    this.#mean = new Float64Array(length);
    this.#squares = new Float64Array(length);
  }

  add(values: Float64Array): void {
    this.#count++;
    for (let k = 0; k < values.length; k++) {
      const off = values[k] - this.#mean[k];
      this.#mean[k] += off / this.#count;
      this.#squares[k] += off * (values[k] - this.#mean[k]);
    }
  }

  mean(): Float64Array {
    return this.#mean.slice();
  }

  /** 0 without values. */
  errors(): Float64Array {
    const count = this.#count;
    return this.#squares.map((square) => (count > 1 ? Math.sqrt(square / (count * (count - 1))) : 0));
  }
}
