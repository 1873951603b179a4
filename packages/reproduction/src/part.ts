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
        "Eq. 4: c_iii (filled, bands) and c_ijj (open, dashed), left, and f·Ψ, right, against ω: root mean squares of plane " +
        "waves, medians with quartiles of the lowest modes (of f·Ψ their largest on any bond)",
      draw: (tables, { style }) => couplingFigure(someOf(tables, "waves", "mode_couplings"), style),
    },
    {
      name: "eq5",
      caption:
        "Eq. 5: largest |E| of each sample against the frequency of its softest mode, and on the way to plastic events",
      draw: (tables, { style }) => softestFigure(someOf(tables, "softest", "approach"), style),
    },
    {
      name: "modes",
      caption:
        "Density of vibrations D(ω) (left), and its exponent against the frequency up to which it is fitted (right)",
      draw: (tables, { style }) =>
        modesFigure(
          [someRowsOf(tables, "mode_density"), someRowsOf(tables, "mode_exponents"), rowsOf(tables, "waves")],
          style,
        ),
    },
  ],
});
