/** A forest of supernodes: groups of columns with the same rows below. Numbering is a postorder. */
export interface SupernodeForest {
  readonly count: number;
  /** first particle of each in the new order; count+1 */
  readonly firsts: Int32Array;
  /** particles below the triangle of each */
  readonly below: Int32Array;
  /** −1 for roots */
  readonly parents: Int32Array;
}

/** Columns j−1 and j join where j is the parent and its column has one entry less. */
export function fundamentalSupernodes(parent: Int32Array, counts: Int32Array): SupernodeForest {
  const size = parent.length;
  const owner = new Int32Array(size);
  const firsts: number[] = [];
  for (let j = 0; j < size; j++) {
    if (j === 0 || parent[j - 1] !== j || counts[j - 1] !== counts[j] + 1) firsts.push(j);
    owner[j] = firsts.length - 1;
  }
  const count = firsts.length;
  firsts.push(size);
  const below = new Int32Array(count);
  const parents = new Int32Array(count);
  for (let s = 0; s < count; s++) {
    const last = firsts[s + 1] - 1;
    below[s] = counts[last] - 1;
    parents[s] = parent[last] === -1 ? -1 : owner[parent[last]];
  }
  return { count, firsts: Int32Array.from(firsts), below, parents };
}

/** How much padding a merge may bring: share of explicit zeros by columns (particles) of the merged supernode. */
export interface Amalgamation {
  /** ascending; the last applies to everything larger */
  readonly columns: readonly number[];
  readonly zeros: readonly number[];
}

export const AMALGAMATION: Amalgamation = { columns: [4, 8, 16, 32], zeros: [0.7, 0.35, 0.2, 0.1, 0.05] };

function allowedZeros({ columns, zeros }: Amalgamation, width: number): number {
  let k = 0;
  while (k < columns.length && width > columns[k]) k++;
  return zeros[k];
}

/**
 * Merges small supernodes into their parents where few zeros result, and renumbers.
 *
 * Any child may join: its columns come right before the parent's. Returns the new forest and the column order
 * (new → old position) that makes merged columns contiguous; it is again a postorder.
 */
export function amalgamate(
  forest: SupernodeForest,
  rule: Amalgamation,
): { forest: SupernodeForest; order: Int32Array } {
  const { count, firsts, below, parents } = forest;
  const into = Int32Array.from({ length: count }, (_, s) => s);
  const width = Int32Array.from({ length: count }, (_, s) => firsts[s + 1] - firsts[s]);
  const zeros = new Float64Array(count);
  for (let s = 0; s < count; s++) {
    const t = parents[s];
    if (t === -1) continue;
    const c = width[s] + width[t];
    const m = below[t];
    const extra = width[s] * (width[t] + m - below[s]);
    const all = zeros[s] + zeros[t] + extra;
    if (all > allowedZeros(rule, c) * ((c * (c + 1)) / 2 + c * m)) continue;
    into[s] = t;
    width[t] = c;
    zeros[t] = all;
  }
  for (let s = count - 1; s >= 0; s--) into[s] = into[into[s]];
  return renumber(forest, into, width);
}

/** The forest of the groups that `into` (member → group root) makes. */
function renumber(
  { count, firsts, below, parents }: SupernodeForest,
  into: Int32Array,
  width: Int32Array,
): { forest: SupernodeForest; order: Int32Array } {
  const label = new Int32Array(count).fill(-1);
  let groups = 0;
  for (let s = 0; s < count; s++) if (into[s] === s) label[s] = groups++;
  const newFirsts = new Int32Array(groups + 1);
  const newBelow = new Int32Array(groups);
  const newParents = new Int32Array(groups);
  for (let s = 0; s < count; s++) {
    const g = label[s];
    if (g === -1) continue;
    newFirsts[g + 1] = newFirsts[g] + width[s];
    newBelow[g] = below[s];
    newParents[g] = parents[s] === -1 ? -1 : label[into[parents[s]]];
  }
  const order = new Int32Array(newFirsts[groups]);
  const fill = newFirsts.slice();
  for (let s = 0; s < count; s++) {
    const g = label[into[s]];
    for (let j = firsts[s]; j < firsts[s + 1]; j++) order[fill[g]++] = j;
  }
  return { forest: { count: groups, firsts: newFirsts, below: newBelow, parents: newParents }, order };
}
