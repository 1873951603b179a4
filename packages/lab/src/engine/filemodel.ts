import { type PairModel, preset, presetNames, type Snapshot, SoftfieldError } from "softfield";
import { describeSnapshot } from "softfield/internal";
import type { ModelChoice } from "./messages.ts";

/**
 * The model that a file is read with, and its name: the one chosen; else the one that the file names (`model=` in the
 * header of extended XYZ); else the only one of its dimension whose species have the file's names. Throws "input"
 * where that leaves none or several.
 */
export function modelOf(
  { chosen, own }: ModelChoice,
  snapshot: Snapshot,
  {
    file,
    names = snapshot.species?.names,
  }: { readonly file: string; readonly names?: readonly string[] | undefined },
): { readonly modelName: string; readonly model: PairModel } {
  const named = (name: string): PairModel | undefined => {
    const found = presetNames.find((known) => known === name);
    return own.get(name) ?? (found && preset(found));
  };
  const wanted = chosen === undefined ? undefined : named(chosen);
  if (chosen !== undefined && wanted) return { modelName: chosen, model: wanted };
  const header = snapshot.info.get("model");
  if (typeof header === "string") {
    const model = named(header);
    if (model) return { modelName: header, model };
    const found = [...own].find(([, { name }]) => name === header);
    if (found) return { modelName: found[0], model: found[1] };
    throw new SoftfieldError(
      "input",
      `${file}: its header names the model “${header}”, which this page does not have: drop the model's file (.json) ` +
        "first, or choose a model at “Its model”, under Make.",
      { file },
    );
  }
  const { dimension } = describeSnapshot(snapshot);
  const known = [...presetNames.map((name) => [name, preset(name)] as const), ...own];
  const fitting = known.filter(
    ([, model]) =>
      model.dimension === dimension && (names?.every((name) => model.species.includes(name)) ?? true),
  );
  const [only] = fitting;
  if (only && fitting.length === 1) return { modelName: only[0], model: only[1] };
  throw new SoftfieldError(
    "input",
    `${file}: the file does not say which model it is of, and ${fitting.length === 0 ? "none" : "more than one"} fits its ` +
      `species and dimension${fitting.length === 0 ? "" : ` (${fitting.map(([name]) => name).join(", ")})`}: ` +
      "choose it at “Its model”, under Make, and open the file again.",
    { file },
  );
}
