import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { readScript } from "softfield";
import { afterAll, beforeAll, expect, test } from "vitest";
import { needs } from "../../../testing/needs.ts";
import { artificialMetal, metalDefinition, setflText } from "../../core/test/eam.ts";
import { buildAndServe, type Site } from "./site.ts";
import { downloaded, example, idle, launch, softfieldIn, tab, visit, whenRead } from "./visitor.ts";

let site: Site;
let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "softfield-shelf-"));
  [site, browser] = await Promise.all([buildAndServe(), launch()]);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await site?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Drops several files at once. */
async function dropAll(page: Page, files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  const entries = Object.entries(files).map(([name, content]) => [name, [...Buffer.from(content)]] as const);
  const data = await page.evaluateHandle((given) => {
    const transfer = new DataTransfer();
    for (const [name, bytes] of given) transfer.items.add(new File([Uint8Array.from(bytes)], name));
    return transfer;
  }, entries);
  await page.dispatchEvent(".lab", "drop", { dataTransfer: data });
}

test(
  "several files, and a trajectory whose frames are brought to their minima",
  needs("chromium"),
  async () => {
    const { page, faults } = await visit(browser, site.url);
    const one = readFileSync(example("2dipl_400.extxyz"), "utf8");
    const other = readFileSync(example("3dipl_400.extxyz"), "utf8");
    // The same glass, warm: its minimum is the same.
    const shaken = one.replaceAll(
      /^S (\S+)/gm,
      (_, x: string) => `S ${Number(x) + 0.004 * Math.sin(97 * Number(x))}`,
    );
    await dropAll(page, { "run.extxyz": `${one}${shaken}`, "other.extxyz": other });
    await page.waitForSelector("#tab-read[aria-selected=true]");
    await idle(page);
    const frame = page.getByRole("slider", { name: "Frame" });
    await frame.waitFor();
    const particles = () => page.locator("canvas").first().getAttribute("aria-label");
    const highest = () => page.locator('dl.numbers div:has(dt:text-is("Highest E")) dd').textContent();
    const before = await highest();
    await page.getByLabel("Bring each frame to its minimum").check();
    await frame.fill("1");
    await page.waitForFunction(() =>
      document.querySelector(".trajectory output")?.textContent?.startsWith("1 of"),
    );
    await whenRead(page);
    await page.locator('dl.numbers dt:text-is("Highest E")').waitFor();
    const value = (text: string | null) => Number(/[\d.]+/.exec(text!)![0]);
    expect(Math.abs(value(await highest()) - value(before))).toBeLessThan(1e-3);
    await page.getByRole("button", { name: "other.extxyz" }).click();
    await page.waitForFunction(() => document.querySelector("canvas")?.ariaLabel?.includes("3 dimensions"));
    await idle(page);
    expect(await particles()).toContain("400 particles in 3 dimensions");
    expect(faults).toEqual([]);
    await page.context().close();
  },
);

test(
  "an input script of LAMMPS beside its data: the page's numbers are the command line's",
  needs("chromium"),
  async () => {
    const { page, faults } = await visit(browser, site.url);
    const run = (...args: string[]) => {
      const { status, stderr } = softfieldIn(folder, ...args);
      expect(status, stderr).toBe(0);
    };
    run(
      "make",
      "--model",
      "3dkablj",
      "-n",
      "400",
      "--seed",
      "3",
      "--protocol",
      "instantaneous",
      "-o",
      "ka.data",
      "--quiet",
    );
    const script = [
      "units lj",
      "dimension 3",
      "atom_style atomic",
      "read_data ka.data",
      "pair_style lj/cut 2.5",
      "pair_modify shift yes",
      "pair_coeff 1 1 1.0 1.0 2.5",
      "pair_coeff 1 2 1.5 0.8 2.0",
      "pair_coeff 2 2 0.5 0.88 2.2",
      "",
    ].join("\n");
    writeFileSync(join(folder, "in.ka"), script);
    const { json } = readScript(script, { file: "in.ka", read: () => undefined });
    writeFileSync(join(folder, "ka.json"), JSON.stringify(json));
    run("minimize", "ka.data", "--model", "ka.json", "-o", "minimum.data");
    run("lte", "minimum.data", "--model", "ka.json", "-o", "lte.tsv");
    await dropAll(page, {
      "in.ka": script,
      "minimum.data": readFileSync(join(folder, "minimum.data"), "utf8"),
    });
    await page.waitForSelector("#tab-read[aria-selected=true], .failure");
    await idle(page);
    await tab(page, "Take away");
    expect(await downloaded(page, "Local thermal energies")).toBe(
      readFileSync(join(folder, "lte.tsv"), "utf8"),
    );
    expect(await page.getByLabel("command lines", { exact: true }).textContent()).toContain("--model in.ka");
    expect(faults).toEqual([]);
    await page.context().close();
  },
);

test(
  "a compressed file of embedded atoms beside its model and a glass: the page's numbers are the command line's",
  needs("chromium"),
  async () => {
    const { page, faults } = await visit(browser, site.url);
    const { potential: _, ...definition } = metalDefinition(artificialMetal());
    const model = JSON.stringify({ ...definition, name: "alloy", file: "alloy.eam.fs.gz", units: "metal" });
    const rows = gzipSync(setflText(artificialMetal()));
    writeFileSync(join(folder, "alloy.json"), model);
    writeFileSync(join(folder, "alloy.eam.fs.gz"), rows);
    for (const line of [
      "make --model alloy.json -n 60 --seed 3 --liquid-time 2 --anneal-time 2 -o alloy.extxyz --quiet",
      "lte alloy.extxyz --model alloy.json -o alloy.tsv",
    ]) {
      const { status, stderr } = softfieldIn(folder, ...line.split(" "));
      expect(status, stderr).toBe(0);
    }
    await dropAll(page, {
      "alloy.json": model,
      "alloy.eam.fs.gz": rows,
      "alloy.extxyz": readFileSync(join(folder, "alloy.extxyz"), "utf8"),
    });
    await page.waitForSelector("#tab-read[aria-selected=true], .failure");
    await idle(page);
    await tab(page, "Take away");
    // a compiler that is late in one of the two rounds products that the other fuses
    const numbers = (table: string) => table.split(/\s+/).map(Number).filter(Number.isFinite);
    const [ours, theirs] = [
      await downloaded(page, "Local thermal energies"),
      readFileSync(join(folder, "alloy.tsv"), "utf8"),
    ].map(numbers);
    expect(ours.length).toBe(theirs.length);
    expect(Math.max(...ours.map((x, k) => Math.abs(x - theirs[k]) / (1 + Math.abs(x))))).toBeLessThan(1e-11);
    expect(faults).toEqual([]);
    await page.context().close();
  },
);

test("a model that refers to a file says so where it is not there", needs("chromium"), async () => {
  const { page, faults } = await visit(browser, site.url);
  await dropAll(page, { "copper.json": JSON.stringify({ form: "eam", file: "cu.eam" }) });
  await page.locator(".failure", { hasText: "it refers to the file cu.eam: drop both together" }).waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
});
