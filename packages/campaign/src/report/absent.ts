import { grouped } from "@softfield/node";
import type { Campaign } from "../plan/campaign.ts";
import type { Registry } from "../registry.ts";
import type { TableEntry } from "./entries.ts";
import type { ReportTable } from "./tables.ts";

/** What most tables need at least. */
export const ANY = "one sample";

/** The tables that have no rows, by why. */
export function absentTables(
  campaign: Campaign,
  { tables: entries }: Pick<Registry, "tables">,
  tables: readonly ReportTable[],
): Record<string, string[]> {
  const empty = entries.flatMap((entry, k) => (tables[k].rows.length === 0 ? [{ entry, ...tables[k] }] : []));
  const groups = grouped(empty, ({ entry }) => reasonOf(campaign, entry));
  return Object.fromEntries([...groups].map(([why, found]) => [why, found.map(({ name }) => name)]));
}

function reasonOf({ ensembles }: Campaign, { of, least }: TableEntry): string {
  if (of.length === 0)
    return least === ANY ? "there are no samples yet" : `too few results yet: at least ${least}`;
  const absent = of.filter((section) => ensembles.every(({ compute }) => compute[section] === undefined));
  if (absent.length > 0) {
    return `add ${absent.map((section) => `"${section}"`).join(" and ")} to what the campaign computes`;
  }
  return `too few results yet: at least ${least}`;
}
