import { expect, test } from "vitest";
import { ForceField } from "../dynamics/index.ts";
import { preset } from "../models/index.ts";
import { createBox, type System } from "../space/index.ts";
import { findInteractions } from "./find-interactions.ts";
import { pairsOf } from "./index.ts";

const model = preset("3dkablj");
const EDGE = 2.9;

const boxOf = (tilt: number) => createBox(3, [EDGE, 0, 0, tilt, EDGE, 0, 0, 0, EDGE]);

/** A dilute gas in a box of hardly more than one cutoff: most of its pairs have several images within reach. */
function gas(state: number, tilt: number): System {
  let seed = state;
  const random = () => {
    seed = (seed * 48271) % 2147483647;
    return seed / 2147483647;
  };
  const positions = Float64Array.from({ length: 3 * 12 }, () => EDGE * random());
  return { box: boxOf(tilt), positions, species: new Int32Array(12) };
}

const moved = (system: System, by: number): System => ({
  ...system,
  positions: system.positions.map((x, k) => x + by * (1 + (k % 3))),
});
test.each([0, EDGE / 2])(
  "images of one pair stand in one order, whoever finds them, wherever the box begins and whichever its edges are: tilt %d",
  (tilt) => {
    let images = 0;
    for (let state = 1; state <= 20; state++) {
      const system = gas(7919 * state, tilt);
      const own = pairsOf(findInteractions(system, model));
      for (let m = 1; m < own.i.length; m++)
        if (own.i[m] === own.i[m - 1] && own.j[m] === own.j[m - 1]) {
          images++;
          const along = [0, 1, 2].map((c) => own.du[3 * m + c] - own.du[3 * m - 3 + c]);
          const first = along.find((x) => Math.abs(x) > 1e-6)!;
          expect(first).toBeGreaterThan(0);
        }
      const others = [
        ...[0.1234, 1.777, -31.4].map((by) => findInteractions(moved(system, by), model)),
        // an edge of the same lattice
        findInteractions(moved({ ...system, box: boxOf(-tilt) }, 0.77), model),
        ForceField.create(system, model).interactions(),
        ForceField.create(moved(system, 0.77), model).interactions(),
      ].map(pairsOf);
      for (const { i, j, du } of others) {
        expect(i).toEqual(own.i);
        expect(j).toEqual(own.j);
        expect(Math.max(...du.map((x, k) => Math.abs(x - own.du[k])))).toBeLessThan(1e-9);
      }
    }
    expect(images).toBeGreaterThan(1000);
  },
);
