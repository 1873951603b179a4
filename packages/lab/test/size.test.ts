import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { buildAndServe } from "./site.ts";

test("the first load is at most 500 kB compressed, without the examples", async () => {
  const site = await buildAndServe();
  const files = readdirSync(site.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.includes(".extxyz"))
    .map((entry) => gzipSync(readFileSync(join(entry.parentPath, entry.name))).length);
  await site.close();
  expect(files.reduce((sum, size) => sum + size, 0)).toBeLessThan(500_000);
});
