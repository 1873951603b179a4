import { SoftfieldError } from "../../errors.ts";
import type { PotentialForm } from "./form.ts";
import { harmonic } from "./harmonic.ts";
import { hertzian } from "./hertzian.ts";
import { inversePowerLaw } from "./inverse-power-law.ts";
import { lennardJones } from "./lennard-jones.ts";
import { morse } from "./morse.ts";
import { stillingerWeber } from "./stillinger-weber.ts";
import { table } from "./table.ts";
import { yukawa } from "./yukawa.ts";

/** The forms that softfield brings along, as model.schema.json lists them. */
export const builtInForms: readonly PotentialForm[] = [
  inversePowerLaw,
  lennardJones,
  harmonic,
  hertzian,
  yukawa,
  morse,
  table,
  stillingerWeber,
];

const forms = new Map(builtInForms.map((form) => [form.name, form]));

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
