/**
 * Pictures of every scene of the lab at the sizes of a phone upright and on its side, a tablet and a desk (and, of two,
 * at 4K), in both themes, to be looked at; axe-core's findings are printed. All scenes, or those named. Needs Chromium.
 *
 *   npx --no-install node --conditions=softfield-source packages/lab/scripts/looks.ts out/lab/looks
 *   … packages/lab/scripts/looks.ts out/lab/looks read break
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { buildAndServe } from "../test/site.ts";
import { findings, idle, launch, tab, visit, whenRead } from "../test/visitor.ts";

const SIZES = [
  ["phone", 390, 844],
  ["side", 844, 390],
  ["tablet", 820, 1180],
  ["desk", 1440, 900],
] as const;
const LARGE = [["4k", 3840, 2160]] as const;

const [folder = "out/lab/looks", ...only] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const site = await buildAndServe();
const browser = await launch();

async function shoot(
  page: Page,
  name: string,
  sizes: readonly (readonly [string, number, number])[] = SIZES,
) {
  for (const [size, width, height] of sizes) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.waitForTimeout(500);
      await page.screenshot({ path: join(folder, `${name}-${size}-${colorScheme}.png`) });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (wide > 0) console.info(`${name} ${size}: ${wide} pixels wider than the screen`);
      for (const found of await findings(page)) console.info(`${name} ${size} ${colorScheme}: ${found}`);
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}

async function open(hash: string): Promise<Page> {
  const { page, faults } = await visit(browser, `${site.url}${hash}`, {
    viewport: { width: 1440, height: 900 },
  });
  page.setDefaultTimeout(240_000);
  page.on("close", () => {
    for (const fault of faults) console.info(`fault: ${fault}`);
  });
  return page;
}

const LAB = "#model=2dipl&n=1000&seed=5&events=2";

const SCENES: Readonly<Record<string, () => Promise<void>>> = {
  welcome: async () => {
    const page = await open("");
    await shoot(page, "welcome");
    await shoot(page, "welcome", LARGE);
    await page.getByRole("button", { name: "Gallery" }).click();
    await page.locator("#gallery-title").waitFor();
    await page.waitForTimeout(500);
    await shoot(page, "gallery");
    await page.goto(`${site.url}#class`);
    await page.locator("#class-title").waitFor();
    await shoot(page, "class");
    await page.context().close();
  },
  lab: async () => {
    const page = await open(LAB);
    await whenRead(page);
    await idle(page);
    await shoot(page, "read");
    for (const [name, title] of [
      ["Make", "make"],
      ["Take away", "take"],
      ["Break", "break"],
    ] as const) {
      await tab(page, name);
      await page.waitForTimeout(300);
      await shoot(page, title);
    }
    await page.getByRole("button", { name: "Shear", exact: true }).click();
    await page.waitForSelector('button[aria-label^="Event 2:"]');
    await idle(page);
    await page.waitForTimeout(1000);
    await idle(page);
    await shoot(page, "broken");
    await page.getByRole("button", { name: "Event 1: show" }).click();
    await page.locator(".motion").waitFor();
    await shoot(page, "event");
    await shoot(page, "event", LARGE);
    await page.locator(".help").click();
    await page.locator(".words-of").waitFor();
    await shoot(page, "words");
    await page.keyboard.press("Escape");
    await page.locator("canvas").first().focus();
    await page.keyboard.press("f");
    await page.waitForTimeout(500);
    await shoot(page, "stage");
    await page.context().close();
  },
  beside: async () => {
    const page = await open(`${LAB}&event=1&tab=break&beside=modes,debye-waller,softening`);
    await page.locator(".motion").waitFor();
    await idle(page);
    await page.waitForTimeout(3000);
    await idle(page);
    await shoot(page, "beside");
    await page.context().close();
  },
  story: async () => {
    const page = await open(`${LAB}&scene=1`);
    for (let scene = 1; scene <= 7; scene++) {
      await page.waitForURL(new RegExp(`scene=${scene}$`));
      await page.locator("#scene-title").waitFor();
      await page.locator(".told").waitFor();
      await whenReady(page);
      if (scene === 6) await page.locator(".told .verdict").waitFor();
      await shoot(page, `story${scene}`);
      if (scene < 7) await page.locator(".guide .primary").click();
    }
    await page.context().close();
  },
  game: async () => {
    const page = await open("#game=5&rounds=1");
    await page.getByRole("button", { name: "Tap in the picture" }).waitFor();
    await shoot(page, "game-guess");
    const box = (await page.locator("canvas").first().boundingBox())!;
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await page.getByRole("button", { name: "Shear it" }).click();
    await page.locator(".guide .primary", { hasText: "How did I do?" }).waitFor();
    await shoot(page, "game-told");
    await page.locator(".guide .primary").click();
    await page.waitForTimeout(300);
    await shoot(page, "game-over");
    await page.context().close();
  },
  solid: async () => {
    const page = await open("#example=3dkablj_400.extxyz");
    await whenRead(page);
    await shoot(page, "solid");
    await page.context().close();
  },
  warm: async () => {
    const page = await open("#model=2dipl&n=400&seed=5&warm=0.0001");
    await page.getByTestId("agreement").waitFor();
    await page.waitForTimeout(4000);
    await shoot(page, "warm");
    await page.context().close();
  },
  large: async () => {
    const page = await open("#example=2dipl_10000.extxyz.gz");
    await whenRead(page);
    await shoot(page, "large");
    await shoot(page, "large", LARGE);
    await page.context().close();
  },
  embed: async () => {
    const page = await open(`${LAB}&event=1&embed=1`);
    await page.locator(".caption").waitFor();
    await idle(page);
    await shoot(page, "embed");
    await page.context().close();
  },
};

async function whenReady(page: Page): Promise<void> {
  await page.waitForFunction(() => !document.querySelector(".scenes button[disabled]"));
}

for (const [name, scene] of Object.entries(SCENES)) {
  if (only.length > 0 && !only.includes(name)) continue;
  try {
    await scene();
  } catch (error) {
    console.info(`${name}: ${(error as Error).message}`);
  }
}
await browser.close();
await site.close();
