import { SoftfieldError } from "../errors.ts";
import { nearest } from "../nearest.ts";
import { fieldName, type SchemaFault, schemaFaults, show } from "../schemafaults.ts";
import type { TableColumns } from "./columns.ts";
import { compileModel } from "./compile.ts";
import type { PotentialForm } from "./forms/form.ts";
import { findForm, formNames } from "./forms/registry.ts";
import { jsonFault } from "./jsonfault.ts";
import { fieldError } from "./pairs.ts";
import type { PotentialFile } from "./potentialfile.ts";
import type { PairModel } from "./types.ts";

/**
 * Checks a model as read from a JSON file against the schema (`model.schema.json`) and compiles it.
 *
 * @param file name for messages.
 * @param potentials contents of the files of potentials that it refers to: see `potentialFiles`.
 * @param columns contents of the column files that its tables refer to, by the names used there: see `columnFiles`.
 * @returns the model; `warnings` says where local thermal energies need more than the potential has.
 * @throws SoftfieldError "model": names the field, what was found and what is expected.
 * Cost: O(S²), and O(rows) for tables.
 */
export function parseModel(
  json: unknown,
  file?: string,
  columns: Readonly<Record<string, TableColumns>> = {},
  potentials: Readonly<Record<string, PotentialFile>> = {},
): PairModel {
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    throw modelError(file, `a model is a JSON object, found ${show(json)}`);
  }
  const form = checkedForm((json as { form?: unknown }).form, { file, field: "form" });
  const { terms } = json as { terms?: unknown };
  if (form.terms && Array.isArray(terms)) {
    terms.forEach((term: { form?: unknown } | null, k) => {
      if (isEwald(term?.form)) throw fieldError({ file, field: `terms[${k}].form` }, NO_EWALD);
    });
  }
  const result = form.schema.safeParse(json);
  if (!result.success)
    throw schemaError(schemaFaults(result.error.issues, { json, schema: form.schema, words: WORDS }), file);
  const definition = form.complete?.(result.data, columns, potentials) ?? result.data;
  return compileModel({ definition, file });
}

/** Parses the text of a model file; a syntax error names its line. */
export function parseModelText(
  text: string,
  file: string,
  columns: Readonly<Record<string, TableColumns>> = {},
  potentials: Readonly<Record<string, PotentialFile>> = {},
): PairModel {
  return parseModel(parseJson(text, file), file, columns, potentials);
}

/** Names of the column files that the tables of a model file refer to, each once; to be read before `parseModel`. */
export function columnFiles(json: unknown): string[] {
  const { tables, terms } = (json ?? {}) as { tables?: unknown; terms?: unknown };
  const below = Array.isArray(terms) ? terms.flatMap(columnFiles) : [];
  if (typeof tables !== "object" || tables === null) return [...new Set(below)];
  const files = Object.values(tables as Record<string, { file?: unknown } | null>).map(
    (table) => table?.file,
  );
  return [...new Set([...files.filter((name): name is string => typeof name === "string"), ...below])];
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const fault = jsonFault(text);
    const line = text.slice(0, fault.offset).split("\n").length;
    throw new SoftfieldError(
      "model",
      `${file}, line ${line}: not valid JSON: expected ${fault.expected}, found ${fault.found}`,
      { file, line },
      { cause },
    );
  }
}

/** What models call the types of their fields. */
const WORDS = { record: "an object of pairs" };
/** Faults told in one message. */
const MAX_FAULTS = 5;

function schemaError(faults: readonly SchemaFault[], file: string | undefined): SoftfieldError {
  const [first, ...others] = faults;
  const told = others.slice(0, MAX_FAULTS - 1);
  const more = told.map(({ path, message }) => `; ${fieldName(path)}: ${message}`).join("");
  const untold = others.length > told.length ? `; and ${others.length - told.length} more` : "";
  return fieldError({ file, field: fieldName(first.path) }, first.message + more + untold);
}

const NO_EWALD =
  'Ewald sums couple every particle with every other and all images: no term of theirs has an energy of its own, and the Hessian is full. Take the form "coulomb" with "smoothing": "force-shifted" (damped shifted force) or "shifted" (Wolf), and minimise the glass anew with it';

/** Names that others give to long-ranged Coulomb sums. */
function isEwald(name: unknown): boolean {
  return typeof name === "string" && /ewald|pppm|msm|long|kspace/i.test(name);
}

function checkedForm(name: unknown, place: { file: string | undefined; field: string }): PotentialForm {
  const form = findForm(name);
  if (form !== undefined) return form;
  if (isEwald(name)) throw fieldError(place, NO_EWALD);
  const known = formNames();
  const near = typeof name === "string" ? nearest(name, known) : undefined;
  const hint = near === undefined ? "" : `; did you mean "${near}"?`;
  const found = name === undefined ? "it is missing" : `found ${show(name)}`;
  throw fieldError(place, `must be one of ${known.map((one) => `"${one}"`).join(", ")}, ${found}${hint}`);
}

function modelError(file: string | undefined, message: string): SoftfieldError {
  return file === undefined
    ? new SoftfieldError("model", message)
    : new SoftfieldError("model", `${file}: ${message}`, { file });
}
