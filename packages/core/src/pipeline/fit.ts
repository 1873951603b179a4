import { root } from "../elementary.ts";
import { SoftfieldError } from "../errors.ts";
import { findInteractions, gradient, largestComponent, typicalForce } from "../interactions/index.ts";
import {
  maxCutoff,
  type PairModel,
  type PresetName,
  pairLength,
  particleCharges,
  siliconUnits,
} from "../models/index.ts";
import { rounded } from "../rounded.ts";
import { faceDistances, neighborPairs, type System, volume } from "../space/index.ts";
import { densityDoubts } from "./densities.ts";
import { splineDoubts } from "./splines.ts";

/** Forms whose λ_ij is the size of a hard core. */
const HARD_CORES: readonly string[] = ["inverse-power-law", "lennard-jones", "stillinger-weber"];
/** Where nine of ten particles have a neighbour nearer than this fraction of λ_ij, no glass is meant. */
const OVERLAP = 0.6;
const MAX_OVERLAPPING = 0.9;
/** Densities this much larger or smaller than that of the model's glasses are remarked upon. */
const DENSITY_RATIO = 1.5;
/** Fractions further off than this, but not when exchanged, are taken to be exchanged. */
const EXCHANGED = 0.5;
/** A total charge of this fraction of Σ|q| is rounding of the file's digits. */
const NEUTRAL = 1e-5;
/** Neighbours within the cutoff, in 2D and 3D, beyond which the file's unit of length looks too small. */
const CROWDED = { 2: 150, 3: 600 } as const;

/**
 * Whether a configuration looks like one of the model: what looks wrong, in sentences, and none where nothing does.
 * Compared are the composition and the density with those of the model's glasses, where it tells them, and the
 * distances with the reach and the cores of the potential.
 *
 * @throws SoftfieldError "model" where nearly every particle sits deep in the core of another. Cost: one neighbour search
 */
export function doubtsOfFit(system: System, model: PairModel): string[] {
  const doubts = [
    ...compositionDoubts(system, model),
    ...crowdingDoubts(system, model),
    ...chargeDoubts(system, model),
  ];
  const spacing = root(volume(system.box) / system.species.length, system.box.dimension);
  const cutoff = maxCutoff(model, system.diameters);
  refuseOverlaps(system, model, spacing, cutoff);
  doubts.push(...densityDoubts(system, model), ...splineDoubts(system, model));
  const reach = cutoff / spacing;
  const within =
    system.box.dimension === 2 ? Math.PI * reach * reach : (4 / 3) * Math.PI * reach * reach * reach;
  if (within > CROWDED[system.box.dimension]) {
    doubts.push(
      `each particle has some ${rounded(within, 2)} others within the potential's reach of ${rounded(cutoff, 3)}: ` +
        "is the file's unit of length the model's?",
    );
  }
  return doubts;
}

function compositionDoubts({ species }: System, { glass, species: names }: PairModel): string[] {
  if (!glass || names.length < 2) return [];
  const found = names.map((_, s) => species.reduce((n, t) => n + (t === s ? 1 : 0), 0) / species.length);
  const wanted = glass.fractions;
  const off = (fractions: readonly number[]) =>
    fractions.reduce((sum, fraction, s) => sum + Math.abs(fraction - wanted[s]), 0);
  if (off(found) < EXCHANGED) return [];
  const said = (fractions: readonly number[]) =>
    fractions.map((fraction, s) => `${Math.round(100 * fraction)} % ${names[s]}`).join(", ");
  const best = permutations(found.length).sort(
    (p, q) => off(p.map((s) => found[s])) - off(q.map((s) => found[s])),
  )[0];
  const exchanged = off(best.map((s) => found[s])) < 0.2 * off(found);
  return [
    `the composition is ${said(found)}; the model's glasses are ${said(wanted)}` +
      (exchanged
        ? ". Are the types exchanged? A map by --species that says so, from the file's names or types, puts them right"
        : ""),
  ];
}

/** All orders of 0 … n−1 for the few species there are; beyond four, only the exchange of two. */
function permutations(n: number): number[][] {
  const identity = Array.from({ length: n }, (_, k) => k);
  if (n <= 4) {
    return n === 1
      ? [[0]]
      : permutations(n - 1).flatMap((p) => identity.map((at) => [...p.slice(0, at), n - 1, ...p.slice(at)]));
  }
  return identity.flatMap((a) =>
    identity.slice(a).map((b) => identity.map((k) => (k === a ? b : k === b ? a : k))),
  );
}

function crowdingDoubts(system: System, { name, glass }: PairModel): string[] {
  if (!glass) return [];
  const density = system.species.length / volume(system.box);
  const ratio = density / glass.density;
  if (ratio < DENSITY_RATIO && ratio > 1 / DENSITY_RATIO) return [];
  const scale = root(ratio, system.box.dimension);
  return [
    `the density is ${rounded(density, 3)}; that of the model's glasses is ${rounded(glass.density, 3)}: with lengths multiplied ` +
      `by ${rounded(scale, 3)} it would be the same. Is the file's unit of length the model's?${inAngstroms(name, scale)}`,
  ];
}

/** Models in units of their own whose twins are in Å: the twin, and the model's unit of length in Å. */
const TWINS: Readonly<Record<string, { readonly name: PresetName; readonly length: number }>> = {
  "sw-silicon": { name: "sw-silicon-metal", length: siliconUnits.length },
};

/** The way out where the file is in Å: lengths off by the model's unit, to a tenth (a glass is not at the crystal's density). */
function inAngstroms(model: string, scale: number): string {
  const twin = Object.hasOwn(TWINS, model) ? TWINS[model] : undefined;
  return twin && Math.abs(scale * twin.length - 1) < 0.1
    ? ` It looks as if in Å: --model ${twin.name} is the same potential in Å and eV`
    : "";
}

/** Charges of a whole cell that do not cancel: sums of finite range (Wolf, DSF) stand on local neutrality. */
function chargeDoubts(system: System, model: PairModel): string[] {
  const charges = particleCharges(system, model);
  if (charges === undefined) return [];
  const total = charges.reduce((sum, q) => sum + q, 0);
  const size = charges.reduce((sum, q) => sum + Math.abs(q), 0);
  if (Math.abs(total) <= NEUTRAL * size) return [];
  const way =
    model.charges === "file"
      ? "correct the file's column of charges"
      : "check species and composition, or give the model the charges of this one";
  return [
    `the charges do not sum to zero: all particles together have ${rounded(total, 3)}, ${rounded(total / charges.length, 3)} each on ` +
      `average, and truncated Coulomb sums (Wolf, damped shifted force) hold for neutral systems only: ${way}`,
  ];
}

/** Throws where nine of ten particles have a neighbour deep in their core; random positions have fewer. */
function refuseOverlaps(system: System, model: PairModel, spacing: number, cutoff: number): void {
  const { species, diameters, positions, box } = system;
  // Boxes too small for the cutoff are refused for that by what comes after.
  if (!HARD_CORES.includes(model.definition.form) || Math.min(...faceDistances(box)) < cutoff) return;
  const d = box.dimension;
  const nearest = new Float64Array(species.length).fill(Number.POSITIVE_INFINITY);
  const { i, j, du } = neighborPairs(box, positions, Math.min(1.2 * spacing, cutoff));
  for (let m = 0; m < i.length; m++) {
    const [p, q] = [i[m], j[m]];
    if (p === q) continue;
    const sigma = diameters && ([diameters[p], diameters[q]] as const);
    let square = 0;
    for (let c = 0; c < d; c++) square += du[m * d + c] * du[m * d + c];
    const scaled = Math.sqrt(square) / pairLength(model, species[p], species[q], sigma);
    nearest[p] = Math.min(nearest[p], scaled);
    nearest[q] = Math.min(nearest[q], scaled);
  }
  const typical = nearest.sort()[Math.floor(MAX_OVERLAPPING * nearest.length)];
  if (!(typical < OVERLAP)) return;
  throw new SoftfieldError(
    "model",
    `nine of ten particles have a neighbour nearer than ${rounded(typical, 3)} of the length λ of the model ${model.name}: they overlap ` +
      "hopelessly. Multiply the lengths of the file (box and positions) so that its unit is the model's" +
      `${model.glass ? `; by ${rounded(root(species.length / volume(box) / model.glass.density, box.dimension), 3)} its density would be that of the model's glasses` : ""}`,
    { field: "positions" },
  );
}

/** An exchange of species counts where it lowers the residual by this factor: other wrong species leave it as it is. */
const TELLING = 30;

/** A better meaning of the species of a configuration that is no minimum. */
export interface SpeciesExchange {
  /** The new index of each species. */
  readonly to: readonly number[];
  /** Largest force component over the typical pair force, as given and with the species exchanged. */
  readonly residual: number;
  readonly exchanged: number;
}

/**
 * Whether a configuration that is no minimum would be nearly one with its species exchanged; undefined where no exchange
 * tells. Cost: one evaluation of all forces for each order of the species, of which models of up to four have 24.
 */
export function speciesExchange(system: System, model: PairModel): SpeciesExchange | undefined {
  const { species } = system;
  const orders = model.species.length <= 4 ? permutations(model.species.length) : [];
  const identity = (order: readonly number[]) => order.every((s, k) => s === k);
  const residualOf = (order: readonly number[]) => {
    try {
      const interactions = findInteractions({ ...system, species: species.map((s) => order[s]) }, model);
      const { value } = largestComponent(gradient(interactions), system.box.dimension);
      return value / typicalForce(interactions);
    } catch {
      // Some pair is nearer than a table of its new species begins.
      return Number.POSITIVE_INFINITY;
    }
  };
  const residual = residualOf(model.species.map((_, s) => s));
  const tried = orders.filter((order) => !identity(order)).map((to) => ({ to, exchanged: residualOf(to) }));
  const best = tried.sort((a, b) => a.exchanged - b.exchanged)[0];
  return best && best.exchanged * TELLING < residual ? { ...best, residual } : undefined;
}
