import { afterEach, expect, test, vi } from "vitest";
import { readReference } from "../../test/reference.ts";
import { ForceField, MolecularDynamics } from "../dynamics/index.ts";
import { minimumOf } from "../minimum/index.ts";
import { localThermalEnergy } from "./index.ts";

const { system, model } = readReference("3dkablj_400");

afterEach(() => vi.restoreAllMocks());

/** The machine gives memory so many times, then no more. */
function limited(times: number): { readonly refused: number } {
  const count = { refused: 0 };
  const grow = WebAssembly.Memory.prototype.grow;
  let left = times;
  vi.spyOn(WebAssembly.Memory.prototype, "grow").mockImplementation(function (
    this: WebAssembly.Memory,
    pages,
  ) {
    if (left-- > 0) return grow.call(this, pages);
    count.refused++;
    throw new RangeError("WebAssembly.Memory.grow(): Unable to grow instance memory");
  });
  return count;
}

const work: readonly [string, () => unknown][] = [
  ["local thermal energies", () => localThermalEnergy(minimumOf(system, model))],
  [
    "molecular dynamics",
    () => {
      const dynamics = new MolecularDynamics(ForceField.create(system, model), { dt: 0.001, seed: 1 });
      dynamics.run({ steps: 20, thermostat: { kind: "none" }, stretch: { done: 0, total: 20 } });
    },
  ],
];

test.each(work)(
  "%s: memory that runs out at any moment ends them in words, and the next time they succeed",
  (_, run) => {
    let refusals = 0;
    for (let times = 0; times < 400; times++) {
      const count = limited(times);
      try {
        run();
        expect(count.refused).toBe(0);
        vi.restoreAllMocks();
        break;
      } catch (error) {
        refusals++;
        expect(error).toMatchObject({
          code: "resource",
          message: expect.stringMatching(/out of memory: .* GiB needed.*free some, or take fewer particles/),
        });
      }
      vi.restoreAllMocks();
    }
    expect(refusals).toBeGreaterThan(0);
    expect(() => run()).not.toThrow();
  },
);
