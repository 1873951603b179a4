import { type Part, partOf } from "./registry.ts";
import { ANY } from "./report/absent.ts";
import { energyFigure, forceFigure } from "./report/figures/energies.ts";
import { areaFigure, distanceFigure, predictionFigure } from "./report/figures/prediction.ts";
import { rowsOf, someRowsOf } from "./report/figures/rows.ts";
import { responseFigure, softnessFigure } from "./report/figures/sample.ts";
import { stressFigure } from "./report/figures/stress.ts";
import { maximaFigure, tailFigure } from "./report/figures/tail.ts";
import { areaTable, chanceTable, gainTable, meanAreaTable } from "./report/statistics/area.ts";
import { energyDensityTable, forceDensityTable, tailTable } from "./report/statistics/energies.ts";
import { correlationTable, distanceTable, strainTable } from "./report/statistics/events.ts";
import { fractionsTable, predictionTable, ratioTable, spotsTable } from "./report/statistics/prediction.ts";
import { ensembleTable } from "./report/statistics/samples.ts";
import { stressSamplesTable, stressTable } from "./report/statistics/stress.ts";
import { maximaTable, maximaTailTable, tailStabilityTable } from "./report/statistics/tail.ts";
import { lte, lteSection } from "./stages/lte.ts";
import { make } from "./stages/make.ts";
import { modes, modesSection } from "./stages/modes.ts";
import { score } from "./stages/score.ts";
import { shear, shearSection } from "./stages/shear.ts";
import { spots, spotsSection } from "./stages/spots.ts";

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
    { table: stressTable, of: ["shear"], least: "one sheared sample" },
    { table: stressSamplesTable, of: ["shear"], least: "one sheared sample" },
  ],
  figures: [
    {
      name: "stress",
      caption:
        "Stress *σ* over strain *γ* under athermal quasistatic shear. A panel a group: in colours some of its samples, discs: the stress just before " +
        "their plastic events; black: the mean of all samples with its 95 % interval, up to the strain that all of them were sheared to. Where " +
        "there are several groups the last panel has their means.",
      of: "sheared",
      draw: (tables, { style }) =>
        stressFigure([someRowsOf(tables, "stress_strain"), rowsOf(tables, "stress_samples")], style),
    },
    {
      name: "1",
      caption:
        "Response of a glass to heat, after Fig. 1 of Zylberg *et al.* 2017. (a) Thermal displacement *X* of the particles (Eq. 2), an arrow each. (b) Local " +
        "thermal energies *E*_{α} of the pairs (Eq. 3, in units of *k*_{B}*T*/2): thickness and opacity grow with |*E*_{α}|, orange is negative, black positive.",
      needs: {},
      drawSample: responseFigure,
    },
    {
      name: "2",
      caption:
        "Distribution of local thermal energies, after Fig. 2 of Zylberg *et al.* 2017. Density of the magnitudes |*E*_{α}| (Eq. 3, in units of " +
        "*k*_{B}*T*/2) of all interactions, in logarithmic bins; each further curve is shifted down by a decade. Bars: 95 % intervals by bootstrap over " +
        "samples. The line has the slope −9/4. An inset, where there is one: (mean energy − energy at rest)/(*k*_{B}*T*/2) of two pairs in molecular dynamics " +
        "with standard errors, and their *E*_{α} as lines.",
      of: "responses",
      draw: (tables, options) => energyFigure(someRowsOf(tables, "lte_density"), options),
    },
    {
      name: "3",
      caption:
        "Soft spots and where a glass yields, after Fig. 3 of Zylberg *et al.* 2017. (a) Local thermal energies *E*_{α} of the pairs (Eq. 3, in units of " +
        "*k*_{B}*T*/2): thickness and opacity grow with |*E*_{α}|, orange is negative, black positive. (b) The softness field, mean |*E*_{α}| of a bin; rings: soft spots, the " +
        "first ten with their rank; discs: where the plastic events happened, in order of occurrence.",
      needs: { stages: ["spots"], flat: true },
      drawSample: softnessFigure,
    },
    {
      name: "4",
      caption:
        "How well soft spots foretell plastic events, after Fig. 4 of Zylberg *et al.* 2017. (a) *F*_{n}: fraction of the *n*-th events whose nearest spot has at most the " +
        "standardised score Δ*ε* (1: the softest), by spots of local thermal energies (solid) and of normal modes (dashed); of the first group. (b) Their ratio " +
        "δ*F*_{n}. Bands: 95 % intervals by bootstrap over samples.",
      of: "sheared",
      draw: (tables, { style }) =>
        predictionFigure(someRowsOf(tables, "prediction"), someRowsOf(tables, "prediction_ratio"), style),
    },
    {
      name: "area",
      caption:
        "What *F*_{n} is worth beside the area of the spots. (a) Fraction of the *n*-th events in the softest part of the glass, by its area; dotted: chance. " +
        "(b) *F*_{n} over the fraction of all particles whose nearest spot has at most that Δ*ε*; dashed line: chance. Of the first group; bands: 95 % intervals by bootstrap over " +
        "samples.",
      of: "sheared",
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
        "Exponent *a* of the tail of the distribution of local thermal energies, *p*(|*E*_{α}|) ~ |*E*_{α}|^{−a}, against the energy from which it is fitted. Solid: by maximum " +
        "likelihood of binned energies, bands: 95 % intervals by bootstrap over samples; dashed: Hill's estimate from the largest energies one by one. The paper's is 9/4.",
      of: "responses",
      draw: (tables, { style }) => tailFigure(someRowsOf(tables, "tail_stability"), style),
    },
    {
      name: "maxima",
      caption:
        "Largest local thermal energies of samples. Fraction of the samples whose largest |*E*_{α}| (in units of *k*_{B}*T*/2) is at least *x*; bars: 95 % intervals by bootstrap over samples; " +
        "the line has the slope −5/4 that *p*(|*E*_{α}|) ~ |*E*_{α}|^{−9/4} has as a consequence.",
      of: "responses",
      draw: (tables, { style }) =>
        maximaFigure(someRowsOf(tables, "maxima"), rowsOf(tables, "maxima_tail"), style),
    },
    {
      name: "si2",
      caption:
        "Distribution of pair forces, after SI Fig. 2 of Zylberg *et al.* 2017. Density of the magnitudes |*f*| of all pairs, from |*f*| = 0.5 on: weaker pairs lie at the cutoff.",
      of: "responses",
      draw: (tables, options) => forceFigure(someRowsOf(tables, "force_density"), options),
    },
    {
      name: "si3",
      caption:
        "Distances of plastic events to soft spots, after SI Fig. 3 of Zylberg *et al.* 2017. Density of the distance *r* of all events to the spot nearest to each, by " +
        "the indicator that the spots are of.",
      of: "sheared",
      draw: (tables, options) => distanceFigure(someRowsOf(tables, "distances"), options),
    },
  ],
});
