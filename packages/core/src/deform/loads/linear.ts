import { identity, inverted, product, trace } from "../../squarematrices.ts";
import type { Load } from "./load.ts";

/** F = 1 + γL of any displacement gradient L per unit of strain (d×d, read); axes and angle say nothing. */
export function linear(gradient: Float64Array): Load {
  const d = Math.round(Math.sqrt(gradient.length));
  return {
    name: "linear",
    label: "strain",
    description: "1 + γL of a displacement gradient L",
    isochoric: isIsochoric(gradient, d),
    displace: (v, gamma) => {
      const by = new Array<number>(d).fill(0);
      for (let a = 0; a < d; a++) for (let b = 0; b < d; b++) by[a] += gamma * gradient[a * d + b] * v[b];
      return by;
    },
    rates: (gamma) => {
      const now = identity(d).map((x, k) => x + gamma * gradient[k]);
      return { rate: product(gradient, inverted(now, d), d), curvature: new Float64Array(d * d) };
    },
  };
}

/** det(1 + γL) = 1 at all γ where the traces of L and of its powers are 0. */
function isIsochoric(gradient: Float64Array, d: number): boolean {
  const square = product(gradient, gradient, d);
  const powers = [gradient, square, product(square, gradient, d)].slice(0, d);
  return powers.every((power) => trace(power, d) === 0);
}
