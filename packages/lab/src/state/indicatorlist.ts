/** What the page says of indicators without their code, which workers have. As the library has them: a test. */
export const INDICATORS: readonly {
  readonly name: string;
  readonly short: string;
  readonly description: string;
}[] = [
  {
    name: "lte",
    short: "LTE",
    description: "local thermal energies",
  },
  {
    name: "modes",
    short: "modes",
    description: "weight of the lowest normal modes (the baseline)",
  },
  {
    name: "debye-waller",
    short: "Debye–Waller",
    description: "mean square vibration of particles",
  },
  {
    name: "displacement",
    short: "|X|",
    description: "thermal displacement of particles",
  },
  {
    name: "energy",
    short: "energy",
    description: "potential energy of particles, above the lowest",
  },
  {
    name: "nonaffinity",
    short: "nonaffinity",
    description: "non-affine motion of particles under simple shear",
  },
  {
    name: "softening",
    short: "softening",
    description: "local thermal energies times their slope under simple shear, where it softens",
  },
  {
    name: "lte-squared",
    short: "LTE²",
    description: "squares of local thermal energies",
  },
  {
    name: "lte-around",
    short: "LTE around",
    description: "squares of local thermal energies around a particle, Gaussian one bond length wide",
  },
  {
    name: "thermal-modes",
    short: "modes/ω²",
    description: "lowest normal modes, each by its thermal amplitude",
  },
  {
    name: "local-modulus",
    short: "local modulus",
    description: "shear modulus of particles, below the highest",
  },
  {
    name: "pseudo-harmonic",
    short: "pseudo-harmonic",
    description: "pseudo-harmonic modes, each over its stiffness",
  },
  {
    name: "cubic-modes",
    short: "cubic modes",
    description: "cubic modes of the census, each over the strain at which it yields",
  },
  {
    name: "local-yield-strain",
    short: "local yield strain",
    description: "one over the strain at which surroundings of a particle yield under a load, shell frozen",
  },
  {
    name: "local-yield-stress",
    short: "local yield stress",
    description:
      "one over the rise of stress at which surroundings of a particle yield under a load, shell frozen",
  },
  {
    name: "topological-charge",
    short: "defects",
    description: "defects of charge −1 of the lowest normal modes",
  },
  {
    name: "pressure",
    short: "pressure",
    description: "pressure on particles, below the highest",
  },
  {
    name: "free-volume",
    short: "free volume",
    description: "volume of particles' radical Voronoi cells over their own",
  },
  {
    name: "bond-order",
    short: "bond order",
    description: "lack of sixfold bond-orientational order",
  },
  {
    name: "tong-tanaka",
    short: "Tong–Tanaka",
    description: "disorder of the angles between neighbours (Tong and Tanaka)",
  },
  {
    name: "two-body-entropy",
    short: "s₂",
    description: "two-body entropy of particles, above the lowest",
  },
];

export const INDICATOR_NAMES: readonly string[] = INDICATORS.map(({ name }) => name);

/** Those that look at a shear in one direction. As the library says: a test. */
const DIRECTIONAL: readonly string[] = [
  "nonaffinity",
  "softening",
  "local-yield-strain",
  "local-yield-stress",
];

export function isDirectional(name: string): boolean {
  return DIRECTIONAL.includes(name);
}
