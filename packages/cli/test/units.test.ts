import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { modelToJson, preset } from "softfield";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { labelFaults, placedLabels } from "../../figures/test/svg-labels.ts";
import { runCli } from "./run-cli.ts";

const scratch = mkdtempSync(join(tmpdir(), "softfield-units-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const at = (name: string) => join(scratch, name);
const glass = fileURLToPath(new URL("../../../examples/reference/2dipl_400.extxyz", import.meta.url));

/** The same numbers, said to be in Å and eV. */
beforeAll(() => {
  writeFileSync(
    at("metal.json"),
    JSON.stringify({ ...modelToJson(preset("2dipl")), name: "metal", units: "metal" }),
  );
});

const run = async (command: string, model: string, ...args: string[]) => {
  const { code, stdout, stderr } = await runCli(command, glass, "--model", model, ...args);
  expect([code, stderr.includes("error")]).toEqual([0, false]);
  return stdout;
};

const PICTURES: readonly (readonly [string, string, readonly string[]])[] = [
  ["lte", "--map", []],
  ["lte", "--displacement-map", []],
  ["lte", "--derivative-map", []],
  ["spots", "--figure", []],
  ["spots", "--figure", ["--indicator", "displacement"]],
  ["spots", "--figure", ["--indicator", "local-modulus"]],
  ["spots", "--figure", ["--indicator", "lte-around"]],
  ["spots", "--polar", []],
  ["shear", "--figure", ["--events", "2"]],
  ["predict", "--figure", ["--events", "1"]],
  ["deform", "--figure", ["--rate", "1e-2", "--temperature", "0.1", "--max-strain", "0.02", "--inherent"]],
];

/** Reduced units and their parts; σ and ε of labels and formulas are none. */
const REDUCED = /λ|τ₀|[^A-Za-z]ε[/ )]|\(ε/;

describe("of a model in Å and eV", () => {
  test.each(PICTURES)(
    "%s %s %j: what is drawn and what is told of it is in them",
    async (command, option, more) => {
      const picture = at(`${command}${option}${more[1] ?? ""}.svg`);
      await run(command, at("metal.json"), option, picture, ...more);
      const svg = readFileSync(picture, "utf8");
      expect(labelFaults(svg)).toEqual([]);
      for (const { text } of placedLabels(svg)) expect(text).not.toMatch(REDUCED);
      const [, title, description] = /<title>(.*)<\/title>\n<desc>(.*)<\/desc>/.exec(svg)!;
      expect(title!.length).toBeGreaterThan(10);
      expect(description).toContain("2dipl_400.extxyz (model metal, 2D, N = 400, units Å, eV, u)");
      expect(description).toContain("Made by softfield");
      expect(description).not.toMatch(REDUCED);
      // letters where there are several panels
      const letters = placedLabels(svg).filter(({ kind }) => kind === "letter");
      expect(letters).toHaveLength(command === "predict" ? 2 : 0);
    },
  );

  test.each([
    ["minimize", [], /energy per particle {3}[\d.]+ eV\n.*pair force [\d.]+ eV\/Å\n/],
    [
      "observe",
      [],
      /energy {5}[\d.]+ eV \+ ½kT.*\n.*Å²\/eV kT.*\n.*1\/eV\n.*bulk modulus [\d.]+ eV\/Å², shear modulus [\d.]+ eV\/Å²/,
    ],
    ["lte", [], / eV a particle, pressure [\d.]+ eV\/Å²\n/],
    ["spots", [], /rank {2}position \(Å\), score, Δε/],
    ["nonaffine", [], /root mean square [\d.]+ Å a unit of strain/],
    ["modes", ["--count", "2"], /in 1\/√\(u Å²\/eV\)/],
    ["shear", ["--events", "1"], /energy −[\d.]+ eV, stress [\d.]+ → [\d.]+ eV\/Å²/],
    ["predict", ["--events", "1"], /Å away/],
  ] as const)("%s says so on the screen", async (command, more, words) => {
    const text = await run(command, at("metal.json"), ...more);
    expect(text).toMatch(words);
    expect(text).not.toMatch(/λ|ε\/|τ₀/);
    // the same words without the names where the model has none
    expect(await run(command, "2dipl", ...more)).not.toMatch(/Å|eV/);
  });
});

test("shear of what is no minimum draws nothing", async () => {
  const bent = at("bent.extxyz");
  const lines = readFileSync(glass, "utf8").split("\n");
  const [, , first] = lines;
  const cells = first!.split(" ");
  const place = cells.findIndex((cell) => cell.includes("."));
  lines[2] = cells.map((cell, k) => (k === place ? String(Number(cell) + 0.2) : cell)).join(" ");
  writeFileSync(bent, lines.join("\n"));
  const figure = at("none.svg");
  const { code, stderr } = await runCli("shear", bent, "--model", "2dipl", "--figure", figure);
  expect(code).not.toBe(0);
  expect(stderr).toContain("softfield minimize");
  expect(() => readFileSync(figure)).toThrow(/ENOENT/);
});
