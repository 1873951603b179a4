import { z } from "zod";
import { SoftfieldError } from "../errors.ts";
import { sha256Hex } from "../sha256.ts";
import { common, perPair, truncated } from "./forms/fields.ts";
import type { PotentialForm } from "./forms/form.ts";
import { addForm } from "./forms/registry.ts";
import { required } from "./forms/values.ts";
import { fieldError } from "./pairs.ts";
import { Taylor } from "./taylor.ts";
import type { ModelDefinition } from "./types.ts";

/** A potential form of an author's own. */
export interface FormPlugin {
  /** The value of "form" in model files. */
  readonly name: string;
  /** Changes whenever φ does: it is part of the identity of what is computed with it. By default the text of `phi`. */
  readonly version?: string;
  /** φ in words, for people. */
  readonly formula: string;
  /** Numbers that model files give, for all pairs of species or by pairs; those without a default must be given. */
  readonly parameters?: Readonly<Record<string, { readonly description: string; readonly default?: number }>>;
  /** φ/ε of x = r/λ, x > 0, before truncation, in Taylor arithmetic: derivatives follow by themselves. */
  readonly phi: (x: Taylor, parameters: Readonly<Record<string, number>>) => Taylor;
}

type PluginDefinition = ModelDefinition & Readonly<Record<string, unknown>> & { readonly identity?: string };

/**
 * Makes a potential form known under a name, in model files and as a term of sums, with "epsilon", "lambda",
 * "diameters", "cutoff" and "smoothing" (which must be given) as all forms have them. Local thermal energies use the
 * exact derivatives, molecular dynamics piecewise Taylor polynomials of them. Its name and version enter every model's
 * definition as "identity", and so the hash of a sample.
 *
 * ```ts
 * registerForm({
 *   name: "gaussian-core",
 *   version: "1",
 *   formula: "φ = ε exp(−x²)",
 *   phi: (x) => x.times(x).times(-1).exponential(),
 * });
 * ```
 *
 * @throws SoftfieldError "usage" where the name is taken, or a parameter has the name of a field of all models.
 */
export function registerForm({ name, version, formula, parameters = {}, phi }: FormPlugin): void {
  const identity = `${name}@${version ?? sha256Hex(phi.toString()).slice(0, 16)}`;
  const names = Object.keys(parameters);
  const fields = Object.fromEntries(
    Object.entries(parameters).map(([field, { description, default: value }]) => {
      const schema = perPair(z.number(), description);
      return [field, value === undefined ? schema : schema.default(value)];
    }),
  );
  const taken = names.find((field) => field in common || field in truncated || field === "form");
  if (taken !== undefined) {
    throw new SoftfieldError(
      "usage",
      `form "${name}": all models have a field "${taken}"; call the parameter otherwise`,
    );
  }
  const schema = z
    .strictObject({
      ...common,
      form: z.literal(name),
      ...fields,
      ...truncated,
      identity: z.string().optional().describe("Name and version of the form; filled in."),
    })
    .describe(formula);
  const form: PotentialForm<PluginDefinition> = {
    name,
    schema: schema as unknown as PotentialForm<PluginDefinition>["schema"],
    complete(definition) {
      if (definition.identity === undefined || definition.identity === identity)
        return { ...definition, identity };
      throw fieldError(
        { file: undefined, field: "identity" },
        `is ${definition.identity}, but the form that is registered is ${identity}: load the version that the model was made with, or leave "identity" out`,
      );
    },
    parameters(source) {
      const of = names.map((field) => required(source, field, source.definition[field] as number));
      return (s, t) => of.map((value) => value(s, t));
    },
    series(values, x) {
      const named = Object.fromEntries(names.map((field, k) => [field, values[k]]));
      return phi(new Taylor(x), named).coefficients;
    },
  };
  addForm(form as unknown as PotentialForm);
}
