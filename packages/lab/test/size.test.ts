import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildAndServe, type Site } from "./site.ts";

let site: Site;
beforeAll(async () => {
  site = await buildAndServe();
}, 120_000);
afterAll(async () => {
  await site?.close();
});

/** Bytes as a server sends them that compresses with gzip, as GitHub Pages does. */
function sent(file: string): number {
  return gzipSync(readFileSync(join(site.folder, file))).length;
}

/** A script with what it imports by itself. */
function withImports(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  const text = readFileSync(join(site.folder, file), "utf8");
  for (const [, name] of text.matchAll(/(?:from|import)\s*["'`]\.\/([\w.-]+\.js)["'`]/g))
    withImports(join("assets", name), found);
  return found;
}

test("a first visit, a glass made and read with it, is at most 300 kB as a server sends it", () => {
  const assets = readdirSync(join(site.folder, "assets"));
  const page = readFileSync(join(site.folder, "index.html"), "utf8");
  const [, entry] = /src="\.\/(assets\/[^"]+\.js)"/.exec(page)!;
  const worker = assets.find((name) => /^worker-.*\.js$/.test(name))!;
  const files = withImports(entry);
  withImports(join("assets", worker), files);
  for (const name of assets.filter((asset) => asset.endsWith(".css"))) files.add(join("assets", name));
  const sizes = ["index.html", "icon.svg", "glass-dark.webp", "offline.js", ...files].map(sent);
  expect(files.size).toBeGreaterThan(3);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(300_000);
});

test("everything that is kept for later, without the examples, is at most 450 kB", () => {
  const sizes = readdirSync(site.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.includes(".extxyz"))
    .map((entry) => gzipSync(readFileSync(join(entry.parentPath, entry.name))).length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(450_000);
});
