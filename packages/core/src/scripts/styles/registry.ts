import { SoftfieldError } from "../../errors.ts";
import { nearest } from "../../nearest.ts";
import { contactStyles } from "./contacts.ts";
import { coulombStyles } from "./coulomb.ts";
import { embeddedStyles } from "./embedded-atoms.ts";
import { exponentialStyles } from "./exponentials.ts";
import { lennardJonesStyles } from "./lennard-jones.ts";
import { softStyles } from "./soft.ts";
import { stillingerWeberStyle } from "./stillinger-weber.ts";
import type { PairStyle } from "./style.ts";
import { tableStyle } from "./table.ts";
import { tersoffStyle } from "./tersoff.ts";
import { vashishtaStyle } from "./vashishta.ts";

const styles = new Map<string, PairStyle>();

/** Makes a pair style of LAMMPS known under its names. @throws SoftfieldError "usage" where a name is taken */
export function registerPairStyle(style: PairStyle): void {
  for (const name of style.names) {
    if (styles.has(name))
      throw new SoftfieldError("usage", `a pair style "${name}" is registered already: give it another name`);
    styles.set(name, style);
  }
}

for (const style of [
  ...lennardJonesStyles,
  ...coulombStyles,
  ...exponentialStyles,
  ...softStyles,
  ...contactStyles,
  tableStyle,
  ...embeddedStyles,
  stillingerWeberStyle,
  vashishtaStyle,
  tersoffStyle,
])
  registerPairStyle(style);

/** A style by its name, without suffix. */
export function stylesNamed(name: string): PairStyle | undefined {
  return styles.get(name);
}

const NO_EWALD =
  "an Ewald sum couples every particle with every other and all images: no term of it has an energy of its own. The nearest are the damped shifted force and Wolf's sum";

/** Why styles of LAMMPS are not read, and what is nearest. */
const REFUSED: readonly (readonly [RegExp, string])[] = [
  [
    /^lj\/cut\/coul\/(long|msm)|^lj\/cut\/tip4p/,
    `${NO_EWALD}: pair_style lj/cut/coul/dsf or lj/cut/coul/wolf; minimise the glass anew with it`,
  ],
  [
    /^buck\/coul\/(long|msm)|^buck\/long/,
    `${NO_EWALD}: pair_style hybrid/overlay buck … coul/dsf … (or coul/wolf); minimise the glass anew with it`,
  ],
  [
    /^born\/coul\/(long|msm)/,
    `${NO_EWALD}: pair_style born/coul/dsf or born/coul/wolf; minimise the glass anew with it`,
  ],
  [
    /long|msm|tip4p|ewald/,
    `${NO_EWALD}: coul/dsf or coul/wolf, beside the rest by hybrid/overlay; minimise the glass anew with it`,
  ],
  [
    /^(reax|reaxff|comb|comb3|airebo|rebo|lcbop|bop|edip|extep|eim|polymorphic|adp|meam|agni|snap|mliap|pace|quip|kim|rann|atm|nb3b|e3b|local\/density|drip|ilp|kolmogorov|lebedeva|gw|mesont|smtbq|tersoff\/(mod|zbl|table)|eam\/(he|cd)|vashishta\/table)/,
    "its terms are of many bodies in a way that softfield has not. It has eam, eam/alloy, eam/fs, sw, tersoff, vashishta and sums of pairs",
  ],
  [
    /^(gayberne|resquared|line|tri|body|dipole|ellipsoid|oxdna|oxrna|lj\/cut\/dipole|lj\/sf\/dipole|ylz|dsmc|hbond)/,
    "its particles turn: softfield has points and spheres",
  ],
  [
    /^(brownian|lubricate|dpd\/|mdpd|edpd|tdpd|sdpd|sph|lubricateU)/,
    "it is of a fluid's flow, and has no energy of particles at rest",
  ],
  [/^(peri|smd|srp|bpm|tracker|list|python|momb|exclude)/, "it is no function of the distance of two types"],
];

/** Styles of LAMMPS that are functions of the distance, of forms that are not here. */
const PAIRS_OF_LAMMPS =
  /^(beck|colloid|cosine\/squared|coul\/(cut\/global|diel|slater\/cut)|lj\/(cubic|relres|charmmfsw.*|cut\/soft.*|pirani|switch3.*|spica.*|sdk.*)|born\/gauss|ufm|wf\/cut|yukawa\/colloid|pedone)$/;
const AS_TABLE =
  "Any function of the distance is read as a table: 'pair_write 1 1 2000 r 0.8 2.4999 pairs.table P11' behind the coefficients has LAMMPS write one (each pair of types, from where they still come near to just within the cutoff); then 'pair_style table spline 2000' and 'pair_coeff 1 1 pairs.table P11'";

/** What to say of a style that is not read; with `listed`, only where it is one that LAMMPS has. */
export function notRead(name: string, listed: true): string | undefined;
export function notRead(name: string): string;
export function notRead(name: string, listed?: true): string | undefined {
  const refused = REFUSED.find(([pattern]) => pattern.test(name));
  if (refused) return `${name} is not read: ${refused[1]}`;
  if (listed) return undefined;
  const near = nearest(name, [...styles.keys()]);
  const table = PAIRS_OF_LAMMPS.test(name) ? `. ${AS_TABLE}` : "";
  return `the pair style "${name}" is not read here${near === undefined ? "" : `; the nearest that is read is ${near}`}${table}. Read are ${[...styles.keys()].sort().join(", ")}`;
}
