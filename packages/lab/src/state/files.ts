import { signal } from "@preact/signals";
import { type PairModel, parseModelText, preset, presetNames } from "softfield";
import chosen2d from "../../../../examples/glasses/2dipl_2000.extxyz?url";
import paper2d from "../../../../examples/glasses/2dipl_10000.extxyz.gz?url";
import glass2d from "../../../../examples/reference/2dipl_1600.extxyz?url";
import soft2d from "../../../../examples/reference/2dipl_1600_sheared_soft.extxyz?url";
import glass3d from "../../../../examples/reference/3dipl_400.extxyz?url";
import kobAndersen from "../../../../examples/reference/3dkablj_400.extxyz?url";
import { type OpenChoice, open } from "./opening.ts";
import { announcement, failure } from "./work.ts";

export interface Example {
  readonly name: string;
  readonly title: string;
  readonly text: string;
  readonly url: string;
}

/** Glasses that come with the page; loaded when asked for. */
export const EXAMPLES: readonly Example[] = [
  {
    name: "2dipl_10000.extxyz.gz",
    title: "2D, N = 10,000",
    text: "The paper’s own size, seed 7: chosen, its first event strikes the softest spot",
    url: paper2d,
  },
  {
    name: "2dipl_2000.extxyz",
    title: "2D, N = 2,000",
    text: "An annealed 2DIPL glass, seed 3: chosen, its first event strikes the softest spot",
    url: chosen2d,
  },
  {
    name: "2dipl_1600.extxyz",
    title: "2D, N = 1,600",
    text: "An annealed 2DIPL glass",
    url: glass2d,
  },
  {
    name: "2dipl_1600_sheared_soft.extxyz",
    title: "The same, about to yield",
    text: "Sheared to just before an instability: a few bonds hold enormous E",
    url: soft2d,
  },
  {
    name: "3dipl_400.extxyz",
    title: "3D, N = 400",
    text: "A small 3DIPL glass",
    url: glass3d,
  },
  {
    name: "3dkablj_400.extxyz",
    title: "Kob–Andersen",
    text: "A small 3DKABLJ glass",
    url: kobAndersen,
  },
];

/** Models that were dropped on the page, by the name of their file. */
export const ownModels = signal<ReadonlyMap<string, PairModel>>(new Map());
/** As the file says, or as only one model fits. */
export const AUTOMATIC = "";
/** The model that files are opened with: automatic, a named model, or a file of `ownModels`. */
export const fileModel = signal<string>(AUTOMATIC);
export const fileSpecies = signal("");
export const fileFrame = signal(0);
/** The last file, to be opened again with another model, map or frame. */
export const reopenable = signal<Pick<OpenChoice, "name" | "bytes"> | undefined>(undefined);

/** Opens files that were dropped or chosen: model files (.json) first, then the first configuration. */
export async function openFiles(files: readonly File[]): Promise<void> {
  const isModel = ({ name }: File) => /\.json$/i.test(name);
  for (const file of files.filter(isModel)) takeModel(file.name, await file.text());
  const [first, ...others] = files.filter((file) => !isModel(file));
  if (!first) return;
  exampleName.value = undefined;
  reopenable.value = { name: first.name, bytes: await first.arrayBuffer() };
  await reopen();
  if (others.length > 0) {
    const names = others.map(({ name }) => name).join(", ");
    failure.value ??= new Error(`One configuration at a time: ${first.name} is opened, not ${names}.`);
  }
}

/** Opens the last file, with the model, map and frame chosen. */
export async function reopen(): Promise<void> {
  const file = reopenable.value;
  if (!file) return;
  const named = presetNames.map((name) => [name, preset(name)] as const);
  const model = {
    ...(fileModel.value !== AUTOMATIC && { chosen: fileModel.value }),
    known: new Map<string, PairModel>([...named, ...ownModels.value]),
  };
  await open({ ...file, model, species: fileSpecies.value, frame: fileFrame.value });
}

function takeModel(name: string, text: string): void {
  try {
    if (!/"form"|"potential"/.test(text))
      throw new Error(`${name} is no model file: it names no form of a potential.`);
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
  const named = presetNames.map((name) => [name, name.toUpperCase()] as const);
  return [
    [AUTOMATIC, "As the file says"],
    ...named,
    ...[...ownModels.value.keys()].map((name) => [name, name] as const),
  ];
}

/** The name of the example that is opened, or was last: a link can name it. */
export const exampleName = signal<string | undefined>(undefined);

export async function openExample({ name, url }: Example): Promise<void> {
  let bytes: ArrayBuffer;
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    bytes = await response.arrayBuffer();
  } catch (cause) {
    failure.value = new Error(`The example ${name} could not be loaded: is the network down?`, { cause });
    return;
  }
  fileModel.value = AUTOMATIC;
  fileSpecies.value = "";
  fileFrame.value = 0;
  reopenable.value = { name, bytes };
  exampleName.value = name;
  await reopen();
}
