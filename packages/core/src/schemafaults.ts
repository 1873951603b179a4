import type { z } from "zod";
import { nearest } from "./nearest.ts";

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** A fault of a value that a schema refused: where, and what would be right. */
export interface SchemaFault {
  readonly path: Path;
  readonly message: string;
  readonly unknown: boolean;
}

/** What was checked, and by what. */
export interface CheckedValue {
  readonly json: unknown;
  readonly schema: z.ZodType;
  /** Words for types that a user of this kind of file knows by another name: `{ record: "an object of pairs" }`. */
  readonly words?: Readonly<Record<string, string>>;
}

/** What zod found, in words: what was expected and found. Unknown fields come first: they often are missing ones, misspelt. */
export function schemaFaults(issues: readonly Issue[], given: CheckedValue): SchemaFault[] {
  const faults = issues.map((issue) => describeIssue(issue, given, []));
  return faults.sort((a, b) => Number(b.unknown) - Number(a.unknown));
}

function describeIssue(issue: Issue, given: CheckedValue, base: Path): SchemaFault {
  const path = [...base, ...issue.path];
  const value = issue.code === "invalid_key" ? path.at(-1) : valueAt(given.json, path);
  if (issue.code === "invalid_union") {
    const inner = meantIssue(issue.errors.flat(), value, fieldsAt(given.schema, path));
    if (inner !== undefined) return describeIssue(inner, given, path);
  }
  if (issue.code === "unrecognized_keys") {
    const [key] = issue.keys;
    const known = fieldsAt(given.schema, path);
    const near = nearest(key, known);
    const listed = known.length === 0 ? "no field belongs here" : `known are ${known.join(", ")}`;
    const hint = near === undefined ? listed : `did you mean "${near}"?`;
    return { path: [...path, key], message: `unknown field; ${hint}`, unknown: true };
  }
  const found = value === undefined ? "it is missing" : `found ${show(value)}`;
  // no branch of a union has this discriminator
  const branches = issue.code === "invalid_union" && issue.errors.length === 0;
  const expected = branches
    ? `be one of ${valuesAt(given.schema, path).join(", ")}`
    : expectation(issue, given.words ?? {});
  return { path, message: `must ${expected}, ${found}`, unknown: false };
}

/**
 * Of the complaints of all branches of a union, that of the branch which the value's shape meant: an unknown
 * field if no branch knows it, else the deepest, values that are there before missing ones.
 */
function meantIssue(issues: readonly Issue[], value: unknown, known: readonly string[]): Issue | undefined {
  let best: Issue | undefined;
  let bestScore = 0;
  for (const issue of issues) {
    if (issue.code === "unrecognized_keys") {
      if (issue.keys.every((key) => known.includes(key))) continue;
      return issue;
    }
    const present = issue.path.length > 0 && valueAt(value, issue.path) !== undefined;
    const score = issue.path.length + (present ? 0.5 : 0);
    if (score > bestScore) [best, bestScore] = [issue, score];
  }
  return best;
}

function expectation(issue: Issue, words: Readonly<Record<string, string>>): string {
  switch (issue.code) {
    case "invalid_type":
    case "invalid_value":
    case "invalid_union":
      return `be ${[...new Set(alternatives(issue, words))].join(" or ")}`;
    case "too_small":
      if (issue.origin === "number" || issue.origin === "int") {
        return `be ${issue.inclusive ? "at least" : "greater than"} ${issue.minimum}`;
      }
      return "not be empty";
    case "too_big":
      return `be ${issue.inclusive ? "at most" : "less than"} ${issue.maximum}`;
    case "invalid_key":
      return issue.issues[0]?.message ?? issue.message;
    default:
      return issue.message;
  }
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  int: "a whole number",
  array: "a list",
  object: "an object",
};

/** What would have been accepted: "a number", "a list", … */
function alternatives(issue: Issue, words: Readonly<Record<string, string>>): string[] {
  if (issue.code === "invalid_union")
    return issue.errors.flatMap(([first]) => (first ? alternatives(first, words) : []));
  if (issue.code === "invalid_value") return issue.values.map((value) => JSON.stringify(value));
  if (issue.code !== "invalid_type") return [];
  return [words[issue.expected] ?? TYPE_NAMES[issue.expected] ?? `a ${issue.expected}`];
}

/** Names of the fields that an object at a path may have; none where names are free. */
function fieldsAt(schema: z.core.$ZodType, path: Path): string[] {
  return [...new Set(schemasAt(schema, path).flatMap(({ shape = {} }) => Object.keys(shape)))];
}

/** The values that stand for the branches of a union, at the path of its discriminator. */
function valuesAt(schema: z.core.$ZodType, path: Path): string[] {
  return schemasAt(schema, path).flatMap(({ values = [] }) => values.map((value) => JSON.stringify(value)));
}

/** Definitions of the schemas of all branches at a path. */
function schemasAt(schema: z.core.$ZodType, path: Path): SchemaParts[] {
  const def = (schema as z.ZodType).def as Partial<z.core.$ZodTypeDef> & SchemaParts;
  const inside = def.innerType ?? def.in;
  if (inside !== undefined) return schemasAt(inside, path);
  if (def.options !== undefined) return def.options.flatMap((option) => schemasAt(option, path));
  const [first, ...rest] = path;
  if (first === undefined) return [def];
  const below = def.shape === undefined ? (def.valueType ?? def.element) : def.shape[String(first)];
  return below === undefined ? [] : schemasAt(below, rest);
}

/** Of zod's definitions of types, what lies below them. */
interface SchemaParts {
  readonly innerType?: z.core.$ZodType;
  readonly in?: z.core.$ZodType;
  readonly options?: readonly z.core.$ZodType[];
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly valueType?: z.core.$ZodType;
  readonly element?: z.core.$ZodType;
  readonly values?: readonly unknown[];
}

/** species[1], lambda["A B"], glass.density */
export function fieldName(path: Path): string {
  return path.reduce<string>((name, key) => {
    if (typeof key === "number") return `${name}[${key}]`;
    const word = String(key);
    if (!/^[\w$-]+$/.test(word)) return `${name}["${word}"]`;
    return name === "" ? word : `${name}.${word}`;
  }, "");
}

function valueAt(json: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key],
    json,
  );
}

/** Characters of a value that a message shows. */
const SHOWN = 60;

/** A value as a user wrote it, cut to a readable length. */
export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}… (${text.length} characters)`;
}
