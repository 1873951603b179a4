import { exponential } from "../elementary.ts";
import { SoftfieldError } from "../errors.ts";
import type { TableColumn } from "../formats/index.ts";
import { localModuli } from "../indicators/index.ts";
import { legsOf } from "../interactions/index.ts";
import { type Minimum, onAllParticles } from "../minimum/index.ts";
import type { WorkControl } from "../progress.ts";
import {
  debyeWaller,
  localThermalEnergy,
  type ParticleShares,
  pseudoInverse,
  sharedAmongParticles,
  strainDerivatives,
  type TermEnergies,
} from "../response/index.ts";
import { faceDistances, neighborPairs, type System } from "../space/index.ts";
import { component } from "../vectors.ts";

/** Over which widths features are averaged. */
export interface FeatureOptions {
  /** Standard deviations of the Gaussian means, λ; default those of 1 and 2 that fit the box. */
  readonly widths?: readonly number[];
  /** false: without the slopes of energies by strain, which are most of the cost. */
  readonly slopes?: boolean;
}

/** Gaussians end at this many widths. */
const REACH = 3;

/**
 * Exact quantities of an inherent structure, of every particle, as columns: what its interactions are (neighbours, energy,
 * virial), how it vibrates (M⁺_ii, its trace the Debye–Waller factor, its anisotropy), how it is displaced (X, |X|), the
 * local thermal energies at it with their parts, their answer to strain, the modulus of its surroundings; and the means of all of
 * these over its own surroundings, Σ_j f_j e^{−r²/2w²}/Σ_j e^{−r²/2w²}, NAME_gW. NaN on rattlers, which means leave out.
 *
 * Throws "usage" for widths that do not fit the box. Cost: that of the local thermal energies and their derivatives, and O(N w^d).
 */
export function particleFeatures(
  minimum: Minimum,
  options: FeatureOptions = {},
  control: WorkControl = {},
): TableColumn[] {
  const widths = widthsIn(minimum.system, options.widths);
  const own = ownFeatures(minimum, options.slopes !== false, control);
  const means = widths.flatMap((width) => {
    const weights = gaussian(minimum.system, width);
    return own.map(({ name, values, unit, description }) => ({
      name: `${name}_g${width}`,
      values: weights(values),
      ...(unit !== undefined && { unit }),
      description: `mean over a Gaussian of width ${width}: ${description}`,
    }));
  });
  return [...own, ...means];
}

/** One number of every term, shared alike by its particles. */
type Shared = (of: (family: TermEnergies, f: number) => Float64Array) => ParticleShares;
type Feature = TableColumn & { readonly values: Float64Array; readonly description: string };

function ownFeatures(minimum: Minimum, slopes: boolean, control: WorkControl): Feature[] {
  const { system, backbone } = minimum;
  const count = system.species.length;
  const d = system.box.dimension;
  const response = localThermalEnergy(minimum, {}, control);
  const { energies } = response;
  const { diagonal } = pseudoInverse(minimum);
  const all = (values: Float64Array) => onAllParticles(backbone, values, 1, Number.NaN);
  const held = (values: Float64Array) => {
    for (const p of minimum.rattlers) values[p] = Number.NaN;
    return values;
  };
  const shared: Shared = (of) => {
    const families = energies.map((family, f) => ({ sites: family.sites, lte: of(family, f) }));
    return sharedAmongParticles(families, count);
  };
  const lte = shared((family) => family.lte);
  const feature = (
    name: string,
    values: Float64Array,
    unit: string | undefined,
    description: string,
  ): Feature => ({
    name,
    values,
    ...(unit !== undefined && { unit }),
    description,
  });
  const axes = Array.from("xyz".slice(0, d));
  const displaced = Float64Array.from({ length: count }, (_, p) => {
    let sum = 0;
    for (let a = 0; a < d; a++) sum += response.displacement[p * d + a] * response.displacement[p * d + a];
    return Math.sqrt(sum);
  });
  return [
    feature("neighbours", held(neighbours(minimum)), undefined, "pairs that it interacts in"),
    feature("energy", held(energyShares(minimum)), "ε", "share of the energies of its interactions"),
    feature(
      "virial",
      held(virials(minimum)),
      "ε",
      "−(1/d) Σ ½ f·u over its legs: its pressure times its volume",
    ),
    feature("debye_waller", all(debyeWaller({ dimension: d, diagonal })), "λ²/ε", "⟨|x|²⟩/(k_BT) = tr M⁺_ii"),
    ...axes.flatMap((a, k) =>
      axes
        .slice(k)
        .map((b, l) =>
          feature(
            `debye_waller_${a}${b}`,
            all(component(diagonal, d * d, k * d + k + l)),
            "λ²/ε",
            `M⁺_ii, ${a}${b}: ⟨${a}_i ${b}_i⟩/(k_BT)`,
          ),
        ),
    ),
    feature(
      "anisotropy",
      all(anisotropies(diagonal, d)),
      undefined,
      "of M⁺_ii: 0 where it vibrates alike in all directions, 1 where in one alone",
    ),
    feature("displacement", held(displaced), "λ/ε", "|X|, its thermal displacement per ½k_BT"),
    ...axes.map((a, k) =>
      feature(`displacement_${a}`, held(component(response.displacement, d, k)), "λ/ε", `X along ${a}`),
    ),
    feature(
      "lte",
      held(lte.share),
      undefined,
      "sum of E of its interactions, each shared alike by its particles",
    ),
    feature("lte_max", held(lte.largest), undefined, "largest |E| of its interactions"),
    feature(
      "harmonic",
      held(shared((family) => family.harmonic).share),
      undefined,
      "of the harmonic part H, as lte",
    ),
    feature("anharmonic", held(shared((family) => family.anharmonic).share), undefined, "of f·X, as lte"),
    ...(slopes ? rates(minimum, shared, { feature, held, control }) : []),
    feature(
      "local_modulus",
      held(localModuli(minimum)),
      "ε/λ^d",
      "G_i, shear modulus, mean over directions; Σ G_i V_i = GV",
    ),
  ];
}

/** ∂E/∂e shared among particles, component by component, with its trace and the size of its deviator. */
function rates(
  minimum: Minimum,
  shared: Shared,
  {
    feature,
    held,
    control,
  }: {
    feature: (name: string, values: Float64Array, unit: undefined, description: string) => Feature;
    held: (values: Float64Array) => Float64Array;
    control: WorkControl;
  },
): Feature[] {
  const found = strainDerivatives(minimum, undefined, control);
  const d = minimum.system.box.dimension;
  const components = found.components.map(({ name }, c) => {
    const { share } = shared((_, f) => found.families[f][c]);
    return { name, values: held(share) };
  });
  const named = new Map(components.map(({ name, values }) => [name, values]));
  const of = (name: string) => named.get(name) ?? new Float64Array(0);
  const axes = Array.from("xyz".slice(0, d));
  const trace = of("xx").map((_, p) => axes.reduce((sum, a) => sum + of(a + a)[p], 0));
  const deviator = trace.map((t, p) => {
    let sum = 0;
    for (const [k, a] of axes.entries()) {
      const own = of(a + a)[p] - t / d;
      sum += own * own;
      // a unit of γ_ab is e_ab = e_ba = 1/2: the tensor's entry is the slope by γ
      for (const b of axes.slice(k + 1)) sum += 2 * of(a + b)[p] * of(a + b)[p];
    }
    return Math.sqrt(sum);
  });
  return [
    ...components.map(({ name, values }) =>
      feature(`dlte_${name}`, values, undefined, `slope of lte by the strain ${name}`),
    ),
    feature("dlte_trace", trace, undefined, "trace of the slopes: by a uniform expansion"),
    feature(
      "dlte_shear",
      deviator,
      undefined,
      "size √(T:T) of the traceless part T of the slopes: by shear in any direction",
    ),
  ];
}

function neighbours({ interactions, system }: Minimum): Float64Array {
  const counts = new Float64Array(system.species.length);
  for (const list of interactions.families[0].sites().members)
    for (const p of list) counts[p] = counts[p] + 1;
  return counts;
}

function energyShares({ interactions, system }: Minimum): Float64Array {
  const shares = new Float64Array(system.species.length);
  for (const family of interactions.families) {
    const { members } = family.sites();
    family.energies().forEach((own, t) => {
      for (const list of members) shares[list[t]] = shares[list[t]] + own / members.length;
    });
  }
  return shares;
}

function virials({ interactions, system }: Minimum): Float64Array {
  const d = interactions.dimension;
  const virial = new Float64Array(system.species.length);
  legsOf(interactions).forEach(({ from, to, vectors }, f) => {
    const gradients = interactions.families[f].legGradients();
    for (let l = 0; l < from.length; l++) {
      let product = 0;
      for (let a = 0; a < d; a++) product += gradients[l * d + a] * vectors[l * d + a];
      for (const p of [from[l], to[l]]) virial[p] = virial[p] - product / (2 * d);
    }
  });
  return virial;
}

/** √(d/(d−1) Σ(λ − λ̄)²)/Σλ of the eigenvalues λ of each diagonal block, by its invariants. */
function anisotropies(diagonal: Float64Array, d: number): Float64Array {
  return Float64Array.from({ length: diagonal.length / (d * d) }, (_, p) => {
    let [trace, square] = [0, 0];
    for (let a = 0; a < d; a++) {
      trace += diagonal[(p * d + a) * d + a];
      for (let b = 0; b < d; b++) square += diagonal[(p * d + a) * d + b] * diagonal[(p * d + a) * d + b];
    }
    return Math.sqrt(Math.max(0, ((square - (trace * trace) / d) * d) / (d - 1))) / trace;
  });
}

function widthsIn({ box }: System, asked: readonly number[] | undefined): readonly number[] {
  const most = Math.min(...faceDistances(box)) / (2 * REACH);
  if (asked === undefined) return [1, 2].filter((width) => width <= most);
  const wrong = asked.find((width) => !(width > 0 && width <= most));
  if (wrong === undefined) return asked;
  throw new SoftfieldError(
    "usage",
    `width ${wrong}: give lengths above 0 and up to ${most.toPrecision(4)}, of which the box holds ${2 * REACH}`,
    { field: "widths" },
  );
}

/** The mean of values over a Gaussian around each particle, itself included; what is NaN is left out, and stays NaN. */
function gaussian({ box, positions }: System, width: number): (values: Float64Array) => Float64Array {
  const d = box.dimension;
  const { i, j, du } = neighborPairs(box, positions, REACH * width);
  const weights = Float64Array.from(i, (_, m) => {
    let square = 0;
    for (let a = 0; a < d; a++) square += du[m * d + a] * du[m * d + a];
    return exponential(-square / (2 * width * width));
  });
  return (values) => {
    const there = values.map((value) => (Number.isNaN(value) ? 0 : 1));
    const sums = values.map((value) => (Number.isNaN(value) ? 0 : value));
    const norms = there.slice();
    for (let m = 0; m < i.length; m++) {
      const [p, q, w] = [i[m], j[m], weights[m]];
      if (there[q] === 1) {
        sums[p] = sums[p] + w * values[q];
        norms[p] = norms[p] + w;
      }
      if (there[p] === 1) {
        sums[q] = sums[q] + w * values[p];
        norms[q] = norms[q] + w;
      }
    }
    return sums.map((sum, p) => (there[p] === 1 ? sum / norms[p] : Number.NaN));
  };
}
