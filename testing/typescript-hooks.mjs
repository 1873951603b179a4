import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { transformSync } from "rolldown/utils";

/** Loads TypeScript as the JavaScript that is left without its types. */
export async function load(url, context, next) {
  if (!url.endsWith(".ts")) return next(url, context);
  const path = fileURLToPath(url);
  const { code, errors } = transformSync(path, await readFile(path, "utf8"), {});
  if (errors.length > 0) throw errors[0];
  return { format: "module", source: code, shortCircuit: true };
}
