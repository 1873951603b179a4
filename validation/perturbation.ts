import { evaluatePairs, findInteractions, type Minimum } from "softfield";
import { pairsOf } from "softfield/internal";

/** Change of a bond's strength for differences. */
const H = 0.02;

/** Of a bond, by differences of free energies: E_α, and c_α of ⟨ε_α⟩ = ε_α⁰ + ½T·E_α + T²·c_α + … */
export interface NextOrder {
  readonly e: number;
  readonly c: number;
}

/**
 * The next order of Eq. 3 (Zylberg 2017) for every bond of a minimum in two dimensions, by perturbation theory (k_B = 1):
 *
 *   c_α = dF₂/ds of U + s·ε_α at its own minimum,  F = U + ½T ln det M + T²F₂ + …,
 *   F₂ = ⅛ U⁗:GG − ⅛ (U‴:G)·G·(U‴:G) − (1/12) U‴U‴:GGG,
 *
 * the two-loop free energy, its derivative by central differences, all matrices dense. The same differences of ½ ln det M give
 * ½E_α, which tells how good they are. Cost: some ten dense inversions and O(bonds²) a bond.
 */
export function nextOrder(minimum: Minimum): NextOrder[] {
  const { model } = minimum;
  const { species, positions: x0 } = minimum.system;
  const interactions = findInteractions(minimum.system, model);
  const { i, j, du } = pairsOf(interactions);
  const m = i.length;
  const size = x0.length;

  /** Pairs at displaced positions: Δ, and g_n = (r⁻¹ d/dr)^n φ times the strength of each. */
  function pairsAt(x: Float64Array, strength: Float64Array) {
    const u = new Float64Array(2 * m);
    const r = new Float64Array(m);
    for (let b = 0; b < m; b++) {
      for (let a = 0; a < 2; a++)
        u[2 * b + a] =
          du[2 * b + a] + (x[2 * j[b] + a] - x0[2 * j[b] + a]) - (x[2 * i[b] + a] - x0[2 * i[b] + a]);
      r[b] = Math.hypot(u[2 * b], u[2 * b + 1]);
    }
    const phi = Array.from({ length: 5 }, () => new Float64Array(m));
    const [phi0, phi1, phi2, phi3, phi4] = phi;
    evaluatePairs(model, { species }, { i, j, r, phi0, phi1, phi2, phi3, phi4 });
    const g = Array.from({ length: 5 }, () => new Float64Array(m));
    for (let b = 0; b < m; b++) {
      const [d, s] = [r[b], strength[b]];
      const g1 = phi1[b] / d;
      const g2 = (phi2[b] - g1) / d ** 2;
      const g3 = phi3[b] / d ** 3 - (3 * g2) / d ** 2;
      const g4 = phi4[b] / d ** 4 - (3 * phi3[b]) / d ** 5 - (3 * g3) / d ** 2 + (6 * g2) / d ** 4;
      [phi0[b], g1, g2, g3, g4].forEach((value, n) => {
        g[n][b] = s * value;
      });
    }
    return { u, g };
  }
  type Pairs = ReturnType<typeof pairsAt>;

  function gradientOf({ u, g }: Pairs): Float64Array {
    const f = new Float64Array(size);
    for (let b = 0; b < m; b++)
      for (let a = 0; a < 2; a++) {
        f[2 * j[b] + a] += g[1][b] * u[2 * b + a];
        f[2 * i[b] + a] -= g[1][b] * u[2 * b + a];
      }
    return f;
  }

  /** G = M⁻¹ without the two translations, and ln det′ M, by M + 11ᵀ/N for each axis. */
  function inverseOf({ u, g }: Pairs): { inverse: Float64Array; log: number } {
    const a = new Float64Array(size * size);
    for (let b = 0; b < m; b++)
      for (let p = 0; p < 2; p++)
        for (let q = 0; q < 2; q++) {
          const value = g[2][b] * u[2 * b + p] * u[2 * b + q] + (p === q ? g[1][b] : 0);
          const [ip, iq, jp, jq] = [2 * i[b] + p, 2 * i[b] + q, 2 * j[b] + p, 2 * j[b] + q];
          a[ip * size + iq] += value;
          a[jp * size + jq] += value;
          a[ip * size + jq] -= value;
          a[jp * size + iq] -= value;
        }
    const share = 2 / size;
    const shift = (by: number) => {
      for (let p = 0; p < size; p++) for (let q = p % 2; q < size; q += 2) a[p * size + q] += by * share;
    };
    shift(1);
    let log = 0;
    // Gauß–Jordan in place: A is positive definite
    for (let k = 0; k < size; k++) {
      const pivot = a[k * size + k];
      log += Math.log(pivot);
      a[k * size + k] = 1;
      for (let q = 0; q < size; q++) a[k * size + q] /= pivot;
      for (let p = 0; p < size; p++) {
        if (p === k) continue;
        const factor = a[p * size + k];
        if (factor === 0) continue;
        a[p * size + k] = 0;
        for (let q = 0; q < size; q++) a[p * size + q] -= factor * a[k * size + q];
      }
    }
    shift(-1);
    return { inverse: a, log };
  }

  const unperturbed = inverseOf(pairsAt(x0, new Float64Array(m).fill(1))).inverse;

  /** The minimum of the glass with these strengths, by steps with the unperturbed G, with its ½ ln det M and F₂. */
  function freeEnergy(strength: Float64Array): { half: number; two: number } {
    const x = x0.slice();
    let pairs = pairsAt(x, strength);
    for (let k = 0; ; k++) {
      const f = gradientOf(pairs);
      if (f.every((value) => Math.abs(value) < 1e-11)) break;
      if (k === 100) throw new Error("no minimum near");
      for (let p = 0; p < size; p++) {
        let move = 0;
        for (let q = 0; q < size; q++) move += unperturbed[p * size + q] * f[q];
        x[p] -= move;
      }
      pairs = pairsAt(x, strength);
    }
    const { inverse, log } = inverseOf(pairs);
    return { half: 0.5 * log, two: twoLoops(pairs, inverse) };
  }

  function twoLoops({ u, g }: Pairs, G: Float64Array): number {
    /** ⟨Δ_a Δ′_b⟩/T of two pairs. */
    const between = (b: number, c: number, p: number, q: number) => {
      const [jb, ib, jc, ic] = [2 * j[b] + p, 2 * i[b] + p, 2 * j[c] + q, 2 * i[c] + q];
      return G[jb * size + jc] - G[jb * size + ic] - G[ib * size + jc] + G[ib * size + ic];
    };
    let quartic = 0;
    const force = new Float64Array(size);
    for (let b = 0; b < m; b++) {
      const [ux, uy] = [u[2 * b], u[2 * b + 1]];
      const [xx, xy, yy] = [between(b, b, 0, 0), between(b, b, 0, 1), between(b, b, 1, 1)];
      const [kx, ky] = [xx * ux + xy * uy, xy * ux + yy * uy];
      const [along, trace, square] = [ux * kx + uy * ky, xx + yy, kx * kx + ky * ky];
      quartic +=
        g[4][b] * along * along +
        g[3][b] * (2 * trace * along + 4 * square) +
        g[2][b] * (trace * trace + 2 * (xx * xx + 2 * xy * xy + yy * yy));
      const t = [
        g[3][b] * ux * along + g[2][b] * (ux * trace + 2 * kx),
        g[3][b] * uy * along + g[2][b] * (uy * trace + 2 * ky),
      ];
      for (let a = 0; a < 2; a++) {
        force[2 * j[b] + a] += t[a];
        force[2 * i[b] + a] -= t[a];
      }
    }
    let tadpoles = 0;
    for (let p = 0; p < size; p++) {
      let sum = 0;
      for (let q = 0; q < size; q++) sum += G[p * size + q] * force[q];
      tadpoles += force[p] * sum;
    }
    let sunset = 0;
    for (let b = 0; b < m; b++) {
      const [ux, uy, g2, g3] = [u[2 * b], u[2 * b + 1], g[2][b], g[3][b]];
      for (let c = 0; c <= b; c++) {
        const [wx, wy] = [u[2 * c], u[2 * c + 1]];
        const [xx, xy] = [between(b, c, 0, 0), between(b, c, 0, 1)];
        const [yx, yy] = [between(b, c, 1, 0), between(b, c, 1, 1)];
        // K·w, Kᵀ·u
        const [kx, ky] = [xx * wx + xy * wy, yx * wx + yy * wy];
        const [lx, ly] = [xx * ux + yx * uy, xy * ux + yy * uy];
        const both = ux * kx + uy * ky;
        const [left, right] = [lx * lx + ly * ly, kx * kx + ky * ky];
        const all = xx * xx + xy * xy + yx * yx + yy * yy;
        // u·K·Kᵀ·K·w
        const thrice = lx * (xx * kx + yx * ky) + ly * (xy * kx + yy * ky);
        const term =
          g3 * g[3][c] * both ** 3 +
          3 * g3 * g[2][c] * both * left +
          3 * g2 * g[3][c] * both * right +
          g2 * g[2][c] * (3 * all * both + 6 * thrice);
        sunset += c === b ? term : 2 * term;
      }
    }
    return quartic / 8 - tadpoles / 8 - sunset / 12;
  }

  return Array.from({ length: m }, (_, bond) => {
    const at = (s: number) => {
      const strength = new Float64Array(m).fill(1);
      strength[bond] += s;
      return freeEnergy(strength);
    };
    const [plus, minus] = [at(H), at(-H)];
    return { e: (plus.half - minus.half) / H, c: (plus.two - minus.two) / (2 * H) };
  });
}
