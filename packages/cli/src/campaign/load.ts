import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import {
  type Campaign,
  type CampaignSource,
  campaignError,
  modelNames,
  parseCampaign,
  SoftfieldError,
} from "softfield";
import { type Document, LineCounter, parseDocument } from "yaml";
import { loadModel } from "../shell/model.ts";

/** A campaign and the places that its file names, absolute. */
export interface LoadedCampaign {
  readonly campaign: Campaign;
  readonly file: string;
  /** Folder of the store. */
  readonly folder: string;
}

/**
 * Reads a campaign file, YAML or JSON.
 *
 * @throws SoftfieldError that names file, line and field
 */
export function loadCampaign(path: string): LoadedCampaign {
  const file = resolve(path);
  if (!existsSync(file)) {
    throw new SoftfieldError("input", `${path}: no such campaign file; 'softfield init' writes one`, {
      file: path,
    });
  }
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(file, "utf8"), { lineCounter: lines });
  const source: CampaignSource = { file: path, lineOf: (field) => lineOf(document, lines, field) };
  const [fault] = document.errors;
  if (fault !== undefined) {
    const { line } = lines.linePos(fault.pos[0]);
    const [message] = fault.message.split(/ at line \d/);
    throw new SoftfieldError("input", `${path}:${line}: ${message}`, { file: path, line }, { cause: fault });
  }
  const folder = dirname(file);
  const json = document.toJS() as unknown;
  if (json === null)
    throw campaignError(source, [], `is empty; 'softfield init' writes a campaign to begin with`);
  const campaign = parseCampaign(json, { ...source, model: (name) => modelFrom(folder, name) });
  return { campaign, file, folder: resolve(folder, campaign.output) };
}

/** A preset, or a model file by its path from the campaign file's folder. */
function modelFrom(folder: string, name: string) {
  if ((modelNames as readonly string[]).includes(name)) return loadModel(name);
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
