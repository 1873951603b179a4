import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { tool } from "../../../testing/needs.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
/** Pictures of every state, to be looked at; ignored by git. */
const pictures = join(root, "out", "lab");

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: tool("chromium"),
    args: [
      "--no-sandbox",
      "--disable-quic",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** A page of the lab, with everything that went wrong on it. */
export interface Visit {
  readonly page: Page;
  readonly faults: string[];
}

export async function visit(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    colorScheme: "light",
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const faults: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(message.text());
  });
  page.on("pageerror", (error) => faults.push(error.message));
  await page.goto(url);
  return { page, faults };
}

/** Waits until no work is under way. */
export async function idle(page: Page): Promise<void> {
  await page.waitForSelector('.lab[data-busy="no"]');
}

/** Waits until the glass in view is read. */
export async function whenRead(page: Page): Promise<void> {
  await page.waitForSelector(".legend .ramp, .failure");
  await idle(page);
}

export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  await page.waitForTimeout(150);
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}

export async function tab(page: Page, name: string): Promise<void> {
  await page.getByRole("tab", { name }).click();
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface AxeRunner {
  run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>;
}

/** What axe-core finds, as rule and place. */
export async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: AxeRunner }).axe.run();
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`));
  });
}

/** Drops a file on the page as a user does. */
export async function drop(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  const data = await page.evaluateHandle(
    ([text, file]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(atob(text!), (c) => c.charCodeAt(0))], file!));
      return transfer;
    },
    [Buffer.from(bytes).toString("base64"), name],
  );
  await page.dispatchEvent(".lab", "drop", { dataTransfer: data });
}

/** What a download button of "Take away" gives. */
export async function downloaded(page: Page, title: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: title }).first().click(),
  ]);
  return readFile(await download.path(), "utf8");
}

/** What a command did. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the softfield command from source. */
export function softfield(...args: string[]): Ended {
  return softfieldIn(process.cwd(), ...args);
}

/** Runs the softfield command from source in a folder. */
export function softfieldIn(cwd: string, ...args: string[]): Ended {
  const source = join(root, "packages/cli/test/source-cli.ts");
  const flags = ["--conditions=softfield-source", "--no-warnings"];
  return spawnSync(process.execPath, [...flags, source, ...args], { cwd, encoding: "utf8" });
}

export function example(name: string): string {
  return join(root, "examples/reference", name);
}
