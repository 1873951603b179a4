import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { needs } from "../../../testing/needs.ts";
import { browser, openLab, site } from "./opened.ts";
import { downloaded, drop, example, idle, softfieldIn, tab, visit, whenRead } from "./visitor.ts";

// Everything on the page is said of one state: a glass, its strain, the reading of that state.

let folder: string;

openLab();

// Commands refuse to replace files: each test has a folder of its own.
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "softfield-state-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const QUICK = "#model=2dipl&n=300&seed=5&protocol=instantaneous&liquidTime=2";
const QUICK3 = "#model=3dipl&n=400&seed=5&protocol=instantaneous&liquidTime=2";

/** Runs a command in the folder; it has to succeed. */
function softfield(...args: string[]): void {
  const { status, stderr } = softfieldIn(folder, ...args);
  expect(status, `${args.join(" ")}\n${stderr}`).toBe(0);
}

function fact(page: Page, name: string): Promise<string | null> {
  return page.locator(`dl.numbers div:has(dt:text-is("${name}")) dd`).textContent();
}

/** Sets the strain by its slider. */
async function strainTo(page: Page, strain: number): Promise<void> {
  await page.getByLabel("Strain γ").fill(String(strain));
  await page.waitForFunction(
    (wanted) =>
      Number(document.querySelector<HTMLInputElement>("input[type=range][max]")?.value) >= 0 &&
      [...document.querySelectorAll("output")].some(
        (output) => Math.abs(Number(output.textContent) - wanted) < 0.002 && output.textContent !== "0",
      ),
    strain,
  );
  await idle(page);
}

test("a file that is dropped while a glass is being made stays", needs("chromium"), async () => {
  const { page, faults } = await visit(browser, site.url);
  await page.getByLabel("Particles N").fill("2000");
  await page.getByRole("button", { name: "Make the glass" }).click();
  await page.waitForSelector(".plot");
  await page.waitForTimeout(1000);
  await drop(page, "2dipl_400.extxyz", readFileSync(example("2dipl_400.extxyz")));
  await page.waitForSelector("#tab-read[aria-selected=true]");
  await idle(page);
  expect(await fact(page, "Bonds")).toContain("1291");
  // The glass of 2,000 would have come by now.
  await page.waitForTimeout(8000);
  await idle(page);
  expect(await fact(page, "Bonds")).toContain("1291");
  await tab(page, "Take away");
  expect(await downloaded(page, "Configuration, extended XYZ")).toMatch(/^400\n/);
  expect(faults).toEqual([]);
  await page.context().close();
});

test(
  "undoing the shear while the sheared glass is read leaves the numbers of the unsheared one",
  needs("chromium"),
  async () => {
    const { page, faults } = await visit(browser, `${site.url}${QUICK}`);
    await whenRead(page);
    const highest = await fact(page, "Highest E");
    await tab(page, "Break");
    await strainTo(page, 0.02);
    await page.getByLabel("Map, bonds and spots of").selectOption("present");
    await page.getByRole("button", { name: "Undo the shear" }).click();
    await idle(page);
    await page.waitForTimeout(500);
    await tab(page, "Read");
    expect(await fact(page, "Highest E")).toBe(highest);
    expect(await page.locator("h2", { hasText: /^Soft spots$/ }).count()).toBe(1);
    expect(faults).toEqual([]);
    await page.context().close();
  },
);

test.each([
  ["2D", QUICK, "2dipl"],
  ["3D", QUICK3, "3dipl"],
])(
  "%s: for every state, the command line finds in the configuration the energies and spots of the page",
  needs("chromium"),
  async (_, hash, model) => {
    const { page, faults } = await visit(browser, `${site.url}${hash}`);
    await whenRead(page);
    await tab(page, "Break");
    await strainTo(page, 0.02);
    await tab(page, "Take away");
    const shelf = (title: string) => page.locator("section.group", { hasText: title }).first();
    for (const title of ["The unsheared glass", "The state in view"]) {
      const take = async (name: string): Promise<string> => {
        const [download] = await Promise.all([
          page.waitForEvent("download"),
          shelf(title).getByRole("button", { name }).first().click(),
        ]);
        expect(download.suggestedFilename().includes("strain")).toBe(title.includes("state"));
        return readFileSync(await download.path(), "utf8");
      };
      writeFileSync(join(folder, "state.extxyz"), await take("Configuration, extended XYZ"));
      softfield("lte", "state.extxyz", "--model", model, "-o", "lte.tsv", "--force");
      softfield("spots", "state.extxyz", "--model", model, "-o", "spots.tsv", "--force");
      expect(await take("Local thermal energies")).toBe(readFileSync(join(folder, "lte.tsv"), "utf8"));
      const spots = await take("Soft spots");
      expect(spots).toBe(readFileSync(join(folder, "spots.tsv"), "utf8"));
      expect(await take("Field, figure")).toMatch(/^<svg [\s\S]*<\/svg>\s*$/);
    }
    expect(faults).toEqual([]);
    await page.context().close();
  },
);

test(
  "link and commands know plane, direction, threshold and modes: run verbatim they give the page's numbers",
  needs("chromium"),
  async () => {
    const { page, faults } = await visit(browser, `${site.url}${QUICK3}&kept=0.5&plane=xz&angle=30&events=1`);
    await whenRead(page);
    await page.getByLabel("Map and spots by").selectOption("modes");
    await page.locator("h2", { hasText: "Spots of the modes" }).waitFor();
    await idle(page);
    // What looks along the shear does so in the plane and direction that are chosen.
    await page.getByLabel("Map and spots by").selectOption("softening");
    await page.locator("h2", { hasText: "Spots by softening" }).waitFor();
    await idle(page);
    await page.getByLabel("Map and spots by").selectOption("modes");
    await tab(page, "Break");
    expect(await page.getByLabel("Plane").inputValue()).toBe("xz");
    await page.getByRole("button", { name: "Shear", exact: true }).click();
    await page.waitForSelector('button[aria-label^="Event 1:"]');
    await idle(page);
    await tab(page, "Take away");
    const address = (await page.getByLabel("link", { exact: true }).textContent())!;
    for (const part of ["plane=xz", "angle=30", "kept=0.5", "events=1", "source=modes"])
      expect(address).toContain(part);
    const lines = (await page.getByLabel("command lines", { exact: true }).textContent())!.trim().split("\n");
    for (const line of lines) softfield(...line.split(" ").slice(1));
    const events = JSON.parse(await downloaded(page, "Plastic events")).events;
    const expected = JSON.parse(readFileSync(join(folder, "events.json"), "utf8")).events;
    expect(events.length).toBe(1);
    expect(events[0].strain).toBe(expected[0].strain);
    const spots = await downloaded(page, "Soft spots");
    expect(spots).toBe(readFileSync(join(folder, "spots.tsv"), "utf8"));
    const ofModes = await downloaded(page, "Spots of the modes");
    expect(ofModes).toBe(readFileSync(join(folder, "modes-spots.tsv"), "utf8"));
    const ofSoftening = await downloaded(page, "Spots by softening");
    expect(ofSoftening).toBe(readFileSync(join(folder, "softening-spots.tsv"), "utf8"));
    expect(faults).toEqual([]);
    await page.context().close();
  },
);

test(
  "a file is read with the model that it names; one that names none says where to choose it",
  needs("chromium"),
  async () => {
    const { page, faults } = await visit(browser, site.url);
    const glass = readFileSync(example("3dipl_400.extxyz"), "utf8");
    await drop(page, "3dipl_400.extxyz", Buffer.from(glass));
    await page.waitForSelector("#tab-read[aria-selected=true]");
    await idle(page);
    expect(await fact(page, "Bonds")).toContain("3313");
    await tab(page, "Make");
    await drop(page, "nameless.extxyz", Buffer.from(glass.replace(" model=3dipl", "")));
    await idle(page);
    expect(await page.locator(".failure").count()).toBe(0);
    await drop(page, "other.extxyz", Buffer.from(glass.replace("model=3dipl", "model=mine")));
    await page.locator(".failure", { hasText: "its header names the model “mine”" }).waitFor();
    await tab(page, "Make");
    await page.getByLabel("Its model").selectOption("3dipl");
    await page.getByRole("button", { name: "Open other.extxyz again" }).click();
    await page.waitForSelector("#tab-read[aria-selected=true]");
    await idle(page);
    expect(await fact(page, "Bonds")).toContain("3313");
    expect(faults).toEqual([]);
    await page.context().close();
  },
);

test(
  "the way to a minimum stands under its own error only, and leads to its own file",
  needs("chromium"),
  async () => {
    const { page, faults } = await visit(browser, site.url);
    const good = readFileSync(example("2dipl_400.extxyz"), "utf8");
    const shaken = good.replaceAll(
      /^S (\S+)/gm,
      (_, x: string) => `S ${Number(x) + 0.2 * Math.sin(97 * Number(x))}`,
    );
    await drop(page, "shaken.extxyz", Buffer.from(shaken));
    const way = page.getByRole("button", { name: "Bring it to its minimum here" });
    await way.waitFor();
    await drop(page, "empty.extxyz", Buffer.from(""));
    await page.locator(".failure", { hasText: "empty" }).waitFor();
    expect(await way.count()).toBe(0);
    await drop(page, "shaken.extxyz", Buffer.from(shaken));
    await way.click();
    await page.waitForSelector("#tab-read[aria-selected=true]");
    await idle(page);
    expect(await page.locator(".failure").count()).toBe(0);
    expect(faults).toEqual([]);
    await page.context().close();
  },
);

test("a reading that was stopped can be had again", needs("chromium"), async () => {
  const { page, faults } = await visit(browser, site.url);
  // Stopped as soon as it begins: the reading takes a fraction of a second.
  await page.evaluate(() => {
    new MutationObserver((_, observer) => {
      const work = document.querySelector(".work");
      if (!work?.textContent?.startsWith("Reading")) return;
      observer.disconnect();
      work.querySelector("button")?.click();
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  await page.getByRole("button", { name: "2D, N = 2,000" }).click();
  await page.waitForSelector('.lab[data-glass="yes"][data-busy="no"]');
  await idle(page);
  await tab(page, "Break");
  await page.getByRole("button", { name: "Read the glass" }).click();
  await page.getByRole("button", { name: "Shear", exact: true }).waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
});

test("silicon: the page's downloads are the command line's, triples and all", needs("chromium"), async () => {
  softfield(
    "make",
    "--model",
    "sw-silicon",
    "-n",
    "512",
    "--seed",
    "1",
    "--liquid-time",
    "2",
    "--anneal-time",
    "4",
    "--dt",
    "0.015",
    "-o",
    "silicon.extxyz",
    "--quiet",
  );
  softfield("lte", "silicon.extxyz", "--model", "sw-silicon", "-o", "lte.tsv");
  softfield("spots", "silicon.extxyz", "--model", "sw-silicon", "-o", "spots.tsv");
  const { page, faults } = await visit(browser, site.url);
  await drop(page, "silicon.extxyz", readFileSync(join(folder, "silicon.extxyz")));
  await page.waitForSelector("#tab-read[aria-selected=true]");
  await idle(page);
  await tab(page, "Take away");
  for (const [title, file] of [
    ["Local thermal energies", "lte.tsv"],
    ["Those of triples", "lte.triples.tsv"],
    ["Soft spots", "spots.tsv"],
  ] as const) {
    const own = await downloaded(page, title);
    expect(own).toBe(readFileSync(join(folder, file), "utf8"));
  }
  expect(faults).toEqual([]);
  await page.context().close();
});

test(
  "a shear is watched: fields of each state, the climb of E, the event by hand; the link leads back to it",
  needs("chromium"),
  async () => {
    const { page, faults } = await visit(browser, `${site.url}${QUICK}&events=1`);
    await whenRead(page);
    await tab(page, "Break");
    // A second click of the same hand does not stop it.
    await page.getByRole("button", { name: "Shear", exact: true }).dblclick();
    await page.locator(".legend", { hasText: "at γ =" }).waitFor();
    await page.waitForSelector('button[aria-label^="Event 1:"]');
    await idle(page);
    expect(await page.locator(".verdict").textContent()).toMatch(
      /^It broke first at a place softer than .* by the modes .*foretold\.$/,
    );
    expect(await page.locator(".legend", { hasText: "unsheared glass" }).count()).toBe(1);
    const climb = page.getByRole("img", { name: /^The largest \|E\| against strain/ });
    expect(await climb.locator("text", { hasText: /^10[³⁴⁵⁶⁷]$/ }).count()).toBeGreaterThan(0);

    await page.getByRole("button", { name: "Event 1 in slow motion" }).click();
    const moment = page.getByLabel("Event 1, from just before to just after");
    await page.waitForFunction(() =>
      document.querySelector(".motion output")?.textContent?.startsWith("100"),
    );
    const pin = () => page.locator('[data-event="1"]').getAttribute("transform");
    const after = await pin();
    await moment.fill("0");
    await page.waitForTimeout(300);
    expect(await pin()).not.toBe(after);

    const [recorded] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Film" }).click(),
    ]);
    expect(recorded.suggestedFilename()).toBe("event1.webm");
    // EBML, of which WebM is one.
    expect(
      readFileSync(await recorded.path())
        .subarray(0, 4)
        .toString("hex"),
    ).toBe("1a45dfa3");

    const address = page.url();
    const spot = () => page.locator('[data-spot="1"]').getAttribute("transform");
    const before = [await page.locator(".legend").textContent(), await spot()];
    const again = await visit(browser, address);
    await again.page.locator(".motion").waitFor();
    await idle(again.page);
    const there = again.page.locator('[data-spot="1"]');
    expect([
      await again.page.locator(".legend").textContent(),
      await there.getAttribute("transform"),
    ]).toEqual(before);
    expect([...faults, ...again.faults]).toEqual([]);
    await page.context().close();
    await again.page.context().close();
  },
);

test(
  "the picture that is taken away has its marks; brackets walk through them, and they are said",
  needs("chromium"),
  async () => {
    const { page, faults } = await visit(browser, `${site.url}${QUICK}&events=1`);
    await whenRead(page);
    await tab(page, "Break");
    await page.getByRole("button", { name: "Shear", exact: true }).click();
    await page.waitForSelector('button[aria-label^="Event 1:"]');
    await idle(page);
    await tab(page, "Take away");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "The picture in view" }).click(),
    ]);
    const png = readFileSync(await download.path()).toString("base64");
    const pins = await page.evaluate(async (bytes) => {
      const image = new Image();
      image.src = `data:image/png;base64,${bytes}`;
      await image.decode();
      const canvas = new OffscreenCanvas(image.width, image.height);
      const pen = canvas.getContext("2d")!;
      pen.drawImage(image, 0, 0);
      const { data } = pen.getImageData(0, 0, image.width, image.height);
      let count = 0;
      for (let k = 0; k < data.length; k += 4)
        if (data[k] === 0xf5 && data[k + 1] === 0xb7 && data[k + 2] === 0) count++;
      return { count, long: Math.max(image.width, image.height) };
    }, png);
    expect(pins.count).toBeGreaterThan(200);
    expect(pins.long).toBe(3840);
    const pdf = await downloaded(page, "The same as PDF");
    expect(pdf).toMatch(/^%PDF-1\.4\n[\s\S]*%%EOF\n$/);
    const svg = await downloaded(page, "The same as SVG");
    expect(svg).toMatch(/^<svg [\s\S]*<image [\s\S]*<text [\s\S]*<\/svg>\s*$/);

    await page.locator("canvas").focus();
    await page.keyboard.press("]");
    await page
      .locator("output[aria-live]", { hasText: /^Soft spot 1: rank by softness 1 of/ })
      .waitFor({ state: "attached" });
    // Back from the first: the strongest bonds, then the events.
    for (let bond = 5; bond >= 1; bond--) {
      await page.keyboard.press("[");
      await page
        .locator("output[aria-live]", { hasText: /^Bond \d+–\d+: E / })
        .waitFor({ state: "attached" });
    }
    await page.keyboard.press("[");
    await page.locator("output[aria-live]", { hasText: /^It broke first/ }).waitFor({ state: "attached" });
    await page.keyboard.press("Enter");
    expect(await page.locator(".tip.pinned").count()).toBe(1);
    await page.keyboard.press("Escape");
    await page.locator(".tip").waitFor({ state: "detached" });
    expect(await page.locator("canvas").getAttribute("aria-label")).toMatch(
      /^A glass: 300 particles .* 1 event\./,
    );
    expect(faults).toEqual([]);
    await page.context().close();
  },
);
