import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { needs } from "../../../testing/needs.ts";
import { browser, openLab, site } from "./opened.ts";
import { downloaded, drop, example, idle, softfield, softfieldIn, tab, visit, whenRead } from "./visitor.ts";

let folder: string;

openLab();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "softfield-own-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test(
  "a glass of one's own model file is made here as by the command line, bit for bit",
  needs("chromium"),
  async () => {
    const json = { ...JSON.parse(softfield("models", "2dipl").stdout), name: "mine", cutoff: 1.5 };
    writeFileSync(join(folder, "mine.json"), JSON.stringify(json));
    const { page, faults } = await visit(browser, site.url);
    await drop(page, "mine.json", readFileSync(join(folder, "mine.json")));
    await page.locator(".cards input[value='mine.json']").waitFor();
    expect(await page.locator(".cards input[value='mine.json']").isChecked()).toBe(true);
    await page.getByLabel("Particles N").fill("200");
    await page.getByLabel("Protocol").selectOption("instantaneous");
    await page.getByRole("button", { name: "Make the glass" }).click();
    await whenRead(page);
    await tab(page, "Take away");
    const made = await downloaded(page, "Configuration, extended XYZ");
    const lines = (await page.getByLabel("command lines", { exact: true }).textContent())!.trim().split("\n");
    const { status, stderr } = softfieldIn(folder, ...lines[0]!.split(" ").slice(1), "--quiet");
    expect(status, stderr).toBe(0);
    expect(readFileSync(join(folder, "glass.extxyz"), "utf8")).toBe(made);
    // Nobody else has that model: there is no link.
    expect(await page.getByLabel("link", { exact: true }).count()).toBe(0);
    expect(faults).toEqual([]);
    await page.context().close();
  },
);

test(
  "an input script of LAMMPS says nothing of glasses: the page asks, and gives the model file that makes the same",
  needs("chromium"),
  async () => {
    const script = [
      "units lj",
      "dimension 2",
      "atom_style atomic",
      "pair_style lj/smooth 2.0 2.5",
      "pair_coeff * * 1.0 1.0",
      "",
    ].join("\n");
    const { page, faults } = await visit(browser, site.url);
    await drop(page, "in.mine", Buffer.from(script));
    await page.getByText("How its glasses are made").waitFor();
    expect(await page.getByRole("button", { name: "Make the glass" }).isDisabled()).toBe(true);
    await page.getByLabel("Density N/V").fill("0.9");
    await page.getByLabel("Liquid temperature").fill("2");
    await page.getByLabel("Anneal temperature").fill("0.4");
    await page.getByRole("button", { name: "Use these" }).click();
    await page.getByLabel("Particles N").fill("150");
    await page.getByLabel("Protocol").selectOption("instantaneous");
    await page.getByText("Temperatures and times").click();
    await page.getByLabel("Time in the liquid").fill("2");
    await page.getByRole("button", { name: "Make the glass" }).click();
    await page.waitForSelector(".legend .ramp, .failure");
    await idle(page);
    expect(await page.locator(".failure").count()).toBe(0);
    await tab(page, "Take away");
    const made = await downloaded(page, "Configuration, extended XYZ");
    writeFileSync(join(folder, "in.mine.json"), await downloaded(page, "Model file"));
    const lines = (await page.getByLabel("command lines", { exact: true }).textContent())!.trim().split("\n");
    const { status, stderr } = softfieldIn(folder, ...lines[0]!.split(" ").slice(1), "--quiet");
    expect(status, stderr).toBe(0);
    expect(readFileSync(join(folder, "glass.extxyz"), "utf8")).toBe(made);
    expect(faults).toEqual([]);
    await page.context().close();
  },
);

test("a frame that is none is told of at its field, and nothing is opened", needs("chromium"), async () => {
  const { page, faults } = await visit(browser, site.url);
  await drop(page, "glass.extxyz", readFileSync(example("2dipl_400.extxyz")));
  await page.waitForSelector("#tab-read[aria-selected=true]");
  await idle(page);
  await tab(page, "Make");
  const frame = page.getByLabel("Frame", { exact: true });
  await frame.fill("-1");
  await page.getByRole("button", { name: "Open glass.extxyz again" }).click();
  await page.locator(".field .wrong", { hasText: "a whole number from 0 on, please" }).waitFor();
  expect(await page.evaluate(() => document.activeElement?.outerHTML)).toMatch(/^<input/);
  await frame.fill("7");
  await page.getByRole("button", { name: "Open glass.extxyz again" }).click();
  await page.locator(".failure", { hasText: /frame/ }).waitFor();
  await frame.fill("0");
  await page.getByRole("button", { name: "Open glass.extxyz again" }).click();
  await page.waitForSelector("#tab-read[aria-selected=true]");
  expect(await page.locator(".failure").count()).toBe(0);
  expect(faults).toEqual([]);
  await page.context().close();
});
