import { bounds, ka, L, rows, text } from "./glass.ts";

/** A frame of a text dump. */
export const dump = (
  columns: string,
  of: (p: number) => readonly (string | number)[],
  box: readonly string[] = ["ITEM: BOX BOUNDS pp pp pp", ...bounds],
) =>
  text(
    "ITEM: TIMESTEP",
    "50000",
    "ITEM: NUMBER OF ATOMS",
    String(ka.count),
    box,
    `ITEM: ATOMS ${columns} `,
    rows(of),
  );
/** The head of a data file. */
export const header = (...more: readonly string[]) =>
  text(
    "LAMMPS Description",
    "",
    `     ${ka.count}  atoms`,
    ...more,
    "           2  atom types",
    "",
    `0.0 ${L} xlo xhi`,
    `0.0 ${L} ylo yhi`,
    `0.0 ${L} zlo zhi`,
  );
