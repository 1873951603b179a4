import { grouped } from "@softfield/node";
import type { Campaign } from "../plan/campaign.ts";
import type { ReportTable } from "./tables.ts";

type Section = "lte" | "modes" | "spots" | "shear" | "couplings" | "instability";

/** What a table is made from, and how much of it has to be there for a row. */
interface Need {
  readonly of: readonly Section[];
  readonly least: string;
}

const ANY = "one sample";
const SCORED: Need = { of: ["spots", "shear"], least: "one sample with a plastic event and soft spots" };
const BASELINE: Need = { of: ["spots", "shear", "modes"], least: "events scored by both indicators" };

/** By table; the limits are those of the statistics. */
const NEEDS: Readonly<Record<string, Need>> = {
  lte_density: { of: ["lte"], least: ANY },
  lte_tail: { of: ["lte"], least: "20 bonds in the tail" },
  tail_stability: { of: ["lte"], least: "10 samples with bonds in the tail" },
  maxima: { of: ["lte"], least: ANY },
  maxima_tail: { of: ["lte"], least: "40 samples" },
  force_density: { of: ["lte"], least: ANY },
  prediction: SCORED,
  prediction_ratio: BASELINE,
  fractions: SCORED,
  prediction_chance: SCORED,
  prediction_gain: SCORED,
  prediction_area: SCORED,
  mean_area: SCORED,
  distances: SCORED,
  correlation: SCORED,
  spot_counts: { of: ["spots"], least: ANY },
  event_strains: { of: ["shear"], least: "one sample with a plastic event" },
  mode_density: { of: ["modes"], least: "modes below the frequency where those of all samples are complete" },
  mode_exponents: {
    of: ["modes"],
    least: "20 modes below the frequency where those of all samples are complete",
  },
  tail_prediction: {
    of: ["modes", "couplings", "lte"],
    least: "20 modes below the first plane wave, and 20 bonds with the energies that they make",
  },
  waves: { of: ["couplings"], least: ANY },
  wave_exponents: { of: ["couplings"], least: "3 plane waves along an edge" },
  mode_couplings: { of: ["couplings"], least: "10 samples" },
  softest: { of: ["couplings", "lte"], least: ANY },
  softest_exponents: { of: ["couplings", "lte"], least: "10 samples" },
  softest_share: { of: ["couplings", "lte"], least: "10 samples" },
  approach: { of: ["instability"], least: "one sample with a plastic event" },
  approach_exponents: { of: ["instability"], least: "3 points on the way to an event" },
};

/** The tables that have no rows, by why. */
export function absentTables(campaign: Campaign, tables: readonly ReportTable[]): Record<string, string[]> {
  const empty = tables.filter(({ rows }) => rows.length === 0).map(({ name }) => name);
  return Object.fromEntries(grouped(empty, (name) => reasonOf(campaign, name)));
}

function reasonOf({ ensembles }: Campaign, table: string): string {
  const need = NEEDS[table];
  if (need === undefined) return "there are no samples yet";
  const absent = need.of.filter((section) =>
    ensembles.every(({ compute }) => compute[section] === undefined),
  );
  if (absent.length > 0) {
    return `add ${absent.map((section) => `"${section}"`).join(" and ")} to what the campaign computes`;
  }
  return `too few results yet: at least ${need.least}`;
}
