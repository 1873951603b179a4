import {
  type Arena,
  type Linalg,
  NODE_FIELDS,
  NODE_WORDS,
  PLAN_FIELDS,
  PLAN_WORDS,
  type Plan,
} from "../../src/kernels/index.ts";

/** The dense kernels that the supernodal ones are made of. */
export type PlainDense = Pick<Linalg, "gemm" | "panelCholesky" | "invertTransposed">;

type NodeRecord = Record<(typeof NODE_FIELDS)[number], number>;
type Supernodal = Pick<Linalg, "assemble" | "factorRange" | "invertRange" | "solveForward" | "solveBackward">;

/** A plan and the whole memory as f64 and i32. */
interface Context {
  readonly plan: Plan;
  readonly f: Float64Array;
  readonly i: Int32Array;
}

function open(arena: Arena, address: number): Context {
  const i = arena.i32(0, arena.memory.buffer.byteLength / 4);
  const header = PLAN_FIELDS.map((name, k) => [name, i[address / 4 + k] >>> 0]);
  if (header.length !== PLAN_WORDS) throw new Error("plan header out of step");
  return { plan: Object.fromEntries(header), f: arena.f64(0, arena.memory.buffer.byteLength / 8), i };
}

function nodeRecord({ plan, i }: Context, s: number): NodeRecord {
  const at = plan.nodes / 4 + s * NODE_WORDS;
  return Object.fromEntries(NODE_FIELDS.map((name, k) => [name, i[at + k]])) as NodeRecord;
}

/** Scalar factor-order index of each of a panel's rows below the triangle. */
function belowRows({ plan, i }: Context, node: NodeRecord): number[] {
  const d = plan.dimension;
  return Array.from(
    { length: node.below },
    (_, k) => i[plan.rows / 4 + node.rows + Math.floor(k / d)] * d + (k % d),
  );
}

/** Calls back with (row of R, column of R, index of that entry of the ancestors' panels in `f`), row ≥ column. */
function eachAncestorEntry(
  context: Context,
  node: NodeRecord,
  panel: "values" | "inverse",
  visit: (row: number, column: number, at: number) => void,
): void {
  const { plan, i } = context;
  const d = plan.dimension;
  for (let g = node.segmentStart; g < node.segmentEnd; g++) {
    const at = plan.segments / 4 + 4 * g;
    const [from, to, owner, start] = [i[at], i[at + 1], nodeRecord(context, i[at + 2]), i[at + 3]];
    const base = plan[panel] / 8 + (panel === "values" ? owner.panel : owner.inverse);
    const place = (r: number) => i[plan.relative / 4 + start + Math.floor(r / d) - from] + (r % d);
    for (let c = from * d; c < to * d; c++) {
      for (let r = c; r < node.below; r++) visit(r, c, base + place(r) + place(c) * owner.stride);
    }
  }
}

/** Calls back with (index of a block's entry in `f`, index of its place in the node's panel of L or Z). */
function eachBlockEntry(
  { plan, i }: Context,
  node: NodeRecord,
  panel: number,
  visit: (block: number, place: number) => void,
): void {
  const d = plan.dimension;
  for (let a = 0; a < d; a++) {
    for (let b = 0; b < d; b++) {
      for (let k = 0; k < node.columns / d; k++) {
        const particle = i[plan.order / 4 + node.first + k];
        const place = k * d + a + (k * d + b) * node.stride;
        visit(plan.diagonal / 8 + (particle * d + a) * d + b, panel + place);
      }
      for (let q = node.entryStart; q < node.entryEnd; q++) {
        const id = i[plan.entryIds / 4 + q];
        const place = id & 1 ? b + a * node.stride : a + b * node.stride;
        visit(plan.lower / 8 + ((id >> 1) * d + a) * d + b, panel + i[plan.entryOffsets / 4 + q] + place);
      }
    }
  }
}

/** Z of one supernode from G = Z[R,R], Y = L21·L11⁻¹: Z21 = −G·Y; Z11 = L11⁻ᵀ·L11⁻¹ − Yᵀ·Z21. */
function invertNode(context: Context, node: NodeRecord, dense: PlainDense): void {
  const { plan, f } = context;
  const { columns: n, below: m, stride, top } = node;
  dense.invertTransposed(n, plan.values + 8 * node.panel, stride, plan.triangleWork, top, 0);
  const v = plan.triangleWork / 8;
  const l = plan.values / 8 + node.panel;
  const z = plan.inverse / 8 + node.inverse;
  const g = new Float64Array(m * m);
  eachAncestorEntry(context, node, "inverse", (r, c, at) => {
    g[r + c * m] = g[c + r * m] = f[at];
  });
  const y = new Float64Array(m * n);
  for (let r = 0; r < m; r++)
    for (let c = 0; c < n; c++)
      for (let k = c; k < n; k++) y[r + c * m] += f[l + top + r + k * stride] * f[v + c + k * top];
  for (let c = 0; c < n; c++)
    for (let r = 0; r < m; r++) {
      let t = 0;
      for (let k = 0; k < m; k++) t -= g[r + k * m] * y[k + c * m];
      f[z + top + r + c * stride] = t;
    }
  for (let c = 0; c < n; c++)
    for (let r = 0; r < n; r++) {
      let t = 0;
      for (let k = 0; k < n; k++) t += f[v + r + k * top] * f[v + c + k * top];
      for (let k = 0; k < m; k++) t -= y[k + r * m] * f[z + top + k + c * stride];
      f[z + r + c * stride] = t;
    }
}

/** The supernodal loops in plain TypeScript, on the same plan in the same memory. */
export function plainSupernodal(arena: Arena, dense: PlainDense): Supernodal {
  return {
    assemble(address, from, to) {
      const context = open(arena, address);
      const { plan, f } = context;
      for (let s = from; s < to; s++) {
        const node = nodeRecord(context, s);
        const panel = plan.values / 8 + node.panel;
        f.fill(0, panel, panel + node.stride * node.columns);
        eachBlockEntry(context, node, panel, (block, place) => {
          f[place] = f[block];
        });
      }
    },
    factorRange(address, from, to) {
      const context = open(arena, address);
      const { plan, f } = context;
      for (let s = from; s < to; s++) {
        const node = nodeRecord(context, s);
        const scalar = node.first * plan.dimension;
        const panel = plan.values + 8 * node.panel;
        const failed = dense.panelCholesky(
          node.stride,
          node.columns,
          panel,
          plan.floors + 8 * scalar,
          0,
          0,
          0,
        );
        if (failed >= 0) return scalar + failed;
        const l21 = panel / 8 + node.top;
        eachAncestorEntry(context, node, "values", (r, c, at) => {
          for (let k = 0; k < node.columns; k++)
            f[at] -= f[l21 + r + k * node.stride] * f[l21 + c + k * node.stride];
        });
      }
      return -1;
    },
    invertRange(address, from, to) {
      const context = open(arena, address);
      const { plan, f } = context;
      for (let s = to - 1; s >= from; s--) {
        const node = nodeRecord(context, s);
        invertNode(context, node, dense);
        eachBlockEntry(context, node, plan.inverse / 8 + node.inverse, (block, place) => {
          f[block] = f[place];
        });
      }
    },
    solveForward(address, from, to, x, stride, count) {
      const context = open(arena, address);
      for (let s = from; s < to; s++)
        for (let r = 0; r < count; r++) forward(context, nodeRecord(context, s), x / 8 + r * stride);
    },
    solveBackward(address, from, to, x, stride, count) {
      const context = open(arena, address);
      for (let s = to - 1; s >= from; s--)
        for (let r = 0; r < count; r++) backward(context, nodeRecord(context, s), x / 8 + r * stride);
    },
  };
}

function forward(context: Context, node: NodeRecord, x: number): void {
  const { plan, f } = context;
  const own = x + node.first * plan.dimension;
  const rows = belowRows(context, node);
  for (let j = 0; j < node.columns; j++) {
    const column = plan.values / 8 + node.panel + j * node.stride;
    f[own + j] /= f[column + j];
    for (let i = j + 1; i < node.columns; i++) f[own + i] -= f[column + i] * f[own + j];
    for (const [i, row] of rows.entries()) f[x + row] -= f[column + node.top + i] * f[own + j];
  }
}

function backward(context: Context, node: NodeRecord, x: number): void {
  const { plan, f } = context;
  const own = x + node.first * plan.dimension;
  const rows = belowRows(context, node);
  for (let j = node.columns - 1; j >= 0; j--) {
    const column = plan.values / 8 + node.panel + j * node.stride;
    for (let i = j + 1; i < node.columns; i++) f[own + j] -= f[column + i] * f[own + i];
    for (const [i, row] of rows.entries()) f[own + j] -= f[column + node.top + i] * f[x + row];
    f[own + j] /= f[column + j];
  }
}
