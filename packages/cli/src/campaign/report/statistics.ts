import type { EnsembleData } from "./collect.ts";
import { energyDensityTable, forceDensityTable, tailTable } from "./statistics/energies.ts";
import { correlationTable, distanceTable, strainTable } from "./statistics/events.ts";
import { fractionsTable, predictionTable, ratioTable, spotsTable } from "./statistics/prediction.ts";
import { ensembleTable } from "./statistics/samples.ts";
import type { ReportTable } from "./tables.ts";

/** All tables of the report, in its order. */
const TABLES: readonly ((ensembles: readonly EnsembleData[]) => ReportTable)[] = [
  ensembleTable,
  energyDensityTable,
  tailTable,
  forceDensityTable,
  predictionTable,
  ratioTable,
  fractionsTable,
  distanceTable,
  spotsTable,
  strainTable,
  correlationTable,
];

/** All statistics of a campaign, errors by bootstrap over whole samples. */
export function statistics(ensembles: readonly EnsembleData[]): ReportTable[] {
  return TABLES.map((table) => table(ensembles));
}
