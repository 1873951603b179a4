import { expect, test } from "vitest";
import { Arena, dropLargeArena, giveArena, takeArena } from "./index.ts";

test("what is given back is taken by the next who wants as much in common, and kept for nobody where it is large", () => {
  const small = new Arena(2 ** 20);
  small.alloc(1000);
  giveArena(small);
  dropLargeArena();
  const taken = takeArena(2 ** 16, false);
  expect(taken).toBe(small);
  expect(taken.used).toBe(new Arena().used);
  giveArena(small);
  expect(takeArena(2 ** 16, true)).not.toBe(small);
  expect(takeArena(2 ** 16, false)).not.toBe(small);
  const large = new Arena(2 ** 27);
  giveArena(large);
  dropLargeArena();
  expect(takeArena(2 ** 16, false)).not.toBe(large);
});
