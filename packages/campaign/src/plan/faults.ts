import { nearest, SoftfieldError } from "softfield";
import type { z } from "zod";
import { knownCampaignFields } from "./schema.ts";

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** Where a campaign was read from; both are for messages. */
export interface CampaignSource {
  readonly file?: string;
  /** 1-based line of a field, where the reader knows. */
  readonly lineOf?: (path: Path) => number | undefined;
}

/** An error of one field of a campaign file, with file and line where they are known. */
export function campaignError(source: CampaignSource, path: Path, message: string): SoftfieldError {
  const line = source.lineOf?.(path);
  const file = source.file === undefined ? "" : `${source.file}${line === undefined ? "" : `:${line}`}: `;
  const field = fieldName(path);
  return new SoftfieldError("input", `${file}${field === "" ? "" : `${field}: `}${message}`, {
    ...(source.file === undefined ? {} : { file: source.file }),
    ...(line === undefined ? {} : { line }),
    ...(field === "" ? {} : { field }),
  });
}

/** The first of what zod found, an unknown field before a missing one: it often is the same, misspelt. */
export function schemaFault(issues: readonly Issue[], json: unknown, source: CampaignSource): SoftfieldError {
  const issue = issues.find(({ code }) => code === "unrecognized_keys") ?? issues[0];
  if (issue.code === "unrecognized_keys") {
    const [key] = issue.keys as [string];
    const known = knownCampaignFields(issue.path);
    const near = nearest(key, known);
    const listed = known.length === 0 ? "this section has no fields" : `known are ${known.join(", ")}`;
    const hint = near === undefined ? listed : `did you mean "${near}"?`;
    return campaignError(source, [...issue.path, key], `unknown field; ${hint}`);
  }
  return describe(issue, { json, source }, []);
}

function describe(
  issue: Issue,
  given: { json: unknown; source: CampaignSource },
  base: Path,
): SoftfieldError {
  const path = [...base, ...issue.path];
  // of the branches of a union, the one that went into the value is the one that was meant
  const inner =
    issue.code === "invalid_union" && issue.errors.flat().find(({ path: below }) => below.length > 0);
  if (inner) return describe(inner, given, path);
  const value = issue.code === "invalid_key" ? path.at(-1) : valueAt(given.json, path);
  const found = value === undefined ? "it is missing" : `found ${shortened(JSON.stringify(value))}`;
  return campaignError(given.source, path, `must ${expectation(issue)}, ${found}`);
}

/** Characters of a value that a message shows. */
const SHOWN = 100;

function shortened(text: string): string {
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}… (${text.length} characters)`;
}

function expectation(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
    case "invalid_union":
    case "invalid_value":
      return `be ${[...new Set(alternatives(issue))].join(" or ")}`;
    case "too_small":
      if (issue.origin !== "number" && issue.origin !== "int") return "not be empty";
      return `be ${issue.inclusive ? "at least" : "greater than"} ${issue.minimum}`;
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
  object: "a section of fields",
  record: "a section of named ensembles",
  string: "text",
};

/** What would have been accepted: "a number", "a list", … */
function alternatives(issue: Issue): string[] {
  if (issue.code === "invalid_union")
    return issue.errors.flatMap(([first]) => (first ? alternatives(first) : []));
  if (issue.code === "invalid_value") return issue.values.map((value) => JSON.stringify(value));
  if (issue.code !== "invalid_type") return [];
  return [TYPE_NAMES[issue.expected] ?? `a ${issue.expected}`];
}

/** ensembles.glass.seeds[1] */
function fieldName(path: Path): string {
  return path.reduce<string>((name, key) => {
    if (typeof key === "number") return `${name}[${key}]`;
    return name === "" ? String(key) : `${name}.${String(key)}`;
  }, "");
}

function valueAt(json: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key],
    json,
  );
}
