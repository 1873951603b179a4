import { expect, test } from "vitest";
import { encoded, type Message, MessageReader } from "./frames.ts";

const message: Message = {
  head: { id: 3, words: "γ ½" },
  arrays: {
    x: { shape: [2, 2], values: Float64Array.of(1.5, -0, Number.NaN, Infinity) },
    n: { shape: [3], values: Int32Array.of(1, 2, 3) },
    none: { shape: [0, 3], values: new Float64Array(0) },
    flags: { shape: [5], values: Uint8Array.of(1, 0, 1, 1, 0) },
  },
};

function bytesOf(one: Message): Uint8Array {
  return Uint8Array.from(encoded(one).flatMap((piece) => Array.from(piece)));
}

test("messages come back as they were, in whatever pieces they come", () => {
  const bytes = bytesOf(message);
  for (const length of [1, 7, 16, bytes.length, 2 * bytes.length]) {
    const heard: Message[] = [];
    const reader = new MessageReader((one) => heard.push(one));
    const both = Uint8Array.from([...bytes, ...bytes]);
    for (let at = 0; at < both.length; at += length) reader.push(both.subarray(at, at + length));
    expect(heard).toEqual([message, message]);
    expect(reader.pending).toBe(false);
  }
});

test("what is no message ends the conversation", () => {
  const reader = () => new MessageReader(() => undefined);
  expect(() => reader().push(new TextEncoder().encode("softfield lte glass.extxyz\n"))).toThrow("no message");
  const bytes = bytesOf(message);
  const broken = bytes.slice();
  broken[17] = 0x78;
  expect(() => reader().push(broken)).toThrow("no JSON");
  const long = bytesOf({ head: {}, arrays: { x: { shape: [9], values: Float64Array.of(1) } } });
  expect(() => reader().push(long)).toThrow("array x: is longer");
});
