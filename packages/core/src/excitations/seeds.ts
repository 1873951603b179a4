import { SoftfieldError } from "../errors.ts";
import { pairsOf } from "../interactions/index.ts";
import type { Minimum } from "../minimum/index.ts";
import type { WorkControl } from "../progress.ts";
import { type LocalThermalEnergy, lowestNormalModes } from "../response/index.ts";
import { lengthUnit, minimumImage } from "../space/index.ts";
import { solveWithin } from "../sparse/index.ts";
import { dot, rowsOf } from "../vectors.ts";
import type { CensusOptions, Excitation } from "./excitation.ts";
import type { LocalSeed } from "./localcubic.ts";
import { placeOfMode } from "./place.ts";

/** Where modes are grown from: the responses to soft pairs, no two of one place, and the lowest normal modes; or `from`. */
export function seedsOf(
  minimum: Minimum,
  lte: LocalThermalEnergy,
  options: CensusOptions,
  control: WorkControl,
): LocalSeed[] {
  const count = minimum.backbone.particles.length;
  const { modes = 40, from } = options;
  if (from) {
    const known = followed(minimum, from);
    const { bonds = Math.max(15, Math.round(count / 160)) } = options;
    const taken = known.map(({ particle }) => particle);
    return [...known, ...pulled(minimum, lte, { bonds, taken })];
  }
  const { bonds = Math.max(150, Math.round(count / 8)) } = options;
  return [...pulled(minimum, lte, { bonds, taken: [] }), ...normal(minimum, modes, control)];
}

/** Excitations of an earlier state, numbered as the particles of the backbone. */
function followed({ backbone }: Minimum, from: readonly Excitation[]): LocalSeed[] {
  const d = backbone.interactions.dimension;
  const numbers = new Map(Array.from(backbone.particles, (p, k) => [p, k]));
  return from.flatMap((one): LocalSeed[] => {
    const particle = numbers.get(one.particle);
    if (particle === undefined) return [];
    const field = rowsOf(one.field, backbone.particles, d);
    return [{ particle, on: (particles) => rowsOf(field, particles, d) }];
  });
}

function normal(minimum: Minimum, modes: number, control: WorkControl): LocalSeed[] {
  const { dimension: d, particleCount } = minimum.backbone.interactions;
  const length = particleCount * d;
  const available = Math.min(modes, length - d);
  const { vectors } = lowestNormalModes(minimum.factor(), available, control);
  return Array.from({ length: available }, (_, k) => {
    const field = vectors.slice(k * length, (k + 1) * length);
    const { peak } = placeOfMode(minimum.backbone, field);
    return { particle: peak, on: (particles) => rowsOf(field, particles, d) };
  });
}

/** Soft pairs that seeds grow from are no closer than this, bond lengths: those of one place are of one excitation. */
const APART = 1.5;

/** The responses G f_α to the softest pairs, away from the particles that are taken. */
function pulled(
  minimum: Minimum,
  { energies: [{ lte }] }: LocalThermalEnergy,
  { bonds, taken }: { readonly bonds: number; readonly taken: readonly number[] },
): LocalSeed[] {
  const { box, positions, interactions } = minimum.backbone;
  const { dimension: d, i, j, du, r } = pairsOf(interactions);
  if (lte.length !== i.length)
    throw new SoftfieldError("usage", "census: the energies are not those of this minimum");
  const order = Array.from(lte.keys()).sort((a, b) => Math.abs(lte[b]) - Math.abs(lte[a]) || a - b);
  const places = [...taken];
  const softest: number[] = [];
  const apart = APART * lengthUnit(box, interactions.particleCount);
  const u = new Float64Array(d);
  for (const m of order) {
    if (softest.length === bonds) break;
    const alone = places.every((p) => {
      for (let a = 0; a < d; a++) u[a] = positions[i[m] * d + a] - positions[p * d + a];
      minimumImage(box, u);
      return dot(u, u) >= apart * apart;
    });
    if (!alone) continue;
    softest.push(m);
    places.push(i[m]);
  }
  return softest.map((m) => {
    const on = (wanted: Int32Array) => {
      const particles = Int32Array.from(new Set([...wanted, i[m], j[m]]));
      const b = new Float64Array(particles.length * d);
      const [from, to] = [particles.indexOf(i[m]), particles.indexOf(j[m])];
      for (let a = 0; a < d; a++) {
        b[to * d + a] = du[m * d + a] / r[m];
        b[from * d + a] = -du[m * d + a] / r[m];
      }
      const [x] = solveWithin(minimum.factor(), [{ particles, b }]);
      return x.slice(0, wanted.length * d);
    };
    return { particle: i[m], on };
  });
}
