import { expect, test } from "vitest";
import { models } from "../../test/pairmodels.ts";
import { describeModel, modelToJson, parseModel, preset, presetNames } from "./index.ts";

test.each([...presetNames.map(preset), ...models].map((model) => [model.name, model] as const))(
  "%s: its printed JSON parses back to the same model",
  (_, model) => {
    const printed = JSON.stringify(modelToJson(model));
    expect(parseModel(JSON.parse(printed))).toEqual(model);
  },
);

test("the printed definition is a copy: changing it leaves models alone", () => {
  const model = preset("2dipl");
  modelToJson(model).species[0] = "changed";
  expect(model.species[0]).toBe("S");
  (model.species as string[])[0] = "changed";
  expect(preset("2dipl").species[0]).toBe("S");
});

test("presets are described with formula, pairs and glass", () => {
  expect(describeModel(preset("3dkablj"))).toBe(
    [
      "3dkablj: lennard jones, 3D",
      "  φ = ε [4(x⁻¹² − x⁻⁶) + Σ c_{2ℓ} x^{2ℓ}], x = r/λ, q = 3",
      "  A–A: ε = 1, λ = 1, r_c = 2.5",
      "  A–B: ε = 1.5, λ = 0.8, r_c = 2",
      "  B–B: ε = 0.5, λ = 0.88, r_c = 2.2",
      "  glass: N/V = 1.2, A 0.8, B 0.2, T_g ≈ 0.45",
    ].join("\n"),
  );
  expect(describeModel(preset("2dipl"))).toContain("n = 10, q = 3");
});

test("sums are described by their terms, units and reaches; silicon says its unit of length", () => {
  const lines = describeModel(preset("bks-silica")).split("\n");
  expect(lines.slice(0, 2)).toEqual(["bks-silica: sum, 3D", "  φ = Σ of the terms, x = r/λ"]);
  expect(lines).toContain(
    "  units: Å, eV, u; times in √(u Å²/eV) = 10.1805 fs, temperatures in eV/k_B = 11604.5 K",
  );
  expect(lines).toContain("  masses: Si 28.085, O 15.999");
  expect(lines).toContain("  Si–Si: r_c = 10");
  expect(lines.join()).toMatch(/\+ buckingham of Si–O, O–O: .*, force-shifted, x_c = 5.5/);
  expect(lines.join()).toMatch(/warning: Si–O, O–O: φ″ jumps at r = 5.5/);
  expect(describeModel(preset("sw-silicon"))).toContain("lengths are in σ = 2.0951 Å");
});

test("a model of diameters is described by its mixing rule, and with its warnings", () => {
  const model = parseModel({
    name: "drops",
    description: "An emulsion",
    species: ["P"],
    form: "hertzian",
    epsilon: 20,
    diameters: { nonAdditivity: 0.1 },
  });
  expect(describeModel(model).split("\n")).toEqual([
    "drops: hertzian",
    "  An emulsion",
    "  φ = ε (1 − x)^{5/2}/(5/2) for x < 1, x = r/λ",
    "  λ_ij = ½(σ_i + σ_j)(1 − η|σ_i − σ_j|), η = 0.1",
    "  P–P: ε = 20, r_c = 1 λ_ij",
    `  warning: ${model.warnings[0]}`,
  ]);
});
