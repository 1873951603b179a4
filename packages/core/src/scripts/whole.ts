import { scriptError } from "./commands.ts";
import type { ReadScriptFile } from "./files.ts";
import { typesIn } from "./ranges.ts";
import type { Settings } from "./settings.ts";
import type { StyleUse, WholeStyle } from "./styles/style.ts";

/** The files of a style of files, and the element of each type. */
export interface WholeFiles {
  readonly files: readonly string[];
  /** By type, "NULL" where it does not act. */
  readonly elements: readonly string[];
}

/** What the pair_coeff lines of a style of files say. @throws SoftfieldError "model" */
export function filesOf(use: StyleUse, settings: Settings, read: ReadScriptFile): WholeFiles {
  const style = use.style as WholeStyle;
  const { types, labels } = settings;
  const last = use.coefficients.findLast(({ words }) => words[0] !== "none");
  if (last === undefined) throw scriptError(use.command, "there is no pair_coeff that names its file");
  if (!style.byType) {
    const { command, words, i, j } = last;
    const [file, ...elements] = words;
    const all = [i, j].every((word) => typesIn(command, word, types, labels).length === types);
    if (!all) throw scriptError(command, `with ${use.name} the types are * *, and elements follow the file`);
    if (file === undefined || elements.length !== types)
      throw scriptError(
        command,
        `a file and the elements of ${types === 1 ? "the one type" : `all ${types} types`} are expected, found ${words.join(" ") || "nothing"}`,
      );
    return { files: [file], elements };
  }
  const files = Array.from({ length: types }, (_, k) => {
    const own = use.coefficients.findLast(({ command, i, j, words }) => {
      if (words[0] === "none") return false;
      return [i, j].every((word) => typesIn(command, word, types, labels).includes(k + 1));
    });
    if (own !== undefined && own.words.length === 1) return own.words[0];
    if (own !== undefined) throw scriptError(own.command, "one file is expected");
    throw scriptError(use.command, `type ${k + 1} has no file: give "pair_coeff ${k + 1} ${k + 1} FILE"`);
  });
  const place = { command: last.command, read };
  return { files, elements: style.elements?.(files, place) ?? files.map(() => "") };
}

/** The model, or term, of a style of files. */
export function wholeDefinition(
  use: StyleUse,
  settings: Settings,
  read: ReadScriptFile,
  species: readonly string[],
): Record<string, unknown> {
  const style = use.style as WholeStyle;
  const { files, elements } = filesOf(use, settings, read);
  const { command } = use.coefficients.findLast(({ words }) => words[0] !== "none")!;
  return style.definition(files, {
    elements,
    species,
    units: settings.units,
    command,
    read,
    note: (text) => settings.note(command, text),
  });
}
