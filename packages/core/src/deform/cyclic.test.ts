import { describe, expect, test } from "vitest";
import { readReference } from "../../test/reference.ts";
import { volume } from "../space/index.ts";
import { cyclicShear } from "./cyclic.ts";

describe("a cyclic load", () => {
  const glass = readReference("2dipl_400");

  test.each(["simple", "tension"])("without events leads back to the same minimum: %s", (kind) => {
    const { cycles, events, path, status } = cyclicShear(glass.system, glass.model, {
      ...{ kind, amplitude: 0.006, cycles: 2 },
    });
    expect(status).toBe("complete");
    expect(events).toHaveLength(0);
    for (const { moved, period, turns, energy } of cycles) {
      expect(moved).toBeLessThan(1e-10);
      expect(period).toBe(1);
      expect(energy).toBeCloseTo(path[0].energy, 8);
      [0.006, -0.006, 0].forEach((goal, k) => {
        expect(turns[k]).toBeCloseTo(goal, 12);
      });
    }
    expect(path.at(-1)!.gone).toBeCloseTo(8 * 0.006, 7);
  });

  test("what a loop dissipates are the drops of its events: V∮σ dγ", () => {
    const { path, cycles, events } = cyclicShear(glass.system, glass.model, { amplitude: 0.03, step: 2e-4 });
    expect(events.length).toBeGreaterThan(1);
    expect(new Set(events.map(({ heading }) => heading))).toEqual(new Set([1, -1]));
    let work = 0;
    for (let k = 1; k < path.length; k++) {
      const [a, b] = [path[k - 1], path[k]];
      // over an event the point after it is elastic again: its drop is added below
      if (a.events !== b.events) continue;
      work += 0.5 * (a.stress + b.stress) * (b.strain - a.strain);
    }
    const v = volume(glass.system.box);
    const across = events.reduce((sum, event) => {
      const before = path.findLast((p) => p.events === event.ordinal - 1)!;
      const after = path.find((p) => p.events === event.ordinal)!;
      return sum + (after.energy - before.energy) + event.drop;
    }, 0);
    const total = v * work + across - cycles[0].dissipated;
    expect(total).toBeCloseTo(path.at(-1)!.energy - path[0].energy, 2);
    expect(cycles[0].dissipated).toBeCloseTo(
      events.reduce((sum, { drop }) => sum + drop, 0),
      12,
    );
  });

  test("of an amplitude that leads elsewhere it says so, and to where it settles", () => {
    const { cycles } = cyclicShear(glass.system, glass.model, { amplitude: 0.04, cycles: 3 });
    expect(cycles[0].moved).toBeGreaterThan(0.1);
    expect(cycles[0].period).toBe(0);
    expect(cycles[2].period).toBe(1);
  });

  test.each(["simple", "tension"])("goes on from any turning point to the same bits: %s", (kind) => {
    const options = { ...{ kind, amplitude: 0.03, cycles: 2 }, displacements: true };
    const checkpoints: Uint8Array[] = [];
    const whole = cyclicShear(glass.system, glass.model, options, {
      onCheckpoint: (bytes) => checkpoints.push(bytes),
    });
    expect(whole.events.length).toBeGreaterThan(1);
    expect(checkpoints).toHaveLength(5);
    for (const checkpoint of kind === "simple" ? [checkpoints[0], checkpoints[3]] : [checkpoints[2]]) {
      const rest = cyclicShear(glass.system, glass.model, options, { checkpoint });
      expect(rest).toEqual(whole);
    }
    // of a shorter run, for more cycles
    const [, , first] = checkpoints;
    const shorter: Uint8Array[] = [];
    const onCheckpoint = (bytes: Uint8Array) => shorter.push(bytes);
    cyclicShear(
      glass.system,
      glass.model,
      { ...options, cycles: 1 },
      { onCheckpoint, checkpoint: checkpoints[0] },
    );
    expect(shorter[0]).toEqual(checkpoints[1]);
    const other = { ...options, amplitude: 0.02 };
    expect(() => cyclicShear(glass.system, glass.model, other, { checkpoint: first })).toThrow(
      /of another run: its load differ/,
    );
    expect(() =>
      cyclicShear(glass.system, glass.model, { ...options, cycles: 1 }, { checkpoint: checkpoints[4] }),
    ).toThrow(/of a run that went further/);
  });

  test.each([
    [{ amplitude: 0 }, /amplitude is 0/],
    [{ amplitude: 0.01, cycles: 1.5 }, /cycles is 1.5/],
    [{ amplitude: 0.01, sides: "left" as "one" }, /sides is left/],
  ])("refuses %j", (options, message) => {
    expect(() => cyclicShear(glass.system, glass.model, options)).toThrow(message);
  });
});
