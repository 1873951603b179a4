import { root, sineOfTurns, square } from "../elementary.ts";
import { SoftfieldError } from "../errors.ts";
import { hessian } from "../interactions/index.ts";
import type { Structure } from "../minimum/index.ts";
import { type Box, inverseVectors } from "../space/index.ts";
import { multiply } from "../sparse/index.ts";
import { dot, unit } from "../vectors.ts";
import { gradientProjections, meanSquare, modeForce } from "./modecoupling.ts";

/** Of a plane wave: displacements across the wave vector, or along it. */
export type Polarisation = "transverse" | "longitudinal";

/** A plane wave of a periodic box: wave vector 2πn·b_a with the reciprocal vector b_a of one edge. */
export interface PlaneWave {
  /** 0 … d−1, the edge along which it goes. */
  readonly axis: number;
  /** 0: longitudinal; 1 … d−1: the transverse directions. */
  readonly direction: number;
  /** n, wave lengths in the edge. */
  readonly number: number;
  /** Radians. */
  readonly phase: number;
}

/** Couplings of the plane waves of one polarisation and wave number, over directions and phases (Eq. 4, Zylberg 2017). */
export interface WaveCouplings {
  readonly polarisation: Polarisation;
  /** n */
  readonly number: number;
  /** Waves that were averaged. */
  readonly waves: number;
  /** ω = ⟨Ψ·MΨ⟩^½, 1/τ₀: of an affine wave, above that of the vibration. */
  readonly frequency: number;
  /** ω = ⟨Ψ·M⁻¹Ψ⟩^−½, 1/τ₀, of the relaxed medium; NaN where no `solve` was given. */
  readonly relaxedFrequency: number;
  /** Root mean square of c_iii = U‴ : Ψ_iΨ_iΨ_i, ε/λ³. */
  readonly selfCoupling: number;
  /** Root mean square of c_ijj = U‴ : Ψ_iΨ_jΨ_j over the waves Ψ_i of the same n and another direction, ε/λ³. */
  readonly crossCoupling: number;
  /** Root mean square of f_α·Ψ over all interactions α, ε/λ. */
  readonly projection: number;
}

export interface WaveCouplingOptions {
  /** Largest wave number n; default 12, or fewer where the box is small. */
  readonly largest?: number;
  /** Phases 0 … π of each wave; default 6. */
  readonly phases?: number;
  /** M⁻¹·b, for the relaxed frequencies; of M with a pinned particle. Two solves an edge, direction and n, for all phases. */
  readonly solve?: (b: Float64Array) => Float64Array;
}

const LARGEST = 12;
const PHASES = 6;

/** The largest wave number whose wave is at least two mean particle distances long, ⌊N^(1/d)/2⌋. */
export function largestWaveNumber(particles: number, dimension: 2 | 3): number {
  return Math.floor(root(particles, dimension) / 2 + 1e-9);
}

/**
 * The wave as a field of unit length, N×d: e·sin(2πn s_a + phase) with the fractional coordinate s_a and the unit
 * vector e along or across the wave vector. O(N).
 */
export function planeWave(structure: Pick<Structure, "box" | "positions">, wave: PlaneWave): Float64Array {
  return unit(waveOfHeightOne(structure, wave));
}

function waveOfHeightOne(
  { box, positions }: Pick<Structure, "box" | "positions">,
  wave: PlaneWave,
): Float64Array {
  const d = box.dimension;
  const inverse = inverseVectors(box);
  const along = directions(box, wave.axis)[wave.direction] as Float64Array;
  const psi = new Float64Array(positions.length);
  for (let k = 0; k < positions.length; k += d) {
    let s = 0;
    for (let c = 0; c < d; c++) s += positions[k + c] * inverse[c * d + wave.axis];
    const height = sineOfTurns(wave.number * s + wave.phase / (2 * Math.PI));
    for (let c = 0; c < d; c++) psi[k + c] = height * along[c];
  }
  return psi;
}

/** Orthonormal: along the reciprocal vector of an edge, then across it. */
function directions(box: Box, axis: number): Float64Array[] {
  const d = box.dimension;
  const inverse = inverseVectors(box);
  const first = unit(Float64Array.from({ length: d }, (_, c) => inverse[c * d + axis]));
  const found = [first];
  for (let turn = 1; found.length < d; turn++) {
    const next = new Float64Array(d);
    next[(axis + turn) % d] = 1;
    for (const other of found) {
      const part = dot(next, other);
      for (let c = 0; c < d; c++) next[c] = next[c] - part * other[c];
    }
    found.push(unit(next));
  }
  return found;
}

/**
 * Measures Eq. 4, Zylberg 2017, on unit plane waves: the paper finds c_ijj ∼ ω³ and f_α·Ψ ∼ ω. Of each wave number
 * n = 1 … `largest` two rows, transverse and longitudinal, averaged over the edges of the box, directions and phases.
 *
 * Throws "usage" where a wave would be shorter than two particle distances. O(largest · phases² · N).
 */
export function planeWaveCouplings(structure: Structure, options: WaveCouplingOptions = {}): WaveCouplings[] {
  const { interactions, box } = structure;
  const most = largestWaveNumber(interactions.particleCount, box.dimension);
  const { largest = Math.min(LARGEST, most), phases = PHASES, solve } = options;
  if (!(Number.isInteger(largest) && largest >= 1 && largest <= most)) {
    const message = `waves up to the number ${largest}: give a whole number from 1 to ${most}, beyond which a wave is shorter than two particle distances`;
    throw new SoftfieldError("usage", message, { field: "waves" });
  }
  if (!(Number.isInteger(phases) && phases >= 1)) {
    throw new SoftfieldError("usage", `${phases} phases: give a whole number from 1`, { field: "phases" });
  }
  const matrix = hessian(interactions);
  return Array.from({ length: largest }, (_, k) => k + 1).flatMap((number) => {
    const waves = directionsOf(box.dimension).flatMap(({ axis, direction }) => {
      const along = { axis, direction, number };
      const compliances = solve && compliancesOf(structure, along, phases, solve);
      return Array.from({ length: phases }, (_, k) => {
        const psi = planeWave(structure, { ...along, phase: (k * Math.PI) / phases });
        return {
          axis,
          direction,
          psi,
          force: modeForce(interactions, psi),
          stiffness: dot(psi, multiply(matrix, psi)),
          compliance: compliances?.[k] ?? Number.NaN,
          projection: meanSquare(gradientProjections(interactions, psi)),
        };
      });
    });
    return (["transverse", "longitudinal"] as const).map((polarisation) =>
      averaged(waves, polarisation, number),
    );
  });
}

/** What is measured of one wave. */
interface MeasuredWave {
  readonly axis: number;
  readonly direction: number;
  readonly psi: Float64Array;
  readonly force: Float64Array;
  readonly stiffness: number;
  readonly compliance: number;
  readonly projection: number;
}

/** Each edge with each direction. */
function directionsOf(d: number): Pick<PlaneWave, "axis" | "direction">[] {
  return Array.from({ length: d * d }, (_, k) => ({ axis: Math.floor(k / d), direction: k % d }));
}

/**
 * Ψ·M⁺Ψ of the phases kπ/`phases`. With S and C, the waves of phase 0 and π/2 before they are made unit, it is
 * (cos φ S + sin φ C)·M⁺(cos φ S + sin φ C) over the square of the same sum: two solves serve all phases.
 */
function compliancesOf(
  structure: Structure,
  along: Omit<PlaneWave, "phase">,
  phases: number,
  solve: (b: Float64Array) => Float64Array,
): number[] {
  const [s, c] = [0, Math.PI / 2].map((phase) => waveOfHeightOne(structure, { ...along, phase })) as [
    Float64Array,
    Float64Array,
  ];
  const d = structure.box.dimension;
  const [still, turned] = [withoutMean(s, d), withoutMean(c, d)];
  const [relaxed, relaxedTurned] = [solve(still), solve(turned)];
  return Array.from({ length: phases }, (_, k) => {
    const [cosine, sine] = [sineOfTurns(1 / 4 + k / (2 * phases)), sineOfTurns(k / (2 * phases))];
    const form = (ss: number, sc: number, cc: number) =>
      cosine * cosine * ss + 2 * cosine * sine * sc + sine * sine * cc;
    const compliance = form(dot(still, relaxed), dot(turned, relaxed), dot(turned, relaxedTurned));
    return compliance / form(dot(s, s), dot(s, c), dot(c, c));
  });
}

/**
 * A field without its mean is orthogonal to the translations, and no pin shows in Ψ·M⁺Ψ. As `withoutMean` of room 2, but
 * for the rounding, which in 3D shows in the last digit of kept couplings.
 */
function withoutMean(psi: Float64Array, d: number): Float64Array {
  const mean = new Float64Array(d);
  psi.forEach((x, k) => {
    mean[k % d] = mean[k % d] + (x * d) / psi.length;
  });
  return psi.map((x, k) => x - mean[k % d]);
}

function averaged(all: readonly MeasuredWave[], polarisation: Polarisation, number: number): WaveCouplings {
  const waves = all.filter(({ direction }) => (direction === 0) === (polarisation === "longitudinal"));
  const over = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
  const self = waves.map(({ psi, force }) => square(dot(psi, force)));
  const cross = waves.flatMap((j) =>
    all
      .filter((i) => i.axis !== j.axis || i.direction !== j.direction)
      .map((i) => square(dot(i.psi, j.force))),
  );
  return {
    polarisation,
    number,
    waves: waves.length,
    frequency: Math.sqrt(over(waves.map(({ stiffness }) => stiffness))),
    relaxedFrequency: 1 / Math.sqrt(over(waves.map(({ compliance }) => compliance))),
    selfCoupling: Math.sqrt(over(self)),
    crossCoupling: Math.sqrt(over(cross)),
    projection: Math.sqrt(over(waves.map(({ projection }) => projection))),
  };
}
