import { lammpsTable } from "../../models/index.ts";
import { type Command, scriptError } from "../commands.ts";
import { mustRead, textOf } from "../files.ts";
import type { PairwiseStyle, Values } from "./style.ts";

/** Tables of pairs: a spline through the rows of the file itself, whatever LAMMPS puts between them. */
export const tableStyle: PairwiseStyle = {
  names: ["table"],
  settings: "",
  readSettings(command: Command, words: readonly string[]): Values {
    const [interpolation = ""] = words;
    if (["linear", "spline", "lookup", "bitmap"].includes(interpolation))
      return { numbers: {}, words: { interpolation: words.slice(0, 2).join(" ") } };
    throw scriptError(command, `a table is lookup, linear, spline or bitmap, found "${interpolation}"`);
  },
  coefficients: "file:word keyword:word cutoff?",
  terms({ numbers, words }, place) {
    const text = textOf(mustRead(place.command, place.read, words.file));
    const table = lammpsTable(text, words.file, { keyword: words.keyword, mend: true });
    if (table === undefined)
      throw scriptError(
        place.command,
        `${words.file} is no table of LAMMPS: a keyword, "N …" and rows are expected`,
      );
    for (const remark of table.remarks) place.note(`${words.file}: ${remark}`);
    if (!words.interpolation.startsWith("spline"))
      place.note(
        `LAMMPS interpolates "${words.interpolation}", energies and forces each; here a smooth spline goes through the energies of the file's rows`,
      );
    const { r, phi } = table;
    return [
      {
        form: "table",
        pair: { cutoff: numbers.cutoff ?? r[r.length - 1] },
        table: { r, phi },
        smoothing: "none",
      },
    ];
  },
};
