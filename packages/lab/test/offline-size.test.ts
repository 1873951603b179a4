import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildAndServe, type Site, sentBytes } from "./site.ts";

let site: Site;
beforeAll(async () => {
  site = await buildAndServe();
}, 120_000);
afterAll(async () => {
  await site?.close();
});

test("what is kept to work without a network is at most 600 kB", () => {
  const [, list] = /const FILES = (\[.*?\]);/.exec(readFileSync(join(site.folder, "offline.js"), "utf8"))!;
  const files = (JSON.parse(list) as string[]).map((path) => (path === "./" ? "/" : path));
  expect(files.length).toBeGreaterThan(10);
  expect(files.map((path) => sentBytes(site.folder, path)).reduce((sum, size) => sum + size, 0)).toBeLessThan(
    600_000,
  );
});
