import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { localThermalEnergy, makeGlass, minimumOf, preset } from "softfield";
import { afterAll, describe, expect, test } from "vitest";
import { exampleGeometry, geometryFigure } from "../../campaign/src/report/geometry.ts";
import { runCli } from "./run-cli.ts";

const folder = mkdtempSync(join(tmpdir(), "softfield-geometry-"));
const at = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Discs and arrows of each panel in pt, y downwards. */
function panelsOf(svg: string) {
  return svg
    .split(/<svg /)
    .slice(2)
    .map((panel) => {
      const numbers = (pattern: RegExp) =>
        Array.from(panel.matchAll(pattern), ([, x, y]) => [Number(x), Number(y)] as const);
      const starts = numbers(/<path d="M([\d.-]+) ([\d.-]+)l/g);
      const tips = numbers(/<path d="M([\d.-]+) ([\d.-]+)L[^"]*Z" fill/g);
      return {
        discs: numbers(/<circle cx="([\d.-]+)" cy="([\d.-]+)"/g),
        arrows: tips.map(([x, y], k) => [x - starts[k][0], y - starts[k][1]] as const),
      };
    });
}

function balanced(svg: string, sizes: readonly number[]): void {
  const panels = panelsOf(svg);
  expect(panels.map(({ arrows }) => arrows.length)).toEqual(sizes);
  for (const { discs, arrows } of panels) {
    const scale = Math.max(...arrows.map(([x, y]) => Math.hypot(x, y)));
    const sum = (value: (k: number) => number) => arrows.reduce((all, _, k) => all + value(k), 0);
    expect(Math.abs(sum((k) => arrows[k][0]))).toBeLessThan(0.04);
    expect(Math.abs(sum((k) => arrows[k][1]))).toBeLessThan(0.04);
    // about the first particle; coordinates are rounded to 0.01 pt
    const lever = (k: number, a: 0 | 1) => discs[k][a] - discs[0][a];
    const torque = sum((k) => lever(k, 0) * arrows[k][1] - lever(k, 1) * arrows[k][0]);
    expect(Math.abs(torque)).toBeLessThan(0.03 * scale * Math.hypot(lever(1, 0), lever(1, 1)));
  }
}

describe("SI Fig. 1", () => {
  test("the example: arrows sum to zero and turn nothing", async () => {
    const svg = exampleGeometry("paper");
    balanced(svg, [2, 3]);
    const [pair, triple] = panelsOf(svg);
    // repelling: ∂ε/∂x_j = φ′n points at i
    expect(pair!.arrows[1][0]).toBeLessThan(0);
    // an angle below the best one: the energy rises where the ends close up
    expect(triple!.arrows[1][0]).toBeGreaterThan(0);
    await expect(svg).toMatchFileSnapshot("snapshots/fig-si1.svg");
  });

  test("a glass: by default what has the largest |E|, with its energy", () => {
    const silicon = preset("sw-silicon");
    const protocol = { liquidTime: 2, annealTime: 4 };
    const { system } = makeGlass({ model: silicon, particles: 64, seed: 1, protocol });
    const response = localThermalEnergy(minimumOf(system, silicon));
    const source = response;
    const largest = (values: Float64Array) =>
      values.reduce((best, e, k) => (Math.abs(e) > Math.abs(values[best]) ? k : best), 0);
    const [pair, triple] = response.energies.map(({ lte }) => largest(lte)) as [number, number];
    const svg = geometryFigure(source);
    expect(svg).toBe(geometryFigure(source, { chosen: { pair, triple } }));
    balanced(svg, [2, 3]);
    for (const other of [0, 100, 1000])
      balanced(geometryFigure(source, { chosen: { triple: other } }), [2, 3]);
    const told = Number(response.energies[1].lte[triple].toPrecision(4)).toString().replace("-", "−");
    expect(svg).toContain(` = ${told}<`);
    expect(() => geometryFigure(source, { chosen: { triple: 1e6 } })).toThrow(
      /--triple 1000000: there are \d+, counted/,
    );
  });

  test("on the command line: alone, and of a file of pairs", async () => {
    const flat = new URL("../../../examples/reference/2dipl_400.extxyz", import.meta.url).pathname;
    const alone = await runCli("figures", "--fig", "si1", "-o", at("si1.svg"));
    expect(alone.stderr).toBe("");
    expect(readFileSync(at("si1.svg"), "utf8")).toBe(exampleGeometry("paper"));
    const given = ["figures", "--fig", "si1", "--from", flat, "-m", "2dipl"];
    const pairs = await runCli(...given, "--pair", "7", "-o", at("pair.svg"));
    expect(pairs.code).toBe(0);
    balanced(readFileSync(at("pair.svg"), "utf8"), [2]);
    const wrong = async (...words: string[]) => {
      const { code, stderr } = await runCli(...words, "-o", at("no.svg"));
      expect(code).toBe(2);
      return stderr;
    };
    expect(await wrong(...given, "--pair", "99999")).toMatch(/2dipl_400.extxyz: --pair 99999: there are \d+/);
    expect(await wrong(...given, "--triple", "0")).toMatch(/--triple 0: there are no triples here/);
    expect(await wrong(...given, "--pair", "x")).toMatch(/--pair x: give a whole number from 0/);
    expect(await wrong("figures", "--fig", "si1", "--from", flat)).toMatch(/--from needs --model MODEL/);
    expect(await wrong("figures", "--fig", "si1", "--pair", "1")).toMatch(/--pair needs --from FILE/);
    expect(await wrong("figures", "night.yaml", "--fig", "si1")).toMatch(/Fig. si1 takes no campaign/);
    expect(await wrong("figures", "--fig", "2")).toMatch(/Fig. 2 is drawn from a campaign: give its file/);
    expect(await wrong("figures", "x.yaml", "--fig", "2", "--triple", "1")).toMatch(
      /--triple is for --fig si1/,
    );
  });
});
