import { scriptError } from "../commands.ts";
import {
  charmmMixing,
  class2,
  gromacs,
  lennardJones,
  lennardJonesMixing,
  nm,
  nmMixing,
} from "./lennard-jones.ts";
import type { Mixing, PairPlace, PairTermOf, PairwiseStyle, Smoothing, Values } from "./style.ts";

interface Coulomb {
  readonly damping?: number;
  readonly screening?: number;
  readonly smoothing: Smoothing;
  readonly from?: number;
}

/** k q_i q_j erfc(αr) exp(−κr)/r of a pair; nothing where one of them has no charge. */
function coulomb(place: PairPlace, cutoff: number, how: Coulomb): PairTermOf[] {
  const { damping = 0, screening = 0, smoothing, from } = how;
  const charges = place.charges();
  if (charges === 0) return [];
  const constant = place.coulomb / place.dielectric;
  return [
    {
      form: "coulomb",
      pair: { ...(charges !== "file" && { products: charges }), cutoff },
      shared: {
        ...(charges === "file" && { charges }),
        constant,
        ...(damping > 0 && { damping }),
        ...(screening > 0 && { screening }),
      },
      smoothing,
      ...(from !== undefined && { from }),
    },
  ];
}

type Part = (values: Values, place: PairPlace) => PairTermOf[];

const dsf: Part = ({ numbers }, place) => {
  if (place.charges() !== 0)
    place.note(
      "LAMMPS approximates the error function of coul/dsf to 1e-7, and adds the self energy of each charge, a constant",
    );
  return coulomb(place, numbers.coulomb, { damping: numbers.alpha, smoothing: "force-shifted" });
};
const wolf: Part = ({ numbers }, place) => {
  if (place.charges() !== 0)
    place.note(
      "the forces of coul/wolf in LAMMPS are those of the damped shifted force, and so is this model; its energy there differs by a line in r and the self energy of each charge",
    );
  return coulomb(place, numbers.coulomb, { damping: numbers.alpha, smoothing: "force-shifted" });
};
const bare: Part = ({ numbers }, place) => coulomb(place, numbers.coulomb, { smoothing: "none" });
const debye: Part = ({ numbers }, place) =>
  coulomb(place, numbers.coulomb, { screening: numbers.kappa, smoothing: "none" });

const lj: Part = ({ numbers }, { shift }) => lennardJones(numbers, numbers.cutoff, shift ? 0 : "none");
const born: Part = ({ numbers }, { shift }) => {
  const { A, rho, sigma, C, D, cutoff } = numbers;
  if (A === 0 && C === 0 && D === 0) return [];
  return [{ form: "born-mayer", pair: { A, rho, sigma, C, D, cutoff }, smoothing: shift ? 0 : "none" }];
};
const buck: Part = ({ numbers }, { shift }) => {
  const { A, rho, C, cutoff } = numbers;
  if (A === 0 && C === 0) return [];
  return [{ form: "buckingham", pair: { A, rho, C, cutoff }, smoothing: shift ? 0 : "none" }];
};
const charmm: Part = ({ numbers }) => {
  const { inner, cutoff } = numbers;
  return lennardJones(numbers, cutoff, { window: "charmm" }, inner);
};
const charmmCoulomb: Part = ({ numbers }, place) => {
  if (place.charges() !== 0)
    place.note(
      "between its two radii the force of coul/charmm in LAMMPS is the bare one times the window, not minus the slope of its energy, which is this model's: a minimum of LAMMPS is none of the model's, minimise it first (lj/cut/coul/dsf and lj/gromacs/coul/gromacs have forces and energies of one function)",
    );
  return coulomb(place, numbers.coulomb, { smoothing: { window: "charmm" }, from: numbers.coulombInner });
};

const both =
  (a: Part, b: Part): Part =>
  (values, place) => [...a(values, place), ...b(values, place)];

const ljCoefficients = "epsilon sigma cutoff?";
const bornCoefficients = "A rho sigma C D cutoff?";

const charges: Mixing = { rule: "geometric", energies: [], lengths: ["coulomb"] };

/** Coulomb of a finite range, alone and beside another form. */
export const coulombStyles: readonly PairwiseStyle[] = [
  { names: ["coul/cut"], settings: "coulomb", coefficients: "coulomb?", mixing: charges, terms: bare },
  {
    names: ["coul/debye"],
    settings: "kappa coulomb",
    coefficients: "coulomb?",
    mixing: charges,
    terms: debye,
  },
  { names: ["coul/dsf"], settings: "alpha coulomb", coefficients: "", mixing: charges, terms: dsf },
  { names: ["coul/wolf"], settings: "alpha coulomb", coefficients: "", mixing: charges, terms: wolf },
  {
    names: ["lj/cut/coul/cut"],
    settings: "cutoff coulomb=cutoff",
    coefficients: `${ljCoefficients} coulomb=cutoff`,
    mixing: lennardJonesMixing,
    terms: both(lj, bare),
  },
  {
    names: ["lj/cut/coul/debye"],
    settings: "kappa cutoff coulomb=cutoff",
    coefficients: `${ljCoefficients} coulomb=cutoff`,
    mixing: lennardJonesMixing,
    terms: both(lj, debye),
  },
  {
    names: ["lj/cut/coul/dsf"],
    settings: "alpha cutoff coulomb=cutoff",
    coefficients: ljCoefficients,
    mixing: lennardJonesMixing,
    terms: both(lj, dsf),
  },
  {
    names: ["lj/cut/coul/wolf"],
    settings: "alpha cutoff coulomb=cutoff",
    coefficients: ljCoefficients,
    mixing: lennardJonesMixing,
    terms: both(lj, wolf),
  },
  {
    names: ["lj/class2/coul/cut"],
    settings: "cutoff coulomb=cutoff",
    coefficients: `${ljCoefficients} coulomb=cutoff`,
    mixing: { ...lennardJonesMixing, rule: "sixthpower" },
    terms: both(class2, bare),
  },
  {
    names: ["nm/cut/coul/cut"],
    settings: "cutoff coulomb=cutoff",
    coefficients: "depth minimum n m cutoff? coulomb=cutoff",
    mixing: nmMixing,
    terms: both(nm, bare),
  },
  {
    names: ["lj/gromacs/coul/gromacs"],
    settings: "inner cutoff coulombInner=inner coulomb=cutoff",
    coefficients: "epsilon sigma inner? cutoff?",
    mixing: lennardJonesMixing,
    terms: both(gromacs, ({ numbers }, place) =>
      coulomb(place, numbers.coulomb, { smoothing: { window: "gromacs" }, from: numbers.coulombInner }),
    ),
  },
  {
    names: ["lj/charmm/coul/charmm/implicit"],
    settings: "inner cutoff coulombInner=inner coulomb=cutoff",
    coefficients: "epsilon sigma epsilon14? sigma14?",
    mixing: { ...charmmMixing, energies: ["epsilon"], lengths: ["sigma"] },
    terms(values, place) {
      if (place.charges() === 0) return charmm(values, place);
      throw scriptError(
        place.command,
        "charges of lj/charmm/coul/charmm/implicit act as 1/r², which is not read: lj/charmm/coul/charmm has 1/r",
      );
    },
  },
  {
    names: ["lj/charmm/coul/charmm"],
    settings: "inner cutoff coulombInner=inner coulomb=cutoff",
    coefficients: "epsilon sigma epsilon14? sigma14?",
    mixing: { ...charmmMixing, energies: ["epsilon"], lengths: ["sigma"] },
    terms: both(charmm, charmmCoulomb),
  },
  { names: ["born"], settings: "cutoff", coefficients: bornCoefficients, terms: born },
  {
    names: ["born/coul/dsf", "born/coul/dsf/cs"],
    settings: "alpha cutoff coulomb=cutoff",
    coefficients: bornCoefficients,
    terms: both(born, dsf),
  },
  {
    names: ["born/coul/wolf", "born/coul/wolf/cs"],
    settings: "alpha cutoff coulomb=cutoff",
    coefficients: bornCoefficients,
    terms: both(born, wolf),
  },
  { names: ["buck"], settings: "cutoff", coefficients: "A rho C cutoff?", terms: buck },
  {
    names: ["buck/coul/cut"],
    settings: "cutoff coulomb=cutoff",
    coefficients: "A rho C cutoff? coulomb=cutoff",
    terms: both(buck, bare),
  },
  {
    names: ["buck/mdf"],
    settings: "inner cutoff",
    coefficients: "A rho C inner? cutoff?",
    terms: (values, place) =>
      buck(values, { ...place, shift: false }).map((term) => ({
        ...term,
        smoothing: { window: "quintic" },
        from: values.numbers.inner,
      })),
  },
];
