import { signal } from "@preact/signals";
import { type PairModel, presetNames } from "softfield";
import { type PresetName, preset } from "softfield/internal";

/** Models that were dropped on the page, by the name of their file. */
export const ownModels = signal<ReadonlyMap<string, PairModel>>(new Map());

export function addModel(name: string, model: PairModel): void {
  ownModels.value = new Map([...ownModels.value, [name, model]]);
}

export function isPreset(name: string): name is PresetName {
  return presetNames.some((known) => known === name);
}

const compiled = new Map<string, PairModel>();

/** A model that comes with the library, which takes some milliseconds, once; or one of the page's own files. Throws where there is none. */
export function modelNamed(name: string): PairModel {
  const known = ownModels.value.get(name) ?? compiled.get(name);
  if (known) return known;
  if (!isPreset(name)) throw new Error(`The model ${name} is not here any more: drop its file again.`);
  const model = preset(name);
  compiled.set(name, model);
  return model;
}
