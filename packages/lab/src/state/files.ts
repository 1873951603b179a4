import { signal } from "@preact/signals";
import { presetNames } from "softfield";
import chosen2d from "../../../../examples/glasses/2dipl_2000.extxyz?url";
import paper2d from "../../../../examples/glasses/2dipl_10000.extxyz.gz?url";
import glass2d from "../../../../examples/reference/2dipl_1600.extxyz?url";
import soft2d from "../../../../examples/reference/2dipl_1600_sheared_soft.extxyz?url";
import glass3d from "../../../../examples/reference/3dipl_400.extxyz?url";
import kobAndersen from "../../../../examples/reference/3dkablj_400.extxyz?url";
import { kindOf } from "./filekind.ts";
import { unsettled } from "./glass.ts";
import { frames, type OpenChoice, open, settle } from "./opening.ts";
import { addModel, ownModels } from "./ownmodels.ts";
import { choice } from "./recipe.ts";
import { analyser, announcement, aside, failure } from "./work.ts";

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

/** As the file says, or as only one model fits. */
export const AUTOMATIC = "";
/** The model that files are opened with: automatic, a named model, or a file of `ownModels`. */
export const fileModel = signal<string>(AUTOMATIC);
export const fileSpecies = signal("");
export const fileFrame = signal(0);
/** The last file, to be opened again with another model, map or frame. */
export const reopenable = signal<Pick<OpenChoice, "name" | "bytes"> | undefined>(undefined);

/** Configurations that were dropped together, to go from one to the other. */
export const shelf = signal<readonly File[]>([]);

/** A file is on its way over the page: what opens it is loaded meanwhile. */
export function expectFiles(): void {
  analyser.warm();
  void import("../engine/open.ts").catch(() => undefined);
}

/**
 * Opens files that were dropped or chosen: models (.json, input scripts of LAMMPS, files of embedded atoms), with the
 * files that they refer to, then the first configuration.
 */
export async function openFiles(files: readonly File[]): Promise<void> {
  const sorted = await Promise.all(
    files.map(async (file) => ({ file, kind: kindOf(file.name, await file.slice(0, 20_000).text()) })),
  );
  const of = (...kinds: readonly string[]) =>
    sorted.filter(({ kind }) => kinds.includes(kind)).map(({ file }) => file);
  const configurations = of("configuration");
  const others = of("model", "script", "potential", "table");
  const contents = new Map<string, Uint8Array>();
  try {
    for (const file of others) contents.set(file.name, await unpacked(file));
  } catch (error) {
    failure.value = error as Error;
    return;
  }
  const models = of("model", "script");
  // A file of a potential is a model by itself where no other speaks of it.
  const named = models.length > 0 ? models : of("potential");
  for (const { name } of named) {
    try {
      const { modelOfFile } = await import("./modelfiles.ts");
      const { model, species, notes } = modelOfFile(name, contents);
      addModel(name, model);
      fileModel.value = name;
      if (configurations.length === 0) choice.value = { ...choice.value, model: name, numbers: {} };
      failure.value = undefined;
      const byTypes = configurations.some((file) => !/xyz(\.gz)?$/i.test(file.name));
      if (species !== undefined && byTypes) fileSpecies.value = species;
      announcement.value = `The model ${name} is ready: files are opened with it, and glasses made of it.`;
      if (notes.length > 0) failure.value = new Error(`${name} is read; but: ${notes.join(" ")}`);
    } catch (error) {
      failure.value = error as Error;
      return;
    }
  }
  const [first] = configurations;
  if (!first) return;
  const said = failure.value;
  shelf.value = configurations.length > 1 ? configurations : [];
  await openFile(first);
  failure.value ??= said;
}

/** What a file holds, decompressed. Throws where a file is called .gz and is none, or is torn. */
async function unpacked(file: File): Promise<Uint8Array> {
  if (!/\.gz$/i.test(file.name)) return new Uint8Array(await file.arrayBuffer());
  try {
    const plain = file.stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(plain).arrayBuffer());
  } catch (cause) {
    throw new Error(`${file.name}: is no whole file of gzip`, { cause });
  }
}

/** Opens one of several configurations. */
export async function openFile(file: File): Promise<void> {
  exampleName.value = undefined;
  fileFrame.value = 0;
  frames.value = undefined;
  reopenable.value = { name: file.name, bytes: await file.arrayBuffer() };
  await reopen();
  await countAll();
}

/** Counts the frames of a large file in view, beside what goes on. */
async function countAll(): Promise<void> {
  const file = reopenable.value;
  if (!file || frames.value !== undefined) return;
  const count = await aside.run("frames", file).result.catch(() => undefined);
  if (reopenable.value === file) frames.value = count;
}

/** Goes to another frame of the file in view. */
export async function toFrame(frame: number): Promise<void> {
  fileFrame.value = frame;
  await reopen();
}

/** Opens the last file, with the model, map and frame chosen. */
export async function reopen(): Promise<void> {
  const file = reopenable.value;
  if (!file) return;
  const model = {
    ...(fileModel.value !== AUTOMATIC && { chosen: fileModel.value }),
    own: ownModels.value,
  };
  await open({ ...file, model, species: fileSpecies.value, frame: fileFrame.value });
  if (unsettled.value && settling.value) await settle();
}

/** Whether what is no minimum is brought to one at once: the frames of a trajectory. */
export const settling = signal(false);

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
  shelf.value = [];
  frames.value = 1;
  await reopen();
}
