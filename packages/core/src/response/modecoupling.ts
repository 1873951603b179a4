import { type Interactions, thirdDerivativeContraction } from "../mechanics/index.ts";

/**
 * U‴ : ΨΨ for a displacement field Ψ (N×d, read), N×d: its product with Ψ_i is c_ijj = U‴ : Ψ_i Ψ_j Ψ_j of Eq. 4,
 * Zylberg 2017, with Ψ = Ψ_j. Unit ε/λ³ for a normalised Ψ. O(m).
 */
export function modeForce(interactions: Interactions, psi: Float64Array): Float64Array {
  const { dimension: d, i, j, triples } = interactions;
  const outer = (ends: readonly Int32Array[], origin: Int32Array) => {
    const w = ends.length * d;
    const result = new Float64Array(origin.length * w * w);
    const moves = new Float64Array(w);
    for (let m = 0; m < origin.length; m++) {
      ends.forEach((end, leg) => {
        for (let a = 0; a < d; a++)
          moves[leg * d + a] =
            (psi[(end[m] as number) * d + a] as number) - (psi[(origin[m] as number) * d + a] as number);
      });
      for (let a = 0; a < w; a++)
        for (let b = 0; b < w; b++) result[(m * w + a) * w + b] = (moves[a] as number) * (moves[b] as number);
    }
    return result;
  };
  const legs = triples && outer([triples.j, triples.k], triples.centre);
  return thirdDerivativeContraction(interactions, outer([j], i), legs);
}
