import { serveTeam, type Team, useTeam } from "softfield/internal";
import {
  analyze,
  createWorkspace,
  factorize,
  selectedInverse,
  solve,
  type WorkspaceLayout,
} from "softfield/sparse";
import { afterAll, expect, test } from "vitest";
import { complete } from "../../core/test/ring.ts";
import { cutFine, glass } from "../../core/test/sparse-fixtures.ts";
import { WorkerTeam } from "./team.ts";

const teams: WorkerTeam[] = [];

/** All that comes of a factor. */
function outcome(which: number, threads: number, layout: WorkspaceLayout) {
  const { matrix, symbolic } = CASES[which];
  const team = new WorkerTeam(threads);
  teams.push(team);
  useTeam(team);
  const workspace = createWorkspace(symbolic, { layout: { threads, ...layout }, signed: which === 1 });
  const result = factorize(symbolic, matrix, { pins: [0], workspace });
  if (result.status !== "ok") throw new Error("indefinite");
  const { lower, diagonal } = selectedInverse(result.factor);
  const b = Float64Array.from({ length: 4 * matrix.dimension * matrix.size }, (_, k) => Math.cos(k));
  useTeam();
  return { lower, diagonal, x: solve(result.factor, b, { count: 4 }) };
}

const glass3 = glass(700, 3, 20, 2);
const large = complete(150, 3);
const CASES = [
  { matrix: glass3.matrix, symbolic: analyze(glass3.matrix, glass3.coordinates) },
  {
    matrix: large,
    symbolic: cutFine(
      analyze(large, { dimension: 2, fractional: new Float64Array(300) }, { blockSize: 4 }),
      32,
    ),
  },
];

afterAll(() => Promise.all(teams.map((team) => team.end())));

test.each([0, 1])(
  "factor, inverse and solutions have the same bits on 1, 2 and 4 threads, case %d",
  (which) => {
    const alone = outcome(which, 1, { parts: 1 });
    for (const threads of [2, 4]) {
      expect(outcome(which, threads, { parts: 4 * threads })).toEqual(alone);
      expect(outcome(which, threads, { parts: 9, bankBytes: 1e6 })).toEqual(alone);
    }
  },
);

test("large patterns are ordered alike on 1, 2, 3 and 4 threads", () => {
  const edge = 150;
  const size = edge * edge;
  const columnStarts = new Int32Array(size + 1);
  const rows: number[] = [];
  for (let k = 0; k < size; k++) {
    if ((k + 1) % edge !== 0) rows.push(k + 1);
    // diagonals here and there, so that no cut is like another
    for (const other of k % 7 === 0 ? [k + edge, k + edge + 1] : [k + edge])
      if (other < size) rows.push(other);
    columnStarts[k + 1] = rows.length;
  }
  const pattern = { size, dimension: 2 as const, columnStarts, rows: Int32Array.from(rows) };
  const fractional = Float64Array.from({ length: 2 * size }, (_, k) =>
    k % 2 === 0 ? ((k >> 1) % edge) / edge : Math.floor((k >> 1) / edge) / edge,
  );
  const ordered = () => analyze(pattern, { dimension: 2, fractional });
  const alone = ordered();
  for (const threads of [2, 3, 4]) {
    const team = new WorkerTeam(threads);
    teams.push(team);
    useTeam(team);
    const shared = ordered();
    useTeam();
    expect(shared).toEqual(alone);
  }
});

/** A team of two whose other member is as it is told; how a factorisation with it ends. */
function withMember(post: (task: Told) => void): () => string {
  const { matrix, symbolic } = CASES[0];
  const workspace = createWorkspace(symbolic, { layout: { threads: 2, parts: 8 } });
  const team: Team = { size: 2, patience: 300, post: (_, task) => post(task as Told) };
  return () => {
    useTeam(team);
    try {
      return factorize(symbolic, matrix, { pins: [0], workspace }).status;
    } finally {
      useTeam();
    }
  };
}

interface Told {
  readonly board: Int32Array;
}

test("a member that is gone is not missed", () => {
  expect(withMember(() => undefined)()).toBe("ok");
});

test("a member that dies over a task: an error that says so", () => {
  const takesTask = withMember(({ board }) => Atomics.add(board, 1, 1));
  expect(takesTask).toThrow(expect.objectContaining({ code: "resource" }));
  expect(takesTask).toThrow(/died or hangs.*'--threads 1'/);
});

test("a member that fails: an error that says why", () => {
  const fails = withMember((task) =>
    serveTeam((hear) => {
      hear({ ...task, work: undefined });
    }),
  );
  expect(fails).toThrow(/shared the work failed \(.*undefined.*\).*'--threads 1'/);
});
