import {
  type Drive,
  ForceField,
  findInteractions,
  gradient,
  initialConfiguration,
  MolecularDynamics,
  preset,
} from "softfield";
import { useTeam } from "softfield/internal";
import { afterAll, expect, test } from "vitest";
import { WorkerTeam } from "./team.ts";

const model = preset("2dipl");
const start = initialConfiguration(model, 51_000, 3);
const teams: WorkerTeam[] = [];
afterAll(() => Promise.all(teams.map((team) => team.end())));

/** A field whose forces so many threads share, after a few steps in which its list is built anew. */
function moved(threads: number, steps = 30, drive?: Drive): ForceField {
  const team = threads > 1 ? new WorkerTeam(threads) : undefined;
  if (team) teams.push(team);
  useTeam(team);
  try {
    const field = ForceField.create(start, model);
    const dynamics = new MolecularDynamics(field, { dt: 0.004, seed: 1 });
    dynamics.drawVelocities(1);
    dynamics.run({ steps, thermostat: { kind: "none" }, stretch: { done: 0, total: steps }, drive });
    if (!drive) expect(field.rebuilds).toBeGreaterThan(2);
    field.evaluate();
    return field;
  } finally {
    useTeam();
  }
}

test("a large sample moves to the same bits on 1, 2 and 4 threads", () => {
  const alone = moved(1);
  for (const threads of [2, 4]) {
    const shared = moved(threads);
    expect(shared.positions()).toEqual(alone.positions());
    expect(shared.energy).toBe(alone.energy);
    expect(shared.stress()).toEqual(alone.stress());
    expect(shared.gradient()).toEqual(alone.gradient());
  }
}, 120_000);

test("driven, too", () => {
  const [alone, shared] = [1, 2].map((threads) => moved(threads, 20, { plane: "xy", rate: 0.1 }));
  expect(alone.box.vectors[2]).toBeGreaterThan(0);
  expect(shared.box).toEqual(alone.box);
  expect(shared.positions()).toEqual(alone.positions());
  expect(shared.energy).toBe(alone.energy);
  expect(shared.stress()).toEqual(alone.stress());
}, 120_000);

test("its forces are those of all its interactions", () => {
  const field = moved(2);
  const exact = gradient(findInteractions(field.system(), model));
  const scale = exact.reduce((most, g) => Math.max(most, Math.abs(g)), 0);
  const own = field.gradient();
  expect(own.every((g, k) => Math.abs(g - exact[k]) < 1e-12 * scale)).toBe(true);
  const listed = field.interactions().families[0];
  expect(listed.count).toBe(findInteractions(field.system(), model).families[0].count);
}, 120_000);

test("a thread that dies ends the work in words, and is not missed before it takes a task", () => {
  const post = (_: number, told: unknown) => {
    // takes a task and does nothing
    const { board } = told as { board: Int32Array };
    Atomics.add(board, 1, 1);
  };
  useTeam({ size: 2, patience: 300, post });
  try {
    expect(() => ForceField.create(start, model).evaluate()).toThrow(
      /a thread that shared the work has died or hangs/,
    );
    useTeam({ size: 2, patience: 300, post: () => undefined });
    const field = ForceField.create(start, model);
    field.evaluate();
    expect(field.energy).toBeGreaterThan(0);
  } finally {
    useTeam();
  }
}, 60_000);
