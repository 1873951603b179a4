import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { encode } from "uqr";
import { expect, test } from "vitest";
import { needs } from "../../../testing/needs.ts";
import { FIRST_GLASS } from "../src/state/odds.ts";
import { behind } from "../src/words.ts";
import { browser, openLab, site } from "./opened.ts";
import { downloaded, drop, example, idle, softfieldIn, tab, visit, whenRead } from "./visitor.ts";

openLab();

const QUICK = "#model=2dipl&n=300&seed=5&protocol=instantaneous&liquidTime=2";
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };

async function shearTo(page: Page, ordinal: number): Promise<void> {
  await tab(page, "Break");
  await page.getByRole("button", { name: /^(Shear|Go on)$/ }).click();
  await page.waitForSelector(`button[aria-label^="Event ${ordinal}:"]`);
  await idle(page);
}

test(
  "the first screen says what its picture shows, and its number is the first glass's",
  needs("chromium"),
  async () => {
    const { page, faults } = await visit(browser, site.url);
    const words = (await page.locator(".welcome").textContent())!;
    for (const part of [
      "stiff",
      "soft spots, 1 the softest",
      "where it broke",
      "This one was chosen",
      "Blind guesses",
    ])
      expect(words).toContain(part);
    expect(words).toContain(behind(FIRST_GLASS.softer));
    await page.getByRole("button", { name: "Make a glass", exact: true }).click();
    await whenRead(page);
    await page.getByText("The stronger the blue, the softer the glass.").waitFor();
    await tab(page, "Break");
    await page.getByLabel("Events to stop after").fill("1");
    await shearTo(page, 1);
    expect(await page.locator(".verdict").first().textContent()).toContain(
      `softer than ${behind(FIRST_GLASS.softer)}`,
    );
    expect(faults).toEqual([]);
    await page.context().close();
  },
);

test(
  "spots keep their numbers while the glass is sheared, the first verdict stays, and other fields say what they are",
  needs("chromium"),
  async () => {
    const { page, faults } = await visit(browser, `${site.url}${QUICK}&events=2`);
    await whenRead(page);
    // Marks are put in their places with the picture.
    const drawn = () =>
      page.evaluate(
        () =>
          new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(undefined)))),
      );
    const places = async () => {
      await drawn();
      return page.locator("[data-spot]").evaluateAll((marks) =>
        marks.map((mark) => {
          const [x, y] = mark
            .getAttribute("transform")!
            .match(/-?[\d.]+/g)!
            .map(Number);
          const stem = mark.querySelector("line")!;
          const to = (name: string) => Number(stem.getAttribute(name) ?? 0);
          return { name: (mark as SVGElement).dataset.spot!, x: x! + to("x2"), y: y! + to("y2") };
        }),
      );
    };
    await idle(page);
    const before = await places();
    expect(before.map(({ name }) => name)).toEqual(before.map((_, k) => String(k + 1)));
    await shearTo(page, 2);
    const first = (await page.locator(".verdict").first().textContent())!;
    expect(first).toMatch(
      /^It broke first at a place softer than [\d.]+.% of the glass \(a blind guess: 50.%/,
    );
    expect(await page.locator(".verdicts li").count()).toBe(1);
    await page.locator(".verdicts button").click();
    await page.locator(".verdicts .verdict", { hasText: /^Event 2 struck/ }).waitFor();
    expect(await page.locator(".verdict").first().textContent()).toBe(first);
    await page.getByRole("button", { name: "Leave the event" }).click();
    await page.getByLabel("Map, bonds and spots of").selectOption("present");
    await page.locator(".legend", { hasText: "at γ =" }).waitFor();
    await idle(page);
    const after = await places();
    const numbered = after.filter(({ name }) => /^\d+$/.test(name));
    expect(numbered.length).toBeGreaterThan(0);
    expect(after.filter(({ name }) => !/^(\d+|[A-Z]+)$/.test(name))).toEqual([]);
    // What bears a number is where that number was, to a cell or so.
    const stage = (await page.locator("canvas").boundingBox())!;
    for (const { name, x, y } of numbered) {
      const old = before.find((spot) => spot.name === name)!;
      const far = Math.hypot(x - old.x, y - old.y);
      expect(Math.min(far, Math.abs(stage.height - far))).toBeLessThan(0.16 * stage.height);
    }
    await page.getByLabel("Map, bonds and spots of").selectOption("unsheared");
    await expect.poll(async () => (await places()).length).toBe(before.length);
    await tab(page, "Read");
    await page.getByText("So it was before the shear").waitFor();
    await expect.poll(() => page.getByText("it should give way first").count()).toBe(0);
    await page.getByLabel("Map and spots by").selectOption("debye-waller");
    await page.getByText("mean square vibration of particles").waitFor();
    await page.getByRole("button", { name: "box", exact: true }).click();
    await page.locator("dialog .asked", { hasText: "It has no walls" }).waitFor();
    await page.keyboard.press("Escape");
    await page.locator("dialog").waitFor({ state: "detached" });
    expect(faults).toEqual([]);
    await page.context().close();
  },
);

test(
  "places on the page are those of the file and its tables, wherever its corner is",
  needs("chromium"),
  async () => {
    const { page, faults } = await visit(browser, site.url);
    const text = readFileSync(example("2dipl_400.extxyz"), "utf8");
    const moved = text
      .replace("Lattice=", 'Origin="-40 7 0" Lattice=')
      .replaceAll(
        /^([SL]) (\S+) (\S+)/gm,
        (_, kind: string, x: string, y: string) => `${kind} ${Number(x) - 40} ${Number(y) + 7}`,
      );
    await drop(page, "moved.extxyz", Buffer.from(moved));
    await page.waitForSelector("#tab-read[aria-selected=true]");
    await idle(page);
    const cells = await page.locator("#spots-title ~ .table tbody tr td:last-child").allTextContents();
    await tab(page, "Take away");
    const [head, ...rows] = (await downloaded(page, "Soft spots"))
      .trim()
      .split("\n")
      .filter((row) => !row.startsWith("#"));
    const [x, y] = ["x", "y"].map((name) => head!.split("\t").indexOf(name));
    expect(cells.length).toBeGreaterThan(1);
    cells.forEach((cell, k) => {
      const told = cell.split(", ").map((word) => Number(word.replace("−", "-")));
      const row = rows[k]!.split("\t").map(Number);
      // The table has SI D's noise of a cell.
      expect(Math.abs(told[0]! - row[x!]!)).toBeLessThan(2);
      expect(Math.abs(told[1]! - row[y!]!)).toBeLessThan(2);
    });
    expect(faults).toEqual([]);
    await page.context().close();
  },
);

test(
  "on a phone what came true is in the first view, and marks do not cover each other",
  needs("chromium"),
  async () => {
    const { page, faults } = await visit(browser, `${site.url}${QUICK}&events=1`, PHONE);
    await whenRead(page);
    const covered = await page.locator("[data-spot]").evaluateAll((marks) => {
      const circles = marks.map((mark) => {
        const { left, top, width, height } = mark.querySelector("circle:not(.halo)")!.getBoundingClientRect();
        return { x: left + width / 2, y: top + height / 2, r: width / 2 };
      });
      return circles.flatMap((a, k) =>
        circles.slice(k + 1).filter((b) => Math.hypot(a.x - b.x, a.y - b.y) < a.r + b.r - 0.5),
      ).length;
    });
    expect(covered).toBe(0);
    await shearTo(page, 1);
    const strip = page.locator(".came-true");
    await strip.waitFor();
    expect(await strip.textContent()).toMatch(/^It broke at a place softer than .*foretold$/);
    const box = (await strip.boundingBox())!;
    const scrolled = await page.evaluate(() => window.scrollY);
    expect(box.y + box.height - scrolled).toBeLessThan(844);
    // On its side, too.
    await page.setViewportSize({ width: 844, height: 390 });
    const lying = (await strip.boundingBox())!;
    expect(lying.y + lying.height).toBeLessThan(390);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(844);
    expect(faults).toEqual([]);
    await page.context().close();
  },
);

/** How many pixels of a picture have a colour, within a square about a place (or anywhere). */
function pixelsOf(
  page: Page,
  png: Buffer,
  colour: readonly [number, number, number],
  near?: readonly [number, number, number],
): Promise<number> {
  return page.evaluate(
    async ([bytes, rgb, place]) => {
      const image = new Image();
      image.src = `data:image/png;base64,${bytes}`;
      await image.decode();
      const canvas = new OffscreenCanvas(image.width, image.height);
      const pen = canvas.getContext("2d")!;
      pen.drawImage(image, 0, 0);
      const [x, y, r] = place ?? [0, 0, 0];
      const { data } = place
        ? pen.getImageData(x - r, y - r, 2 * r, 2 * r)
        : pen.getImageData(0, 0, image.width, image.height);
      let count = 0;
      for (let k = 0; k < data.length; k += 4)
        if (rgb.every((value, c) => Math.abs(value - data[k + c]!) < 6)) count++;
      return count;
    },
    [png.toString("base64"), colour, near] as const,
  );
}

test(
  "a picture to take away holds circles, pins and bet where they are, and their key beneath",
  needs("chromium"),
  async () => {
    const { page, faults } = await visit(browser, `${site.url}${QUICK}&events=1&bet=6,8`);
    await whenRead(page);
    await shearTo(page, 1);
    await tab(page, "Take away");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "The picture in view" }).click(),
    ]);
    const png = readFileSync(await download.path());
    const { width } = (await page.locator("canvas").boundingBox())!;
    const ratio = 3840 / width;
    const placeOf = async (query: string): Promise<[number, number]> => {
      const text = (await page.locator(query).getAttribute("transform"))!;
      const [x, y] = text.match(/-?[\d.]+/g)!.map(Number);
      return [Math.round(x! * ratio), Math.round(y! * ratio)];
    };
    const r = Math.round(20 * ratio);
    expect(
      await pixelsOf(page, png, [0x0a, 0x7d, 0x3c], [...(await placeOf("[data-bet]")), r]),
    ).toBeGreaterThan(500);
    expect(
      await pixelsOf(page, png, [0xf5, 0xb7, 0], [...(await placeOf('[data-event="1"]')), 2 * r]),
    ).toBeGreaterThan(500);
    expect(
      await pixelsOf(page, png, [0x12, 0x16, 0x1d], [...(await placeOf('[data-spot="1"]')), r]),
    ).toBeGreaterThan(300);
    const svg = await downloaded(page, "The same as SVG");
    for (const words of ["soft spots, 1 the softest", "where it broke", "your bet", ">1</text>"])
      expect(svg).toContain(words);
    expect(faults).toEqual([]);
    await page.context().close();
  },
);

test(
  "displacements of an event and the sheared configuration are the command line's",
  needs("chromium"),
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "softfield-visit-"));
    try {
      const { page, faults } = await visit(browser, `${site.url}${QUICK}&events=1`);
      await whenRead(page);
      await shearTo(page, 1);
      await tab(page, "Take away");
      const table = (await downloaded(page, "Displacements at event 1")).trim().split("\n").slice(1);
      const [event] = JSON.parse(await downloaded(page, "Plastic events")).events;
      expect(table.length).toBe(300);
      const sizes = table.map((row) => {
        const [, x, y] = row.split("\t").map(Number);
        return Math.hypot(x!, y!);
      });
      // The particle that moved most is the event's.
      expect(sizes.indexOf(Math.max(...sizes))).toBe(event.particle);
      const state = page.locator("section.group", { hasText: "The state in view" }).first();
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        state.getByRole("button", { name: "Configuration, extended XYZ" }).click(),
      ]);
      const sheared = readFileSync(await download.path(), "utf8");
      expect(sheared).toMatch(/strain=/);
      writeFileSync(join(folder, "sheared.extxyz"), sheared);
      const { status, stderr } = softfieldIn(
        folder,
        "lte",
        "sheared.extxyz",
        "--model",
        "2dipl",
        "-o",
        "lte.tsv",
      );
      expect(status, stderr).toBe(0);
      expect(faults).toEqual([]);
      await page.context().close();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

test(
  "the gallery's pictures are there and its links lead to them; QR codes hold the link",
  needs("chromium"),
  async () => {
    const { page, faults } = await visit(browser, site.url);
    await page.getByRole("button", { name: "Gallery" }).click();
    const pieces = page.locator(".gallery a");
    await pieces.first().waitFor();
    expect(await pieces.count()).toBeGreaterThan(7);
    for (const image of await page.locator(".gallery img").all()) {
      await image.scrollIntoViewIfNeeded();
      await page.waitForFunction(
        (element) => (element as HTMLImageElement).naturalWidth > 0,
        await image.elementHandle(),
      );
    }
    await pieces.filter({ hasText: "Kob–Andersen" }).click();
    await page.waitForFunction(() => document.querySelector("canvas")?.ariaLabel?.includes("3 dimensions"));
    await whenRead(page);
    expect(await page.locator(".failure").count()).toBe(0);
    await tab(page, "Take away");
    await page.getByText("QR code, and for a page of your own").click();
    const link = (await page.getByLabel("link", { exact: true }).textContent())!.trim();
    const { data, size } = encode(link, { ecc: "L", border: 3 });
    const drawn = await page
      .getByRole("img", { name: "QR code of the link" })
      .locator("path")
      .getAttribute("d");
    const dark = new Set([...drawn!.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => `${x} ${y}`));
    for (let y = 0; y < size; y++)
      for (let x = 0; x < size; x++) expect(dark.has(`${x} ${y}`)).toBe(data[y]![x]);
    expect(faults).toEqual([]);
    await page.context().close();
  },
);
