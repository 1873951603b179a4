import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { sha256Hex } from "./sha256.ts";

test("SHA-256 is that of the system, for all lengths around a block and for any text", () => {
  const system = (text: string) => createHash("sha256").update(text).digest("hex");
  for (let length = 0; length < 200; length++) {
    const text = "é".repeat(length % 7) + "a".repeat(length);
    expect(sha256Hex(text)).toBe(system(text));
  }
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => sha256Hex(text) === system(text)));
});
