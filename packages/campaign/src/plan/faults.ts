import { SoftfieldError } from "softfield";
import { fieldName, schemaFaults } from "softfield/internal";
import type { z } from "zod";
import { campaignSchema } from "./schema.ts";
import type { Section } from "./section.ts";

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
    file: source.file,
    line,
    field: field === "" ? undefined : field,
  });
}

/** What campaign files call the types of their fields. */
const WORDS = { object: "a section of fields", record: "a section of named ensembles", string: "text" };

/** The first of what zod found, an unknown field before a missing one: it often is the same, misspelt. */
export function schemaFault(
  issues: readonly z.core.$ZodIssue[],
  json: unknown,
  source: CampaignSource & { readonly sections: readonly Section[] },
): SoftfieldError {
  const [{ path, message }] = schemaFaults(issues, {
    json,
    schema: campaignSchema(source.sections),
    words: WORDS,
  });
  return campaignError(source, path, message);
}
