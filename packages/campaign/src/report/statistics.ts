import type { Registry } from "../registry.ts";
import type { EnsembleData } from "./collect.ts";
import type { ReportTable } from "./tables.ts";

/** All statistics of a campaign, in the order of the registry; errors by bootstrap over whole samples. */
export function statistics(
  { tables }: Pick<Registry, "tables">,
  ensembles: readonly EnsembleData[],
): ReportTable[] {
  return tables.map(({ table }) => table(ensembles));
}
