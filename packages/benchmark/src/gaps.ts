import { type Ask, type RecordTable, recordBytes, type StageFiles, text } from "@softfield/campaign";

/** What the results of a glass had to do without, a row each; no file where nothing is missing. */
export interface GapsTable extends RecordTable<string> {
  readonly name: "forecast_gaps" | "benchmark_gaps";
}

/** The slopes ∂E/∂γ: memory held no derivative of the factor (`whereDerivable`). */
export const SLOPES = "slopes";

export const gapsTable = (name: GapsTable["name"]): GapsTable => ({
  name,
  columns: { without: text((what) => what, "slopes: memory held no derivative of the factor, so no ∂E/∂γ") },
});

/** The file of a stage whose results may have gaps: none where there are none, so that stored bytes are those of before. */
export async function gapsFile(table: GapsTable, gaps: Iterable<string>): Promise<StageFiles> {
  const rows = [...gaps];
  return rows.length === 0 ? {} : { [`${table.name}.parquet`]: await recordBytes(table, rows) };
}

/** How many glasses had to do without slopes. */
export async function withoutSlopes(ask: Ask, { name }: GapsTable, only: string): Promise<number> {
  const { rows } = await ask(`select distinct seed, without from ${name} ${only}`);
  return rows.filter(([, without]) => without === SLOPES).length;
}

interface Gappy {
  readonly name: string;
  readonly count?: number | undefined;
}

/** A sentence behind the title of a table, of the ensembles whose glasses had gaps; nothing where none had. */
export function gapSentence(ensembles: readonly Gappy[], what: string): string {
  const some = ensembles.filter(({ count = 0 }) => count > 0);
  if (some.length === 0) return "";
  const counts = some.map(({ name, count }) => `${count} of ${name}`).join(", ");
  return `. Glasses ${what}, since memory held no derivative of their factor: ${counts}`;
}
