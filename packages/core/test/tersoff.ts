import { parseTersoffFile } from "../src/models/index.ts";

/** Silicon and carbon, Tersoff, Phys. Rev. B 39, 5566 (1989), with unequal λ₃ and m = 1 so that all that there is takes part. */
export const SILICON_CARBON = `# m, gamma, lambda3, c, d, costheta0, n, beta, lambda2, B, R, D, lambda1, A
C   C    C   3.0 1.0 0.4 38049  4.3484   -.57058 .72751
             0.00000015724 2.2119  346.7   1.95   0.15   3.4879  1393.6
Si  Si  Si   3.0 1.0 0.7  100390  16.217   -.59825 .78734
             0.0000011     1.73222  471.18  2.85   0.15    2.4799  1830.8
Si  Si  C    3.0 1.0 0.3 100390  16.217   -.59825 0.0 0.0 0.0 0.0 2.36   0.15 0.0 0.0
Si  C   C    1.0 1.1 0.5 100390 16.217 -.59825 .787340 0.0000011 1.97205 395.126 2.36 0.15 2.9839 1597.3111
C   Si  Si   3.0 1.0 0.0 38049  4.3484  -.57058 .72751 0.00000015724 1.97205 395.126 2.36 0.15 2.9839 1597.3111
C   Si  C    3.0 1.0 0.2 38049  4.3484   -.57058 0.0 0.0 0.0 0.0 1.95   0.15 0.0 0.0
C   C   Si   1.0 0.9 0.1 38049  4.3484   -.57058 0.0 0.0 0.0 0.0 2.36   0.15 0.0 0.0
Si  C   Si   3.0 1.0 0.6 100390 16.217 -.59825 0.0 0.0 0.0 0.0 2.85   0.15 0.0 0.0
`;

/** A model of its entries; `density` of the lattices that tests make. */
export function siliconCarbon(density = 0.09) {
  return {
    name: "silicon-carbon",
    dimension: 3,
    species: ["Si", "C"],
    units: "metal",
    form: "tersoff",
    entries: parseTersoffFile(SILICON_CARBON, "SiC.tersoff").entries,
    glass: {
      density,
      fractions: [0.5, 0.5],
      liquidTemperature: 0.6,
      annealTemperature: 0.25,
      glassTransition: 0.3,
      annealTime: 100,
    },
  };
}
