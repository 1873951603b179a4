import { readSnapshot } from "softfield";
import { expect, test } from "vitest";
import { openEngine, registerEngine } from "./registry.ts";

const closed: string[] = [];
registerEngine({
  name: "still",
  description: "no forces at all",
  open: ({ model, snapshot }) => ({
    engine: {
      name: model,
      forces: (positions) => ({ energy: 0, forces: new Float64Array(positions.length) }),
    },
    snapshot: snapshot as NonNullable<typeof snapshot>,
    warnings: [],
    close: () => {
      closed.push(model);
    },
  }),
});

/** Three particles in a cell turned by 90 degrees, at these heights. */
function glass(heights: readonly number[], pbc = "T T T", lattice = "0 9 0 -8 0 0 0 0 1") {
  const rows = heights.map((z, p) => `A ${-1 - p} ${2 * p} ${z}`);
  return readSnapshot(
    `3\nLattice="${lattice}" pbc="${pbc}" Properties=species:S:1:pos:R:3\n${rows.join("\n")}\n`,
    { source: "planar.extxyz" },
  );
}

const open = (model: string, heights: readonly number[], pbc?: string) =>
  openEngine("still", { model, snapshot: glass(heights, pbc), patience: 1 });

test("an engine sees a planar configuration in two dimensions, others as they are", async () => {
  const { snapshot } = await open("flat", [0.5, 0.5, 0.5], "T T F");
  expect([snapshot.dimension, snapshot.box.dimension, snapshot.positions.length]).toEqual([2, 2, 6]);
  // Q takes (0, 9) to (9, 0)
  expect(Array.from(snapshot.rotation ?? [], Math.round)).toEqual([0, 1, -1, 0]);
  expect(Array.from(snapshot.box.vectors, Math.round)).toEqual([9, 0, 0, 8]);
  expect((await open("deep", [0.5, 0.5, 0.25])).snapshot.dimension).toBe(3);
});

test("a plane that is not that of x and y is refused: two axes cannot say how it was turned", async () => {
  // the edges y and x + z/2 span the plane of particles at z = x/2
  const snapshot = glass([-0.5, -1, -1.5], "T T T", "0 9 0 -8 0 -4 0 0 1");
  expect([snapshot.positions[2], snapshot.positions[5]].map((z) => Math.abs(z) < 1e-12)).toEqual([
    true,
    true,
  ]);
  await expect(openEngine("still", { model: "tilted", snapshot, patience: 1 })).rejects.toThrow(
    /planar.extxyz: all particles lie in the plane of the first two edges .*, which is not that of x and y/,
  );
});

test("boxes that are not periodic are refused, the engine closed; so are names of none", async () => {
  await expect(open("open", [0, 0.5, 0.25], "T T F")).rejects.toThrow(/not periodic along z/);
  expect(closed).toEqual(["open"]);
  await expect(openEngine("none", { model: "", snapshot: undefined, patience: 1 })).rejects.toThrow(
    /no such engine; there are lammps .*still/,
  );
});
