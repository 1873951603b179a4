import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import * as library from "softfield";
import { indicators, loads, registerForm, registerPairStyle, SoftfieldError } from "softfield";
import * as formatsLibrary from "softfield/formats";
import { formats } from "softfield/formats";
import { registerEngine } from "../engines/index.ts";
import type { LoadedPlugin, Plugin, PluginExport } from "./plugin.ts";

const FIELDS: readonly (keyof Plugin)[] = [
  "forms",
  "pairStyles",
  "indicators",
  "loads",
  "engines",
  "readers",
  "writers",
  "campaign",
];
const loaded = new Map<string, LoadedPlugin>();

/** The plug-ins in use in this thread, in the order in which they were loaded. */
export function loadedPlugins(): readonly LoadedPlugin[] {
  return [...loaded.values()];
}

/**
 * Loads a plug-in and makes its forms, indicators, loads and formats known; once a thread, however often it is asked for.
 *
 * @throws SoftfieldError "input" where there is no such file, it can't be run or exports no plug-in
 */
export function loadPlugin(file: string): LoadedPlugin {
  const path = resolve(file);
  const known = loaded.get(path);
  if (known !== undefined) return known;
  if (!existsSync(path)) throw fault(file, "there is no such file");
  const sha256 = identityOf(path);
  const plugin = checked(exportOf(path, file), file);
  const { forms = [], readers = [], writers = [] } = plugin;
  try {
    for (const form of forms) registerForm({ version: sha256.slice(0, 16), ...form });
    for (const style of plugin.pairStyles ?? []) registerPairStyle(style);
    for (const indicator of plugin.indicators ?? []) indicators.add(indicator);
    for (const load of plugin.loads ?? []) loads.add(load);
    for (const engine of plugin.engines ?? []) registerEngine(engine);
    for (const reader of readers) formats.addReader(reader);
    for (const writer of writers) formats.addWriter(writer);
  } catch (cause) {
    throw fault(file, (cause as Error).message, cause);
  }
  const found = { path, sha256, plugin };
  loaded.set(path, found);
  return found;
}

/** SHA-256 over a file's bytes and those of the files that it imports by relative paths, in the order of its text. */
function identityOf(path: string): string {
  const hash = createHash("sha256");
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file) || !existsSync(file)) return;
    seen.add(file);
    const text = readFileSync(file, "utf8");
    hash.update(text).update("\0");
    for (const [, target] of text.matchAll(/\b(?:from|import)\s*\(?\s*["'](\.{1,2}\/[^"']+)["']/g))
      visit(resolve(dirname(file), target));
  };
  visit(path);
  return hash.digest("hex");
}

function exportOf(path: string, file: string): PluginExport {
  if (/\.[cm]?tsx?$/.test(path) && !readsTypeScript()) {
    throw fault(
      file,
      `is TypeScript, which this Node (${process.version}) does not run: use Node 22.18 or newer, or give JavaScript (.mjs)`,
    );
  }
  try {
    return (createRequire(import.meta.url)(path) as { default: PluginExport }).default;
  } catch (cause) {
    const why =
      (cause as NodeJS.ErrnoException).code === "ERR_REQUIRE_ASYNC_MODULE"
        ? "has an await outside of any function; move it into one"
        : (cause as Error).message;
    throw fault(file, `can't be loaded: ${why}`, cause);
  }
}

/** Whether this Node strips types by itself: from 22.18 on. */
function readsTypeScript(): boolean {
  return Boolean((process.features as { readonly typescript?: unknown }).typescript);
}

function checked(exported: PluginExport, file: string): Plugin {
  const plugin = typeof exported === "function" ? exported({ ...library, ...formatsLibrary }) : exported;
  if (typeof plugin !== "object" || plugin === null) {
    throw fault(
      file,
      `has no default export: export default { ${FIELDS.join(", ")} }, each of which may be left out`,
    );
  }
  const unknown = Object.keys(plugin).find((field) => !(FIELDS as readonly string[]).includes(field));
  if (unknown !== undefined) {
    throw fault(file, `a plug-in has no field "${unknown}"; there are ${FIELDS.join(", ")}`);
  }
  return plugin;
}

function fault(file: string, message: string, cause?: unknown): SoftfieldError {
  return new SoftfieldError("input", `plug-in ${file}: ${message}`, { file }, { cause });
}
