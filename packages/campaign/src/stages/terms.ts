import type { FamilyKind, TermEnergies, TermFamily } from "softfield";
import { FAMILY_KINDS, LTE_THRESHOLD } from "softfield/internal";
import type { TableSchema } from "../store/index.ts";

/*
 * The table of a family's local thermal energies, named as the family: who takes part in each term, E, H and the
 * measures that tell terms of the same particles apart. A campaign has those of the families that its models have.
 */

/** The table of every kind of terms. */
export const termTables: readonly TableSchema[] = FAMILY_KINDS.map(termTable);

export function termTable({ name, roles, measures, energies }: FamilyKind): TableSchema {
  return {
    name,
    columns: {
      ...Object.fromEntries(
        roles.map((role) => [role.name, { type: "INT32" as const, description: role.description }]),
      ),
      lte: { type: "DOUBLE", description: energies.lte },
      harmonic: { type: "DOUBLE", description: "its first term; the anharmonic one is lte − harmonic" },
      ...Object.fromEntries(
        measures.map(({ name: key, ...rest }) => [key, { type: "DOUBLE" as const, ...rest }]),
      ),
    },
  };
}

/** Rows of a `termTable`: all terms, or those with |lte| from the threshold of SI D on. */
export function termColumns(
  family: TermFamily,
  { kind, sites, lte, harmonic }: TermEnergies,
  all: boolean,
): Record<string, Int32Array | Float64Array> {
  const keep = (_: unknown, t: number) => all || Math.abs(lte[t]) >= LTE_THRESHOLD;
  const measures = Object.entries(family.measures());
  return {
    ...Object.fromEntries(kind.roles.map(({ name }, k) => [name, sites.members[k].filter(keep)])),
    lte: lte.filter(keep),
    harmonic: harmonic.filter(keep),
    ...Object.fromEntries(measures.map(([name, values]) => [name, values.filter(keep)])),
  };
}

/** The columns of a `termTable` that say which term a row is. */
export function identifiers({ roles, measures }: FamilyKind): string[] {
  return [...roles, ...measures].map(({ name }) => name);
}

/**
 * The stored energies on the terms of the glass, t: images of one term are told apart by their measures. Terms that are
 * not stored (stiff ones, those of rattlers) have 0 and are never kept.
 */
export function placedOnTerms(
  family: Pick<TermFamily, "kind" | "count" | "measures" | "sites">,
  stored: Readonly<Record<string, Float64Array>>,
): Float64Array {
  const lte = new Float64Array(family.count);
  const { members } = family.sites();
  const measures = family.measures();
  const named = new Map<string, number[]>();
  for (let t = 0; t < family.count; t++) {
    const key = members.map((list) => list[t]).join(" ");
    const alike = named.get(key);
    if (alike) alike.push(t);
    else named.set(key, [t]);
  }
  stored.lte.forEach((energy, row) => {
    const alike = named.get(family.kind.roles.map(({ name }) => stored[name][row]).join(" ")) ?? [];
    const off = (t: number) =>
      Object.entries(measures).reduce((sum, [name, of]) => sum + Math.abs(of[t] - stored[name][row]), 0);
    if (alike.length > 0) lte[alike.reduce((best, t) => (off(t) < off(best) ? t : best))] = energy;
  });
  return lte;
}
