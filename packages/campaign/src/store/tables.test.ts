import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { expect, test } from "vitest";
import { type RecordTable, real, recordBytes, spatial, text, whole } from "./tables.ts";

interface Spot {
  readonly name: string;
  readonly rank: number;
  readonly position: readonly number[];
}

const spots: RecordTable<Spot> = {
  name: "spots",
  columns: {
    name: text(({ name }) => name, "of the spot"),
    rank: whole(({ rank }) => rank, "1 for the softest"),
    x: real(({ position }) => position[0], "where", "λ"),
    z: spatial(real(({ position }) => position[1], "where", "λ")),
  },
};

const rows = [
  { name: "a", rank: 1, position: [0.25, 0.5] },
  { name: "b", rank: 2, position: [-0.125, Number.NaN] },
];

async function stored(dimension: 2 | 3, records: readonly Spot[]) {
  const file = Uint8Array.from(await recordBytes(spots, records, dimension)).buffer;
  const types = parquetMetadata(file).schema.slice(1);
  return {
    types: Object.fromEntries(types.map(({ name, type }) => [name, type])),
    rows: await parquetReadObjects({ file }),
  };
}

test("records are rows, each column what it takes of them, of its own type", async () => {
  const found = await stored(3, rows);
  expect(found.types).toEqual({ name: "BYTE_ARRAY", rank: "INT32", x: "DOUBLE", z: "DOUBLE" });
  expect(found.rows).toEqual([
    { name: "a", rank: 1, x: 0.25, z: 0.5 },
    { name: "b", rank: 2, x: -0.125, z: Number.NaN },
  ]);
});

test.each([
  ["with rows", rows],
  ["without", []],
])("tables of 2D glasses have no spatial columns, those of 3D glasses have them: %s", async (_, records) => {
  expect(Object.keys((await stored(2, records)).types)).toEqual(["name", "rank", "x"]);
  expect(Object.keys((await stored(3, records)).types)).toEqual(["name", "rank", "x", "z"]);
});
