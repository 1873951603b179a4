import { readFileSync } from "node:fs";

/** How softfield is cited, CITATION.cff of the package. */
export function citation(): string {
  return readFileSync(new URL("../../../CITATION.cff", import.meta.url), "utf8");
}
