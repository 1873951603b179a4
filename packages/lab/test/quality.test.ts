import { expect, test } from "vitest";
import { needs } from "../../../testing/needs.ts";
import { browser, openLab, site } from "./opened.ts";
import { findings, idle, picture, tab, visit, whenRead } from "./visitor.ts";

const GLASS = "#model=2dipl&n=200&seed=2&protocol=instantaneous&liquidTime=1";

openLab();

test.each(["light", "dark"] as const)(
  "no accessibility findings, %s",
  needs("chromium"),
  async (colorScheme) => {
    const { page, faults } = await visit(browser, site.url, { colorScheme });
    expect(await findings(page)).toEqual([]);
    await page.goto(`${site.url}${GLASS}`);
    await page.reload();
    await whenRead(page);
    await page.getByText("Scales and thresholds").click();
    await page.getByLabel("Particles by").selectOption("energy");
    await page.getByLabel("Map and spots by").selectOption("modes");
    await page.locator("h2", { hasText: "Spots of the modes" }).waitFor();
    await idle(page);
    expect(await findings(page)).toEqual([]);
    await picture(page, `9-read-${colorScheme}`);
    await tab(page, "Break");
    await page.getByRole("button", { name: "One step" }).click();
    await page.locator("h2", { hasText: "Stress against strain" }).waitFor();
    expect(await findings(page)).toEqual([]);
    for (const name of ["Take away", "Make"]) {
      await tab(page, name);
      expect(await findings(page)).toEqual([]);
    }
    for (const hash of [
      `${GLASS}&scene=4`,
      "#class",
      `${GLASS}&beside=modes&tab=break`,
      "#game=5&rounds=1",
    ]) {
      await page.goto(`${site.url}${hash}`);
      await page
        .locator("[data-spot], #class-title, .guide button:has-text('Tap in the picture')")
        .first()
        .waitFor();
      await idle(page);
      await picture(page, `axe-${colorScheme}-${hash.replaceAll(/\W+/g, "-").slice(-24)}`);
      expect(await findings(page), hash).toEqual([]);
    }
    expect(faults).toEqual([]);
    await page.context().close();
  },
);

test.each(["light", "dark"] as const)(
  "no accessibility findings on the stage alone, in a frame, in a game to its end, over gallery and glossary, %s",
  needs("chromium"),
  async (colorScheme) => {
    const { page, faults } = await visit(browser, `${site.url}${GLASS}&events=1&event=1&tab=break`, {
      colorScheme,
      reducedMotion: "reduce",
    });
    await page.locator(".motion").waitFor();
    await idle(page);
    expect(await findings(page), "an event").toEqual([]);
    await page.getByRole("button", { name: "What do I see?" }).click();
    await page.locator(".words-of[open]").waitFor();
    expect(await findings(page), "glossary").toEqual([]);
    await page.keyboard.press("Escape");
    await page.locator(".words-of").waitFor({ state: "detached" });
    await page.locator("canvas").first().focus();
    await page.keyboard.press("f");
    await page.locator(".presenter").waitFor();
    await page.keyboard.press("q");
    await page.locator(".presenter .qr").waitFor();
    expect(await findings(page), "full screen").toEqual([]);
    await page.keyboard.press("Escape");
    await page.goto(`${site.url}${GLASS}&events=1&event=1&embed=1`);
    await page.reload();
    await page.locator(".presenter .caption", { hasText: /^It broke first/ }).waitFor();
    await idle(page);
    expect(await findings(page), "frame").toEqual([]);
    await page.goto("about:blank");
    await page.goto(site.url);
    await page.getByRole("button", { name: "Gallery" }).click();
    await page.locator("#gallery-title").waitFor();
    expect(await findings(page), "gallery").toEqual([]);
    await page.goto("about:blank");
    await page.goto(`${site.url}#game=5&rounds=1`);
    await page.getByRole("button", { name: "Tap in the picture" }).waitFor();
    const box = (await page.locator("canvas").first().boundingBox())!;
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await page.getByRole("button", { name: "Shear it" }).click();
    await page.locator(".guide .primary", { hasText: "How did I do?" }).waitFor();
    // The modes' softest spot is drawn beside the map's.
    expect(await page.locator("[data-rival]").getAttribute("transform")).toMatch(/translate\(\d/);
    expect(await findings(page), "a round").toEqual([]);
    await page.locator(".guide .primary").click();
    await page.getByLabel("code", { exact: true }).waitFor();
    expect(await findings(page), "the end of a game").toEqual([]);
    expect(faults).toEqual([]);
    await page.context().close();
  },
);

test(
  "a phone: nothing wider than the screen; touch and keyboard move the picture and tell numbers",
  needs("chromium"),
  async () => {
    const phone = {
      viewport: { width: 390, height: 844 },
      deviceScaleFactor: 2,
      hasTouch: true,
      isMobile: true,
    };
    const { page, faults } = await visit(browser, `${site.url}${GLASS}`, phone);
    await whenRead(page);
    for (const name of ["Make", "Read", "Break", "Take away"]) {
      await tab(page, name);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      await picture(page, `phone-${name.toLowerCase().replace(" ", "-")}`);
    }
    const canvas = (await page.locator("canvas").boundingBox())!;
    await page.touchscreen.tap(canvas.x + canvas.width / 2, canvas.y + canvas.height / 2);
    await page.locator(".tip.pinned dl").waitFor();
    await page.locator("canvas").focus();
    const before = await page.locator('[data-spot="1"]').getAttribute("transform");
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction(
      (old) => document.querySelector('[data-spot="1"]')?.getAttribute("transform") !== old,
      before,
    );
    expect(faults).toEqual([]);
    await page.context().close();
  },
);

test("what is no number is told of at its field, and no glass is made of it", needs("chromium"), async () => {
  const { page, faults } = await visit(browser, site.url);
  const particles = page.getByLabel("Particles N");
  for (const [typed, why] of [
    ["abc", "“abc” is no number"],
    ["2.5", "a whole number from 2 to 4,000,000, please"],
  ] as const) {
    await particles.fill(typed);
    await page.getByRole("button", { name: "Make the glass" }).click();
    await page.locator(".field .wrong", { hasText: why }).waitFor();
    expect(await particles.inputValue()).toBe(typed);
    expect(await page.locator('.lab[data-busy="no"][data-glass="no"]').count()).toBe(1);
  }
  expect(await findings(page)).toEqual([]);
  // Nothing moves under the pointer that leaves a mended field.
  await particles.fill("100");
  expect(await page.locator(".field .wrong").count()).toBe(0);
  await page.getByText("Temperatures and times").click();
  await page.getByLabel("Anneal temperature").fill("-1");
  await page.getByLabel("Anneal temperature").press("Tab");
  await page.locator(".wrong", { hasText: "“Anneal temperature” must be no less than 0, got -1" }).waitFor();
  // The other numbers stay where they are.
  expect(await page.getByLabel("Time in the liquid").count()).toBe(1);
  expect(await page.getByRole("button", { name: "Make the glass" }).isDisabled()).toBe(true);
  expect(faults).toEqual([]);
  await page.context().close();
});

test(
  "nothing is cut off: a table with all its columns, the first point of a curve, a sheared box on a phone",
  needs("chromium"),
  async () => {
    const { page, faults } = await visit(browser, `${site.url}${GLASS}&source=modes&events=1`);
    await page.locator("h2", { hasText: "Spots of the modes" }).waitFor();
    await idle(page);
    await page.evaluate(() => {
      document.querySelector(".panel")!.scrollTop = 500;
    });
    await tab(page, "Break");
    expect(await page.evaluate(() => document.querySelector(".panel")!.scrollTop)).toBe(0);
    await page.getByRole("button", { name: "One step" }).click();
    await page.locator(".dots.main circle").waitFor();
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByRole("columnheader", { name: "modes" }).waitFor();
    await idle(page);
    const cut = () =>
      page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.querySelector(".table")!;
        return scrollWidth - clientWidth;
      });
    expect(await cut()).toBe(0);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await cut()).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(faults).toEqual([]);
    await page.context().close();
  },
);

test(
  "letters twice as large: nothing is cut or covers its neighbour; forced colours keep scale and tab",
  needs("chromium"),
  async () => {
    const { page, faults } = await visit(browser, `${site.url}${GLASS}&events=1&event=1&tab=break`, {
      viewport: { width: 1440, height: 900 },
      forcedColors: "active",
      reducedMotion: "reduce",
    });
    await page.locator(".motion").waitFor();
    await idle(page);
    const seen = await page.evaluate(() => {
      const style = (query: string) => getComputedStyle(document.querySelector(query)!);
      return {
        ramp: style(".legend .ramp").backgroundImage,
        chosen: style("#tab-break").backgroundColor,
        other: style("#tab-make").backgroundColor,
      };
    });
    expect(seen.ramp).toContain("gradient");
    expect(seen.chosen).not.toBe(seen.other);
    await page.emulateMedia({ forcedColors: "none" });
    await page.addStyleTag({ content: "html { font-size: 200% !important }" });
    for (const name of ["Make", "Read", "Break", "Take away"]) {
      await tab(page, name);
      await page.waitForTimeout(200);
      const cut = await page.evaluate(() =>
        [
          ...document.querySelectorAll<HTMLElement>(
            ".panel :is(button, label, input, select, td, th, p, h2, legend, summary)",
          ),
        ]
          .filter((element) => element.offsetParent && !element.matches(".hidden-input"))
          .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 2)
          .map(({ tagName, textContent }) => `${tagName} ${textContent}`),
      );
      expect(cut, name).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1440);
    }
    expect(faults).toEqual([]);
    await page.context().close();
  },
);

test("panning, zooming and turning send no data to the device", needs("chromium"), async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  await context.addInitScript(() => {
    const counts = { uploads: 0, draws: 0 };
    (window as unknown as { counts: typeof counts }).counts = counts;
    const api = WebGL2RenderingContext.prototype as unknown as Record<
      string,
      (...args: unknown[]) => unknown
    >;
    for (const name of ["texImage2D", "texSubImage2D", "bufferData", "bufferSubData"]) {
      const original = api[name];
      api[name] = function (...args) {
        counts.uploads++;
        return original.apply(this, args);
      };
    }
    const draw = api.drawArrays!;
    api.drawArrays = function (...args) {
      counts.draws++;
      return draw.apply(this, args);
    };
  });
  const page = await context.newPage();
  await page.goto(`${site.url}${GLASS}`);
  await whenRead(page);
  const counts = () =>
    page.evaluate(() => ({ ...(window as unknown as { counts: Record<string, number> }).counts }));
  /** Once something was drawn, and nothing more for as long as a slow frame takes. */
  const settled = async () => {
    for (let last = await counts(); ; ) {
      await page.waitForTimeout(300);
      const now = await counts();
      if (now.draws! > 0 && now.draws === last.draws && now.uploads === last.uploads) return now;
      last = now;
    }
  };
  const before = await settled();
  await page.mouse.move(400, 400);
  await page.mouse.wheel(0, -300);
  await page.mouse.down();
  await page.mouse.move(460, 430, { steps: 8 });
  await page.mouse.up();
  await page.waitForFunction(
    (drawn) => (window as unknown as { counts: { draws: number } }).counts.draws > drawn,
    before.draws!,
  );
  const after = await settled();
  expect(after.draws).toBeGreaterThan(before.draws!);
  expect(after.uploads).toBe(before.uploads);
  await context.close();
});

test("memory is steady over twenty cycles of make, read and break", needs("chromium"), async () => {
  const { page, faults } = await visit(browser, site.url);
  const session = await page.context().newCDPSession(page);
  const heap = async (): Promise<number> => {
    await session.send("HeapProfiler.collectGarbage");
    return (await session.send("Runtime.getHeapUsage")).usedSize;
  };
  const sizes: number[] = [];
  await page.getByLabel("Protocol").selectOption("instantaneous");
  await page.getByText("Temperatures and times").click();
  await page.getByLabel("Time in the liquid").fill("0.5");
  await page.getByLabel("Particles N").fill("100");
  for (let cycle = 1; cycle <= 20; cycle++) {
    await tab(page, "Make");
    await page.getByLabel("Seed", { exact: true }).fill(String(cycle));
    await page.getByRole("button", { name: "Make the glass" }).click();
    await page.locator("#tab-read[aria-selected=true]").waitFor();
    await idle(page);
    await tab(page, "Break");
    await page.getByRole("button", { name: "One step" }).click();
    await page.locator("h2", { hasText: "Stress against strain" }).waitFor();
    sizes.push(await heap());
  }
  const early = Math.max(...sizes.slice(2, 6));
  expect(sizes.at(-1)).toBeLessThan(early * 1.2);
  expect(faults).toEqual([]);
  await page.context().close();
});
