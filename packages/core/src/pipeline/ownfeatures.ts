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
import { component, norm } from "../vectors.ts";

/** A number of every particle. */
export type Feature = TableColumn & { readonly values: Float64Array; readonly description: string };

/** One number of every term, shared alike by its particles. */
type Shared = (of: (family: TermEnergies, f: number) => Float64Array) => ParticleShares;

/** What every particle is by itself: `particleFeatures` without the means. NaN on rattlers. */
export function ownFeatures(minimum: Minimum, slopes: boolean, control: WorkControl): Feature[] {
  return [
    ...structure(minimum),
    ...vibration(minimum),
    ...response(minimum, slopes, control),
    feature(
      "local_modulus",
      held(minimum, localModuli(minimum)),
      "ε/λ^d",
      "G_i, shear modulus, mean over directions; Σ G_i V_i = GV",
    ),
  ];
}

function feature(name: string, values: Float64Array, unit: string | undefined, description: string): Feature {
  return { name, values, ...(unit !== undefined && { unit }), description };
}

/** Values of which rattlers have none. */
function held({ rattlers }: Minimum, values: Float64Array): Float64Array {
  for (const p of rattlers) values[p] = Number.NaN;
  return values;
}

/** What its interactions are. */
function structure(minimum: Minimum): Feature[] {
  return [
    feature("neighbours", held(minimum, neighbours(minimum)), undefined, "pairs that it interacts in"),
    feature("energy", held(minimum, energyShares(minimum)), "ε", "share of the energies of its interactions"),
    feature(
      "virial",
      held(minimum, virials(minimum)),
      "ε",
      "−(1/d) Σ ½ f·u over its legs: its pressure times its volume",
    ),
  ];
}

/** How it vibrates: M⁺_ii. */
function vibration(minimum: Minimum): Feature[] {
  const { diagonal } = pseudoInverse(minimum);
  const d = minimum.system.box.dimension;
  const axes = Array.from("xyz".slice(0, d));
  const all = (values: Float64Array) => onAllParticles(minimum.backbone, values, 1, Number.NaN);
  return [
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
  ];
}

/** X, and the local thermal energies at it with what strain does to them. */
function response(minimum: Minimum, slopes: boolean, control: WorkControl): Feature[] {
  const { energies, displacement } = localThermalEnergy(minimum, {}, control);
  const count = minimum.system.species.length;
  const d = minimum.system.box.dimension;
  const displaced = Float64Array.from({ length: count }, (_, p) =>
    norm(displacement.subarray(p * d, (p + 1) * d)),
  );
  const shared: Shared = (of) => {
    const families = energies.map((family, f) => ({ sites: family.sites, lte: of(family, f) }));
    return sharedAmongParticles(families, count);
  };
  const lte = shared((family) => family.lte);
  const [harmonic, anharmonic] = (["harmonic", "anharmonic"] as const).map((part) =>
    held(minimum, shared((family) => family[part]).share),
  );
  return [
    feature("displacement", held(minimum, displaced), "λ/ε", "|X|, its thermal displacement per ½k_BT"),
    ...Array.from("xyz".slice(0, d), (a, k) =>
      feature(`displacement_${a}`, held(minimum, component(displacement, d, k)), "λ/ε", `X along ${a}`),
    ),
    feature(
      "lte",
      held(minimum, lte.share),
      undefined,
      "sum of E of its interactions, each shared alike by its particles",
    ),
    feature("lte_max", held(minimum, lte.largest), undefined, "largest |E| of its interactions"),
    feature("harmonic", harmonic, undefined, "of the harmonic part H, as lte"),
    feature("anharmonic", anharmonic, undefined, "of f·X, as lte"),
    ...(slopes ? rates(minimum, shared, control) : []),
  ];
}

/** ∂E/∂e shared among particles, component by component, with its trace and the size of its deviator. */
function rates(minimum: Minimum, shared: Shared, control: WorkControl): Feature[] {
  const found = strainDerivatives(minimum, undefined, control);
  const d = minimum.system.box.dimension;
  const components = found.components.map(({ name }, c) => {
    const { share } = shared((_, f) => found.families[f][c]);
    return { name, values: held(minimum, share) };
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
