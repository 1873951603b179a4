import { existsSync, readFileSync } from "node:fs";
import type { ChartInput, Series, StyleName } from "@softfield/figures";
import { themeOf } from "@softfield/figures";
import { grouped } from "@softfield/node";
import { SoftfieldError } from "softfield";
import { readColumns, readTexts } from "../stages/columns.ts";

/** Bonds of one model measured by molecular dynamics: what `softfield validate md -o FILE.parquet` writes. */
export interface CanonicalTable {
  readonly temperature: Float64Array;
  readonly i: Float64Array;
  readonly j: Float64Array;
  /** E by Eq. 3. */
  readonly lte: Float64Array;
  readonly measured: Float64Array;
  readonly error: Float64Array;
}

const COLUMNS = ["temperature", "i", "j", "lte", "measured", "error"] as const;

/** Reads the first model of a table of `softfield validate md`. @throws SoftfieldError "input" for other files */
export async function readCanonicalTable(path: string): Promise<CanonicalTable> {
  if (!existsSync(path)) throw new SoftfieldError("input", `${path}: no such file`, { file: path });
  const bytes = readFileSync(path);
  try {
    const models = await readTexts(bytes, "model");
    const columns = await readColumns(bytes, COLUMNS);
    const first = (_: number, k: number) => models[k] === models[0];
    return Object.fromEntries(
      COLUMNS.map((name) => [name, columns[name].filter(first)]),
    ) as unknown as CanonicalTable;
  } catch (cause) {
    throw new SoftfieldError(
      "input",
      `${path}: is no table of 'softfield validate md -o FILE.parquet': ${(cause as Error).message}`,
      { file: path },
      { cause },
    );
  }
}

/** The inset of Fig. 2: two bonds' energies against temperature, with their local thermal energies as lines. */
export function canonicalInset(table: CanonicalTable, style: StyleName, energy: string): ChartInput {
  const { ink, negative } = themeOf(style);
  const colours = [ink, negative];
  const bonds = twoBonds(table);
  const series = bonds.map((rows, k): Series => {
    const column = (values: Float64Array) => rows.map((row) => values[row]);
    const y = column(table.measured);
    const error = column(table.error);
    return {
      x: column(table.temperature),
      y,
      low: y.map((value, m) => value - error[m]),
      high: y.map((value, m) => value + error[m]),
      interval: "bars",
      line: "none",
      markers: k === 0 ? "disc" : "ring",
      colour: colours[k],
    };
  });
  const guides = bonds.map((rows) => ({ kind: "horizontal", at: table.lte[rows[0]] }) as const);
  const x = { label: "*T*", unit: `${energy}/*k*_{B}`, scale: "log" } as const;
  return { style, x, y: { label: "2Δ*ε*/*k*_{B}*T*" }, series, guides };
}

/** Rows of the bond with the largest |E|, and of one that leads the upper eighth. */
function twoBonds({ i, j, lte, temperature }: CanonicalTable): number[][] {
  const rows = grouped(temperature.keys(), (row) => `${i[row]} ${j[row]} ${lte[row]}`);
  const sorted = [...rows.values()].sort((a, b) => Math.abs(lte[b[0]]) - Math.abs(lte[a[0]]));
  return [sorted[0], sorted[sorted.length >> 3]];
}
