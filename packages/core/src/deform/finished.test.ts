import { describe, expect, test } from "vitest";
import { ForceField, type GlassRecipe, Preparation, type ProtocolOptions } from "../dynamics/index.ts";
import { minimumOf } from "../minimum/index.ts";
import { preset } from "../models/index.ts";
import { volume } from "../space/index.ts";
import { minimizeBox } from "./boxminimum.ts";
import { finishedGlass, makeGlass } from "./finished.ts";

const recipes: Record<string, GlassRecipe> = {
  "2dipl, annealed": recipe("2dipl", { pressure: 12, liquidTime: 4, annealTime: 4 }),
  "3dkablj, at no pressure": recipe("3dkablj", { pressure: 0, kind: "instantaneous", liquidTime: 4 }),
  "poly2d, by swap": recipe("poly2d", { pressure: 2, kind: "swap", liquidTime: 2, sweeps: 100 }),
};

function recipe(
  name: "2dipl" | "3dkablj" | "poly2d",
  protocol: ProtocolOptions & { pressure: number },
): GlassRecipe {
  return { model: preset(name), particles: name === "3dkablj" ? 400 : 200, seed: 3, protocol };
}

describe.each(Object.keys(recipes))("a glass made at a pressure: %s", (name) => {
  const own = recipes[name];
  const glass = makeGlass(own);
  const { pressure } = own.protocol!;

  test("is a minimum in its positions and in its box", () => {
    expect(glass.minimization.status).toBe("converged");
    const sigma = ForceField.create(glass.system, own.model).stress();
    const d = glass.system.box.dimension;
    const trace = Array.from({ length: d }, (_, a) => sigma[a * (d + 1)]).reduce((sum, x) => sum + x, 0);
    expect(-trace / d).toBeCloseTo(pressure!, 9);
    expect(() => minimumOf(glass.system, own.model, { refine: false })).not.toThrow();
    const again = minimizeBox(glass.system, own.model, { pressure: pressure! });
    expect(again.swelling).toBeCloseTo(1, 10);
    const edges = glass.system.box.vectors;
    for (let a = 1; a < d; a++) expect(edges[a * (d + 1)]).toBe(edges[0]);
  });

  test("is the same from checkpoints", () => {
    let preparation = Preparation.start(own);
    for (let k = 1; !preparation.advance(10 * k); k += 11)
      preparation = Preparation.resume(own, preparation.checkpoint());
    const resumed = finishedGlass(Preparation.resume(own, preparation.checkpoint()));
    expect(resumed.system).toEqual(glass.system);
  });
});

test("a higher pressure makes a denser glass; the liquid is held at it, too", () => {
  const density = (pressure: number) => {
    const { system } = makeGlass(recipe("2dipl", { pressure, liquidTime: 4, annealTime: 4 }));
    return 200 / volume(system.box);
  };
  expect(density(20)).toBeGreaterThan(1.02 * density(12));
});

test("pressures that are none, and what keeps the volume, are refused", () => {
  expect(() => makeGlass(recipe("2dipl", { pressure: Number.NaN }))).toThrow(/pressure must be a number/);
  const repelling = recipe("2dipl", { pressure: -1, kind: "instantaneous", liquidTime: 0 });
  expect(() => makeGlass(repelling)).toThrow(/no minimum at the pressure -1/);
});
