import type { z } from "zod";
import type { SoftfieldError } from "../errors.ts";
import { nearest } from "./nearest.ts";
import { fieldError } from "./pairs.ts";
import { type FormName, knownFields } from "./schema.ts";

type Issue = z.core.$ZodIssue;

/** Faults told in one message. */
const MOST_FAULTS = 5;

/** The value that was checked. */
interface Given {
  readonly json: unknown;
  readonly form: FormName;
}

/** Turns what zod found into one error that names the fields, what was found and what is expected. */
export function schemaError(
  issues: readonly Issue[],
  given: Given & { readonly file: string | undefined },
): SoftfieldError {
  const faults = issues.map((issue) => describeIssue(issue, given, []));
  // An unknown field is often a misspelt one that is then missing: it comes first.
  faults.sort((a, b) => Number(b.unknown) - Number(a.unknown));
  const [first, ...others] = faults as [Fault, ...Fault[]];
  const told = others.slice(0, MOST_FAULTS - 1);
  const more = told.map(({ field, message }) => `; ${field}: ${message}`).join("");
  const untold = others.length > told.length ? `; and ${others.length - told.length} more` : "";
  return fieldError({ file: given.file, field: first.field }, first.message + more + untold);
}

interface Fault {
  readonly field: string;
  readonly message: string;
  readonly unknown: boolean;
}

function describeIssue(issue: Issue, given: Given, base: readonly PropertyKey[]): Fault {
  const path = [...base, ...issue.path];
  const value = valueAt(given.json, path);
  if (issue.code === "invalid_union") {
    const inner = meantIssue(issue.errors.flat(), value, knownFields(given.form, path));
    if (inner !== undefined) return describeIssue(inner, given, path);
  }
  if (issue.code === "unrecognized_keys") {
    const [key] = issue.keys as [string];
    const known = knownFields(given.form, path);
    const near = nearest(key, known);
    const hint = near === undefined ? `known are ${known.join(", ")}` : `did you mean "${near}"?`;
    return { field: fieldName([...path, key]), message: `unknown field; ${hint}`, unknown: true };
  }
  const found = value === undefined ? "it is missing" : `found ${show(value)}`;
  return { field: fieldName(path), message: `must ${expectation(issue)}, ${found}`, unknown: false };
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

function expectation(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
    case "invalid_value":
    case "invalid_union":
      return `be ${[...new Set(alternatives(issue))].join(" or ")}`;
    case "too_small":
      if (issue.origin === "number" || issue.origin === "int") {
        return `be ${issue.inclusive ? "at least" : "greater than"} ${issue.minimum}`;
      }
      return "not be empty";
    case "too_big":
      return `be at most ${issue.maximum}`;
    case "invalid_format":
      return "be a name without spaces";
    default:
      return issue.message;
  }
}

/** What would have been accepted: "a number", "a list", … */
function alternatives(issue: Issue): string[] {
  if (issue.code === "invalid_union")
    return issue.errors.flatMap(([first]) => (first ? alternatives(first) : []));
  if (issue.code === "invalid_value") return issue.values.map((value) => JSON.stringify(value));
  if (issue.code !== "invalid_type") return [];
  const names: Record<string, string> = {
    int: "a whole number",
    array: "a list",
    object: "an object",
    record: "an object of pairs",
  };
  return [names[issue.expected] ?? `a ${issue.expected}`];
}

/** species[1], lambda["A B"], glass.density */
function fieldName(path: readonly PropertyKey[]): string {
  return path.reduce<string>((name, key) => {
    if (typeof key === "number") return `${name}[${key}]`;
    const word = String(key);
    if (!/^[\w$]+$/.test(word)) return `${name}["${word}"]`;
    return name === "" ? word : `${name}.${word}`;
  }, "");
}

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key],
    json,
  );
}

/** A value as a user wrote it, cut to a readable length. */
export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
