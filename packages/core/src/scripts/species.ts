import type { ReadScriptFile } from "./files.ts";
import type { Settings } from "./settings.ts";
import { isWhole } from "./styles/style.ts";
import { filesOf } from "./whole.ts";

/**
 * The names of the species, by type: elements that a style of files names, labels, what stands behind the masses of the
 * data file, or the numbers of the types. A name that comes twice has its type behind it.
 */
export function speciesOf(settings: Settings, read: ReadScriptFile): string[] {
  const names = Array.from({ length: settings.types }, (_, k) => nameOf(settings, k + 1));
  for (const use of settings.styles) {
    if (!isWhole(use.style)) continue;
    filesOf(use, settings, read).elements.forEach((element, k) => {
      if (element !== "NULL" && element !== "") names[k] = element;
    });
  }
  return names.map((name, k) => (names.indexOf(name) === names.lastIndexOf(name) ? name : `${name}${k + 1}`));
}

function nameOf({ labels, data }: Settings, type: number): string {
  const label = [...labels].find(([, one]) => one === type)?.[0];
  return label ?? data?.file?.names.get(type) ?? String(type);
}
