import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { fileError, loadModel } from "@softfield/node";
import { presetNames, SoftfieldError } from "softfield";
import { type Document, LineCounter, parseDocument } from "yaml";
import { withPlugins } from "../plugins/parts.ts";
import type { Registry } from "../registry.ts";
import { type Campaign, parseCampaign } from "./campaign.ts";
import { type CampaignSource, campaignError } from "./faults.ts";
import { ownGlasses } from "./glasses.ts";

/** A campaign and the places that its file names, absolute. */
export interface LoadedCampaign {
  readonly campaign: Campaign;
  readonly file: string;
  /** Folder of the store. */
  readonly folder: string;
  /** What campaigns can do, with what the plug-ins of this one add. */
  readonly registry: Registry;
}

/**
 * Reads a campaign file, YAML or JSON, and loads its plug-ins.
 *
 * @throws SoftfieldError that names file, line and field
 */
export function loadCampaign(path: string, given: Registry): LoadedCampaign {
  const file = resolve(path);
  if (!existsSync(file)) {
    throw new SoftfieldError("input", `${path}: no such campaign file; 'softfield init' writes one`, {
      file: path,
    });
  }
  const lines = new LineCounter();
  const document = parseDocument(textOf(path, file), { lineCounter: lines, merge: true });
  const source: CampaignSource = { file: path, lineOf: (field) => lineOf(document, lines, field) };
  const [fault] = document.errors;
  if (fault !== undefined) {
    const { line } = lines.linePos(fault.pos[0]);
    const [message] =
      fault.code === "MULTIPLE_DOCS"
        ? ["a second document begins here; a campaign file holds one"]
        : fault.message.split(/ at line \d/);
    throw new SoftfieldError("input", `${path}:${line}: ${message}`, { file: path, line }, { cause: fault });
  }
  const folder = dirname(file);
  const json = contentOf(document, source);
  if (json === null)
    throw campaignError(source, [], `is empty; 'softfield init' writes a campaign to begin with`);
  const registry = withPlugins(given, pluginsOf(json, folder));
  const campaign = parseCampaign(json, {
    ...source,
    sections: registry.sections,
    model: (name) => modelFrom(folder, name),
    glasses: (given, model) =>
      ownGlasses(given, model, { folder, cache: resolve(folder, storeOf(json, path)) }),
  });
  return { campaign, file, folder: resolve(folder, campaign.output), registry };
}

/** The store's folder, before the campaign is checked. */
function storeOf(json: unknown, path: string): string {
  const { output, name } = (json ?? {}) as { readonly output?: unknown; readonly name?: unknown };
  if (typeof output === "string" && output !== "") return output;
  return typeof name === "string" && name !== "" ? name : campaignName(path);
}

/** The files that "plugins" names, absolute; what is wrong with the field, the schema says. */
function pluginsOf(json: unknown, folder: string): string[] {
  const { plugins } = (json ?? {}) as { readonly plugins?: unknown };
  if (!Array.isArray(plugins)) return [];
  return plugins.filter((file) => typeof file === "string").map((file) => resolve(folder, file));
}

/** The text of a campaign file. @throws SoftfieldError for folders and for files that are no UTF-8 text */
function textOf(path: string, file: string): string {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (cause) {
    throw fileError(cause, path, "read");
  }
  const [first, second] = bytes;
  const wide = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (wide || bytes.subarray(0, 2).includes(0)) {
    throw new SoftfieldError("input", `${path}: is text in UTF-16: save it as UTF-8`, { file: path });
  }
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (!text.includes("\0")) return text;
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
  }
  throw new SoftfieldError("input", `${path}: is no text file; a campaign is YAML or JSON in UTF-8`, {
    file: path,
  });
}

/** A document's content, its aliases and merge keys resolved. */
function contentOf(document: Document, source: CampaignSource): unknown {
  try {
    return document.toJS() as unknown;
  } catch (cause) {
    const { message } = cause as Error;
    const words = /Excessive alias count/.test(message)
      ? "its aliases (*name) unfold into too many values; write them out"
      : message;
    throw campaignError(source, [], words);
  }
}

/** A preset, or a model file by its path from the campaign file's folder. */
function modelFrom(folder: string, name: string) {
  if ((presetNames as readonly string[]).includes(name)) return loadModel(name);
  const path = resolve(folder, name);
  return loadModel(existsSync(path) ? path : name);
}

/** Line of a field, or of the innermost section around it that is there. */
function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number | undefined {
  for (let length = path.length; length > 0; length--) {
    const parent = document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    const at = keyOffset(parent, key as string | number);
    if (at !== undefined) return lines.linePos(at).line;
  }
  return undefined;
}

interface NodeLike {
  readonly range?: readonly [number, number, number] | null;
  readonly items?: readonly (NodeLike & { readonly key?: NodeLike & { readonly value?: unknown } })[];
}

function keyOffset(parent: unknown, key: string | number): number | undefined {
  const node = (parent as { contents?: unknown } | undefined)?.contents ?? parent;
  const items = (node as NodeLike | undefined)?.items;
  if (typeof key === "number") return items?.[key]?.range?.[0];
  return items?.find((item) => String(item.key?.value) === key)?.key?.range?.[0];
}

/** Name of a campaign by its file: night.yaml → night. */
export function campaignName(path: string): string {
  return basename(path).replace(/\.(ya?ml|json)$/i, "");
}
