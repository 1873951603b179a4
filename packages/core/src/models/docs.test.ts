import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import { artificialMetal } from "../../test/eam.ts";
import { lennardJonesColumns } from "../../test/pairmodels.ts";
import { SILICON_CARBON } from "../../test/tersoff.ts";
import { builtInForms } from "./forms/registry.ts";
import {
  columnFiles,
  modelJsonSchema,
  parseModel,
  parseTableColumns,
  parseTersoffFile,
  potentialFiles,
} from "./index.ts";

const page = readFileSync(new URL("../../../../docs/models.md", import.meta.url), "utf8");
const published = JSON.parse(readFileSync(new URL("./model.schema.json", import.meta.url), "utf8"));

function fenced(language: string): string[] {
  return Array.from(page.matchAll(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, "g")), (match) => match[1]);
}

const examples = fenced("json").map((text) => JSON.parse(text) as { name: string; form: string });
const validator = z.fromJSONSchema(published);

test.each(examples.map((json) => [json.name, json] as const))(
  "the example %s of the page is a model",
  (_, json) => {
    const columns = Object.fromEntries(
      columnFiles(json).map((file) => [file, lennardJonesColumns(0.8, 2.5, 171)]),
    );
    const metal = { ...artificialMetal(), elements: ["Cu", "Zr"] };
    const potential = json.form === "tersoff" ? parseTersoffFile(SILICON_CARBON, "SiC.tersoff") : metal;
    const potentials = Object.fromEntries(potentialFiles(json).map((file) => [file, potential]));
    expect(parseModel(json, "page", columns, potentials).name).toBe(json.name);
    expect(validator.safeParse(json).error).toBeUndefined();
  },
);

test("every form has an example, and every field is explained", () => {
  expect(new Set(examples.map(({ form }) => form))).toEqual(new Set(builtInForms.map(({ name }) => name)));
  for (const { name, schema } of builtInForms) {
    expect(page).toContain(`### \`${name}\``);
    for (const field of Object.keys(schema.shape)) expect(page).toContain(`\`${field}\``);
  }
});

test("the page tells which of its examples warn", () => {
  const warnings = (name: string) => parseModel(examples.find((json) => json.name === name)).warnings;
  expect(warnings("lj-by-rows")[0]).toMatch(/too coarse/);
  expect(warnings("soft-disks")[0]).toMatch(/φ″ jumps at contact/);
  expect(warnings("emulsion")[0]).toMatch(/φ‴ diverges at contact/);
  const quiet = ["my-glass", "2dipl-again", "polydisperse", "wahnstrom", "charged-colloids", "sticky"];
  for (const name of quiet) expect(warnings(name)).toEqual([]);
});

test("the column file of the page is one, of Lennard-Jones", () => {
  const { r, phi } = parseTableColumns(fenced("text")[0], "lj.dat");
  expect(r).toEqual([0.8, 0.81, 0.82]);
  Array.from(r).forEach((x, k) => {
    expect(phi[k]).toBeCloseTo(4 * (x ** -12 - x ** -6), 12);
  });
});

test("the published JSON Schema is the one that models are checked by", () => {
  expect(published).toEqual(JSON.parse(JSON.stringify(modelJsonSchema())));
});

test.each([{ lamda: 1 }, { cutoff: -1 }, { smoothing: 7 }, { form: "yukava" }, { kappa: undefined }])(
  "the published JSON Schema refuses %j",
  (change) => {
    const good = { name: "m", species: ["A"], form: "yukawa", lambda: 1, kappa: 1, cutoff: 2 };
    expect(validator.safeParse(good).success).toBe(true);
    expect(validator.safeParse(JSON.parse(JSON.stringify({ ...good, ...change }))).success).toBe(false);
  },
);
