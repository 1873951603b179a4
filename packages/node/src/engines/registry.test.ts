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
function glass(heights: readonly number[], pbc = "T T T") {
  const rows = heights.map((z, p) => `A ${-1 - p} ${2 * p} ${z}`);
  const lattice = "0 9 0 -8 0 0 0 0 1";
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

test("boxes that are not periodic are refused, the engine closed; so are names of none", async () => {
  await expect(open("open", [0, 0.5, 0.25], "T T F")).rejects.toThrow(/not periodic along z/);
  expect(closed).toEqual(["open"]);
  await expect(openEngine("none", { model: "", snapshot: undefined, patience: 1 })).rejects.toThrow(
    /no such engine; there are lammps .*still/,
  );
});
