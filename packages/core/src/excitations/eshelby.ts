import type { Minimum } from "../minimum/index.ts";
import { elasticConstants } from "../response/index.ts";
import { faceDistances, lengthUnit, minimumImage } from "../space/index.ts";
import { denseFactor, denseSolve } from "../sparse/index.ts";
import { dot } from "../vectors.ts";
import type { Excitation } from "./excitation.ts";

/** An excitation seen from afar: a dipole of forces in an isotropic medium, as Eshelby's inclusion makes one. */
export interface EshelbyFit {
  /** d×d, symmetric: P of u_i = −P_jk ∂_k G_ij, ε for a field in λ (of the unit-length mode). */
  readonly dipole: Float64Array;
  /** The fraction of the field's square around that it explains. */
  readonly explained: number;
}

/** Isotropic elastic moduli of the medium, ε/λ^d. */
export interface Medium {
  readonly bulkModulus: number;
  readonly shearModulus: number;
}

/** Between these distances from the centre the field is fitted: in bond lengths, and as a fraction of the shortest edge. */
const [NEAR, FAR] = [2.5, 0.25];

/**
 * Fits the field of an excitation around its core by that of an elastic dipole P at its centre (Eshelby 1957): with
 * Green's function G of an isotropic medium (λ = K − 2μ/d), u = −P_jk ∂_k G_ij, beside a common translation and rotation, by
 * least squares, particles weighted by r^{2(d−1)}, so that every distance counts alike. The eigenvectors of P are the
 * axes of the inclusion's strain; in a glass −P is about the coupling N up to a factor, for the inclusion relieves what
 * drives it. O(N).
 */
export function eshelbyFit(
  minimum: Minimum,
  { field, position }: Pick<Excitation, "field" | "position">,
  medium: Medium = elasticConstants(minimum),
): EshelbyFit {
  const { system } = minimum;
  const d = system.box.dimension;
  const near = NEAR * lengthUnit(system.box, system.species.length);
  const reach = FAR * Math.min(...faceDistances(system.box));
  const dipoles = Array.from({ length: d }, (_, a) => Array.from({ length: d - a }, (__, b) => [a, a + b]));
  const pairs = dipoles.flat();
  const turns = pairs.filter(([a, b]) => a < b);
  const n = pairs.length + d + turns.length;
  const [normal, right] = [new Float64Array(n * n), new Float64Array(n)];
  let whole = 0;
  const r = new Float64Array(d);
  const row = new Float64Array(n);
  for (let p = 0; p < system.species.length; p++) {
    for (let a = 0; a < d; a++) r[a] = system.positions[p * d + a] - position[a];
    minimumImage(system.box, r);
    const length = Math.sqrt(dot(r, r));
    if (length < near || length > reach) continue;
    const weight = d === 2 ? length * length : length * length * length * length;
    for (let i = 0; i < d; i++) {
      pairs.forEach(([j, k], c) => {
        const one = dipoleField(r, length, medium, d, [i, j, k]);
        row[c] = j === k ? one : one + dipoleField(r, length, medium, d, [i, k, j]);
      });
      for (let a = 0; a < d; a++) row[pairs.length + a] = a === i ? 1 : 0;
      turns.forEach(([a, b], t) => {
        row[pairs.length + d + t] = i === a ? -r[b] : i === b ? r[a] : 0;
      });
      const u = field[p * d + i];
      whole += weight * u * u;
      for (let x = 0; x < n; x++) {
        right[x] += weight * row[x] * u;
        for (let y = 0; y <= x; y++) normal[x * n + y] += weight * row[x] * row[y];
      }
    }
  }
  const dipole = new Float64Array(d * d);
  const factor = denseFactor(normal);
  if (!factor || whole === 0) return { dipole: dipole.fill(Number.NaN), explained: 0 };
  const found = denseSolve(factor, right);
  pairs.forEach(([j, k], c) => {
    dipole[j * d + k] = found[c];
    dipole[k * d + j] = found[c];
  });
  return { dipole, explained: dot(found, right) / whole };
}

/** −∂_k G_ij(r), Kelvin's solution in two or three dimensions. */
function dipoleField(
  r: Float64Array,
  length: number,
  { bulkModulus, shearModulus: mu }: Medium,
  d: number,
  [i, j, k]: readonly [number, number, number],
): number {
  const lame = bulkModulus - (2 * mu) / d;
  const scale = 1 / ((d === 2 ? 4 : 8) * Math.PI * mu * (lame + 2 * mu));
  const n = (a: number) => r[a] / length;
  const same = (a: number, b: number) => (a === b ? 1 : 0);
  const slope =
    -(lame + 3 * mu) * same(i, j) * n(k) +
    (lame + mu) * (same(i, k) * n(j) + same(j, k) * n(i) - d * n(i) * n(j) * n(k));
  return (-scale * slope) / (d === 2 ? length : length * length);
}
