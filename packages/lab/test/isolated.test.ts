import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { needs } from "../../../testing/needs.ts";
import { buildAndServe, ISOLATED, type Site } from "./site.ts";
import { downloaded, drop, example, idle, launch, softfield, tab, visit } from "./visitor.ts";

let site: Site;
let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "softfield-lab-test-"));
  [site, browser] = await Promise.all([buildAndServe(ISOLATED), launch()]);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await site?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A configuration of the examples and its neighbour in x as one: twice as long. */
function doubled(name: string): string {
  const [count, comment, ...lines] = readFileSync(example(name), "utf8").trim().split("\n");
  const [length] = /Lattice="(\S+)/.exec(comment)!.slice(1);
  const moved = lines.map((line) => {
    const [species, x, ...rest] = line.trim().split(/\s+/);
    return [species, String(Number(x) + Number(length)), ...rest].join(" ");
  });
  const wide = comment.replace(`Lattice="${length}`, `Lattice="${2 * Number(length)}`);
  return [String(2 * Number(count)), wide, ...lines, ...moved, ""].join("\n");
}

describe("on a page that is cross-origin isolated", needs("chromium"), () => {
  test("workers share a large factorisation; the numbers are those of the command line", async () => {
    const glass = join(folder, "glass.extxyz");
    writeFileSync(glass, doubled("3dkablj_400.extxyz"));
    const table = join(folder, "table.tsv");
    expect(softfield("lte", glass, "--model", "3dkablj", "-o", table).status).toBe(0);

    const { page, faults } = await visit(browser, site.url);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    await drop(page, "glass.extxyz", readFileSync(glass));
    await page.waitForSelector('[role="tab"][aria-selected="true"]#tab-read');
    await idle(page);
    const cores = await page.evaluate(() => navigator.hardwareConcurrency);
    // One opens files; one reads, and shares a large factorisation with as many as there are further cores.
    expect(page.workers().length).toBe(1 + cores);
    await tab(page, "Take away");
    expect(await downloaded(page, "Local thermal energies")).toBe(readFileSync(table, "utf8"));
    expect(faults).toEqual([]);
    await page.context().close();
  });
});
