import { expect, test } from "vitest";
import { npyArray } from "./npy.ts";
import { csrNpzBytes, matrixMarketText } from "./write-matrix.ts";
import { npyBytes, npzBytes } from "./write-npz.ts";
import { unzipped } from "./zip.ts";

const read = (bytes: Uint8Array) => npyArray(bytes, "array", "test");

test("arrays of numbers and texts are read back as they were, from multiples of 64 bytes on", () => {
  const numbers = Float64Array.of(1.5, -0, Number.NaN, Infinity, 1e-310, 3);
  const bytes = npyBytes(numbers, [2, 3]);
  expect((bytes.length - numbers.byteLength) % 64).toBe(0);
  expect(read(bytes)).toEqual({ shape: [2, 3], values: numbers, digits: 17 });
  expect(read(npyBytes(Int32Array.of(1, -2)))?.values).toEqual(Float64Array.of(1, -2));
  expect(read(npyBytes(["S", "Zr", "γ½"]))).toMatchObject({ shape: [3], values: ["S", "Zr", "γ½"] });
  expect(read(npyBytes(["csr"], []))).toMatchObject({ shape: [], values: ["csr"] });
});

test("tables and arrays have the names of their groups, units and metadata stand in about", () => {
  const files = unzipped(
    npzBytes({
      "/": {
        columns: [{ name: "lte", values: Float64Array.of(1, 2), unit: "½k_BT" }],
        metadata: { model: "2dipl" },
      },
      "/bonds": { columns: [{ name: "i", values: Int32Array.of(0) }] },
      "/field": { values: Float64Array.of(1, 2, 3, 4), shape: [2, 2], description: "of bins" },
    }),
    "test",
  );
  expect([...files.keys()]).toEqual(["lte.npy", "bonds/i.npy", "field.npy", "about.npy"]);
  expect(read(files.get("field.npy") as Uint8Array)).toMatchObject({ shape: [2, 2] });
  const about = read(files.get("about.npy") as Uint8Array)?.values ?? [];
  expect(JSON.parse(`${about[0]}`)).toEqual({
    "": { model: "2dipl" },
    lte: { unit: "½k_BT" },
    bonds: {},
    "bonds/i": {},
    field: { description: "of bins" },
  });
});

test("a matrix by rows has what SciPy looks for; Matrix Market has its lower triangle to the last bit", () => {
  const matrix = {
    size: 2,
    starts: Int32Array.of(0, 2, 4),
    columns: Int32Array.of(0, 1, 0, 1),
    values: Float64Array.of(2, 1 / 3, 1 / 3, 5),
  };
  const files = unzipped(csrNpzBytes(matrix), "test");
  expect([...files.keys()].sort()).toEqual([
    "data.npy",
    "format.npy",
    "indices.npy",
    "indptr.npy",
    "shape.npy",
  ]);
  expect(read(files.get("shape.npy") as Uint8Array)?.values).toEqual(Float64Array.of(2, 2));
  const text = [...matrixMarketText(matrix, ["M"])].join("");
  expect(text).toBe(
    "%%MatrixMarket matrix coordinate real symmetric\n% M\n2 2 3\n1 1 2\n2 1 0.33333333333333331\n2 2 5\n",
  );
});
