/**
 * How fast a dropped file becomes spots, and how the picture moves, of built pages against each other, interleaved: wall
 * time from the drop to the marks of the spots, processor time of all the browser's processes until then and a second
 * beyond, the longest tasks of the page's thread by wall and by processor time, pictures a second while the picture is
 * dragged. Needs Chromium. Give folders of built pages (none: the present source), `--rounds 5`,
 * `--sizes 10000,40000` (the example of 10,000 particles, tiled).
 *
 *   npx --no-install node --conditions=softfield-source packages/lab/scripts/speed.ts OLD_SITE NEW_SITE
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { buildAndServe, type Site, serve } from "../test/site.ts";
import { drop, launch } from "../test/visitor.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string", default: "5" },
    sizes: { type: "string", default: "10000,40000" },
  },
});

interface Measured {
  readonly wall: number;
  readonly processor: number;
  readonly longest: number;
  readonly longestProcessor: number;
  readonly pictures: number;
  /** From "Make a glass" to the first picture of its liquid. */
  readonly liquid: number;
}

/** The shipped glass of 10,000 particles, `tiles` times along each edge. */
function glass(tiles: number): Buffer {
  const text = gunzipSync(
    readFileSync(new URL("../../../examples/glasses/2dipl_10000.extxyz.gz", import.meta.url)),
  ).toString();
  if (tiles === 1) return Buffer.from(text);
  const [count, header, ...rows] = text.trim().split("\n");
  const length = Number(/Lattice="(\S+)/.exec(header)![1]);
  const copies = Array.from({ length: tiles * tiles }, (_, k) => [k % tiles, Math.floor(k / tiles)]);
  const moved = copies.flatMap(([a, b]) =>
    rows.map((row) => {
      const words = row.trim().split(/\s+/);
      const place = words.findIndex((word) => /^-?\d+\.\d+/.test(word));
      words[place] = String(Number(words[place]) + a * length);
      words[place + 1] = String(Number(words[place + 1]) + b * length);
      return words.join(" ");
    }),
  );
  const edge = tiles * length;
  const wide = header
    .replace(/Lattice="[^"]*"/, `Lattice="${edge} 0 0 0 ${edge} 0 0 0 1"`)
    .replace(/ seed=\S+/, "");
  return Buffer.from([Number(count) * tiles * tiles, wide, ...moved, ""].join("\n"));
}

/** The median of an odd number of values; of an even one the smaller of the two in the middle. */
function middle(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor((values.length - 1) / 2)]!;
}

/** Processor seconds of all processes of a browser, so far. */
async function processorTime(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
}

async function measure(url: string, file: Buffer): Promise<Measured> {
  const browser = await launch();
  try {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      serviceWorkers: "block",
    });
    const page = await context.newPage();
    page.setDefaultTimeout(240_000);
    await page.goto(url);
    await page.waitForTimeout(2500);
    const found = await dropped(browser, page, file);
    const other = await context.newPage();
    await other.goto(url);
    await other.waitForTimeout(2500);
    return { ...found, liquid: await liquidAfter(other) };
  } finally {
    await browser.close();
  }
}

/** What a browser tells of a file that hangs over the page. */
function filesAhead(): DataTransfer {
  const transfer = new DataTransfer();
  transfer.items.add(new File([], "glass.extxyz"));
  return transfer;
}

/** Milliseconds from the click to the picture after the one in which the page says that a liquid is in view. */
function liquidAfter(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const began = performance.now();
        const look = (): void => {
          const seen = document.querySelector("canvas")?.getAttribute("aria-label")?.startsWith("A liquid");
          // A page of long ago may not say so.
          if (seen || performance.now() - began > 30_000)
            requestAnimationFrame(() => resolve(performance.now() - began));
          else requestAnimationFrame(look);
        };
        [...document.querySelectorAll("button")].find((b) => b.textContent === "Make a glass")?.click();
        look();
      }),
  );
}

async function dropped(browser: Browser, page: Page, file: Buffer): Promise<Omit<Measured, "liquid">> {
  const categories = ["toplevel", "blink.user_timing", "disabled-by-default-devtools.timeline"];
  await page.evaluate(() => {
    const marked = () =>
      [...document.querySelectorAll("[data-spot]")].some((mark) => mark.hasAttribute("transform"));
    new MutationObserver((_, observer) => {
      if (!marked()) return;
      observer.disconnect();
      performance.mark("lab-spots");
    }).observe(document.body, { subtree: true, childList: true, attributes: true });
    document.addEventListener("drop", () => performance.mark("lab-drop"), { capture: true });
  });
  await browser.startTracing(page, { categories });
  // Files come over the page before they are dropped.
  await page.dispatchEvent(".lab", "dragover", { dataTransfer: await page.evaluateHandle(filesAhead) });
  await page.waitForTimeout(300);
  const before = await processorTime(browser);
  await drop(page, "glass.extxyz", file);
  await page.waitForFunction(() => performance.getEntriesByName("lab-spots").length > 0);
  await page.waitForTimeout(1000);
  const processor = (await processorTime(browser)) - before;
  const events = JSON.parse((await browser.stopTracing()).toString()).traceEvents as TraceEvent[];
  const [start, end] = ["lab-drop", "lab-spots"].map((name) => events.find((event) => event.name === name)!);
  const tasks = events.filter(
    ({ name, ph, pid, tid, ts }) =>
      ph === "X" && /RunTask$/.test(name) && pid === start.pid && tid === start.tid && ts >= start.ts - 1000,
  );
  const most = (of: (event: TraceEvent) => number | undefined) =>
    tasks.reduce((longest, event) => Math.max(longest, (of(event) ?? 0) / 1000), 0);
  return {
    wall: (end.ts - start.ts) / 1000,
    processor: 1000 * processor,
    longest: most(({ dur }) => dur),
    longestProcessor: most(({ tdur }) => tdur),
    pictures: await dragged(page),
  };
}

/** Pictures a second while it is dragged. */
async function dragged(page: Page): Promise<number> {
  const box = (await page.locator("canvas").first().boundingBox())!;
  await page.mouse.move(box.x + 300, box.y + 300);
  await page.mouse.down();
  await page.evaluate(() => {
    const counter = { pictures: 0, began: performance.now() };
    (window as unknown as { counter: typeof counter }).counter = counter;
    const count = (): void => {
      counter.pictures++;
      requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
  });
  for (let k = 0; k < 60; k++) {
    await page.mouse.move(box.x + 300 + (k % 20) * 6, box.y + 300 + k * 2);
    await page.waitForTimeout(40);
  }
  const rate = await page.evaluate(() => {
    const { pictures, began } = (window as unknown as { counter: { pictures: number; began: number } })
      .counter;
    return (1000 * pictures) / (performance.now() - began);
  });
  await page.mouse.up();
  return rate;
}

const sites: (readonly [string, Site])[] = [];
for (const folder of positionals) sites.push([folder, await serve(folder)]);
if (sites.length === 0) sites.push(["present source", await buildAndServe()]);
const results = new Map<string, Measured[]>();
for (let round = 0; round < Number(values.rounds); round++)
  for (const size of values.sizes.split(",").map(Number)) {
    const file = glass(Math.round(Math.sqrt(size / 10_000)));
    for (const [name, { url }] of sites) {
      const key = `${size}, ${name}`;
      const found = await measure(url, file);
      results.set(key, [...(results.get(key) ?? []), found]);
      const words = Object.entries(found).map(([what, value]) => `${what} ${value.toFixed(0)}`);
      console.info(`${key}: ${words.join(", ")}`);
    }
  }
console.info("\nmedians of the rounds");
for (const [key, list] of results) {
  const median = (of: (one: Measured) => number) => middle(list.map(of)).toFixed(0);
  console.info(
    `${key}: drop to spots ${median(({ wall }) => wall)} ms, processor ${median(({ processor }) => processor)} ms, ` +
      `longest task ${median(({ longest }) => longest)} ms (processor ${median(({ longestProcessor }) => longestProcessor)} ms), ` +
      `dragged ${median(({ pictures }) => pictures)} pictures/s, ` +
      `a liquid after ${median(({ liquid }) => liquid)} ms`,
  );
}
for (const [, site] of sites) await site.close();
