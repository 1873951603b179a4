import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { decodeCheckpoint, encodeCheckpoint } from "softfield";
import { afterAll, expect, test } from "vitest";
import { readReference } from "../../core/test/reference.ts";
import { type FlowPlan, followFlow } from "../src/deform/flow.ts";
import { SOFTFIELD, softfield } from "./campaign-support.ts";

const glass = fileURLToPath(new URL("../../../examples/reference/2dipl_400.extxyz", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "softfield-deform-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const flow = [
  "--rate",
  "1e-3",
  "--temperature",
  "0.05",
  "--max-strain",
  "0.03",
  "--every",
  "0.005",
  "--inherent",
];
const run = (...args: string[]) => softfield(SOFTFIELD, ["deform", glass, "-m", "2dipl", ...flow, ...args]);

test("a path with its inherent structures, the last configuration and a figure", () => {
  const [table, last, figure] = ["path.tsv", "last.extxyz", "path.svg"].map((name) => join(scratch, name));
  const { status, stdout, stderr } = run("-o", table, "-o", last, "--figure", figure);
  expect([status, stderr.includes("error")]).toEqual([0, false]);
  expect(stdout).toContain("γ̇ = 0.001 in xy at T = 0.05, to γ = 0.03000");
  const [header, ...rows] = readFileSync(table, "utf8").trim().split("\n");
  expect(header.split("\t").slice(0, 3)).toEqual(["strain", "stress", "pressure"]);
  expect(rows).toHaveLength(7);
  const strains = rows.map((row) => Number(row.split("\t")[0]));
  strains.forEach((strain, k) => {
    expect(strain).toBeCloseTo(0.005 * k, 10);
  });
  expect(readFileSync(last, "utf8")).toContain("strain=0.03");
  expect(readFileSync(figure, "utf8")).toContain("inherent structures");
});

test("at a high rate too it ends at the strain that was asked for", async () => {
  const { system, model } = readReference("2dipl_400");
  // a stride of dynamics is 0.005 of strain: longer than what was asked for between two points
  const plan: FlowPlan = {
    ...{ rate: 1e-2, temperature: 0.05, seed: 2, plane: "xy", dt: 0.005, relaxation: 0.1 },
    ...{ maxStrain: 0.02, every: 0.002, inherent: false },
  };
  const keep = async () => undefined;
  const { points } = await followFlow(system, model, plan, { signal: new AbortController().signal, keep });
  expect(points.at(-1)!.strain).toBeCloseTo(0.02, 10);
});

test("points lie at multiples of what was asked for, between one stride and two as well; the time step is no longer than asked for", () => {
  const table = join(scratch, "between.tsv");
  const summary = join(scratch, "between.json");
  // 1.4 strides of 100 steps
  const args = ["--rate", "0.02", "--every", "0.014", "--max-strain", "0.056", "-o", table, "-o", summary];
  expect(run(...args).status).toBe(0);
  const [, ...rows] = readFileSync(table, "utf8").trim().split("\n");
  expect(rows.map((row) => Number(Number(row.split("\t")[0]).toFixed(9)))).toEqual([
    0, 0.014, 0.028, 0.042, 0.056,
  ]);
  const { flow } = JSON.parse(readFileSync(summary, "utf8")) as { flow: FlowPlan };
  expect(flow.dt).toBeCloseTo(0.0035, 12);
});

test("points are as far apart as was asked for at a high rate; the time step is shorter; no error of few points", () => {
  const table = join(scratch, "fast.tsv");
  const args = ["--rate", "0.05", "--every", "0.002", "--max-strain", "0.008", "-o", table];
  const { status, stdout } = run(...args);
  expect(status).toBe(0);
  expect(stdout).toContain("over the second half; too few points for its error");
  const [, ...rows] = readFileSync(table, "utf8").trim().split("\n");
  expect(rows.map((row) => Number(Number(row.split("\t")[0]).toFixed(9)))).toEqual([
    0, 0.002, 0.004, 0.006, 0.008,
  ]);
  const whole = run("--rate", "0.05", "--every", "1", "--max-strain", "0.01");
  expect(whole.stdout).toContain("to γ = 0.01000");
});

const { system, model } = readReference("2dipl_400");
/** A flow that is looked at every so much strain. */
const planOf = (every: number): FlowPlan => ({
  ...{ rate: 5e-3, temperature: 0.05, seed: 2, plane: "xy", dt: 0.005, relaxation: 0.1 },
  ...{ maxStrain: 0.02, every, inherent: true },
});
const follow = (plan: FlowPlan, checkpoint?: Uint8Array, of = system) =>
  followFlow(of, model, plan, {
    ...{ signal: new AbortController().signal, keep: async () => undefined, checkpoint },
  });

/** What a run leaves that is stopped at one of its points, or at once. */
async function checkpointOf(plan: FlowPlan, at?: number) {
  const stop = new AbortController();
  const saved: Uint8Array[] = [];
  const stopped = followFlow(system, model, plan, {
    signal: stop.signal,
    onProgress: ({ done }) => {
      if (done === at) stop.abort();
    },
    keep: async (bytes) => {
      saved.push(bytes);
    },
  });
  if (at === undefined) {
    // it lets others have a word between two strides
    await new Promise((resolve) => setImmediate(resolve));
    stop.abort();
  }
  await expect(stopped).rejects.toThrow("--resume goes on");
  return saved[0];
}

test.each([
  { when: "between two points, within a stride", every: 0.01, points: 1, steps: [100, 200] },
  { when: "at a point", every: 0.005, at: 2, points: 3, steps: [400] },
])("interrupted $when it goes on to the same bits", async ({ every, at, points, steps }) => {
  const plan = planOf(every);
  const whole = await follow(plan);
  const checkpoint = await checkpointOf(plan, at);
  const { header } = decodeCheckpoint(checkpoint);
  expect(header.points).toHaveLength(points);
  expect(steps).toContain(header.step);
  const resumed = await follow(plan, checkpoint);
  expect(resumed.points).toEqual(whole.points);
  expect(resumed.system).toEqual(whole.system);
  expect(resumed.structures.slice(1)).toEqual(whole.structures.slice(1));
});

test("a checkpoint is of one run, whatever the order of its options, and of no other", async () => {
  const plan = planOf(0.005);
  // as the command reads it
  writeFileSync(join(scratch, "flow.checkpoint"), await checkpointOf(plan, 2));
  const checkpoint = readFileSync(join(scratch, "flow.checkpoint"));
  const whole = await follow(plan, checkpoint);
  const { inherent, every, maxStrain, ...rest } = plan;
  const again = await follow({ inherent, maxStrain, every, ...rest }, checkpoint);
  expect(again.points).toEqual(whole.points);
  // of a version that made other steps and kept no integral
  const { header, arrays } = decodeCheckpoint(checkpoint);
  const { format: _, ...of } = JSON.parse(header.identity as string) as object & { format: number };
  const older = encodeCheckpoint({ header: { ...header, identity: JSON.stringify(of) }, arrays });
  await expect(follow(plan, older)).rejects.toThrow("the checkpoint is of another run");
  await expect(follow({ ...plan, seed: 3 }, checkpoint)).rejects.toThrow("the checkpoint is of another run");
  // a run of another glass goes on from its own
  const moved = { ...system, positions: system.positions.map((x, k) => (k === 7 ? x + 1e-12 : x)) };
  await expect(follow(plan, checkpoint, moved)).rejects.toThrow("its configuration, model or options");
});

test.each([
  [["--rate", "0"], "rate must be a number other than 0"],
  [["--temperature", "300K"], "does not say its units"],
  [["--every", "-1"], "--every must be positive"],
  [
    ["--rate", "100", "--dt", "0.005", "--every", "1", "--max-strain", "1"],
    "dt 0.0001 is too long for the rate 100: give at most 0.00005",
  ],
  [["--plane", "xz"], "plane must be xy in two dimensions"],
])("%s is refused", (args, message) => {
  const { status, stderr } = run("-o", join(scratch, "refused.tsv"), ...args);
  expect(status).toBe(2);
  expect(stderr).toContain(message);
  expect(existsSync(join(scratch, "refused.tsv"))).toBe(false);
});

test("two particles in one place are named, with the file, whatever the time step", () => {
  const lines = readFileSync(glass, "utf8").split("\n");
  lines[11] = lines[10];
  const twice = join(scratch, "twice.extxyz");
  writeFileSync(twice, lines.join("\n"));
  const { status, stderr } = softfield(SOFTFIELD, ["deform", twice, "-m", "2dipl", ...flow]);
  expect([status, stderr]).toEqual([1, expect.stringMatching(/twice\.extxyz:12: particles 8 and 9 overlap/)]);
});
