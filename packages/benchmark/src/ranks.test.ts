import { expect, test } from "vitest";
import { Ranks, readRanks } from "./ranks.ts";

test("ranks: 0 the hardest, equals share the mean, −1 without a value; read back under each load", async () => {
  const ranks = new Ranks(5);
  ranks.add("plain", Float64Array.of(3, 1, 2, 2, Number.NaN), "");
  ranks.add("turned", Float64Array.of(0, 1, 2, 3, 4), "0°");
  ranks.add("turned", Float64Array.of(4, 3, 2, 1, 0), "90°");
  const files = await ranks.files();
  const read = (_: string, file: string) => files[file];
  const under = await readRanks(read, { common: ["plain"], directional: ["turned"] }, 5);
  expect(under("0°").map((own) => Array.from(own))).toEqual([
    [3, 0, 1, 1, -1],
    [0, 1, 2, 3, 4],
  ]);
  expect(Array.from(under("90°")[1])).toEqual([4, 3, 2, 1, 0]);
});
