import type { Arithmetic, PairModel, System, WorkControl } from "softfield/internal";
import {
  localThermalEnergy,
  type Minimum,
  maxNorm,
  minimumOf,
  type ShearOptions,
  type ShearResult,
  SoftfieldError,
  shear,
} from "softfield/internal";
import { glassCouplings } from "./couplings.ts";

/** A glass on the way to its first plastic event. */
export interface InstabilityPoint {
  /** γ/γ_c */
  readonly fraction: number;
  readonly strain: number;
  /** γ_c − γ */
  readonly distance: number;
  /** Of the lowest mode: ω (1/τ₀), participation ratio, |c_iii| (ε/λ³), largest |f_α·Ψ| (ε/λ). */
  readonly frequency: number;
  readonly participation: number;
  readonly selfCoupling: number;
  readonly projection: number;
  /** max|E_α| */
  readonly largestEnergy: number;
}

/** The approach to an instability. */
export interface InstabilityApproach {
  /** γ_c of the first plastic event. */
  readonly critical: number;
  /** Ascending in strain. */
  readonly points: readonly InstabilityPoint[];
}

/** Where on the way to its first event `approachInstability` looks at a glass, and by which load. */
export interface InstabilityOptions {
  /** Of γ_c at which the glass is looked at, between 0 and 1. Default `INSTABILITY_FRACTIONS`. */
  readonly fractions?: readonly number[];
  /** Largest strain at which the first event is looked for; default 0.2. */
  readonly maxStrain?: number;
  readonly arithmetic?: Arithmetic;
}

/** γ/γ_c, to γ_c − γ = 10⁻⁴ γ_c. */
export const INSTABILITY_FRACTIONS: readonly number[] = [0.7, 0.9, 0.97, 0.99, 0.997, 0.999, 0.9997, 0.9999];

/** Width of the bracket around γ_c, far less than the distance of the last point. */
const TOLERANCE = 1e-10;

/**
 * Eq. 5, Zylberg 2017, along quasistatic shear towards the first plastic event: there ω ∼ (γ_c − γ)^¼ of the critical
 * mode and max|E_α| ∼ ω⁻⁴ ∼ (γ_c − γ)⁻¹, while c_iii and f_α·Ψ hardly change. The glass has to be a minimum.
 *
 * Throws "usage" for fractions outside (0, 1), "numerics" where there is no event up to `maxStrain` or the branch is
 * lost; otherwise as `shear` and `localThermalEnergy`. Cost: one shear to the first event, one from point to point.
 */
export function approachInstability(
  system: System,
  model: PairModel,
  options: InstabilityOptions = {},
  control: WorkControl = {},
): InstabilityApproach {
  const { fractions = INSTABILITY_FRACTIONS, maxStrain = 0.2, arithmetic = "fast" } = options;
  const wrong = fractions.find((fraction) => !(fraction > 0 && fraction < 1));
  if (wrong !== undefined || fractions.length === 0) {
    const message = `fractions of the critical strain: ${wrong ?? "none is given"}; give numbers between 0 and 1`;
    throw new SoftfieldError("usage", message, { field: "fractions" });
  }
  const first = shear(system, model, { events: 1, maxStrain, tolerance: TOLERANCE }, control);
  const [event] = first.events;
  if (event === undefined) {
    const words =
      first.status === "max-strain" ? `there is none up to the strain ${maxStrain}` : first.message;
    throw new SoftfieldError("numerics", `no first plastic event: ${words}`);
  }
  const critical = event.strain;
  const points: InstabilityPoint[] = [];
  let at = { strain: 0, system };
  for (const fraction of [...fractions].sort((a, b) => a - b)) {
    const strain = fraction * critical;
    if (strain > at.strain) at = { strain, system: strained(at, strain, model, control).system };
    points.push({
      fraction,
      strain,
      distance: critical - strain,
      ...softest(minimumOf(at.system, model, { arithmetic }, control), control),
    });
  }
  return { critical, points };
}

/** On along the branch, on which there is no event. */
function strained(
  from: { readonly strain: number; readonly system: System },
  strain: number,
  model: PairModel,
  control: WorkControl,
): ShearResult {
  const options: ShearOptions = { events: 1, maxStrain: strain - from.strain, tolerance: TOLERANCE };
  const result = shear(from.system, model, options, control);
  if (result.status === "max-strain") return result;
  const words = result.status === "complete" ? "it yielded earlier than before" : result.message;
  throw new SoftfieldError("numerics", `the branch was lost on the way to the strain ${strain}: ${words}`);
}

function softest(minimum: Minimum, control: WorkControl) {
  const { modes } = glassCouplings(minimum, { modes: 1, waves: 0 }, control);
  const { energies } = localThermalEnergy(minimum, {}, control);
  return {
    frequency: modes.frequencies[0],
    participation: modes.participation[0],
    selfCoupling: modes.selfCoupling[0],
    projection: modes.projection[0],
    largestEnergy: Math.max(...energies.map(({ lte }) => maxNorm(lte))),
  };
}
