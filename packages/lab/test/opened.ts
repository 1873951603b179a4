import type { Browser } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { buildAndServe, type Site } from "./site.ts";
import { launch } from "./visitor.ts";

/** The page as it is served, and a browser: there from the first test of a file on that calls `openLab`. */
export let site: Site;
export let browser: Browser;

/** Builds and serves the page, and starts a browser, for all tests of a file. */
export function openLab(): void {
  beforeAll(async () => {
    [site, browser] = await Promise.all([buildAndServe(), launch()]);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });
}
