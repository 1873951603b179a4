import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Browser, chromium } from "playwright-core";
import { modelNames } from "softfield";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { glassNumbers } from "./browser-glass.ts";

/** The browser: CHROME_PATH, or what is usually there. */
const executable = [
  process.env.CHROME_PATH,
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
]
  .filter((name) => name !== undefined && name !== "")
  .map((name) => locate(name as string))
  .find((path) => path !== undefined);

function locate(name: string): string | undefined {
  try {
    return execFileSync("sh", ["-c", 'command -v "$0"', name], { encoding: "utf8" }).trim();
  } catch {
    return undefined;
  }
}

/** The page's script in one piece, as any bundler would make it. */
async function bundle(): Promise<string> {
  const entry = fileURLToPath(new URL("browser-glass.ts", import.meta.url));
  const result = await build({
    configFile: false,
    logLevel: "error",
    resolve: { conditions: ["softfield-source"] },
    build: { write: false, target: "es2022", lib: { entry, formats: ["iife"], name: "page" } },
  });
  const { output } = [result].flat()[0] as unknown as { output: [{ code: string }] };
  return output[0].code;
}

describe.runIf(executable)("a glass made, read and broken in a browser", () => {
  let browser: Browser;
  let code: string;
  beforeAll(async () => {
    code = await bundle();
    browser = await chromium.launch({
      executablePath: executable as string,
      args: [
        "--no-sandbox",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    });
  });
  afterAll(() => browser?.close());

  test.each(modelNames)("%s: the same bits as here", async (name) => {
    const page = await browser.newPage();
    await page.addScriptTag({ content: code });
    const there = await page.evaluate((model) => globalThis.softfieldNumbers(model), name);
    const here = glassNumbers(name);
    expect(here.events!.length).toBeGreaterThan(0);
    expect(Object.keys(there)).toEqual(Object.keys(here));
    for (const [quantity, values] of Object.entries(here)) {
      expect([quantity, bits(there[quantity]!)]).toEqual([quantity, bits(values)]);
    }
    await page.close();
  });
});

function bits(values: readonly number[]): BigUint64Array {
  return new BigUint64Array(Float64Array.from(values).buffer);
}
