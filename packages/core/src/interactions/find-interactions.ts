import { square } from "../elementary.ts";
import { SoftfieldError } from "../errors.ts";
import { evaluatePairs, maxCutoff, type PairModel, pairCutoff } from "../models/index.ts";
import {
  faceDistances,
  type NeighborPairs,
  neighborPairs,
  particleCount,
  type System,
} from "../space/index.ts";
import { withFamilies } from "./families.ts";
import type { Interactions } from "./interactions.ts";
import type { PairArrays } from "./pairarrays.ts";
import { Pairs } from "./pairs.ts";

/**
 * The interactions α of a configuration: every pair with r ≤ x_c λ_ij, each image for itself, with φ…φ‴,
 * and the terms of more particles that the model has.
 *
 * Throws "geometry" where particles coincide or the box is shorter than the cutoff (a particle would interact
 * with its own image), "model" where species or diameters do not fit the model. O(N) at fixed density.
 */
export function findInteractions(system: System, model: PairModel): Interactions {
  checkSpecies(system, model);
  const cutoff = maxCutoff(model, system.diameters);
  checkBox(system, cutoff);
  const near = neighborPairs(system.box, system.positions, cutoff);
  const kept = withinPairCutoff(system, model, near);
  const m = kept.i.length;
  const pairs = new Pairs({
    dimension: system.box.dimension,
    particleCount: particleCount(system),
    ...kept,
    phi0: new Float64Array(m),
    phi1: new Float64Array(m),
    phi2: new Float64Array(m),
    phi3: new Float64Array(m),
    phi4: new Float64Array(m),
  });
  evaluatePairs(model, system, pairs);
  return withFamilies(pairs, model, system.species);
}

function checkSpecies(system: System, model: PairModel): void {
  const { species, box } = system;
  if (model.dimension !== undefined && model.dimension !== box.dimension) {
    throw new SoftfieldError(
      "model",
      `the model ${model.name} lives in ${model.dimension}D, the configuration in ${box.dimension}D`,
    );
  }
  const bad = species.findIndex((s) => s < 0 || s >= model.species.length);
  if (bad >= 0) {
    throw new SoftfieldError(
      "model",
      `particle ${bad} is of species ${species[bad]}, the model ${model.name} has ${model.species.length}`,
      { particle: bad, field: "species" },
    );
  }
}

function checkBox(system: System, cutoff: number): void {
  const heights = faceDistances(system.box);
  const shortest = Math.min(...heights);
  if (shortest >= cutoff) return;
  throw new SoftfieldError(
    "geometry",
    `box too small for the cutoff: its faces ${"xyz"[heights.indexOf(shortest)]} are ${shortest.toPrecision(6)} apart, ` +
      `the potential reaches ${cutoff.toPrecision(6)}, so that a particle would interact with its own image; ` +
      "check the units, or repeat the cell",
    { field: "box" },
  );
}

/** Drops the candidates beyond the cutoff of their own pair of species or diameters. */
function withinPairCutoff(
  system: System,
  model: PairModel,
  near: NeighborPairs,
): Pick<PairArrays, "i" | "j" | "du" | "r"> {
  const d = system.box.dimension;
  const { species, diameters } = system;
  const speciesCount = model.species.length;
  const table = Float64Array.from({ length: speciesCount * speciesCount }, (_, k) =>
    pairCutoff(model, Math.floor(k / speciesCount), k % speciesCount, [1, 1]),
  );
  const mixed = model.mixing !== undefined && diameters !== undefined;
  const i = near.i.slice();
  const j = near.j.slice();
  const du = near.du.slice();
  const r = new Float64Array(i.length);
  let m = 0;
  for (let p = 0; p < near.i.length; p++) {
    const first = near.i[p];
    const second = near.j[p];
    let length2 = 0;
    for (let a = 0; a < d; a++) length2 += square(near.du[p * d + a]);
    const si = species[first];
    const sj = species[second];
    const reach = mixed
      ? pairCutoff(model, si, sj, [diameters[first], diameters[second]])
      : table[si * speciesCount + sj];
    const length = Math.sqrt(length2);
    if (length > reach || first === second) continue;
    if (length < 1e-9 * reach) throw overlap(first, second, length);
    i[m] = first;
    j[m] = second;
    r[m] = length;
    for (let a = 0; a < d; a++) du[m * d + a] = near.du[p * d + a];
    m++;
  }
  return { i: i.slice(0, m), j: j.slice(0, m), du: du.slice(0, m * d), r: r.slice(0, m) };
}

function overlap(first: number, second: number, r: number): SoftfieldError {
  return new SoftfieldError(
    "geometry",
    `particles ${first} and ${second} overlap (distance ${r.toExponential(2)}); ` +
      "remove the duplicate, or check that the file's lattice is the true period",
    { particle: second },
  );
}
