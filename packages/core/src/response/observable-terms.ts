import { SoftfieldError } from "../errors.ts";
import {
  type LegFunction,
  PAIRS,
  type PairArrays,
  radialFunction,
  type TermFamily,
} from "../interactions/index.ts";
import type { Observable } from "./observable.ts";
import { requireAxes, requireIndex } from "./ranges.ts";

/**
 * ε_α of a term, whose coefficient in Eq. 1 is its local thermal energy E_α (Eq. 3 and SI B, Zylberg 2017); unit ε.
 * Throws "usage" where the family has no such term.
 */
export function termEnergy(family: TermFamily, term: number): Observable {
  requireIndex(family.kind.noun, term, family.count);
  return ofTerm(`energy of ${family.kind.noun} ${term}`, family, term, family.energyOf(term));
}

/**
 * w_ab = Σ g_a u_b over the legs of a term, its part of the virial V·σ_ab (of a pair φ′ r n_a n_b), symmetric because
 * rotations cost nothing; unit ε. Throws "usage" for no such term or axes.
 */
export function termVirial(family: TermFamily, term: number, axes: readonly [number, number]): Observable {
  requireIndex(family.kind.noun, term, family.count);
  requireAxes(axes, family.dimension);
  const name = `virial ${"xyz"[axes[0]]}${"xyz"[axes[1]]} of ${family.kind.noun} ${term}`;
  return ofTerm(name, family, term, family.virialOf(term, axes));
}

/** r_α = |x_j − x_i| of a pair, unit λ. Throws "usage" for no such bond. */
export function bondLength(pairs: PairArrays, bond: number): Observable {
  requireIndex(PAIRS.noun, bond, pairs.r.length);
  return bondObservable(
    `bond length ${bond}`,
    pairs,
    bond,
    radialFunction(pairs, bond, [pairs.r[bond], 1, 0]),
  );
}

/**
 * An observable from a function of the vector of a pair: ±∂/∂u on j and i; K on ii and jj, −K on ji. Throws
 * "usage" where there is no such bond, or derivatives have another size than d and d×d.
 */
export function bondObservable(
  name: string,
  { i, j, dimension: d }: Pick<PairArrays, "i" | "j" | "dimension">,
  bond: number,
  of: LegFunction,
): Observable {
  requireIndex(PAIRS.noun, bond, i.length);
  if (of.gradient.length !== d || of.hessian.length !== d * d) {
    const sizes = `${d} and ${d * d} components, got ${of.gradient.length} and ${of.hessian.length}`;
    throw new SoftfieldError(
      "usage",
      `observable "${name}": gradient and Hessian by a bond vector have ${sizes}`,
    );
  }
  return legObservable(name, [i[bond], j[bond]], d, of);
}

function ofTerm(name: string, family: TermFamily, term: number, of: LegFunction): Observable {
  const { root, ends } = family.members(term);
  return legObservable(name, [root, ...ends], family.dimension, of);
}

/** An observable from a function of legs: what stands for an end acts on it, minus all of them on the root. */
function legObservable(
  name: string,
  particles: readonly number[],
  d: number,
  { value, gradient: g, hessian }: LegFunction,
): Observable {
  const legs = particles.length - 1;
  const gradient = new Float64Array(particles.length * d);
  for (let a = 0; a < d; a++) {
    for (let leg = 0; leg < legs; leg++) {
      gradient[(leg + 1) * d + a] = g[leg * d + a];
      gradient[a] -= g[leg * d + a];
    }
  }
  return {
    name,
    value,
    particles: Int32Array.from(particles),
    gradient,
    hessian: blocksOf(hessian, d, particles),
  };
}

/**
 * The d×d blocks of ∂²/∂x∂x on root and ends, from that by the legs: each unordered pair once, and twice where its two
 * are images of one particle, which stand on the diagonal.
 */
function blocksOf(h: Float64Array, d: number, particles: readonly number[]) {
  const count = particles.length;
  const w = (count - 1) * d;
  // y = D x: u_leg = x_end − x_root
  const sign = (p: number, leg: number) => (p === 0 ? -1 : p === leg + 1 ? 1 : 0);
  const pairs: [number, number][] = [];
  for (let p = 0; p < count; p++) pairs.push([p, p]);
  for (let q = 0; q < count; q++) for (let p = q + 1; p < count; p++) pairs.push([p, q]);
  const blocks = new Float64Array(pairs.length * d * d);
  pairs.forEach(([p, q], n) => {
    for (let x = 0; x < count - 1; x++) {
      for (let y = 0; y < count - 1; y++) {
        const times = p !== q && particles[p] === particles[q] ? 2 : 1;
        const signed = times * sign(p, x) * sign(q, y);
        if (signed === 0) continue;
        for (let a = 0; a < d; a++)
          for (let b = 0; b < d; b++) blocks[(n * d + a) * d + b] += signed * h[(x * d + a) * w + y * d + b];
      }
    }
  });
  return {
    blocks,
    first: Int32Array.from(pairs, ([p]) => particles[p]),
    second: Int32Array.from(pairs, ([, q]) => particles[q]),
  };
}
