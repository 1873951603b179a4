import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { needs } from "../../../testing/needs.ts";
import { buildAndServe, type Site } from "./site.ts";
import {
  downloaded,
  drop,
  example,
  idle,
  launch,
  picture,
  softfield,
  softfieldIn,
  tab,
  visit,
  whenRead,
} from "./visitor.ts";

let site: Site;
let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "softfield-lab-test-"));
  [site, browser] = await Promise.all([buildAndServe(), launch()]);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await site?.close();
  rmSync(folder, { recursive: true, force: true });
});

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** A recipe that takes a moment. */
const QUICK = "#model=2dipl&n=300&seed=5&protocol=instantaneous&liquidTime=2";

describe("make, read, break", needs("chromium"), () => {
  test("N = 1,000: from the first screen to the events, with the numbers of the command line", async () => {
    const { page, faults } = await visit(browser, site.url);
    await picture(page, "1-welcome");
    await page.getByRole("button", { name: "Make a glass" }).click();
    await page.waitForSelector(".plot");
    await picture(page, "2-liquid");
    await whenRead(page);
    await picture(page, "3-read");
    expect(await page.locator(".spot").count()).toBeGreaterThan(3);

    await tab(page, "Break");
    await page.getByLabel("Events to stop after").fill("2");
    await page.getByRole("button", { name: "Shear", exact: true }).click();
    await page.waitForSelector('button[aria-label^="Event 2:"]');
    await idle(page);
    await picture(page, "4-sheared");
    await page.getByRole("button", { name: "Event 1: show" }).click();
    await picture(page, "5-event");

    await tab(page, "Take away");
    await picture(page, "6-take-away");
    const glass = await downloaded(page, "Configuration, extended XYZ");
    const events = JSON.parse(await downloaded(page, "Plastic events"));
    for (const title of ["Bonds, figure", "Arrows, figure", "Field, figure", "Stress–strain curve, figure"])
      expect(await downloaded(page, title)).toMatch(/^<svg [\s\S]*<\/svg>\s*$/);
    const made = join(folder, "made.extxyz");
    const run = softfield("make", "--model", "2dipl", "-n", "1000", "--seed", "5", "-o", made, "--quiet");
    expect(run.status).toBe(0);
    // The same glass, bit for bit; the page says which.
    expect(glass).toBe(readFileSync(made, "utf8"));
    expect(await page.getByTestId("sha256").textContent()).toBe(sha256(glass));

    const out = join(folder, "first-events.json");
    const shear = softfield("shear", made, "--model", "2dipl", "--events", "2", "-o", out);
    expect(shear.stderr).not.toMatch(/error/i);
    const expected = JSON.parse(readFileSync(out, "utf8")).events;
    for (const [k, event] of expected.entries()) {
      expect(events.events[k].strain).toBe(event.strain);
      expect(events.events[k].particle).toBe(event.particle);
    }
    // The first glass is chosen, and has to stay so: its first event strikes the softest spot.
    expect(events.events[0].lte.nearest.rank).toBe(1);
    expect(events.events[0].lte.softer).toBeLessThan(0.05);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  test.each([
    ["or look at one that is made", 10_000, 7, "2dipl_10000.extxyz.gz"],
    ["2D, N = 2,000", 2000, 3, "2dipl_2000.extxyz"],
  ])("%s: its first event strikes the softest spot", async (button, particles, seed, name) => {
    const { page, faults } = await visit(browser, site.url);
    await page.getByRole("button", { name: button }).click();
    await whenRead(page);
    await tab(page, "Break");
    await page.getByLabel("Events to stop after").fill("1");
    await page.getByRole("button", { name: "Shear", exact: true }).click();
    await page.waitForSelector('button[aria-label^="Event 1:"]');
    await idle(page);
    expect(await page.locator(".verdict").textContent()).toMatch(
      /\(a blind guess: 50.% on average.*\), .* from soft spot 1.*: foretold/,
    );
    await tab(page, "Take away");
    const [event] = JSON.parse(await downloaded(page, "Plastic events")).events;
    expect(event.lte.nearest.rank).toBe(1);
    expect(event.lte.softer).toBeLessThan(0.05);
    const bytes = readFileSync(new URL(`../../../examples/glasses/${name}`, import.meta.url));
    const file = (name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString();
    expect(file.split("\n", 2)[1]).toContain(`seed=${seed} `);
    if (particles === 2000) {
      const made = join(folder, "example.extxyz");
      softfield("make", "--model", "2dipl", "-n", "2000", "--seed", "3", "-o", made, "--quiet");
      expect(readFileSync(made, "utf8")).toBe(file);
    }
    expect(faults).toEqual([]);
    await page.context().close();
  });

  test("the link reopens the same glass with the same settings; the command lines make it too", async () => {
    const first = await visit(browser, `${site.url}${QUICK}`);
    await whenRead(first.page);
    await first.page.getByLabel("Thermal push (X), arrows").check();
    await first.page.getByLabel("Particles by").selectOption("debye-waller");
    await first.page.locator(".legend", { hasText: "Debye–Waller" }).waitFor();
    await idle(first.page);
    await tab(first.page, "Take away");
    const link = (await first.page.getByLabel("link", { exact: true }).textContent())!.trim();
    const hash = await first.page.getByTestId("sha256").textContent();
    expect(hash).toBe(GOLDEN);
    const lines = (await first.page.getByLabel("command lines", { exact: true }).textContent())!
      .trim()
      .split("\n");
    // make, lte, spots by E and by the indicator that was found, shear, predict.
    expect(lines.length).toBe(6);
    for (const line of lines) {
      const { status, stderr } = softfieldIn(
        folder,
        ...line.replace("--events 5", "--events 1").split(" ").slice(1),
      );
      expect(stderr).not.toContain("error");
      expect(status).toBe(0);
    }
    expect(sha256(readFileSync(join(folder, "glass.extxyz"), "utf8"))).toBe(GOLDEN);
    const second = await visit(browser, link);
    await whenRead(second.page);
    // The link was read under this tab.
    await second.page.locator("#tab-take[aria-selected=true]").waitFor();
    await tab(second.page, "Read");
    expect(await second.page.getByLabel("Thermal push (X), arrows").isChecked()).toBe(true);
    expect(await second.page.getByLabel("Particles by").inputValue()).toBe("debye-waller");
    await tab(second.page, "Take away");
    expect(await second.page.getByTestId("sha256").textContent()).toBe(hash);
    expect([...first.faults, ...second.faults]).toEqual([]);
    await first.page.context().close();
    await second.page.context().close();
  });
});

/** SHA-256 of the file that `softfield make` writes for QUICK. */
const GOLDEN = "36bad6be84d4d252f19786f5034fbdd9b30b560c02832e035d3a1952b0affd35";

describe("files", needs("chromium"), () => {
  test("a dropped file gives the command line's numbers exactly, compressed or not; a download comes back", async () => {
    const { page, faults } = await visit(browser, site.url);
    const bytes = readFileSync(example("2dipl_400.extxyz"));
    const out = join(folder, "reference.tsv");
    expect(softfield("lte", example("2dipl_400.extxyz"), "--model", "2dipl", "-o", out).status).toBe(0);
    const expected = readFileSync(out, "utf8");
    for (const [name, content] of [
      ["glass.extxyz", bytes],
      ["glass.extxyz.gz", gzipSync(bytes)],
    ] as const) {
      await tab(page, "Make");
      await drop(page, name, content);
      await page.waitForSelector('[role="tab"][aria-selected="true"]#tab-read');
      await idle(page);
      await tab(page, "Take away");
      expect(await downloaded(page, "Local thermal energies")).toBe(expected);
    }
    // The same potential as a user's model file.
    const model = join(folder, "own.json");
    writeFileSync(model, softfield("models", "2dipl").stdout);
    await tab(page, "Make");
    await drop(page, "own.json", readFileSync(model));
    await page.locator("option", { hasText: "own.json" }).waitFor({ state: "attached" });
    await drop(page, "glass.extxyz", bytes);
    await page.waitForSelector('[role="tab"][aria-selected="true"]#tab-read');
    await idle(page);
    await tab(page, "Take away");
    expect(await downloaded(page, "Local thermal energies")).toBe(expected);
    expect(await page.getByLabel("command lines", { exact: true }).textContent()).toContain(
      "--model own.json",
    );

    const again = await downloaded(page, "Configuration, LAMMPS data");
    await tab(page, "Make");
    await drop(page, "again.data", Buffer.from(again));
    await page.waitForSelector('[role="tab"][aria-selected="true"]#tab-read');
    await idle(page);
    await tab(page, "Take away");
    const once = (await downloaded(page, "Local thermal energies")).split("\n");
    expect(once.length).toBe(expected.split("\n").length);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  test("bad files give the command line's messages", async () => {
    const { page, faults } = await visit(browser, site.url);
    const good = readFileSync(example("2dipl_400.extxyz"), "utf8");
    const lines = good.split("\n");
    const bad: Record<string, string | Uint8Array> = {
      "empty.extxyz": "",
      "words.txt": "What is this?\n",
      "truncated.extxyz": good.slice(0, 9000),
      "letters.extxyz": [...lines.slice(0, 20), "S 1.0 two 0", ...lines.slice(21)].join("\n"),
      "species.extxyz": good.replaceAll(/^S /gm, "Si "),
      "shaken.extxyz": good.replaceAll(
        /^S (\S+)/gm,
        (_, x: string) => `S ${Number(x) + 0.2 * Math.sin(97 * Number(x))}`,
      ),
      "cut.extxyz.gz": gzipSync(good).subarray(0, 4000),
    };
    for (const [name, content] of Object.entries(bad)) {
      const path = join(folder, name);
      writeFileSync(path, content);
      const { stderr } = softfield("lte", path, "--model", "2dipl");
      // Where the command names the command that helps, the page has a button.
      const message = stderr
        .replace("softfield: ", "")
        .replaceAll(path, name)
        .replace(/minimise it with 'softfield minimize':\n.*/, "bring it to its minimum here")
        .trim();
      await drop(page, name, Buffer.from(content));
      await page.locator(".failure p", { hasText: message.slice(0, 60) }).waitFor();
      expect(await page.locator(".failure p").textContent()).toBe(message);
      if (name === "shaken.extxyz") await picture(page, "7-failure");
      await page.getByRole("button", { name: "Dismiss" }).click();
    }
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe("what goes wrong, and what is far away", needs("chromium"), () => {
  test("cancelling stops at once and leaves the page at work", async () => {
    const { page, faults } = await visit(browser, site.url);
    await page.getByLabel("Particles N").fill("4000");
    await page.getByRole("button", { name: "Make the glass" }).click();
    await page.waitForSelector(".plot");
    await page.getByRole("button", { name: "Cancel" }).click();
    await idle(page);
    await page.getByLabel("Particles N").fill("100");
    await page.getByLabel("Protocol").selectOption("instantaneous");
    await page.getByRole("button", { name: "Make the glass" }).click();
    await whenRead(page);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  test("a worker that crashes is told of in words, and the next one works", async () => {
    const { page } = await visit(browser, site.url);
    await page.getByLabel("Particles N").fill("4000");
    await page.getByRole("button", { name: "Make the glass" }).click();
    await page.waitForSelector(".plot");
    for (const worker of page.workers()) {
      await worker
        .evaluate(() => {
          setTimeout(() => {
            throw new Error("planted");
          });
        })
        .catch(() => undefined);
    }
    await page.locator(".failure", { hasText: "stopped unexpectedly" }).waitFor();
    await idle(page);
    await page.evaluate((hash) => {
      window.location.hash = hash;
    }, QUICK);
    await page.locator(".failure").waitFor({ state: "detached" });
    await whenRead(page);
    expect(await page.locator(".failure").count()).toBe(0);
    await page.context().close();
  });

  test("works offline after the first load, and in a background tab", async () => {
    const { page, faults } = await visit(browser, site.url);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await page.context().setOffline(true);
    await page.goto("about:blank");
    await page.goto(`${site.url}${QUICK}`);
    const other = await page.context().newPage();
    await other.bringToFront();
    await page.waitForSelector(".legend .ramp");
    await page.bringToFront();
    await idle(page);
    await tab(page, "Make");
    await page.getByRole("button", { name: "3D, N = 400" }).click();
    await page.waitForSelector('[role="tab"][aria-selected="true"]#tab-read');
    await idle(page);
    await picture(page, "8-spatial");
    expect(faults).toEqual([]);
    await page.context().close();
  });
});
