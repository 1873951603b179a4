import type { CholeskySymbolic } from "../../src/sparse/index.ts";

/**
 * What is wrong with a symbolic analysis: an empty list if every invariant that the kernels rely on holds.
 *
 * Cost O(nnz(L)/d²); for tests and for data that come from elsewhere.
 */
export function validateSymbolic(symbolic: CholeskySymbolic): string[] {
  return [...checkOrder(symbolic), ...checkForest(symbolic), ...checkRows(symbolic), ...checkCover(symbolic)];
}

function checkOrder({ order, position, pattern }: CholeskySymbolic): string[] {
  const problems: string[] = [];
  if (order.length !== pattern.size) problems.push(`order has ${order.length} of ${pattern.size} particles`);
  for (let k = 0; k < order.length; k++) {
    if (position[order[k]] !== k) problems.push(`position[order[${k}]] is ${position[order[k]]}`);
  }
  return problems;
}

/** Supernodes tile the columns, and their numbering is a postorder: every subtree is a range ending at its root. */
function checkForest({ count, firsts, parents, owner, pattern }: CholeskySymbolic): string[] {
  const problems: string[] = [];
  if (firsts[0] !== 0 || firsts[count] !== pattern.size) problems.push("supernodes do not cover all columns");
  const lowest = Int32Array.from({ length: count }, (_, s) => s);
  for (let s = 0; s < count; s++) {
    if (firsts[s + 1] <= firsts[s]) problems.push(`supernode ${s} is empty`);
    for (let j = firsts[s]; j < firsts[s + 1]; j++) {
      if (owner[j] !== s) problems.push(`column ${j} of supernode ${s} is owned by ${owner[j]}`);
    }
    const t = parents[s];
    if (t !== -1 && t <= s) problems.push(`supernode ${s} has the parent ${t}`);
    else if (t !== -1) lowest[t] = Math.min(lowest[t], lowest[s]);
  }
  for (let s = 0; s < count; s++) {
    for (let c = lowest[s]; c < s; c++) {
      if (parents[c] > s || parents[c] === -1) problems.push(`supernode ${c} breaks the subtree of ${s}`);
    }
  }
  return problems;
}

/** Rows ascend, lie below the triangle, and but for the parent's columns are among the parent's rows; roots have none. */
function checkRows({ count, firsts, parents, owner, rowStarts, rows }: CholeskySymbolic): string[] {
  const problems: string[] = [];
  for (let s = 0; s < count; s++) {
    const own = rows.subarray(rowStarts[s], rowStarts[s + 1]);
    const t = parents[s];
    if ((t === -1) !== (own.length === 0))
      problems.push(`supernode ${s} has ${own.length} rows, parent ${t}`);
    const allowed = new Set(t === -1 ? [] : rows.subarray(rowStarts[t], rowStarts[t + 1]));
    own.forEach((row, k) => {
      if (row < firsts[s + 1] || (k > 0 && row <= own[k - 1])) problems.push(`row ${k} of supernode ${s}`);
      if (owner[row] !== t && !allowed.has(row)) problems.push(`row ${row} of ${s} is missing in ${t}`);
    });
  }
  return problems;
}

/** Every entry of the pattern has a place in L, and joins particles of one component. */
function checkCover(symbolic: CholeskySymbolic): string[] {
  const { pattern, position, component, owner, firsts, rowStarts, rows } = symbolic;
  const problems: string[] = [];
  for (let k = 0; k < pattern.size; k++) {
    for (let p = pattern.columnStarts[k]; p < pattern.columnStarts[k + 1]; p++) {
      const i = pattern.rows[p];
      if (component[i] !== component[k]) problems.push(`entry ${p} joins two components`);
      const column = Math.min(position[i], position[k]);
      const row = Math.max(position[i], position[k]);
      const s = owner[column];
      if (row < firsts[s + 1]) continue;
      if (!rows.subarray(rowStarts[s], rowStarts[s + 1]).includes(row))
        problems.push(`entry ${p} has no place in supernode ${s}`);
    }
  }
  return problems;
}
