import { SoftfieldError } from "../errors.ts";
import type { TableColumns } from "./columns.ts";
import { compileModel } from "./compile.ts";
import { schemaError, show } from "./issues.ts";
import { jsonFault } from "./jsonfault.ts";
import { nearest } from "./nearest.ts";
import { fieldError } from "./pairs.ts";
import { type FormName, formNames, formSchemas, type ModelDefinition } from "./schema.ts";
import type { PairModel } from "./types.ts";

/**
 * Checks a model as read from a JSON file against the schema (`model.schema.json`) and compiles it.
 *
 * @param file name for messages.
 * @param columns contents of the column files that its tables refer to, by the names used there: see `columnFiles`.
 * @returns the model; `warnings` says where local thermal energies need more than the potential has.
 * @throws SoftfieldError "model": names the field, what was found and what is expected.
 * Cost: O(S²), and O(rows) for tables.
 */
export function parseModel(
  json: unknown,
  file?: string,
  columns: Readonly<Record<string, TableColumns>> = {},
): PairModel {
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    throw modelError(file, `a model is a JSON object, found ${show(json)}`);
  }
  const form = checkedForm((json as { form?: unknown }).form, file);
  const result = formSchemas[form].safeParse(json);
  if (!result.success) {
    throw schemaError(result.error.issues, { json, file, form });
  }
  return compileModel({ definition: withUnits(withColumns(result.data, columns)), file });
}

/** Parses the text of a model file; a syntax error names its line. */
export function parseModelText(
  text: string,
  file: string,
  columns: Readonly<Record<string, TableColumns>> = {},
): PairModel {
  return parseModel(parseJson(text, file), file, columns);
}

/** Names of the column files that the tables of a model file refer to, each once; to be read before `parseModel`. */
export function columnFiles(json: unknown): string[] {
  const tables = (json as { tables?: Record<string, { file?: unknown }> } | null)?.tables;
  if (typeof tables !== "object" || tables === null) return [];
  const files = Object.values(tables).map((table) => table?.file);
  return [...new Set(files.filter((name): name is string => typeof name === "string"))];
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

function checkedForm(form: unknown, file: string | undefined): FormName {
  if (formNames.includes(form as FormName)) return form as FormName;
  const near = typeof form === "string" ? nearest(form, formNames) : undefined;
  const hint = near === undefined ? "" : `; did you mean "${near}"?`;
  const found = form === undefined ? "it is missing" : `found ${show(form)}`;
  throw fieldError(
    { file, field: "form" },
    `must be one of ${formNames.map((name) => `"${name}"`).join(", ")}, ${found}${hint}`,
  );
}

/** Replaces references to files by their columns, so that a definition stands by itself. */
function withColumns(
  definition: ModelDefinition,
  columns: Readonly<Record<string, TableColumns>>,
): ModelDefinition {
  if (definition.form !== "table") return definition;
  const tables = Object.entries(definition.tables).map(([pair, table]) => {
    const read = "file" in table ? columns[table.file] : undefined;
    return [pair, read === undefined ? table : { r: Array.from(read.r), phi: Array.from(read.phi) }];
  });
  return { ...definition, tables: Object.fromEntries(tables) };
}

/** Fills in what a Stillinger–Weber model of one species may leave out; with several, nothing is taken for granted. */
function withUnits(definition: ModelDefinition): ModelDefinition {
  if (definition.form !== "stillinger-weber" || definition.species.length > 1) return definition;
  const threeBody = { ...definition.threeBody, cosine: definition.threeBody.cosine ?? -1 / 3 };
  return { ...definition, epsilon: definition.epsilon ?? 1, lambda: definition.lambda ?? 1, threeBody };
}

function modelError(file: string | undefined, message: string): SoftfieldError {
  return file === undefined
    ? new SoftfieldError("model", message)
    : new SoftfieldError("model", `${file}: ${message}`, { file });
}
