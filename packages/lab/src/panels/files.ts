import { signal } from "@preact/signals";
import {
  type ModelName,
  modelNames,
  type PairModel,
  type PresetName,
  parseModelText,
  preset,
} from "softfield";
import glass2d from "../../../../examples/reference/2dipl_1600.extxyz?url";
import soft2d from "../../../../examples/reference/2dipl_1600_sheared_soft.extxyz?url";
import glass3d from "../../../../examples/reference/3dipl_400.extxyz?url";
import kobAndersen from "../../../../examples/reference/3dkablj_400.extxyz?url";
import { type OpenChoice, open } from "../state/opening.ts";
import { announcement, failure } from "../state/work.ts";

export interface Example {
  readonly name: string;
  readonly title: string;
  readonly text: string;
  readonly url: string;
  readonly model: PresetName;
}

/** Glasses that come with the page; loaded when asked for. */
export const EXAMPLES: readonly Example[] = [
  {
    name: "2dipl_1600.extxyz",
    title: "2D, N = 1,600",
    text: "An annealed 2DIPL glass",
    url: glass2d,
    model: "2dipl",
  },
  {
    name: "2dipl_1600_sheared_soft.extxyz",
    title: "The same, about to yield",
    text: "Sheared to just before an instability: a few bonds hold enormous E",
    url: soft2d,
    model: "2dipl",
  },
  {
    name: "3dipl_400.extxyz",
    title: "3D, N = 400",
    text: "A small 3DIPL glass",
    url: glass3d,
    model: "3dipl",
  },
  {
    name: "3dkablj_400.extxyz",
    title: "Kob–Andersen",
    text: "A small 3DKABLJ glass",
    url: kobAndersen,
    model: "3dkablj",
  },
];

/** Models that were dropped on the page, by the name of their file. */
export const ownModels = signal<ReadonlyMap<string, PairModel>>(new Map());
/** The model that files are opened with: a preset, or a file of `ownModels`. */
export const fileModel = signal<string>("2dipl");
export const fileSpecies = signal("");
export const fileFrame = signal(0);
/** The last file, to be opened again with another model, map or frame. */
export const reopenable = signal<Pick<OpenChoice, "name" | "bytes"> | undefined>(undefined);

/** Opens a file that was dropped or chosen: a configuration, or a model (.json). */
export async function openFile(file: File): Promise<void> {
  if (/\.json$/i.test(file.name)) {
    takeModel(file.name, await file.text());
    return;
  }
  reopenable.value = { name: file.name, bytes: await file.arrayBuffer() };
  await reopen();
}

/** Opens the last file, with the model, map and frame chosen. */
export async function reopen(): Promise<void> {
  const file = reopenable.value;
  if (!file) return;
  const modelName = fileModel.value;
  const model = ownModels.value.get(modelName) ?? preset(modelName as ModelName);
  await open({ ...file, model, modelName, species: fileSpecies.value, frame: fileFrame.value });
}

function takeModel(name: string, text: string): void {
  try {
    const model = parseModelText(text, name);
    ownModels.value = new Map([...ownModels.value, [name, model]]);
    fileModel.value = name;
    failure.value = undefined;
    announcement.value = `The model ${name} is ready: files are opened with it.`;
  } catch (error) {
    failure.value = error as Error;
  }
}

export function modelOptions(): (readonly [string, string])[] {
  const presets = modelNames.map((name) => [name, name.toUpperCase()] as const);
  return [...presets, ...[...ownModels.value.keys()].map((name) => [name, name] as const)];
}

export async function openExample({ name, url, model }: Example): Promise<void> {
  let bytes: ArrayBuffer;
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    bytes = await response.arrayBuffer();
  } catch (cause) {
    failure.value = new Error(`The example ${name} could not be loaded: is the network down?`, { cause });
    return;
  }
  fileModel.value = model;
  fileSpecies.value = "";
  fileFrame.value = 0;
  reopenable.value = { name, bytes };
  await reopen();
}
