import { signal } from "@preact/signals";
import type { PresetName } from "softfield";
import glass2d from "../../../../examples/reference/2dipl_1600.extxyz?url";
import soft2d from "../../../../examples/reference/2dipl_1600_sheared_soft.extxyz?url";
import glass3d from "../../../../examples/reference/3dipl_400.extxyz?url";
import kobAndersen from "../../../../examples/reference/3dkablj_400.extxyz?url";
import { type OpenChoice, open } from "../state/glass.ts";
import { failure } from "../state/work.ts";

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

export const fileModel = signal<PresetName>("2dipl");
export const fileSpecies = signal("");
/** The last file, to be opened again with another model or map. */
export const reopenable = signal<Pick<OpenChoice, "name" | "bytes" | "frame"> | undefined>(undefined);

export async function openFile(file: File): Promise<void> {
  const bytes = await file.arrayBuffer();
  reopenable.value = { name: file.name, bytes, frame: 0 };
  await open({ name: file.name, bytes, modelName: fileModel.value, species: fileSpecies.value, frame: 0 });
}

export async function openExample({ name, url, model }: Example): Promise<void> {
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${response.status}`);
    fileModel.value = model;
    fileSpecies.value = "";
    const bytes = await response.arrayBuffer();
    reopenable.value = { name, bytes, frame: 0 };
    await open({ name, bytes, modelName: model, species: "", frame: 0 });
  } catch (cause) {
    failure.value = new Error(`The example ${name} could not be loaded: is the network down?`, { cause });
  }
}
