import { type Part, partOf } from "./registry.ts";
import { energyFigure, forceFigure } from "./report/figures/energies.ts";
import { areaFigure, distanceFigure, predictionFigure } from "./report/figures/prediction.ts";
import { rowsOf, someRowsOf } from "./report/figures/rows.ts";
import { responseFigure, softnessFigure } from "./report/figures/sample.ts";
import { maximaFigure, tailFigure } from "./report/figures/tail.ts";
import { areaTable, chanceTable, gainTable, meanAreaTable } from "./report/statistics/area.ts";
import { energyDensityTable, forceDensityTable, tailTable } from "./report/statistics/energies.ts";
import { correlationTable, distanceTable, strainTable } from "./report/statistics/events.ts";
import { fractionsTable, predictionTable, ratioTable, spotsTable } from "./report/statistics/prediction.ts";
import { ensembleTable } from "./report/statistics/samples.ts";
import { maximaTable, maximaTailTable, tailStabilityTable } from "./report/statistics/tail.ts";
import { lte, lteSection } from "./stages/lte.ts";
import { make } from "./stages/make.ts";
import { modes, modesSection } from "./stages/modes.ts";
import { score } from "./stages/score.ts";
import { shear, shearSection } from "./stages/shear.ts";
import { spots, spotsSection } from "./stages/spots.ts";

const ANY = "one sample";
const SCORED = { of: ["spots", "shear"], least: "one sample with a plastic event and soft spots" };
const BASELINE = { of: ["spots", "shear", "modes"], least: "events scored by both indicators" };

/** What every campaign can do: glasses, their local thermal energies and modes, soft spots, shear, and the scores. */
export const part: Part = partOf({
  module: import.meta.url,
  sections: [lteSection, modesSection, spotsSection, shearSection],
  stages: [make, lte, modes, spots, shear, score],
  tables: [
    { table: ensembleTable, of: [], least: ANY },
    { table: energyDensityTable, of: ["lte"], least: ANY },
    { table: tailTable, of: ["lte"], least: "20 bonds in the tail" },
    { table: tailStabilityTable, of: ["lte"], least: "10 samples with bonds in the tail" },
    { table: maximaTable, of: ["lte"], least: ANY },
    { table: maximaTailTable, of: ["lte"], least: "40 samples" },
    { table: forceDensityTable, of: ["lte"], least: ANY },
    { table: predictionTable, ...SCORED },
    { table: ratioTable, ...BASELINE },
    { table: fractionsTable, ...SCORED },
    { table: chanceTable, ...SCORED },
    { table: gainTable, ...SCORED },
    { table: areaTable, ...SCORED },
    { table: meanAreaTable, ...SCORED },
    { table: distanceTable, ...SCORED },
    { table: spotsTable, of: ["spots"], least: ANY },
    { table: strainTable, of: ["shear"], least: "one sample with a plastic event" },
    { table: correlationTable, ...SCORED },
  ],
  figures: [
    {
      name: "1",
      caption:
        "Fig. 1: thermal displacement X (left) and local thermal energies of the bonds (right) of one sample",
      needs: {},
      drawSample: responseFigure,
    },
    {
      name: "2",
      caption:
        "Fig. 2: distribution of local thermal energies, curves shifted by decades, with the power law −9/4",
      draw: (tables, options) => energyFigure(someRowsOf(tables, "lte_density"), options),
    },
    {
      name: "3",
      caption:
        "Fig. 3: local thermal energies (left) and softness field with soft spots and the first plastic events (right)",
      needs: { stages: ["spots"], flat: true },
      drawSample: softnessFigure,
    },
    {
      name: "4",
      caption: "Fig. 4: F_n of local thermal energies and of normal modes (left), and their ratio (right)",
      draw: (tables, { style }) =>
        predictionFigure(someRowsOf(tables, "prediction"), someRowsOf(tables, "prediction_ratio"), style),
    },
    {
      name: "area",
      caption:
        "What F_n is worth beside the area of the spots: fraction of the n-th events in the softest part of the glass (left), " +
        "and F_n over the fraction of all particles whose nearest spot has at most that Δε (right)",
      draw: (tables, { style }) => {
        const [areas, prediction, chance] = ["prediction_area", "prediction", "prediction_chance"].map(
          (name) => someRowsOf(tables, name),
        );
        return areaFigure(areas, { prediction, chance }, style);
      },
    },
    {
      name: "tail",
      caption:
        "Tail exponent of p(E) against the energy from which it is fitted: maximum likelihood and Hill's estimate",
      draw: (tables, { style }) => tailFigure(someRowsOf(tables, "tail_stability"), style),
    },
    {
      name: "maxima",
      caption: "Fraction of samples whose largest |E| is at least x",
      draw: (tables, { style }) =>
        maximaFigure(someRowsOf(tables, "maxima"), rowsOf(tables, "maxima_tail"), style),
    },
    {
      name: "si2",
      caption: "SI Fig. 2: distribution of pair-force magnitudes",
      draw: (tables, { style }) => forceFigure(someRowsOf(tables, "force_density"), style),
    },
    {
      name: "si3",
      caption: "SI Fig. 3: distance of plastic events to the nearest soft spot",
      draw: (tables, { style }) => distanceFigure(someRowsOf(tables, "distances"), style),
    },
  ],
});
