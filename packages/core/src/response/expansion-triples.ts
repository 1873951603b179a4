import { type Triples, tripleGradient, tripleHessian, tripleThird, tripleWork } from "../mechanics/index.ts";

/** What triples add to the virial Σ g·y, to Σ y·H·y, and (by `addTo`, H·y on the particles) to ∂²U/∂x∂η. */
export function tripleCoupling(triples: Triples, d: number) {
  const work = tripleWork(d);
  const w = 2 * d;
  let [virial, stiffness] = [0, 0];
  const along = new Float64Array(triples.centre.length * w);
  for (let t = 0; t < triples.centre.length; t++) {
    const y = triples.legs.subarray(t * w, (t + 1) * w);
    const g = tripleGradient(triples, t, work);
    const h = tripleHessian(triples, t, work);
    for (let a = 0; a < w; a++) {
      let sum = 0;
      for (let b = 0; b < w; b++) sum += (h[a * w + b] as number) * (y[b] as number);
      along[t * w + a] = sum;
      virial += (g[a] as number) * (y[a] as number);
      stiffness += sum * (y[a] as number);
    }
  }
  const addTo = (field: Float64Array) => {
    along.forEach((x, e) => {
      const [t, leg, a] = [Math.floor(e / w), Math.floor((e % w) / d), e % d];
      field[((leg === 0 ? triples.j : triples.k)[t] as number) * d + a]! += x;
      field[(triples.centre[t] as number) * d + a]! -= x;
    });
  };
  return { virial, stiffness, addTo };
}

/** C + v vᵀ/K of the legs, v = y + D·w: t×2d×2d. */
export function withStrain(
  triples: Triples,
  legs: Float64Array,
  w: Float64Array,
  stiffness: number,
): Float64Array {
  const width = Math.sqrt(legs.length / triples.centre.length);
  const d = width / 2;
  const v = triples.legs.map((y, e) => {
    const [t, leg, a] = [Math.floor(e / width), Math.floor((e % width) / d), e % d];
    const end = (leg === 0 ? triples.j : triples.k)[t] as number;
    return y + (w[end * d + a] as number) - (w[(triples.centre[t] as number) * d + a] as number);
  });
  return legs.map((c, e) => {
    const row = Math.floor(e / width);
    const column = Math.floor(row / width) * width + (e % width);
    return c + ((v[row] as number) * (v[column] as number)) / stiffness;
  });
}

/** Σ_t (T : C)·y. */
export function affineLegs(triples: Triples, covariances: Float64Array): number {
  const size = covariances.length / triples.centre.length;
  const w = Math.sqrt(size);
  const work = tripleWork(w / 2);
  let sum = 0;
  for (let t = 0; t < triples.centre.length; t++) {
    const third = tripleThird(triples, t, covariances.subarray(t * size, (t + 1) * size), work);
    for (let a = 0; a < w; a++) sum += (third[a] as number) * (triples.legs[t * w + a] as number);
  }
  return sum;
}
