import type { EnsembleData } from "./collect.ts";
import { approachExponentTable, approachTable } from "./statistics/approach.ts";
import { areaTable, chanceTable, gainTable, meanAreaTable } from "./statistics/area.ts";
import {
  modeCouplingTable,
  softestExponentTable,
  softestShareTable,
  softestTable,
} from "./statistics/couplings.ts";
import { energyDensityTable, forceDensityTable, tailTable } from "./statistics/energies.ts";
import { correlationTable, distanceTable, strainTable } from "./statistics/events.ts";
import { modeDensityTable, modeExponentTable, tailPredictionTable } from "./statistics/modes.ts";
import { fractionsTable, predictionTable, ratioTable, spotsTable } from "./statistics/prediction.ts";
import { ensembleTable } from "./statistics/samples.ts";
import { maximaTable, maximaTailTable, tailStabilityTable } from "./statistics/tail.ts";
import { waveExponentTable, waveTable } from "./statistics/waves.ts";
import type { ReportTable } from "./tables.ts";

/** All tables of the report, in its order. */
const TABLES: readonly ((ensembles: readonly EnsembleData[]) => ReportTable)[] = [
  ensembleTable,
  energyDensityTable,
  tailTable,
  tailStabilityTable,
  maximaTable,
  maximaTailTable,
  forceDensityTable,
  predictionTable,
  ratioTable,
  fractionsTable,
  chanceTable,
  gainTable,
  areaTable,
  meanAreaTable,
  distanceTable,
  spotsTable,
  strainTable,
  correlationTable,
  modeDensityTable,
  modeExponentTable,
  tailPredictionTable,
  waveTable,
  waveExponentTable,
  modeCouplingTable,
  softestTable,
  softestExponentTable,
  softestShareTable,
  approachTable,
  approachExponentTable,
];

/** All statistics of a campaign, errors by bootstrap over whole samples. */
export function statistics(ensembles: readonly EnsembleData[]): ReportTable[] {
  return TABLES.map((table) => table(ensembles));
}
