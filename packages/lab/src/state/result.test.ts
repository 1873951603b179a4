import { expect, test } from "vitest";
import { cameTrue } from "../words.ts";
import { codeOf, codesIn, resultOf } from "./result.ts";

const GAME = {
  series: 329,
  rounds: [
    { you: 0, lte: 0.25, modes: 1 },
    { you: 0.5, lte: 0.01, modes: undefined },
  ],
};

test("a code tells its game, to the thousandth or so", () => {
  const told = resultOf(codeOf(GAME))!;
  expect(told.series).toBe(329);
  expect(told.rounds.length).toBe(2);
  expect(told.rounds[0].lte).toBeCloseTo(0.25, 2);
  expect(told.rounds[1].modes).toBeUndefined();
  expect(told.rounds[0].you).toBe(0);
  expect(told.rounds[0].modes).toBe(1);
});

test("a damaged code is none; codes are found in any text, once", () => {
  const code = codeOf(GAME);
  expect(resultOf(code.replace(/.$/, (c) => (c === "A" ? "B" : "A")))).toBeUndefined();
  expect(resultOf("sf3-")).toBeUndefined();
  const other = codeOf({ ...GAME, series: 330 });
  expect(
    codesIn(`Anna: ${code}\nhttps://example.org/lab/#result=${other} and ${code} again, sf3-AAAA`),
  ).toEqual([code, other]);
});

test("a hit stays a hit in a code, and a miss a miss", () => {
  const rounds = Array.from({ length: 400 }, (_, k) => ({
    you: k / 399,
    lte: k / 400,
    modes: (k + 0.5) / 4000,
  }));
  for (const bets of rounds) {
    const [told] = resultOf(codeOf({ series: 1, rounds: [bets] }))!.rounds;
    for (const who of ["you", "lte", "modes"] as const) {
      expect(cameTrue(told[who])).toBe(cameTrue(bets[who]));
      expect(Math.abs(told[who]! - bets[who])).toBeLessThan(0.004);
    }
  }
});
