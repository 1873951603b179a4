import { afterAll, beforeAll, expect, test } from "vitest";
import { needs } from "../../../testing/needs.ts";
import { buildAndServe, type Site, sentBytes } from "./site.ts";
import { launch, visit, whenRead } from "./visitor.ts";

let site: Site;
beforeAll(async () => {
  site = await buildAndServe();
}, 120_000);
afterAll(async () => {
  await site?.close();
});

const sent = (path: string) => sentBytes(site.folder, path);

test(
  "a first visit with a glass made, read and its map: at most 300 kB are sent",
  needs("chromium"),
  async () => {
    const browser = await launch();
    const { page, faults } = await visit(browser, "about:blank", { serviceWorkers: "block" });
    const { asked } = site;
    await page.goto(site.url);
    await page.getByRole("button", { name: "Make a glass", exact: true }).waitFor();
    const first = [...asked].map(sent).reduce((sum, size) => sum + size, 0);
    await page.getByLabel("Particles N").fill("100");
    await page.getByLabel("Protocol").selectOption("instantaneous");
    await page.getByRole("button", { name: "Make the glass" }).click();
    await whenRead(page);
    expect(await page.locator(".failure").count()).toBe(0);
    await browser.close();
    const files = [...asked];
    // The worker and its jobs are among them.
    expect(files.some((path) => /worker/.test(path))).toBe(true);
    expect(files.filter((path) => /worker|make-/.test(path)).length, files.join(" ")).toBeGreaterThan(1);
    const whole = files.map(sent).reduce((sum, size) => sum + size, 0);
    console.info(`first screen ${first} bytes, with a glass made and read ${whole}`);
    expect(first).toBeLessThan(280_000);
    expect(whole).toBeLessThan(300_000);
    expect(faults).toEqual([]);
  },
);
