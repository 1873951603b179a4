import { type Part, partOf, rowsOf, someOf, someRowsOf } from "@softfield/campaign";
import { couplingFigure, softestFigure } from "./figures/couplings.ts";
import { modesFigure } from "./figures/modes.ts";
import { couplings, couplingsSection } from "./stages/couplings.ts";
import { instability, instabilitySection } from "./stages/instability.ts";
import { approachExponentTable, approachTable } from "./tables/approach.ts";
import {
  modeCouplingTable,
  softestExponentTable,
  softestShareTable,
  softestTable,
} from "./tables/couplings.ts";
import { modeDensityTable, modeExponentTable, tailPredictionTable } from "./tables/modes.ts";
import { waveExponentTable, waveTable } from "./tables/waves.ts";
import { vibrationsOf } from "./vibrations.ts";

const COMPLETE = "below the frequency where those of all samples are complete";
const SOFTEST = ["couplings", "lte"];

/** What Zylberg et al. 2017 measured beside local thermal energies: Eqs. 4 and 5, plane waves, mode statistics. */
export const part: Part = partOf({
  module: import.meta.url,
  sections: [couplingsSection, instabilitySection],
  stages: [couplings, instability],
  collect: vibrationsOf,
  tables: [
    { table: modeDensityTable, of: ["modes"], least: `modes ${COMPLETE}` },
    { table: modeExponentTable, of: ["modes"], least: `20 modes ${COMPLETE}` },
    {
      table: tailPredictionTable,
      of: ["modes", "couplings", "lte"],
      least: "20 modes below the first plane wave, and 20 bonds with the energies that they make",
    },
    { table: waveTable, of: ["couplings"], least: "one sample" },
    { table: waveExponentTable, of: ["couplings"], least: "3 plane waves along an edge" },
    { table: modeCouplingTable, of: ["couplings"], least: "10 samples" },
    { table: softestTable, of: SOFTEST, least: "one sample" },
    { table: softestExponentTable, of: SOFTEST, least: "10 samples" },
    { table: softestShareTable, of: SOFTEST, least: "10 samples" },
    { table: approachTable, of: ["instability"], least: "one sample with a plastic event" },
    { table: approachExponentTable, of: ["instability"], least: "3 points on the way to an event" },
  ],
  figures: [
    {
      name: "eq4",
      caption:
        "Couplings of vibrations, Eq. 4 of Zylberg *et al.* 2017. (a) *c*_{iii} (filled markers, bands) and *c*_{ijj} (open markers, dashed), (b) *f*_{α}·*Ψ*, against the frequency " +
        "*ω*: root mean squares of plane waves of the first group that has at least three of them (markers), and medians of the lowest modes with their quartiles as bands (of *f*_{α}·*Ψ* their largest on any " +
        "interaction). The lines are *ω*^{3} and *ω*. Masses are those of the model, else 1.",
      draw: (tables, options) => couplingFigure(someOf(tables, "waves", "mode_couplings"), options),
    },
    {
      name: "eq5",
      caption:
        "Soft modes make large local thermal energies, Eq. 5 of Zylberg *et al.* 2017. The largest |*E*_{α}| (in units of *k*_{B}*T*/2) against the frequency of the softest mode: of each sample (discs, at " +
        "most 1,000 a group, the softest), and on the way to plastic events (pale lines, one a sample). The line is *ω*^{−4}. Masses are those of the model, else 1.",
      draw: (tables, options) => softestFigure(someOf(tables, "softest", "approach"), options),
    },
    {
      name: "modes",
      caption:
        "Density of vibrations. (a) *D*(*ω*) per vibration, of all modes (discs) and of localised ones (rings), with 95 % intervals by bootstrap over samples and the line *ω*^{4}. (b) Its " +
        "exponent *β* by maximum likelihood against the frequency *ω*_{c} up to which it is fitted, bands: 95 % intervals. Dashed: the first transverse plane wave, where waves were computed. Masses are those of the model, else 1.",
      draw: (tables, options) =>
        modesFigure(
          [someRowsOf(tables, "mode_density"), someRowsOf(tables, "mode_exponents"), rowsOf(tables, "waves")],
          options,
        ),
    },
  ],
});
