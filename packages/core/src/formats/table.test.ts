import fc from "fast-check";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { expect, test } from "vitest";
import { delimitedText, formatReal, hdf5Bytes, parquetBytes, rowCount, type Table } from "./index.ts";

const table: Table = {
  columns: [
    { name: "i", values: Int32Array.of(0, 5, -7) },
    { name: "lte", values: Float64Array.of(1 / 3, -0, 1e-300), unit: "½k_BT", description: "E_α" },
    { name: "name", values: ["a", 'say "b"\t', "ç"] },
  ],
  metadata: { model: "2dipl", seed: 7, density: 0.86, polished: false },
};

test("delimited text: 17 digits, quoted where needed", () => {
  expect([...delimitedText(table, "\t")].join("")).toBe(
    'i\tlte\tname\n0\t0.33333333333333331\ta\n5\t-0\t"say ""b""\t"\n-7\t1.0000000000000000e-300\tç\n',
  );
  const csv: Table = {
    columns: [
      { name: "a,b", values: ["x,y"] },
      { name: "c", values: [String.raw`d\e`] },
    ],
  };
  expect([...delimitedText(csv, ",")].join("")).toBe('"a,b",c\n"x,y",d\\e\n');
});

test("a long table comes in pieces that join to all its rows", () => {
  const values = Float64Array.from({ length: 20_000 }, (_, k) => Math.sin(k));
  const pieces = [...delimitedText({ columns: [{ name: "x", values }] }, "\t")];
  expect(pieces.length).toBeGreaterThan(3);
  expect(Float64Array.from(pieces.join("").trimEnd().split("\n").slice(1), Number)).toEqual(values);
});

test("every double is written so that it reads back as itself", () => {
  fc.assert(
    fc.property(fc.double(), (x) => {
      const text = formatReal(x);
      const back = { nan: Number.NaN, inf: Number.POSITIVE_INFINITY, "-inf": Number.NEGATIVE_INFINITY }[text];
      expect(back ?? Number(text)).toBe(x);
      if (Number.isFinite(x) && !Number.isInteger(x)) {
        expect(text.replace(/e.*|[-.]/g, "").replace(/^0+/, "")).toHaveLength(17);
      }
    }),
    { numRuns: 2000 },
  );
});

test("columns must be as long as each other and differ in name", () => {
  const x = { name: "x", values: Int32Array.of(1) };
  expect(rowCount({ columns: [] })).toBe(0);
  expect(() => rowCount({ columns: [x, { name: "y", values: ["a", "b"] }] })).toThrow(
    "y has 2 values, column x has 1",
  );
  expect(() => rowCount({ columns: [x, x] })).toThrow("two columns are named x");
});

test("Parquet keeps values, types, metadata and units", async () => {
  const bytes = await parquetBytes(table);
  const file = bytes.slice().buffer;
  const rows = await parquetReadObjects({ file });
  expect(rows).toEqual([
    { i: 0, lte: 1 / 3, name: "a" },
    { i: 5, lte: -0, name: 'say "b"\t' },
    { i: -7, lte: 1e-300, name: "ç" },
  ]);
  const metadata = parquetMetadata(file);
  expect(metadata.schema.slice(1).map(({ type, repetition_type }) => [type, repetition_type])).toEqual([
    ["INT32", "REQUIRED"],
    ["DOUBLE", "REQUIRED"],
    ["BYTE_ARRAY", "REQUIRED"],
  ]);
  expect(Object.fromEntries(metadata.key_value_metadata!.map(({ key, value }) => [key, value]))).toEqual({
    model: "2dipl",
    seed: "7",
    density: "0.86",
    polished: "false",
    "unit:lte": "½k_BT",
    "description:lte": "E_α",
  });
});

test("HDF5 keeps values, types, attributes and groups", async () => {
  const bytes = await hdf5Bytes({
    "/": table,
    "particles/more": { columns: [{ name: "x", values: Float64Array.of(2) }] },
    "/deep/array": {
      values: Float64Array.of(1, 2, 3, 4, 5, 6),
      shape: [1, 3, 2],
      description: "of three indices",
    },
  });
  const h5wasm = await import("h5wasm");
  const { FS } = await h5wasm.ready;
  FS.writeFile("/check.h5", bytes);
  const file = new h5wasm.File("/check.h5", "r");
  const dataset = (path: string) => file.get(path) as InstanceType<typeof h5wasm.Dataset>;
  expect(dataset("i").value).toEqual(Int32Array.of(0, 5, -7));
  expect(dataset("lte").value).toEqual(Float64Array.of(1 / 3, -0, 1e-300));
  expect(dataset("name").value).toEqual(["a", 'say "b"\t', "ç"]);
  expect(dataset("lte").attrs.unit!.value).toBe("½k_BT");
  expect(dataset("particles/more/x").value).toEqual(Float64Array.of(2));
  expect([dataset("deep/array").shape, dataset("deep/array").value]).toEqual([
    [1, 3, 2],
    Float64Array.of(1, 2, 3, 4, 5, 6),
  ]);
  expect(dataset("deep/array").attrs.description!.value).toBe("of three indices");
  expect(Object.fromEntries(Object.entries(file.attrs).map(([key, { value }]) => [key, value]))).toEqual({
    model: "2dipl",
    seed: 7,
    density: 0.86,
    polished: "false",
  });
  file.close();
  FS.unlink("/check.h5");
});

test("an array whose values do not fill its shape is refused", async () => {
  const wrong = { values: Float64Array.of(1, 2, 3), shape: [2, 2] };
  await expect(hdf5Bytes({ "/a": wrong })).rejects.toThrow("array /a has 3 values for the shape 2×2");
});

test("an empty table is a valid file in every format", async () => {
  const empty: Table = {
    columns: [
      { name: "x", values: new Float64Array(0) },
      { name: "s", values: [] },
    ],
  };
  expect([...delimitedText(empty, "\t")].join("")).toBe("x\ts\n");
  expect(await parquetReadObjects({ file: (await parquetBytes(empty)).slice().buffer })).toEqual([]);
  expect((await hdf5Bytes({ "/": empty })).length).toBeGreaterThan(0);
});
