import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { needs } from "../../../testing/needs.ts";
import { browser, openLab, site } from "./opened.ts";
import { drop, example, idle, tab } from "./visitor.ts";

openLab();

interface Watched {
  /** Pictures with bonds. */
  drawn: number;
  /** Bonds of a glass drawn between the particles of another: what was wrong. */
  wrong: string[];
}

/**
 * Listens to what is sent to the graphics device and checks each drawing of bonds: the last particle that a bond begins
 * at has to be among the last of the particles that are there, which no glass of another N satisfies.
 */
function watchBonds(): void {
  const watched: Watched = { drawn: 0, wrong: [] };
  (window as unknown as { watched: Watched }).watched = watched;
  const CHANNELS: Record<number, number> = { 6403: 1, 33319: 2, 6408: 4 };
  const contents = new Map<unknown, Float32Array>();
  const units = new Map<number, unknown>();
  const names = new Map<unknown, { program: unknown; name: string }>();
  const samplers = new Map<unknown, Map<string, number>>();
  let unit = 0;
  let program: unknown;
  const api = WebGL2RenderingContext.prototype as unknown as Record<string, (...args: unknown[]) => unknown>;
  const hear = (name: string, listener: (args: readonly unknown[], answer: unknown) => void): void => {
    const original = api[name]!;
    api[name] = function (...args) {
      const answer = original.apply(this, args);
      listener(args, answer);
      return answer;
    };
  };
  hear("activeTexture", ([which]) => {
    unit = Number(which) - 33984;
  });
  hear("bindTexture", ([, texture]) => units.set(unit, texture));
  hear("useProgram", ([next]) => {
    program = next;
  });
  hear("getUniformLocation", ([of, name], location) =>
    names.set(location, { program: of, name: String(name) }),
  );
  hear("uniform1i", ([location, value]) => {
    const known = names.get(location);
    if (!known) return;
    const own = samplers.get(known.program) ?? new Map<string, number>();
    samplers.set(known.program, own.set(known.name, Number(value)));
  });
  hear("texSubImage2D", ([, , , y, width, height, format, , data]) => {
    if (!(data instanceof Float32Array)) return;
    const fresh = data.slice(0, Number(width) * Number(height) * (CHANNELS[Number(format)] ?? 4));
    const before = y === 0 ? new Float32Array(0) : contents.get(units.get(unit))!;
    const joined = new Float32Array(before.length + fresh.length);
    joined.set(before);
    joined.set(fresh, before.length);
    contents.set(units.get(unit), joined);
  });
  hear("drawArrays", ([, , count]) => {
    const own = samplers.get(program);
    const content = (name: string) => contents.get(units.get(own?.get(name) ?? -1));
    const [starts, particles] = [content("uStarts"), content("uParticles")];
    if (count === 0 || !own?.has("uBonds") || !starts || !particles) return;
    watched.drawn++;
    const last = starts.reduce((most, index) => Math.max(most, index), 0);
    let n = 0;
    for (let k = 3; k < particles.length; k += 4) n = Math.max(n, particles[k]! + 1);
    if (last >= n || last + 1 < 0.95 * n) watched.wrong.push(`bonds from particle ${last} of ${n}`);
  });
}

test("no picture ever has the bonds of another glass, whatever comes while", needs("chromium"), async () => {
  const context = await browser.newContext({ viewport: { width: 900, height: 700 } });
  await context.addInitScript(watchBonds);
  const page = await context.newPage();
  await page.goto(site.url);
  const small = readFileSync(example("2dipl_400.extxyz"));
  const solid = readFileSync(example("3dipl_400.extxyz"));
  // A file while a glass is made, an example while a file is read, another recipe while that is sheared, one dimension after another.
  await page.getByLabel("Particles N").fill("2000");
  await page.getByRole("button", { name: "Make the glass" }).click();
  await page.waitForSelector(".plot");
  await page.waitForTimeout(1200);
  await drop(page, "small.extxyz", small);
  await page.waitForSelector("#tab-read[aria-selected=true]");
  await tab(page, "Make");
  await page.getByRole("button", { name: "2D, N = 1,600" }).click();
  await page.waitForTimeout(150);
  await drop(page, "solid.extxyz", solid);
  await page.waitForTimeout(150);
  await drop(page, "small.extxyz", small);
  await page.waitForFunction(() =>
    document.querySelector("canvas")?.ariaLabel?.includes("400 particles in 2"),
  );
  await idle(page);
  await tab(page, "Break");
  await page.getByRole("button", { name: "Shear", exact: true }).click();
  await page.waitForFunction(
    () => Number(/^\d+/.exec(document.querySelector(".pace")?.textContent ?? "")) > 4,
  );
  await page.evaluate(() => {
    window.location.hash = "#model=2dipl&n=300&seed=5&protocol=instantaneous&liquidTime=2";
  });
  await page.waitForFunction(() => document.querySelector("canvas")?.ariaLabel?.includes("300 particles"));
  await idle(page);
  await page.goBack();
  await page.waitForFunction(() => document.querySelector("canvas")?.ariaLabel?.includes("400 particles"));
  await idle(page);
  await page.waitForTimeout(500);
  const { drawn, wrong } = await page.evaluate(() => (window as unknown as { watched: Watched }).watched);
  expect(drawn).toBeGreaterThan(5);
  expect(wrong).toEqual([]);
  await context.close();
});
