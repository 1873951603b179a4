import { SoftfieldError } from "../../errors.ts";
import { bornMayer } from "./born-mayer.ts";
import { buckingham } from "./buckingham.ts";
import { cosine } from "./cosine.ts";
import { coulomb } from "./coulomb.ts";
import { embeddedAtoms } from "./eam.ts";
import { expandedLennardJones } from "./expanded-lennard-jones.ts";
import type { PotentialForm } from "./form.ts";
import { gaussian } from "./gaussian.ts";
import { harmonic } from "./harmonic.ts";
import { hertzian } from "./hertzian.ts";
import { inversePowerLaw } from "./inverse-power-law.ts";
import { lennardJones } from "./lennard-jones.ts";
import { morse } from "./morse.ts";
import { stillingerWeber } from "./stillinger-weber.ts";
import { sumOf } from "./sum.ts";
import { table } from "./table.ts";
import { tersoff } from "./tersoff.ts";
import { vashishta } from "./vashishta.ts";
import { yukawa } from "./yukawa.ts";
import { zbl } from "./zbl.ts";

const single: readonly PotentialForm[] = [
  inversePowerLaw,
  lennardJones,
  harmonic,
  hertzian,
  yukawa,
  morse,
  buckingham,
  bornMayer,
  zbl,
  coulomb,
  expandedLennardJones,
  gaussian,
  cosine,
  table,
  stillingerWeber,
  vashishta,
];

/** The forms that softfield brings along, as model.schema.json lists them. */
export const builtInForms: readonly PotentialForm[] = [...single, embeddedAtoms, tersoff, sumOf(single)];

const forms = new Map(builtInForms.map((form) => [form.name, form]));

/** Sums are of pair potentials: neither of sums nor of embedded atoms or bond orders. */
function mayBeTerm({ terms, embedding, bondOrder }: PotentialForm): boolean {
  return terms === undefined && embedding === undefined && bondOrder === undefined;
}

/** Adds a form; sums take it as a term from now on. Throws "usage" where the name is taken by another form. */
export function addForm(form: PotentialForm): void {
  if (forms.has(form.name)) {
    throw new SoftfieldError("usage", `a form "${form.name}" is registered already: give it another name`);
  }
  forms.set(form.name, form);
  forms.set("sum", sumOf([...forms.values()].filter(mayBeTerm)));
}

/** The form of a name, or undefined. */
export function findForm(name: unknown): PotentialForm | undefined {
  return forms.get(name as string);
}

/** The form of a definition that has been checked. */
export function formOf({ form }: { readonly form: string }): PotentialForm {
  const found = forms.get(form);
  if (found === undefined) throw new SoftfieldError("model", `no form "${form}": register it first`);
  return found;
}

export function formNames(): string[] {
  return [...forms.keys()];
}
