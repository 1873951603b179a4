import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { needs } from "../../../testing/needs.ts";
import { resultOf } from "../src/state/result.ts";
import { browser, openLab, site } from "./opened.ts";
import { idle, picture, tab, visit, whenRead } from "./visitor.ts";

openLab();

const QUICK = "#model=2dipl&n=300&seed=5&protocol=instantaneous&liquidTime=2";

/** Taps into the picture, at fractions of it. */
async function tapAt(page: Page, x: number, y: number): Promise<void> {
  const box = (await page.locator("canvas").first().boundingBox())!;
  await page.mouse.click(box.x + box.width * x, box.y + box.height * y);
}

test("the story: seven scenes, each a link; its bet is told of", needs("chromium"), async () => {
  const { page, faults } = await visit(browser, `${site.url}${QUICK}&scene=1`);
  const title = page.locator("#scene-title");
  const onwards = page.locator(".guide .primary");
  const titles: string[] = [];
  for (let scene = 1; scene <= 7; scene++) {
    await page.waitForURL(new RegExp(`scene=${scene}$`));
    titles.push((await title.textContent())!);
    if (scene === 2) await page.getByText(/drawn \d+ times/).waitFor();
    if (scene === 5) await tapAt(page, 0.5, 0.5);
    if (scene === 6) {
      await page.locator(".told .verdict", { hasText: /^It broke first/ }).waitFor();
      await page.getByText(/^Your bet: a (hit|miss)\. Of the glass/).waitFor();
    }
    await picture(page, `story-${scene}`);
    if (scene < 7) await onwards.click();
  }
  expect(new Set(titles).size).toBe(7);
  // A link to a scene opens it.
  const other = await visit(browser, `${site.url}${QUICK}&scene=4`);
  await other.page.locator("#scene-title", { hasText: "map of softness" }).waitFor();
  await other.page.locator("[data-spot]").first().waitFor();
  await other.page.getByRole("button", { name: "To the lab" }).click();
  await other.page.locator("#tab-break[aria-selected=true]").waitFor();
  expect([...faults, ...other.faults]).toEqual([]);
  await page.context().close();
  await other.page.context().close();
});

test(
  "a game: the map is hidden until the bet stands; its code is added up by the class's page",
  needs("chromium"),
  async () => {
    const { page, faults } = await visit(browser, `${site.url}#game=3&rounds=3`);
    for (let round = 1; round <= 3; round++) {
      await page.getByRole("button", { name: "Tap in the picture" }).waitFor();
      expect(await page.locator("[data-spot]").count()).toBe(0);
      expect(await page.locator(".legend .ramp").count()).toBe(0);
      if (round === 1) {
        // By keyboard, too.
        await page.locator("canvas").focus();
        await page.keyboard.press("ArrowLeft");
      } else await tapAt(page, 0.3 + 0.04 * round, 0.5);
      await page.getByRole("button", { name: "Shear it" }).click();
      await page.locator(".guide .primary", { hasText: round < 3 ? "Next glass" : "How did I do?" }).click();
    }
    await picture(page, "game-over");
    const code = (await page.getByLabel("code", { exact: true }).textContent())!;
    const result = resultOf(code)!;
    expect(result.series).toBe(3);
    expect(result.rounds.length).toBe(3);
    for (const { you, lte, modes } of result.rounds)
      for (const share of [you, lte, modes]) {
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
      }
    const [card] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Card" }).click(),
    ]);
    expect(
      readFileSync(await card.path())
        .subarray(1, 4)
        .toString(),
    ).toBe("PNG");
    expect(await page.getByRole("img", { name: "QR code of the result" }).count()).toBe(1);

    const lecturer = await visit(browser, `${site.url}#result=${code}`);
    await lecturer.page.getByText("Game 3: 1 player").waitFor();
    const changed = code.replace(/.$/, (letter) => (letter === "A" ? "B" : "A"));
    await lecturer.page.getByLabel(/Codes, links/).fill(`damaged ${changed}, again ${code}`);
    expect(await lecturer.page.getByText("Game 3: 1 player").count()).toBe(1);
    await picture(lecturer.page, "class");
    expect([...faults, ...lecturer.faults]).toEqual([]);
    await page.context().close();
    await lecturer.page.context().close();
  },
);

test(
  "a warm glass: what is measured of every bond tends to its E; the hot one leaves its minimum",
  needs("chromium"),
  async () => {
    const { page, faults } = await visit(browser, `${site.url}${QUICK}`);
    await whenRead(page);
    await page.getByLabel("Temperature T").fill("-5");
    await page.getByRole("button", { name: "Warm it" }).click();
    await page.waitForFunction(
      () => Number(/correlation ([\d.]+)/.exec(document.body.textContent ?? "")?.[1]) > 0.98,
    );
    const text = (await page.getByTestId("agreement").textContent())!;
    const misfit = Number(/χ² = ([\d.]+)/.exec(text)![1]);
    expect(misfit).toBeLessThan(3);
    await picture(page, "warm");
    await page.getByLabel("Temperature T").fill("-0.7");
    await page.getByText(/the glass left its minimum/).waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  },
);

test(
  "directions: which way each spot is soft, and which goes first in each direction",
  needs("chromium"),
  async () => {
    const { page, faults } = await visit(browser, `${site.url}${QUICK}`);
    await whenRead(page);
    await tab(page, "Break");
    await page.getByRole("button", { name: "Which way is each spot soft?" }).click();
    await page.getByRole("columnheader", { name: "softest at" }).waitFor();
    expect(await page.locator(".way .soft, .way .stiff").count()).toBeGreaterThan(0);
    await page.getByLabel(/Bonds by dE/).check();
    await page.locator(".legend", { hasText: "dE/dγ of bonds at 0°" }).waitFor();
    await page.getByRole("button", { name: "Try all directions" }).click();
    await page.getByText("Try all directions again").waitFor();
    expect(await page.locator(".petal").count()).toBeGreaterThanOrEqual(18);
    await picture(page, "directions");
    // What is found is what the shear of that direction meets.
    const ring = (await page.locator(".dial").getAttribute("aria-label"))!;
    const [, spot, strain] = /; first events by direction: 0°: spot (\w+) at γ = ([\d.e−-]+)/.exec(ring)!;
    await page.getByLabel("Events to stop after").fill("1");
    await page.getByRole("button", { name: "Shear", exact: true }).click();
    await page.waitForSelector('button[aria-label^="Event 1:"]');
    await idle(page);
    const cells = await page
      .locator("#events-title ~ .table tbody tr")
      .first()
      .locator("td")
      .allTextContents();
    expect(Number(cells[0])).toBeCloseTo(Number(strain.replace("−", "-")), 3);
    expect(cells[3]).toBe(spot);
    expect(faults).toEqual([]);
    await page.context().close();
  },
);

test(
  "back: each glass is a place to go back to, a file's too, and the first screen",
  needs("chromium"),
  async () => {
    const { page, faults } = await visit(browser, site.url);
    await page.getByRole("button", { name: "2D, N = 2,000" }).click();
    await page.waitForSelector("#tab-read[aria-selected=true]");
    await idle(page);
    await tab(page, "Make");
    await page.getByLabel("Particles N").fill("100");
    await page.getByLabel("Protocol").selectOption("instantaneous");
    await page.getByRole("button", { name: "Make the glass" }).click();
    await page.waitForSelector("#tab-read[aria-selected=true]");
    await idle(page);
    const particles = () => page.locator("canvas").first().getAttribute("aria-label");
    expect(await particles()).toContain("100 particles");
    await page.goBack();
    await page.waitForFunction(() => document.querySelector("canvas")?.ariaLabel?.includes("2000 particles"));
    await idle(page);
    await page.goForward();
    await page.waitForFunction(() => document.querySelector("canvas")?.ariaLabel?.includes("100 particles"));
    await idle(page);
    await page.goBack();
    await idle(page);
    await page.goBack();
    await page.getByRole("heading", { name: "Where will a glass break?" }).waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  },
);

test("the link holds where one looks from", needs("chromium"), async () => {
  const { page, faults } = await visit(browser, `${site.url}${QUICK}`);
  await whenRead(page);
  await page.mouse.move(400, 400);
  await page.mouse.wheel(0, -400);
  await page.waitForURL(/look=/);
  const spot = () => page.locator('[data-spot="1"]').getAttribute("transform");
  const before = await spot();
  const again = await visit(browser, page.url());
  await whenRead(again.page);
  await again.page.waitForTimeout(400);
  const there = await again.page.locator('[data-spot="1"]').getAttribute("transform");
  const numbers = (text: string | null) => text!.match(/-?[\d.]+/g)!.map(Number);
  for (const [k, x] of numbers(there).entries()) expect(Math.abs(x - numbers(before)[k])).toBeLessThan(1.5);
  expect([...faults, ...again.faults]).toEqual([]);
  await page.context().close();
  await again.page.context().close();
});
