import type { Minimum } from "../minimum/index.ts";
import { onAllParticles } from "../minimum/index.ts";
import type { WorkControl } from "../progress.ts";
import { thermalEnergies } from "./lte.ts";
import { strainRates } from "./straining.ts";

/** A component of the strain, and its unit as a symmetric tensor. */
export interface StrainComponent {
  /** "xx", "yy", "zz": a unit of uniaxial strain; "xy", "xz", "yz": a unit of simple shear γ, e_ab = γ/2. */
  readonly name: string;
  /** d×d */
  readonly strain: Float64Array;
}

/** ∂E_α/∂e of every interaction of a minimum. */
export interface StrainDerivatives {
  readonly components: readonly StrainComponent[];
  /** E_α, one a family: t, unit 1; as `localThermalEnergy` gives them. */
  readonly lte: readonly Float64Array[];
  /** One a family, in the order of `Minimum.interactions`; of each, one a component: t, unit 1. */
  readonly families: readonly (readonly Float64Array[])[];
  /** One a component: N×d, v = dx/dγ beyond the affine motion, unit λ; NaN on rattlers. */
  readonly velocities: readonly Float64Array[];
}

/** xx, yy, xy in two dimensions; xx, yy, zz, xy, xz, yz in three. */
export function strainComponents(dimension: 2 | 3): readonly StrainComponent[] {
  const axes = "xyz".slice(0, dimension);
  const diagonal = Array.from(axes, (_, a) => [a, a] as const);
  const shears = Array.from(axes).flatMap((_, a) => Array.from(axes, (__, b) => [a, b] as const));
  return [...diagonal, ...shears.filter(([a, b]) => a < b)].map(([a, b]) => {
    const strain = new Float64Array(dimension * dimension);
    strain[a * dimension + b] += 0.5;
    strain[b * dimension + a] += 0.5;
    return { name: axes[a] + axes[b], strain };
  });
}

/**
 * The tensor ∂E_α/∂e of every interaction, exactly (see `strainRates`): how local thermal energies answer to a strain
 * of the box in any direction, to first order along the relaxed branch. Errors as `localThermalEnergy`.
 * Cost about two local thermal energies a component.
 */
export function strainDerivatives(
  minimum: Minimum,
  components: readonly StrainComponent[] = strainComponents(minimum.interactions.dimension),
  control: WorkControl = {},
): StrainDerivatives {
  const { lte, spreads } = thermalEnergies(minimum, control);
  const { backbone, pattern, solve } = minimum;
  const given = {
    interactions: backbone.interactions,
    pattern,
    factor: minimum.factor(),
    spreads,
    lte,
    solve,
  };
  const rates = strainRates(
    given,
    components.map(({ strain }) => strain),
    control,
  );
  return {
    components,
    lte: lte.energies.map((own) => own.lte),
    families: lte.energies.map((_, f) => rates.map((rate) => rate.lte[f])),
    velocities: rates.map(({ velocity }) =>
      onAllParticles(backbone, velocity, backbone.interactions.dimension, Number.NaN),
    ),
  };
}
