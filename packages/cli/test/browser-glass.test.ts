import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium } from "playwright-core";
import { type ModelName, modelNames } from "softfield";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { glassNumbers } from "./browser-glass.ts";
import { evaluateInFirefox } from "./firefox.ts";

/** The browsers: CHROME_PATH and FIREFOX_PATH, or what is usually there. */
const executable = found(
  process.env.CHROME_PATH,
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
);
const firefox = found(process.env.FIREFOX_PATH, "firefox", "firefox-esr");
/** The shell of JavaScriptCore, Safari's engine (Debian: libjavascriptcoregtk-4.0-bin). */
const jsc = found("jsc");

function found(...names: (string | undefined)[]): string | undefined {
  return names
    .filter((name) => name !== undefined && name !== "")
    .map((name) => locate(name as string))
    .find((path) => path !== undefined);
}

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

describe.runIf(executable)("a glass made, read and broken in Chromium", () => {
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
    expectTheBitsOf(name, there);
    await page.close();
  });
});

// Firefox (SpiderMonkey, another engine) where there is one; a full desktop browser is much to install for CI.
describe.runIf(firefox)("a glass made, read and broken in Firefox", () => {
  let code: string;
  beforeAll(async () => {
    code = await bundle();
  });

  test.each(modelNames)("%s: the same bits as here", async (name) => {
    const there = await evaluateInFirefox(firefox as string, code, `softfieldNumbers("${name}")`);
    expectTheBitsOf(name, there as Record<string, number[]>);
  });
});

/** What a browser has and the shell has not, of what the library calls. */
const HOST = `
globalThis.structuredClone ??= (value) => JSON.parse(JSON.stringify(value));
globalThis.performance ??= { now: () => 1000 * preciseTime() };
globalThis.atob ??= (text) => {
  const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  let [bytes, bits, held] = ["", 0, 0];
  for (const digit of text.replace(/=+$/, "")) {
    [held, bits] = [(held << 6) | digits.indexOf(digit), bits + 6];
    if (bits < 8) continue;
    bits -= 8;
    bytes += String.fromCharCode(held >> bits);
    held &= (1 << bits) - 1;
  }
  return bytes;
};
`;

describe.runIf(jsc)("a glass made, read and broken in JavaScriptCore, Safari's engine", () => {
  let folder: string;
  let code: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "softfield-jsc-"));
    code = await bundle();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(modelNames)("%s: the same bits as here", (name) => {
    const path = join(folder, `${name}.js`);
    writeFileSync(path, `${HOST}${code}\nprint(JSON.stringify(softfieldNumbers("${name}")));\n`);
    const printed = execFileSync(jsc as string, [path], { encoding: "utf8", maxBuffer: 2 ** 26 });
    expectTheBitsOf(name, JSON.parse(printed));
  });
});

const made = new Map<ModelName, Record<string, number[]>>();

function expectTheBitsOf(name: ModelName, there: Record<string, number[]>): void {
  const here = made.get(name) ?? glassNumbers(name);
  made.set(name, here);
  expect(here.events!.length).toBeGreaterThan(0);
  expect(Object.keys(there)).toEqual(Object.keys(here));
  for (const [quantity, values] of Object.entries(here)) {
    expect([quantity, bits(there[quantity])]).toEqual([quantity, bits(values)]);
  }
}

function bits(values: readonly number[]): BigUint64Array {
  return new BigUint64Array(Float64Array.from(values).buffer);
}
