import {
  type ActivatedSaddle,
  type ActivatedSaddles,
  activatedSaddles,
  type FirstPassage,
  firstPassage,
  harmonicRate,
  type Minimum,
  type PassageOptions,
  SoftfieldError,
  type WorkControl,
} from "softfield";
import { activationDirections, lengthUnit } from "softfield/internal";

/** What is asked: saddles of so many excitations and as many normal modes, and so many runs. */
export interface EscapeRequest extends PassageOptions {
  readonly excitations: number;
  readonly runs: number;
}

/** A way out of the minimum at a temperature. */
export interface Way extends ActivatedSaddle {
  /** 1/τ₀ */
  readonly rate: number;
  /** Of the rates of all ways found. */
  readonly share: number;
}

/** A run, and the way that it went, from 1; null: none of those found, or none until the end. */
export interface Passage extends FirstPassage {
  readonly seed: number;
  readonly way: number | null;
  /** When it would have ended, τ₀. */
  readonly until: number;
}

export interface Escaped extends Omit<ActivatedSaddles, "saddles"> {
  /** ε/k_B */
  readonly temperature: number;
  readonly ways: readonly Way[];
  readonly passages: readonly Passage[];
}

/** Minima are compared to this, bond lengths of any coordinate: those of runs are at rest to 1e-6 of the typical pair force only. */
const SAME = 0.02;

/**
 * Ways out of a minimum, by the saddles of its softest excitations, and first passages by molecular dynamics.
 *
 * @throws SoftfieldError "usage" on numbers that make no sense, before the search
 */
export function waysOut(minimum: Minimum, request: EscapeRequest, control: WorkControl): Escaped {
  const { temperature, excitations, runs, seed, ...options } = request;
  for (const [field, value = 1] of Object.entries({ temperature, ...options }))
    if (!(value > 0)) throw new SoftfieldError("usage", `${field} must be positive, got ${value}`, { field });
  const { box, species } = minimum.system;
  const bond = lengthUnit(box, species.length);
  const directions = activationDirections(minimum, excitations, control);
  const { saddles, ...counts } = activatedSaddles(minimum, directions, control);
  const rates = saddles.map((saddle) => harmonicRate(saddle, temperature));
  const all = rates.reduce((sum, rate) => sum + rate, 0);
  const ways = saddles
    .map((saddle, k) => ({ ...saddle, rate: rates[k], share: all > 0 ? rates[k] / all : 0 }))
    .sort((a, b) => b.rate - a.rate || a.barrier - b.barrier);
  const passages = Array.from({ length: runs }, (_, k): Passage => {
    const own = { ...options, temperature, seed: seed + k };
    const found = firstPassage(minimum.system, minimum.model, own, control);
    const way = wayTo(ways, found.other, bond);
    return { ...found, seed: seed + k, way: way < 0 ? null : way + 1, until: request.maxTime };
  });
  return { ...counts, temperature, ways, passages };
}

/** Which of these ways leads to a minimum (N×d, from the first one, λ), from 0; −1: none. `bond`: a bond length, λ. */
export function wayTo(ways: readonly Pick<Way, "other">[], minimum: ArrayLike<number>, bond: number): number {
  return ways.findIndex(({ other }) => other.every((u, n) => Math.abs(u - minimum[n]) < SAME * bond));
}
