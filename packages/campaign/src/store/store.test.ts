import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SoftfieldError } from "softfield";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { MadeBy } from "./manifest.ts";
import { type StagePlace, Store } from "./store.ts";

let folder = "";
let store: Store;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "softfield-store-"));
  store = Store.create(join(folder, "night"), "night");
});
afterEach(() => rmSync(folder, { recursive: true }));

const place: StagePlace = { stage: "make", hash: "abc", folder: "m-n2-abc" };
const made: MadeBy = { softfield: "1", node: "v1", host: "here", seconds: 1, finished: "today" };
const bytes = (text: string) => new TextEncoder().encode(text);
const publish = (text: string, host = "here") =>
  store.publish(place, 7, { files: { "a.txt": bytes(text) }, made: { ...made, host }, nonce: "n" });
const at = (name: string) => join(store.sampleFolder(place, 7), name);

test("a published result is found, read, and of no other hash; nothing is left aside", () => {
  expect(store.manifest(place, 7)).toBeUndefined();
  publish("one");
  expect(store.manifest(place, 7)).toMatchObject({
    seed: 7,
    stage: "make",
    files: { "a.txt": { bytes: 3 } },
  });
  expect(store.manifest({ ...place, hash: "abd" }, 7)).toBeUndefined();
  expect(store.read(place, 7, "a.txt")).toEqual(Buffer.from("one"));
  expect(store.read(place, 7, "b.txt")).toBeUndefined();
  expect(store.seeds(place)).toEqual([7]);
  expect(readdirSync(join(store.root, "tmp"))).toEqual([]);
});

test("the second of two equal results is dropped; a different one is reported with both hosts", () => {
  publish("one");
  const first = readFileSync(at("manifest.json"), "utf8");
  publish("one", "there");
  expect(readFileSync(at("manifest.json"), "utf8")).toBe(first);
  expect(() => publish("two", "there")).toThrow(
    /1 on there and 1 on here made different bytes of the same seed/,
  );
  expect(store.read(place, 7, "a.txt")).toEqual(Buffer.from("one"));
  expect(readdirSync(join(store.root, "tmp"))).toEqual([]);
});

test("threads of one run, each with its store, publish the same seed of two ensembles at once", () => {
  const thread = Store.open(store.root, "night");
  const other: StagePlace = { stage: "make", hash: "abd", folder: "m-n3-abd" };
  let between = false;
  const files = {
    get "a.txt"() {
      if (!between && readdirSync(join(store.root, "tmp")).length > 0) {
        between = true;
        thread.publish(other, 7, { files: { "b.txt": bytes("two") }, made, nonce: "n" });
      }
      return bytes("one");
    },
  };
  store.publish(place, 7, { files, made, nonce: "n" });
  expect(between).toBe(true);
  expect(store.read(place, 7, "a.txt")).toEqual(Buffer.from("one"));
  expect(store.read(other, 7, "b.txt")).toEqual(Buffer.from("two"));
});

test("a damaged result, a folder without a manifest, a file in its place: replaced", () => {
  publish("one");
  writeFileSync(at("a.txt"), "twelve");
  publish("one");
  expect(store.read(place, 7, "a.txt")).toEqual(Buffer.from("one"));
  rmSync(at("manifest.json"));
  publish("one");
  expect(store.manifest(place, 7, "bytes")).toBeDefined();
  store.discard(place, 7);
  expect(existsSync(store.sampleFolder(place, 7))).toBe(false);
  writeFileSync(store.sampleFolder(place, 7), "planted");
  publish("one");
  expect(store.manifest(place, 7, "bytes")).toBeDefined();
});

test("a result that can't be written whole leaves nothing", () => {
  mkdirSync(join(store.root, "make"));
  writeFileSync(join(store.root, "make", place.folder), "in the way");
  expect(() => publish("one")).toThrow();
  expect(readdirSync(join(store.root, "tmp"))).toEqual([]);
});

test("a failure is kept with its reason until a result or a retry", () => {
  const failure = { stage: "make", hash: "abc", seed: 7, reason: "stalled", made };
  store.recordFailure(failure, place, "n");
  expect(store.failure(place, 7)).toEqual({ status: "failed", ...failure });
  expect(store.failure({ ...place, hash: "abd" }, 7)).toBeUndefined();
  expect(store.failedSeeds(place)).toEqual([7]);
  publish("one");
  expect(store.failedSeeds(place)).toEqual([]);
  store.recordFailure(failure, place, "n");
  store.clearFailure(place, 7);
  expect(store.failure(place, 7)).toBeUndefined();
});

test("sweeping removes the temporary folders of runs that are over; runs are asked after the look", () => {
  for (const name of ["dead.7.0", "live.7.0"]) mkdirSync(join(store.root, "tmp", name));
  store.sweep(() => {
    mkdirSync(join(store.root, "tmp", "later.7.0"));
    return new Set(["live"]);
  });
  expect(readdirSync(join(store.root, "tmp")).sort()).toEqual(["later.7.0", "live.7.0"]);
});

test("two runs may begin a store at once, and one may open it again", () => {
  expect(Store.create(store.root, "night").root).toBe(store.root);
  expect(() => Store.create(store.root, "day")).toThrow(SoftfieldError);
  expect(store.freeBytes()).toBeGreaterThan(0);
});
