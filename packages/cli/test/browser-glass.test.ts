import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium } from "playwright-core";
import { type PresetName, paperModels } from "softfield";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { needs, tool } from "../../../testing/needs.ts";
import { glassNumbers } from "./browser-glass.ts";
import { evaluateInFirefox } from "./firefox.ts";

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

/** One of every kind of kernel: power laws, triples, tables (their polynomials from erfc and exp). */
const MODELS: readonly PresetName[] = [...paperModels, "sw-silicon", "falk-langer"];

describe("a glass made, read and broken in Chromium", needs("chromium"), () => {
  let browser: Browser;
  let code: string;
  beforeAll(async () => {
    code = await bundle();
    browser = await chromium.launch({
      executablePath: tool("chromium"),
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

  test.each(MODELS)("%s: the same bits as here", async (name) => {
    const page = await browser.newPage();
    await page.addScriptTag({ content: code });
    const there = await page.evaluate((model) => globalThis.softfieldNumbers(model), name);
    expectTheBitsOf(name, there);
    await page.close();
  });
});

// SpiderMonkey, another engine
describe("a glass made, read and broken in Firefox", needs("firefox"), () => {
  let code: string;
  beforeAll(async () => {
    code = await bundle();
  });

  test.each(MODELS)("%s: the same bits as here", async (name) => {
    const there = await evaluateInFirefox(tool("firefox"), code, `softfieldNumbers("${name}")`);
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

describe("a glass made, read and broken in JavaScriptCore, Safari's engine", needs("jsc"), () => {
  let folder: string;
  let code: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "softfield-jsc-"));
    code = await bundle();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(MODELS)("%s: the same bits as here", (name) => {
    const path = join(folder, `${name}.js`);
    writeFileSync(path, `${HOST}${code}\nprint(JSON.stringify(softfieldNumbers("${name}")));\n`);
    const printed = execFileSync(tool("jsc"), [path], { encoding: "utf8", maxBuffer: 2 ** 26 });
    expectTheBitsOf(name, JSON.parse(printed));
  });
});

const made = new Map<PresetName, Record<string, number[]>>();

function expectTheBitsOf(name: PresetName, there: Record<string, number[]>): void {
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
