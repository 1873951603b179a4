import fc from "fast-check";
import { expect, test } from "vitest";
import { jitteredLattice, testRandom } from "../../test/reference.ts";
import { findInteractions, hessian, hessianPattern, pairsOf } from "../interactions/index.ts";
import { preset } from "../models/index.ts";
import type { System } from "../space/index.ts";
import { toDense } from "../sparse/index.ts";
import { factorHessian } from "./index.ts";

test("an analysis used again factorises the Hessian at hand, whichever images have come and gone", () => {
  const model = preset("3dkablj");
  let [kept, exchanged] = [0, 0];
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1e6 }),
      fc.double({ min: 0.001, max: 0.1, noNaN: true }),
      (seed, by) => {
        const system = jitteredLattice(model, 3, seed); // an edge of some 1.2 cutoffs
        const random = testRandom(seed);
        const positions = system.positions.map((x) => x + by * (random() - 0.5));
        const found = (at: System) => ({ ...at, interactions: findInteractions(at, model) });
        const [before, after] = [found(system), found({ ...system, positions })];
        // stiff enough to be positive definite anywhere
        for (const { interactions } of [before, after]) {
          const { phi1, phi2 } = pairsOf(interactions);
          phi1.fill(0);
          phi2.forEach((k, m) => {
            phi2[m] = 1 + Math.abs(k);
          });
        }
        const first = factorHessian(before);
        const { analysed, result } = factorHessian(after, { reuse: first.analysed });
        if (result.status !== "ok") throw new Error("the network holds itself");
        expect(toDense(result.factor.matrix)).toEqual(toDense(hessian(after.interactions)));
        const own = hessianPattern(after.interactions);
        expect(analysed.pattern).toEqual(own);
        if (analysed.symbolic !== first.analysed.symbolic) return;
        kept++;
        const old = first.analysed.pattern.places[0];
        const [now] = own.places;
        if (old.length === now.length && old.some((entry, m) => entry !== now[m])) exchanged++;
      },
    ),
    { numRuns: 200 },
  );
  expect(kept).toBeGreaterThan(20);
  expect(exchanged).toBeGreaterThan(0);
});
